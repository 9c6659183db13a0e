/* What the steps of loading share: rows are read file by file (rows.c), then villages are found
 * (village.c), households settled (household.c), rows linked (links.c) and counted once
 * (duplicates.c). Internal to ledger/. */
#ifndef MINGBAI_LEDGER_LOAD_H
#define MINGBAI_LEDGER_LOAD_H

#include <glib.h>

#include "base/arena.h"
#include "base/findings.h"
#include "ledger/ledger.h"
#include "ledger/recognise.h"
#include "ledger/sheet.h"

/* What stays known of a file when its table is freed; as many as ledgers->files. */
struct source {
    size_t ledger; /* SIZE_MAX: not recognised */
    size_t also;   /* the ledger its rows fill too, or SIZE_MAX */
    const char *const *titles;
    size_t ntitle;
};

/* Where a row comes from, as far as merging needs it. */
enum row_source {
    ROW_OWN,    /* a row of a file of its ledger */
    ROW_FILLED, /* made of another ledger's rows that carry columns of this one (design 4, also) */
    ROW_IMPLIED /* the same, but those rows only name it: it must be found elsewhere */
};

/* What is known of a ledger's rows while loading; one element a row. */
struct rows_extra {
    GArray *origins;    /* struct row_origin */
    GArray *sources;    /* uint8_t: enum row_source */
    GArray *households; /* uint32_t: row + 1 of the `also` ledger it fills; 0 none */
};

struct load {
    struct ledgers *ledgers;
    struct arena *arena; /* ledgers' own */
    struct settings *settings;
    struct findings *findings;
    const struct synonym *variants; /* of the setting 异写, ended by from NULL */
    GArray *files;                  /* struct ledger_file */
    GArray *sources;                /* struct source */
    GArray *invalid;                /* struct invalid_cell */
    GHashTable *invalid_texts; /* struct invalid_cell by ledger, row, field; NULL: not in step */
    GArray *lost;              /* struct lost_row */
    GArray *repeated;          /* struct repeated_row */
    GArray *clashes;           /* struct key_clash */
    GArray *years;             /* int: those that titles and file names give */
    struct rows_extra *extra;  /* one a ledger */
    struct target *targets;    /* one a ledger: its indices as others point into it (links.c) */
};

/* ledger.c: adds a file to the list; its index. Its texts live as long as load->arena. */
guint load_file(struct load *load, struct ledger_file file);
/* Adds the table as a file and reads its rows. false: no ledger fits, all its rows are refused, and
 * refusal says why. */
bool load_table(struct load *load, const struct recogniser *recogniser,
                const struct csv_table *table, struct findings *refusal);
/* A file or sheet that could not be read, but whose name tells its ledger, has lost rows nobody can
 * count. */
void load_lose_named(struct load *load, const char *name, struct place place);

/* load_book.c: reads the sheets of a workbook. Each visible one that a ledger fits is a file of its
 * own; of the others those whose name speaks of a ledger are errors, the rest is noted; if no
 * ledger fits any, all are errors. */
void load_book(struct load *load, const struct recogniser *recogniser, const char *folder,
               const char *path);

/* rows.c: reads the rows of a recognised file. */
void rows_read(struct load *load, uint32_t file, const struct sheet *sheet,
               const struct match *match);

/* village.c: fills 乡镇 and 行政村 where the column did not say them, and the villages of lost
 * rows. */
void villages_fill(struct load *load);
/* After linking: rows take areas from their household; rows without a village are lost rows. */
void villages_finish(struct load *load);

/* household.c: unites the rows that others fill with a ledger's own. */
void households_settle(struct load *load, size_t ledger);

/* links.c: fills the links of one ledger; dangling and ambiguous ones are findings. The ledgers it
 * points into must be final. */
void links_make(struct load *load, size_t ledger);
void links_done(struct load *load); /* frees the indices */

/* duplicates.c: drops rows that are equal in every column, and link once made, to an earlier one.
 */
void duplicates_drop(struct load *load, size_t ledger);
/* Rows of one natural key with different contents. */
void duplicates_report(struct load *load, size_t ledger);
/* Keeps row r where into[r] == r; what points at another row r points at into[r] then, or at
 * nothing if that is SIZE_MAX. No row it was merged into may be dropped itself. */
void rows_compact(struct load *load, size_t ledger, const size_t *into);

/* members.c: persons against their households and their IDs. */
void members_check(struct load *load);

/* cell.c: rows and cells while loading. */
struct ledger *load_ledger(const struct load *load, size_t ledger);
size_t load_rows(const struct load *load, size_t ledger);
struct value load_value(const struct load *load, size_t ledger, size_t row, size_t field);
/* Appends a row; the new row's index. */
size_t load_append(struct load *load, size_t ledger, const struct value *values,
                   struct row_origin origin, enum row_source source, uint32_t household);
struct place load_place(const struct load *load, size_t ledger, size_t row, size_t field);
/* The row as the public may see it, with the caret on field; belongs to the last finding. raw: what
 * the cell holds when it could not be read, or NULL. */
void load_snippet(struct load *load, size_t ledger, size_t row, size_t field, const char *raw);
/* The text of a cell that is invalid; "" if none is known. */
const char *load_invalid_text(struct load *load, size_t ledger, size_t row, size_t field);
void load_invalid_forget(struct load *load); /* after load->invalid was changed otherwise */
/* Where the row stands, as place_append() says it. */
void load_place_append(const struct load *load, GString *out, size_t ledger, size_t row);
/* Marks a cell as invalid; raw: its text, NULL: as its value reads. Nothing if it is so already. */
void load_invalidate(struct load *load, size_t ledger, size_t row, size_t field, const char *raw);
void load_lose(struct load *load, size_t ledger, const char *village, struct place place);
/* Where the field stands in the row's file, 0 based, or NO_COLUMN. */
uint32_t load_column(const struct load *load, size_t ledger, uint32_t file, size_t field);

/* A value as text; appended. Nothing for a NULL. */
void value_append(GString *out, const struct value *value);
/* Whether the text may stand in a finding: nothing like an ID, a phone or an account is in it. */
bool text_is_harmless(const char *text);

#endif
