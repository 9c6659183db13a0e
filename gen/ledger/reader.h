/* Reading the rows of one file: a slot for each column that holds a field. Shared by rows.c (cells
 * to rows), runs.c (rows to households), totals.c (合计) and repairs.c (notes). Internal to
 * ledger/. */
#ifndef MINGBAI_LEDGER_READER_H
#define MINGBAI_LEDGER_READER_H

#include "ledger/field.h"
#include "ledger/load.h"

enum { REPAIR_KINDS = REPAIR_SPLIT + 1 };

struct repair_count {
    size_t count;
    uint32_t line;     /* of the first */
    GPtrArray *groups; /* of repairs.c: what was changed into what, and on which lines */
};

/* What a cell that was not blank came to. */
struct parsed {
    const char *raw; /* lent by the table; NULL: none yet, and no texts either */
    GString *text;   /* holds value.text */
    GString *detail;
    struct value value;
    enum finding_code fault, warning;
    enum repair repair;
};

struct slot {
    const struct field *field;
    size_t index; /* of the field in its schema */
    uint32_t column;
    bool broken;
    bool shared; /* of the `also` ledger: a slot of the schema reads the same column */
    struct field_context context;

    /* the row being read */
    const char *raw;
    struct value value;
    enum finding_code fault, warning;
    const char *detail; /* of these two */

    /* what the cells above came to, by a hash of their texts */
    struct parsed *kept;
    size_t nkept;

    /* the last value above, for fill-down */
    struct value carry;
    GString *carry_text;

    struct repair_count repairs[REPAIR_KINDS]; /* REPAIR_NONE: filled down */
};

/* Households by the order of rows, for ledgers whose rows belong to one (runs.c). */
struct runs {
    bool on;
    bool merged; /* the head's cell stands only on a household's first row */
    const struct slot *number, *head, *relation, *person, *person_id; /* or NULL */
    bool known;          /* the row belongs to a household that has begun */
    bool starts;         /* this row begins one */
    bool head_seen;      /* its 户主 row has come */
    uint32_t row;        /* the household's row + 1 in the `also` ledger; 0 none */
    GHashTable *numbers; /* 户编号 to row + 1, texts owned */
    size_t first_row;    /* the `also` ledger's rows before this file */
};

struct totals;

struct reader {
    struct load *load;
    const struct sheet *sheet;
    const struct match *match;
    uint32_t file, line; /* line: of the row being read */
    size_t nslot, nmain; /* slots of the schema come first, then those of the `also` ledger */
    struct slot *slots;
    struct value *values; /* the row being read, one a field */
    struct runs runs;
    struct totals *totals;
};

static inline bool value_present(const struct value *value)
{
    return value->state != STATE_EMPTY;
}

/* runs.c */
void runs_open(struct reader *reader);
void runs_close(struct reader *reader);
/* Decides whether the row goes on with the household above; before filling down. area_changed: the
 * row names another village or group than the row above. */
void runs_step(struct reader *reader, bool area_changed);
/* Merges the row into its household's row of the `also` ledger, making it if need be. */
void runs_fill(struct reader *reader);
/* A row could not be read: what follows it need not belong to the household above. */
void runs_break(struct reader *reader);

/* split.c */
/* How many rows the row is (domain.md 5 row 29): 1, or as many as the cells of its split columns
 * name, which rows then holds, in the load's arena. 0: they do not name equally many. */
size_t split_row(const struct reader *reader, const struct csv_row *row,
                 const struct csv_row **rows);

/* totals.c */
struct totals *totals_new(const struct reader *reader);
void totals_row(struct totals *totals, const struct reader *reader);
void totals_refused(struct totals *totals);
void totals_mark(struct totals *totals, const struct reader *reader, size_t row,
                 enum row_kind kind);
/* Says which totals do not equal the rows they cover; ends totals. */
void totals_close(struct totals *totals, const struct reader *reader);

/* repairs.c */
void repair_count(struct reader *reader, struct slot *slot, enum repair repair);
void fill_count(struct reader *reader, struct slot *slot);
void split_count(struct reader *reader, struct slot *slot);
void repairs_report(struct reader *reader);
void repairs_drop(struct slot *slot);

#endif
