/* A template's insides: what template.c and body.c make of the YAML and binding turns into
 * documents. Private to document/. Texts are lent by the YAML files or the arena of struct
 * templates. */
#ifndef MINGBAI_DOCUMENT_PARTS_H
#define MINGBAI_DOCUMENT_PARTS_H

#include "document/phrase.h"
#include "document/sheets.h"
#include "document/style.h"
#include "document/template.h"

/* SQL and where its first character stands. */
struct sql {
    const char *text; /* NULL: none */
    struct place where;
};

/* What a value is: how it prints by default and whether it may be totalled. */
struct kind {
    enum field_type type;
    const char *unit; /* or NULL */
    int places;
    bool percent; /* FIELD_DECIMAL, a percentage */
};

struct data_set {
    const char *name;
    struct sql sql;
    struct place place;
    bool listed; /* a table prints its rows: they need an order */
};

struct parameter {
    const char *name;
    enum field_type type;
    const char *fallback; /* or NULL */
    struct place place;
};

/* types: {总.金额: {type: money}}; each and unit are sets too. */
struct type_of {
    const char *set, *column;
    struct kind kind;
    const char *part, *whole; /* of: the column is 100 part / whole; NULL: it is no ratio */
    const char *share;        /* the column is 100 share / its sum; NULL: likewise */
    struct place place;
};

struct body_text {
    const struct phrase *phrase;
    const char *style;
    int lines_max; /* as in block_text */
    bool outline;
};

struct over;

struct table_column {
    const char *field;           /* one column of the rows, or NULL, and then: */
    const struct phrase *phrase; /* a text of several, or NULL: the serial number */
    const struct phrase *title;  /* NULL: the field's name and unit */
    size_t nover;
    const struct over *const *over; /* what stands over it in the head, uppermost first */
    const char *style;              /* NULL: the grid's cell */
    mpt width, width_min, width_max;
    int weight; /* -1: by type */
    int align;  /* enum align, -1: by type */
    int format; /* 0: none was given; 1: with its places; 2: without */
    struct format as;
    int overflow; /* enum overflow, -1: the style's */
    mpt size_min; /* of OVERFLOW_SHRINK; 0: the style's */
    bool rule;    /* an empty value is counted and leaves a line to write on */
    bool merge;
    struct place place;
};

/* A title over neighbouring columns: those that point to the same one. */
struct over {
    const struct phrase *title;
};

/* One cell of a total row: a function of its column, or a text over it and those to its right that
 * have no total of their own. */
struct table_total {
    size_t column;
    enum part_kind function; /* when phrase is NULL */
    const struct phrase *phrase;
    struct place place;
};

/* A row of totals: 合计, 小计, 本页小计 … */
struct total_row {
    size_t count; /* 0: no such row */
    const struct table_total *totals;
    const struct phrase *label;
};

struct table_group {
    const char *by;
    const struct phrase *text, *count; /* the head's left and right end; NULL: no head, no count */
    struct total_row foot;
    bool page, keep;
    struct place place;
};

struct body_table {
    size_t data;      /* data set, or SIZE_MAX: a whole ledger, and then: */
    const char *grid; /* grid style */
    size_t ncolumn;
    const struct table_column *columns;
    bool all_columns; /* as the rows have them, but for those that begin with _ */
    size_t ngroup;
    const struct table_group *groups; /* outermost first */
    struct total_row total;
    struct total_row page_rows[PAGE_ROWS];
    const struct table_column *capital; /* the column whose total is written out (大写); or NULL */
    const struct phrase *capital_label;
    size_t nnote;
    const struct phrase **notes;
    const struct phrase *diagonal[3]; /* labels of the first head cell, lowest first; NULL: none */
    size_t ndiagonal;
    int rules;                   /* enum rules, -1: the style's */
    struct rule_weights weights; /* 0: the style's */
    bool fill_page;
    size_t rows_per_page;
    int across; /* strips side by side; 0: one */
    mpt gutter;
    bool total_first;
    const char *const *not_summed; /* ledger tables: NULL-ended; NULL: no total row */
    size_t fill;
    const struct phrase *empty; /* NULL: none */
    const struct phrase *side;  /* NULL: none */
    bool joined;
    const struct phrase *attachment; /* its title as 附件; NULL: always inline */
};

enum form_kind {
    FORM_LABEL,
    FORM_VALUE, /* from the data: a blank is counted and leaves a line to write on */
    FORM_TEXT,
    FORM_CHECK, /* boxes, of which those the data say are ticked */
    FORM_PHOTO, /* room for a photo of 35 x 45 mm */
    FORM_SIGN,  /* a line to sign on, and the date */
    FORM_FORM,  /* a form in the cell */
    FORM_TABLE  /* a table in the cell */
};

/* One box: the value it stands for and what is written beside it. */
struct form_option {
    const char *value, *text;
    struct place place;
};

/* What a check cell offers. */
struct form_check {
    size_t noption; /* 0: the codes of the column */
    const struct form_option *options;
    const char *other; /* the box of any other value, or NULL */
};

struct body_form;

struct form_cell {
    uint16_t column, span, down;
    enum form_kind kind;
    const struct phrase *phrase; /* NULL: an empty cell; CHECK: of one piece */
    struct form_check check;
    bool dated;                     /* SIGN */
    const struct body_form *form;   /* FORM */
    const struct body_table *table; /* TABLE */
    int lines; /* to write on, under the text; of a value only while it is not known */
    const char *style;
    int align; /* enum align, -1: the style's */
    bool vertical;
    struct place place;
};

struct form_row {
    mpt height, height_max; /* -1: the grid style's; height_max 0: it stays as high as it must be */
    size_t ncell;
    const struct form_cell *cells;
};

struct body_form {
    const char *grid;
    size_t ncolumn;
    const int *weights; /* 1/1000 */
    size_t nrow;
    const struct form_row *rows;
    const struct phrase *side;
    bool joined;
};

struct contact {
    const struct phrase *label, *number;
    const struct phrase *address; /* or NULL */
    bool optional;                /* left out when it has no number */
    struct place place;
};

struct body_contacts {
    const char *grid;
    size_t count;
    const struct contact *contacts;
};

struct body_issuers {
    const char *grid;
    const struct phrase *names, *otherwise; /* otherwise: when names is empty */
    const struct phrase *date;
};

/* For each paper of the sheet. */
struct body_section {
    const struct phrase *name;
    const struct page_spec *pages;
    const size_t *papers; /* whose text and grid styles are used */
    bool restart;
};

/* What pictures and codes have in common. */
struct body_figure {
    const char *grid; /* the text beside or under it is set as this style's cells */
    enum align align;
    mpt width, height;         /* 0: not said */
    const struct phrase *text; /* or NULL */
};

struct body_image {
    struct body_figure figure;
    const struct phrase *file;
    const struct phrase *alt; /* or NULL */
};

struct body_code {
    struct body_figure figure; /* width: of the code */
    const struct phrase *content;
};

struct chart_value_column {
    const char *field;
    const struct phrase *title; /* NULL: the field's name */
    bool formatted;             /* as was given */
    struct format as;
    struct place place;
};

struct body_chart {
    struct body_figure figure;
    enum chart_kind kind;
    size_t data; /* data set */
    const char *label;
    struct place label_place;
    size_t nvalue;
    const struct chart_value_column *values;
    bool legend, lying;
};

enum body_kind {
    BODY_TEXT,
    BODY_TABLE,
    BODY_FORM,
    BODY_CONTACTS,
    BODY_ISSUERS,
    BODY_SECTION,
    BODY_CHART,
    BODY_IMAGE,
    BODY_CODE
};

struct body_block {
    enum body_kind kind;
    enum variant variant;
    struct place place;
    union {
        struct body_text text;
        const struct body_table *table; /* shared by its inline and its attached block */
        struct body_form form;
        struct body_contacts contacts;
        struct body_issuers issuers;
        struct body_section section;
        struct body_chart chart;
        struct body_image image;
        struct body_code code;
    };
};

struct template
{
    struct template_head head;
    const struct template_world *world;
    const struct style_sheet *sheet;
    const struct page_spec *pages; /* one a paper of the sheet */
    struct sheets sheets;
    size_t nparameter, ndata, ntype, nblock;
    const struct parameter *parameters;
    const struct data_set *data;
    const struct type_of *types;
    const struct body_block *blocks;
    struct sql each;
    bool each_ledger; /* one product for each ledger that has rows */
    struct sql unit;
    const struct phrase *unit_name; /* or NULL */
    const char *volume; /* units in a row with the same value in this column count their pages
                           together; NULL: each alone */
    const struct body_text *continued; /* or NULL */
    const struct phrase *file;
    const struct phrase *author; /* NULL: the issuers */
    size_t left_out;             /* data set of rows that are not on the list; SIZE_MAX: none */
    const struct phrase *left_out_text; /* what a finding says of each */
    int period; /* least days of 公示期, and how many when the 公示 row says none; 0: no period */
};

#endif
