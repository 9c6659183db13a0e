/* Ledgers as declared in templates/ledgers/NAME.yaml: Frictionless Table Schema words plus ours
 * (design decision 3). Schemas are read once and then constant. */
#ifndef MINGBAI_LEDGER_SCHEMA_H
#define MINGBAI_LEDGER_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/audience.h"
#include "base/findings.h"

enum field_type {
    FIELD_STRING,
    FIELD_INTEGER,
    FIELD_DECIMAL, /* with unit and places: 亩, 平方米 */
    FIELD_MONEY,   /* 元, 2 places unless said otherwise */
    FIELD_DATE,
    FIELD_YEAR,    /* an integer 1900-2199 */
    FIELD_BOOLEAN, /* 是/否, 1/0, √, Y … → 1, 0 */
    FIELD_CODE,    /* one of a list, with synonyms */
    FIELD_IDCARD,  /* GB 11643-1999; an 18-character text */
    FIELD_PHONE,   /* mobile or landline, several joined by 、 */
    FIELD_AREA     /* a place's name: 县 乡镇 行政村 村民小组 */
};

enum show { SHOW_HIDE, SHOW_MASK, SHOW_FULL };

/* domain.md 3.4. A string field with MASK_NAME or MASK_MINOR is a person's name and is read as one
 * (domain.md 5 rows 12, 13), whatever show says. MASK_NAME 张*; MASK_MINOR: as MASK_NAME for a
 * minor, else full; MASK_ID keeps 6 + 4; MASK_PHONE 3 + 4; MASK_ACCOUNT the last 4. */
enum mask { MASK_NONE, MASK_ID, MASK_PHONE, MASK_ACCOUNT, MASK_NAME, MASK_MINOR };

struct synonym {
    const char *from, *to;
};

struct field {
    const char *name;
    enum field_type type;
    struct place place;         /* in the schema's file */
    const char *const *aliases; /* NULL-ended */
    const char *const *codes;   /* FIELD_CODE: NULL-ended; else NULL */
    const struct synonym
        *synonyms;        /* ended by from NULL; of FIELD_CODE, or FIELD_BOOLEAN (to 是 or 否) */
    const char *unit;     /* or NULL; FIELD_MONEY: 元 unless said otherwise */
    int places;           /* decimals */
    bool identify;        /* a file of this ledger has this column */
    bool required;        /* an empty cell is a finding */
    bool household_level; /* level: household: filled down within a household */
    bool multiple;        /* FIELD_CODE: several in a cell, read as codes joined by 、 */
    bool split;           /* FIELD_STRING, FIELD_IDCARD: several in a cell are a row each */
    bool old_id;          /* FIELD_IDCARD: one of 15 digits is made 18 (old_id: convert) */
    bool open_text;       /* scanned for IDs, phones, accounts in the public store */
    bool has_minimum, has_maximum;
    double minimum, maximum;
    enum show show[AUDIENCES]; /* default: internal full, everybody else hide (fail closed);
                                  AUDIENCE_OFFICIAL is always as AUDIENCE_PUBLIC */
    enum mask mask;
    const char *sql; /* a derived column: one SQL expression over the full data; else NULL */
};

/* A row of a ledger that points at a household also finds it by ID and by name (design 4,
 * Recognition): fields are those that say it plainly and that a finding names. */
struct foreign_key {
    const char *const *fields; /* NULL-ended */
    const char *ledger;        /* the ledger it points into */
    const char *link;          /* the column it yields: _户 _人 _村 */
    bool required;             /* a row that points nowhere is a finding */
    struct place place;
};

/* A table of counts and sums over the rows of a ledger on the full data (design 7): what everybody
 * may know of a column that not everybody may see. */
struct statistic {
    const char *name; /* of the SQL table: 户_致贫统计 */
    struct place place;
    const size_t *by; /* indices of the fields it is split by */
    size_t nby;
    size_t spread;      /* which of by is not open to all, a FIELD_CODE; SIZE_MAX: none */
    struct field count; /* the column that counts rows; open, FIELD_INTEGER */
    const size_t *sums; /* indices of the fields summed, under their own names */
    size_t nsum;
};

struct schema {
    const char *name;  /* the ledger's name and SQL table: 户 */
    const char *title; /* 户台账 */
    const char *file;
    const struct field *fields; /* those read, then those derived */
    size_t nfield, nderived;    /* nfield counts both */
    const char *const
        *primary_key; /* the natural key, NULL-ended, may be empty: names of fields, or
                         of a foreign key's link (_户: the household, however found) */
    const struct foreign_key *foreign_keys;
    size_t nforeign_key;
    const struct statistic *statistics;
    size_t nstatistic;
    const char *also; /* a ledger that rows of this one fill too (人: 户), or NULL */
};

struct schemas;

/* Reads every .yaml in folder. NULL with findings when one is wrong: all mistakes of all files. */
struct schemas *schemas_load(const char *folder, struct findings *findings);
void schemas_free(struct schemas *schemas);
size_t schemas_count(const struct schemas *schemas);
const struct schema *schemas_at(const struct schemas *schemas, size_t index); /* in name order */
const struct schema *schemas_find(const struct schemas *schemas, const char *name); /* or NULL */
size_t schema_field(const struct schema *schema, const char *name); /* index, or SIZE_MAX */
const char *field_type_name(enum field_type type);

#endif
