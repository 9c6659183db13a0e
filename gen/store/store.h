/* Stores: one in-memory SQLite database per audience, values already masked or absent (design 7),
 * and the queries that read them. The only floor that knows SQLite. Once opened a store never
 * changes; a connection to it is used by one thread. */
#ifndef MINGBAI_STORE_STORE_H
#define MINGBAI_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/audience.h"
#include "base/calendar.h"
#include "base/date.h"
#include "base/findings.h"
#include "base/value.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"

/* What an author's SQL finds in a store, for each ledger of the schemas, present or not (here 户):
 * - table 户: _id INTEGER PRIMARY KEY; each foreign key's link (_村), NULL where it points nowhere,
 *   indexed; each field the audience may see, masked where its show says so, and its 列名_态.
 *   A field it may not see is in no table. Affinities: INTEGER for integer, year and boolean,
 *   REAL for decimal and money, TEXT for all else.
 * - table 户_致贫原因 for each such field with several values: _户 (the row's _id: the link
 *   column is named for the ledger, whichever it is; indexed), 序 from 1, 值.
 * - each table of statistics: (户_致贫统计): its columns by, count and sum, each with its 列名_态;
 * a row for each of the groups of the open columns there are with each code of the one that is not
 *   (and with NULL, if some row has none), 0 where nobody has it. Where the audience may not see
 *   that column, cells of fewer than 3 households are NULL with STATE_SUPPRESSED, with what else
 *   store/suppress.h withholds; where it may not see a summed one, its sums of fewer than 3. A cell
 *   is NULL with STATE_INVALID where a row may belong to it whose by is invalid, a sum where one of
 *   its values is. Not for derived columns.
 * - in the internal store _原文(台账, _id, 列, 原文): the invalid cells' texts.
 * Minors (MASK_MINOR): by the row's first idcard field and its field 出生日期; see store/age.h.
 * Derived columns: each is computed on the full data, after those it reads. The cell is NULL with
 * STATE_INVALID if a field that its SQL reads (also as 列名_态 or in 户_致贫原因) is invalid
 * - in its own row;
 * - if the SQL reads another ledger: in a row of it that belongs to the same household, or, where
 *   the two have no link to 户 in common, to the same row of another ledger both point into or of
 *   the one that the other points into; where there is none, in any row of it;
 * - if a sub-select reads the own ledger again: in a row of it, by the same rule. */
struct stores; /* the stores of a run */
struct store;  /* one audience's */

/* Computes the derived columns on a full store (written back into ledgers->rows, invalid where what
 * they read is invalid), then fills the stores of the audiences wanted (bit 1 << audience).
 * reference: the 基准日期 for ages; day 0 when there is none (then everybody not provably grown up
 * on the latest date in the ledgers counts as a minor, with a warning, design decision 12). NULL
 * with findings: faults of a derived column's SQL (at the field in its schema file),
 * store-derived-sql, store-derived-type, store-derived-circle, store-collator. Borrows ledgers,
 * which must outlive it. Warns with store-no-reference-date. */
struct stores *stores_open(struct ledgers *ledgers, unsigned audiences, struct date reference,
                           struct findings *findings);
void stores_close(struct stores *stores); /* NULL is allowed; after its queries are freed */
/* The store that audience reads; lent. NULL if it was not wanted. */
struct store *stores_of(const struct stores *stores, enum audience audience);
/* Whether there can be further connections: a store of more than 2 GiB has only its own. */
bool store_is_shared(const struct store *store);
/* The days of the ledger 节假日; lent. */
const struct calendar *store_calendar(const struct store *store);
/* A further connection to a shared store, for another thread: it reads the same memory, and one
 * thread uses it and its queries. The store must outlive it. NULL with store-collator. */
struct store *store_again(const struct store *store, struct findings *findings);
void store_close(struct store *again); /* NULL is allowed; not for a store that is lent */
/* A cell of the public store in which the free-text scan (store/scan.h) found an ID, mobile or
 * account number: there it is NULL with STATE_SUPPRESSED, and the finding store-leak is made;
 * public products that read the field are held back in that row's village. Scanned are string and
 * area fields as the public sees them, and open_text fields of all types but idcard and phone. */
struct leaking_cell {
    size_t ledger, field, row; /* indices as in struct invalid_cell */
};
const struct leaking_cell *stores_leaks(const struct stores *stores, size_t *count);

struct query;

struct query_column {
    const char *name;
    const struct field *origin; /* the field it shows unchanged, or NULL: computed */
    const char *table;          /* origin's ledger, or NULL */
    bool partial;               /* origin is masked for this audience */
};

struct query_read {
    const char *table;         /* ledger */
    const struct field *field; /* field read anywhere in the SQL, _态 and 户_致贫原因 included */
};

/* What an author may write beyond SQL's operators: the functions
 *   sum(x) avg(x) total(x): exact, NULLs skipped; sum of integers is INTEGER, else REAL; avg is
 *     taken half-up to 10^-6; all three also over windows (OVER …), exact there too;
 *   round(x[, places]) 除(a, b, places) 率(a, b, places) 积(a, b, places): half-up; NULL if an
 *     argument is NULL or b, where it divides, is 0; round leaves an INTEGER one;
 *   等(a, b[, places = 2]): 1 or 0 of both rounded; NULL if an argument is;
 *   和(a, …) 差(a, b): exact; NULL if an argument is; INTEGER if all are;
 *   未成年(证件号码, 出生日期): 1 unless provably 18 on the reference date;
 *   年龄(出生日期[, 日期]): full years on the reference date, or on that day; NULL unless both are
 *     full dates;
 *   年龄段(age, 7, 16, 60): 0—6岁, 7—15岁, 16—59岁, 60岁及以上; NULL of NULL;
 *   大写金额(x) 中文数字(x) 大写日期(d) 中文日期(d): as the formats capital, chinese, capital_date,
 *     chinese_date; d is an ISO date at its precision or a year as INTEGER;
 *   遮证件(t) 遮电话(t) 遮账号(t) 遮姓名(t): as field_mask();
 *   证件有效(t) 1 or 0; 证件出生(t) 证件性别(t) 证件地区(t): an ID's ISO date, 男 or 女, first six
 *     digits; NULL of a text that is no whole ID with its right check character;
 *   工作日(d): 1 or 0; 工作日数(a, b): from a to b, both counted; 期满日(d, days, way): the last
 * day of a period of notice that begins on d, way as period_parse(); by the ledger 节假日; NULL
 *     unless their dates are full;
 *   count coalesce ifnull nullif iif min max abs length substr replace trim instr like glob
 *   group_concat, and the window functions row_number … nth_value;
 * and the collations of store/collation.h. "x" is always a name, never a text. */

/* Prepares one SELECT under the authorizer. where: the SQL's first character in its file; faults
 * are placed inside it: each line of the SQL is taken to begin in where.column (true of a YAML |
 * block, whose indentation is stripped); with where.column 0 all faults are placed at where itself.
 * NULL with findings: sql-syntax, sql-unknown-column, sql-unknown-table, sql-unknown-function,
 * sql-unknown-collation (all with did-you-mean), sql-hidden-column, sql-ambiguous-column,
 * sql-forbidden, sql-division, sql-select-star, sql-parameter (? or @x), sql-full-width,
 * sql-not-one-select. A query must be freed before its store is closed. */
struct query *query_prepare(struct store *store, const char *sql, struct place where,
                            struct findings *findings);
void query_free(struct query *query); /* NULL is allowed */
size_t query_columns(const struct query *query);
const struct query_column *query_column(const struct query *query, size_t column);
size_t query_parameters(const struct query *query);
const char *query_parameter(const struct query *query, size_t index); /* without the colon */
const struct query_read *query_reads(const struct query *query, size_t *count);
/* The ledgers it reads, also those it only counts rows of; NULL-ended. */
const char *const *query_ledgers(const struct query *query);
bool query_is_ordered(const struct query *query); /* has an ORDER BY at its top level */
/* Binds :name, until it is bound anew; copies. A name the query has not is no fault; a name never
 * bound is NULL. */
void query_bind(struct query *query, const char *name, const struct value *value);
/* All rows. A NULL of a plain column (x or t.x of the outermost select list, where t is a ledger
 * and the SELECT has no DISTINCT, GROUP BY or compound) carries its state from 列名_态; other NULLs
 * are STATE_EMPTY. NULL with a finding: sql-runaway (bounds of SQLite's instructions, by the
 * store's size, and of 10 million rows), sql-overflow, sql-not-number, sql-places, sql-not-date,
 * sql-no-holidays, sql-period, sql-bounds, sql-runtime. */
struct rowset *query_run(struct query *query, struct findings *findings);

/* The names of the tables an author may read, NULL-ended, for did-you-mean; g_free() the array. */
const char **store_tables(const struct store *store);

#endif
