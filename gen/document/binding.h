/* A binding's insides. Private to document/. */
#ifndef MINGBAI_DOCUMENT_BINDING_H
#define MINGBAI_DOCUMENT_BINDING_H

#include <glib.h>

#include "document/bind.h"
#include "document/parts.h"

/* A prepared query and the names of its columns. */
struct set {
    const char *name;    /* data set; "each", "unit" */
    struct query *query; /* NULL: its rows are made by us */
    size_t ncolumn;
    const char **columns; /* NULL-ended */
};

struct binding {
    const struct template *template;
    struct store *store;
    struct arena *arena;
    struct set each, unit;
    bool has_each, has_unit;
    struct set *data; /* one a data set of the template */
    struct set notice,
        village; /* 公示 and 村, the columns this audience has; query NULL: no such ledger */
    struct set *ledgers; /* each_ledger: one a schema */
    struct query **ledger_counts;
    GArray *reads; /* struct query_read */

    /* from binding_run() on; lent when it is a further binding */
    bool lent;
    const struct settings *settings;
    int year;
    struct value *parameters;
    struct rowset *each_rows; /* NULL: one product without a row */
    struct rowset *notice_rows, *village_rows;
    GArray *products; /* size_t: rows of each_rows */
};

/* Where a {{name}} gets its value. */
enum source {
    FROM_ROW, /* the row of the table being drawn */
    FROM_DATA,
    FROM_UNIT,
    FROM_EACH,
    FROM_PARAMETER,
    FROM_SPECIAL, /* 日期 公示期起 公示期止 公示天数 公示期限, 标题: the template's title */
    FROM_SETTING /* -s, 公示, 村, 设置.csv, templates/settings/ */
};

struct found {
    enum source source;
    size_t set;    /* FROM_DATA: data set */
    size_t column; /* of the set; FROM_PARAMETER, FROM_SPECIAL: index */
};

enum special {
    SPECIAL_DATE,
    SPECIAL_FIRST,
    SPECIAL_LAST,
    SPECIAL_DAYS,
    SPECIAL_TERM,
    SPECIAL_TITLE
};
extern const char *const SPECIAL_NAMES[]; /* in enum special's order, NULL-ended */

/* row: the set of the table whose rows are meant, or NULL. false: nothing is called so. */
bool binding_find(const struct binding *binding, const struct piece *piece, const struct set *row,
                  struct found *found);
/* The set a found column belongs to; NULL when it is no column. */
const struct set *binding_set(const struct binding *binding, const struct found *found,
                              const struct set *row);
/* What the column is, by `types:` or by its field. false: computed, not declared. */
bool binding_kind(const struct binding *binding, const struct set *set, size_t column,
                  struct kind *kind);
size_t set_find(const struct set *set, const char *name); /* SIZE_MAX: none */
/* What is known of the column; no origin: it is computed. */
const struct query_column *set_column(const struct set *set, size_t column);
/* Numbers that may be added, averaged, compared: false for years, texts, dates. */
bool kind_is_number(const struct kind *kind);

/* Everything about a prepared template that needs its columns (check.c). -1 with findings. */
int binding_check(struct binding *binding, struct findings *findings);
/* Adds a read, once. */
void binding_add_read(struct binding *binding, const char *table, const struct field *field);

#endif
