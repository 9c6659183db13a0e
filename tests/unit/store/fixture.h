/* Small invented ledgers, built by hand, for the tests of the stores. */
#ifndef MINGBAI_TESTS_STORE_FIXTURE_H
#define MINGBAI_TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first */
#include <cmocka.h>

#include "ledger/ledger.h"
#include "store/store.h"

enum { PEOPLE, HOUSEHOLDS, VILLAGES, LEDGERS };

#define SHOW(public, household)                                                                    \
    {                                                                                              \
        SHOW_##public, SHOW_##household, SHOW_FULL, SHOW_##public                                  \
    }
#define OPEN SHOW(FULL, FULL)
#define PLACE(number)                                                                              \
    {                                                                                              \
        .file = "templates/ledgers/x.yaml", .line = number, .column = 5                            \
    }

static const char *const causes[] = {"因病", "因残", "缺劳力", NULL};

static const struct field person_fields[] = {
    {.name = "姓名", .type = FIELD_STRING, .show = SHOW(MASK, FULL), .mask = MASK_MINOR},
    {.name = "证件号码", .type = FIELD_IDCARD, .show = SHOW(HIDE, MASK), .mask = MASK_ID},
    {.name = "出生日期", .type = FIELD_DATE, .show = SHOW(HIDE, FULL)},
    {.name = "未成年",
     .type = FIELD_BOOLEAN,
     .show = OPEN,
     .place = PLACE(9),
     .sql = "未成年(证件号码, 出生日期)"},
};

static const struct field household_fields[] = {
    {.name = "乡镇", .type = FIELD_AREA, .show = OPEN},
    {.name = "行政村", .type = FIELD_AREA, .show = OPEN},
    {.name = "村民小组", .type = FIELD_AREA, .show = OPEN},
    {.name = "户主姓名", .type = FIELD_STRING, .show = OPEN},
    {.name = "联系电话", .type = FIELD_PHONE, .show = SHOW(MASK, FULL), .mask = MASK_PHONE},
    {.name = "家庭人口", .type = FIELD_INTEGER, .show = OPEN},
    {.name = "补贴", .type = FIELD_MONEY, .places = 2, .unit = "元", .show = OPEN},
    {.name = "致贫原因",
     .type = FIELD_CODE,
     .codes = causes,
     .multiple = true,
     .show = SHOW(HIDE, FULL)},
    {.name = "备注", .type = FIELD_STRING, .open_text = true, .show = OPEN},
    {.name = "未成年人数",
     .type = FIELD_INTEGER,
     .show = OPEN,
     .place = PLACE(30),
     .sql = "(SELECT sum(p.未成年) FROM 人 p WHERE p._户 = 户._id)"},
    {.name = "大户",
     .type = FIELD_BOOLEAN,
     .show = OPEN,
     .place = PLACE(33),
     .sql = "家庭人口 > 4"},
};

static const struct field village_fields[] = {
    {.name = "乡镇", .type = FIELD_AREA, .show = OPEN},
    {.name = "行政村", .type = FIELD_AREA, .show = OPEN},
    {.name = "排序", .type = FIELD_INTEGER, .show = OPEN},
};

static const struct foreign_key person_keys[] = {{.ledger = "户", .link = "_户"}};
static const struct foreign_key household_keys[] = {{.ledger = "村", .link = "_村"}};

static const struct schema standard_schemas[LEDGERS] = {
    {.name = "人",
     .fields = person_fields,
     .nfield = G_N_ELEMENTS(person_fields),
     .nderived = 1,
     .foreign_keys = person_keys,
     .nforeign_key = 1,
     .file = "templates/ledgers/x.yaml"},
    {.name = "户",
     .fields = household_fields,
     .nfield = G_N_ELEMENTS(household_fields),
     .nderived = 2,
     .foreign_keys = household_keys,
     .nforeign_key = 1,
     .file = "templates/ledgers/x.yaml"},
    {.name = "村",
     .fields = village_fields,
     .nfield = G_N_ELEMENTS(village_fields),
     .file = "templates/ledgers/x.yaml"},
};

struct fixture {
    struct schema schemas[LEDGERS];
    struct ledger list[LEDGERS];
    struct ledgers ledgers;
    struct findings *findings;
    struct stores *stores;
};

static inline void fixture_begin(struct fixture *fixture)
{
    static struct ledger_file files[] = {{.path = "户.csv", .encoding = "UTF-8"}};

    memset(fixture, 0, sizeof(*fixture));
    memcpy(fixture->schemas, standard_schemas, sizeof(standard_schemas));
    for (size_t i = 0; i < LEDGERS; i++) {
        const struct schema *schema = &fixture->schemas[i];
        struct ledger *ledger = &fixture->list[i];
        const char **names = g_new(const char *, schema->nfield);

        for (size_t k = 0; k < schema->nfield; k++)
            names[k] = schema->fields[k].name;
        ledger->schema = schema;
        ledger->rows = rowset_new(schema->nfield, names);
        ledger->links = g_new0(int64_t *, schema->nforeign_key + 1);
        ledger->present = true;
        g_free(names);
    }
    fixture->ledgers =
        (struct ledgers){.count = LEDGERS, .list = fixture->list, .nfile = 1, .files = files};
    fixture->findings = findings_new();
}

static inline struct value fixture_cell(const struct field *field, const char *text)
{
    if (!text || !*text)
        return value_null(STATE_EMPTY);
    if (strcmp(text, "!") == 0)
        return value_null(STATE_INVALID);
    if (strcmp(text, "/") == 0)
        return value_null(STATE_NONE);
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_BOOLEAN:
    case FIELD_YEAR:
        return value_integer(atoll(text));
    case FIELD_MONEY:
    case FIELD_DECIMAL:
        return value_real(strtod(text, NULL));
    default:
        return value_text(text);
    }
}

/* cells: parted by |; those that are missing are empty. ! is an invalid cell, / one that says 无.
 */
static inline void fixture_row(struct fixture *fixture, size_t index, int64_t link,
                               const char *cells)
{
    struct ledger *ledger = &fixture->list[index];
    const size_t nfield = ledger->schema->nfield, nrow = rowset_rows(ledger->rows);
    struct value *row = g_new(struct value, nfield);
    char **texts = g_strsplit(cells, "|", -1);
    const size_t ntext = g_strv_length(texts);

    for (size_t i = 0; i < nfield; i++)
        row[i] = fixture_cell(&ledger->schema->fields[i], i < ntext ? texts[i] : NULL);
    rowset_append(ledger->rows, row);
    ledger->origins = g_renew(struct row_origin, ledger->origins, nrow + 1);
    ledger->origins[nrow] = (struct row_origin){.file = 0, .line = (uint32_t)nrow + 2};
    if (ledger->schema->nforeign_key) {
        ledger->links[0] = g_renew(int64_t, ledger->links[0], nrow + 1);
        ledger->links[0][nrow] = link;
    }
    g_strfreev(texts);
    g_free(row);
}

/* Two villages, four households, six people. */
static inline void fixture_standard(struct fixture *fixture)
{
    fixture_begin(fixture);
    fixture_row(fixture, VILLAGES, 0, "青石镇|石门村|2");
    fixture_row(fixture, VILLAGES, 0, "青石镇|河口村|1");
    fixture_row(fixture, HOUSEHOLDS, 1,
                "青石镇|石门村|十组|曾平安|13900000001|3|100.10|因病、缺劳力|好");
    fixture_row(fixture, HOUSEHOLDS, 1, "青石镇|石门村|二组|陈有粮|13900000002|5|200.20|因残|/");
    fixture_row(fixture, HOUSEHOLDS, 2, "青石镇|河口村|一组|李满仓||!|300.30||");
    fixture_row(fixture, HOUSEHOLDS, 2, "青石镇|河口村|十二组|张丰年||2||/|");
    fixture_row(fixture, PEOPLE, 1, "曾平安|990101198001010014|1980-01-01");
    fixture_row(fixture, PEOPLE, 1, "曾小满|990101201506010030|2015-06-01");
    fixture_row(fixture, PEOPLE, 2, "陈有粮|990101198512300224|1985-12-30");
    fixture_row(fixture, PEOPLE, 3, "李满仓|!|1970");
    fixture_row(fixture, PEOPLE, 4, "张丰年||");
    fixture_row(fixture, PEOPLE, 4, "张小雨|99010119800101009X|");
}

static inline struct date fixture_reference(void)
{
    return (struct date){2026, 1, 1};
}

static inline bool fixture_open(struct fixture *fixture)
{
    const unsigned all = 1u << AUDIENCE_PUBLIC | 1u << AUDIENCE_HOUSEHOLD |
                         1u << AUDIENCE_INTERNAL | 1u << AUDIENCE_OFFICIAL;

    fixture->stores = stores_open(&fixture->ledgers, all, fixture_reference(), fixture->findings);
    return fixture->stores != NULL;
}

static inline void fixture_end(struct fixture *fixture)
{
    stores_close(fixture->stores);
    for (size_t i = 0; i < LEDGERS; i++) {
        rowset_free(fixture->list[i].rows);
        if (fixture->list[i].schema->nforeign_key)
            g_free(fixture->list[i].links[0]);
        g_free(fixture->list[i].links);
        g_free(fixture->list[i].origins);
    }
    findings_free(fixture->findings);
}

/* The finding of that code, or NULL. */
static inline const struct finding *fixture_finding(const struct fixture *fixture,
                                                    enum finding_code code)
{
    for (size_t i = 0; i < findings_count(fixture->findings); i++) {
        if (findings_at(fixture->findings, i)->code == code)
            return findings_at(fixture->findings, i);
    }
    return NULL;
}

/* 91 as 91.0, so that it is told from an INTEGER. */
static inline void fixture_append_real(GString *text, double real)
{
    char *digits = g_strdup_printf("%.15g", real);

    g_string_append(text, digits);
    if (!strpbrk(digits, ".e"))
        g_string_append(text, ".0");
    g_free(digits);
}

/* The result as text: values parted by a blank, rows by a semicolon; NULL as its state's number in
 * <>. The name of the first finding's code when it fails. g_free() it. */
static inline char *fixture_query(struct fixture *fixture, enum audience audience, const char *sql)
{
    struct findings *findings = findings_new();
    struct query *query =
        query_prepare(stores_of(fixture->stores, audience), sql,
                      (struct place){.file = "t.yaml", .line = 3, .column = 7}, findings);
    struct rowset *rows = query ? query_run(query, findings) : NULL;
    GString *text = g_string_new(NULL);

    for (size_t i = 0; rows && i < rowset_rows(rows); i++) {
        for (size_t k = 0; k < rowset_columns(rows); k++) {
            const struct value value = rowset_at(rows, i, k);

            if (k)
                g_string_append_c(text, ' ');
            switch (value.type) {
            case VALUE_NULL:
                g_string_append_printf(text, "<%d>", (int)value.state);
                break;
            case VALUE_INTEGER:
                g_string_append_printf(text, "%" G_GINT64_FORMAT, value.integer);
                break;
            case VALUE_REAL:
                fixture_append_real(text, value.real);
                break;
            case VALUE_TEXT:
                g_string_append(text, value.text);
                break;
            }
        }
        g_string_append_c(text, ';');
    }
    if (!rows)
        g_string_assign(text, findings_count(findings)
                                  ? finding_name(findings_at(findings, 0)->code)
                                  : "failed without a finding");
    rowset_free(rows);
    query_free(query);
    findings_free(findings);
    return g_string_free(text, FALSE);
}

#define assert_query(fixture, audience, sql, expected)                                             \
    do {                                                                                           \
        char *result_ = fixture_query(fixture, audience, sql);                                     \
        assert_string_equal(result_, expected);                                                    \
        g_free(result_);                                                                           \
    } while (0)

#endif
