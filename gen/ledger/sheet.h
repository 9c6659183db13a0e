/* A table as clerks lay it out: title lines, a head of one or two rows, data, totals, notes,
 * signatures. Internal to ledger/. */
#ifndef MINGBAI_LEDGER_SHEET_H
#define MINGBAI_LEDGER_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "ledger/csv.h"
#include "ledger/head.h"

/* The head stands among the first rows (domain.md 5 row 18). */
enum { SHEET_HEAD_WITHIN = 20 };

struct sheet {
    const struct csv_table *table;
    size_t head, nhead; /* its first row's index; 1 or 2 rows */
    size_t ncolumn;     /* up to the last column that has a head */
    struct head_column *columns;
    const char *const *titles; /* the cells above the head that hold text, stripped, in order */
    size_t ntitle;
};

enum row_kind {
    ROW_DATA,
    ROW_BLANK,
    ROW_HEAD,     /* the head or a title once more, as pasted pages have it */
    ROW_TOTAL,    /* 合计 总计 共计 */
    ROW_SUBTOTAL, /* 小计 本页合计 石门村小计 */
    ROW_NOTE      /* 注 说明 制表人 单位负责人 盖章 and their like */
};

/* A white space character at text, by text_strip's list; *length is the bytes of the character. */
bool cell_blank_at(const char *text, size_t *length);
bool cell_is_blank(const char *text);

/* Whether row and the next are laid out as a two-row head: some text of the lower row stands below
 * a group, that is a cell of the upper row whose right neighbours are merged away. HEAD_DOUBLE: all
 * of them do; HEAD_PERHAPS: the names must tell. */
enum head_layout { HEAD_SINGLE, HEAD_PERHAPS, HEAD_DOUBLE };
enum head_layout sheet_head_layout(const struct csv_table *table, size_t row);
/* Reads the head; everything is in the arena. */
void sheet_read(struct arena *arena, const struct csv_table *table, size_t head, size_t nhead,
                struct sheet *sheet);
/* after_note: the row of text before was a ROW_NOTE, whose text may go on. */
enum row_kind sheet_row_kind(const struct sheet *sheet, size_t row, bool after_note);
/* The title says 单位：万元 for the field's unit: its power of ten. false: it does not. */
bool sheet_title_scale(const struct sheet *sheet, const char *unit, int *scale);

#endif
