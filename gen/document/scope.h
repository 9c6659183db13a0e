/* The values a product's texts may name while it is made: rows of each, unit and data sets,
 * parameters, the rows of 公示 and 村, settings. Private to document/. */
#ifndef MINGBAI_DOCUMENT_SCOPE_H
#define MINGBAI_DOCUMENT_SCOPE_H

#include "base/calendar.h"
#include "base/date.h"
#include "document/binding.h"

/* 公示期. */
struct period {
    struct date first; /* the day of posting, counted or not; year 0: not known, printed as
                          ____年__月__日, as then is last */
    struct date last;
    int days; /* 0: the template has none */
    enum period_count count;
};

struct scope {
    struct binding *binding;
    struct findings *findings;
    struct arena *arena;            /* the document's */
    const char *product;            /* what findings call it: 脱贫退出公示（石门村） */
    size_t product_row;             /* of each; SIZE_MAX: none */
    size_t notice_row, village_row; /* SIZE_MAX: none */
    struct date date;               /* the document's; year 0: not known */
    struct period period;
    const struct rowset *unit_rows; /* NULL: no unit */
    size_t unit_row;
    struct rowset **data; /* run when first asked for; NULL: not yet */
    GHashTable *tallies;  /* name -> struct tally: blanks and faults, one finding a name */
    bool undated;         /* a date was missing and a finding says so */
    bool failed;          /* a finding says why the product cannot be written */
};

/* Finds the product's rows of 公示 and 村, its date and period. Sets failed on: several 公示 rows,
 * an unknown way of counting, days that are none, working days of a year without holidays. */
void scope_open(struct scope *scope, struct binding *binding, size_t product, struct arena *arena,
                struct findings *findings);
/* Adds the findings about blanks and invalid values. The rows of data are the caller's. */
void scope_close(struct scope *scope);
/* The same for a product that is not printed: only values without a box are told of. */
void scope_abandon(struct scope *scope);
/* The rows of a data set; NULL and failed when it cannot be run. */
const struct rowset *scope_data(struct scope *scope, size_t data);

/* How a missing value is taken. */
enum blanks {
    BLANKS_REPORT, /* printed as ________ and tallied; a missing setting fails the product */
    BLANKS_QUIET   /* nothing printed, nothing said */
};

/* phrase as text, in the scope's arena. *full (may be NULL): every name in it had a value. */
const char *scope_text(struct scope *scope, const struct phrase *phrase, enum blanks blanks,
                       bool *full);
/* The value one name has, and how it prints. false: nothing is called so. */
bool scope_value(struct scope *scope, const struct piece *piece, struct value *value,
                 struct format *format);
/* phrase with the values of a row of set where it names them, over the scope's for the rest. */
const char *scope_row_text(struct scope *scope, const struct phrase *phrase, const struct set *set,
                           const struct rowset *rows, size_t row);
/* The value of a column of the unit's row, as printed plainly. */
const char *scope_unit_text(const struct scope *scope, const char *column);
/* A setting by design decision 4: -s, the 公示 row, the 村 row, 设置.csv, templates/settings/. */
struct value scope_setting(const struct scope *scope, const char *name);
/* Counts a blank (or invalid) value that is printed from a row; for columns with `rule`. */
void scope_tally(struct scope *scope, const char *name, struct place place, enum value_state state);
/* How a value of that kind prints when nothing else is said. */
struct format kind_format(const struct kind *kind);

/* Counts a value none of a check cell's boxes stands for; the product fails. */
void scope_unticked(struct scope *scope, const char *name, struct place place);
/* Binds parameters and the values of each and unit to query. */
void scope_bind(const struct scope *scope, struct query *query);

/* notice.c: the rows of 公示 and 村 that belong to the product, its date and its period. */
void notice_find(struct scope *scope);

#endif
