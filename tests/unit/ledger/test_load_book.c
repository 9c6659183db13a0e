/* Tests of workbooks as ledgers: which sheets are read, what is said of the others, and where. */
#include "ledger_fixture.h"

#include "book_maker.h"

/* Heads and rows as the sheets' texts: cells split by | and rows by /, all of them inline texts. */
static char *sheet_of(const char *text)
{
    gchar **lines = g_strsplit(text, "/", 0);
    GString *out = g_string_new(NULL);

    for (size_t r = 0; lines[r]; r++) {
        gchar **cells = g_strsplit(lines[r], "|", 0);

        g_string_append_printf(out, "<row r=\"%zu\">", r + 1);
        for (size_t c = 0; cells[c]; c++) {
            if (cells[c][0] == '=') /* a number */
                g_string_append_printf(out, "<c><v>%s</v></c>", cells[c] + 1);
            else
                g_string_append_printf(out, "<c t=\"inlineStr\"><is><t>%s</t></is></c>", cells[c]);
        }
        g_string_append(out, "</row>");
        g_strfreev(cells);
    }
    g_strfreev(lines);
    return g_string_free(out, FALSE);
}

#define SHEET(number, name, more)                                                                  \
    "<sheet name=\"" name "\" sheetId=\"" #number "\" " more " r:id=\"s" #number "\"/>"

static void put_book(struct fixture *fixture, const char *name, const char *sheets,
                     const char *first, const char *second, const char *third)
{
    const char *const texts[] = {first, second, third};
    struct book_texts book = {.sheets = sheets};
    char *path = g_build_filename(fixture->input, name, NULL), *data[3] = {NULL};
    char *folder = g_path_get_dirname(path);

    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        book.data[i] = data[i] = texts[i] ? sheet_of(texts[i]) : NULL;
    make_book(path, &book);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(data[i]);
    g_free(folder);
    g_free(path);
}

static const struct ledger_file *file_of(const struct fixture *fixture, const char *sheet)
{
    for (size_t i = 0; i < fixture->ledgers->nfile; i++) {
        if (g_strcmp0(fixture->ledgers->files[i].sheet, sheet) == 0)
            return &fixture->ledgers->files[i];
    }
    fail();
    return NULL;
}

static void assert_place(const struct finding *finding, const char *expected)
{
    GString *text = g_string_new(NULL);

    place_append(text, &finding->place);
    assert_string_equal(text->str, expected);
    g_string_free(text, TRUE);
}

static void load_book_reads_every_sheet_as_a_file(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", VILLAGES);
    put_book(fixture, "花名册.xlsx",
             SHEET(1, "石门村", "") SHEET(2, "大石门村", "") SHEET(3, "说明", ""),
             "户主姓名|家庭人口/张三|=3/合计|=4", "户表/户主姓名|家庭人口/李四|=2//王五|=x",
             "怎样填写/先填户/再填人");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 3);
    assert_cell(fixture, "户", 0, "行政村", "石门村");
    assert_cell(fixture, "户", 1, "行政村", "大石门村");
    assert_cell(fixture, "户", 1, "家庭人口", "2");
    assert_place(sole_finding(fixture, FINDING_VALUE_WRONG_TYPE, 5, NULL),
                 "花名册.xlsx〔大石门村〕B5");
    assert_place(sole_finding(fixture, FINDING_LEDGER_TOTAL_DIFFERS, 3, NULL),
                 "花名册.xlsx〔石门村〕B3");
    assert_place(sole_finding(fixture, FINDING_BOOK_SHEET_OTHER, 0, NULL), "花名册.xlsx〔说明〕");
    assert_int_equal(findings_exit(fixture->findings), 1);
    assert_int_equal(file_of(fixture, "石门村")->rows_read, 1);
    assert_int_equal(file_of(fixture, "石门村")->rows_other, 2);
    assert_int_equal(file_of(fixture, "大石门村")->rows_read, 2);
    assert_int_equal(file_of(fixture, "大石门村")->rows_other, 3);
    assert_int_equal(file_of(fixture, "说明")->rows_other, 3);
    assert_int_equal(file_of(fixture, "说明")->rows_refused, 0);
}

static void load_book_notes_hidden_sheets_and_passes_blank_ones(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put_book(fixture, "a.xlsx",
             SHEET(1, "旧", "state=\"hidden\"") SHEET(2, "新", "") SHEET(3, "Sheet3", ""),
             "户主姓名|家庭人口/张三|=3", "户主姓名|家庭人口/李四|=2", "");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 1);
    assert_cell(fixture, "户", 0, "户主姓名", "李四");
    assert_place(sole_finding(fixture, FINDING_BOOK_SHEET_HIDDEN, 0, NULL), "a.xlsx〔旧〕");
    assert_int_equal(findings_exit(fixture->findings), 0);
    assert_int_equal(fixture->ledgers->nfile, 2);
}

static void load_book_refuses_sheets_that_should_be_ledgers(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    /* its name says what it should have been, so it is no mere note */
    put_book(fixture, "a.xlsx", SHEET(1, "户", "") SHEET(2, "措施", ""),
             "户主姓名|家庭人口/张三|=3", "户主姓名|项目名称|钱/张三|养牛|=3", NULL);
    /* of none a ledger */
    put_book(fixture, "b.xlsx", SHEET(1, "甲", "") SHEET(2, "乙", ""), "今天/晴", "明天/雨", NULL);
    put_book(fixture, "空.xlsx", SHEET(1, "甲", ""), "", NULL, NULL);
    load(fixture);
    assert_place(sole_finding(fixture, FINDING_LEDGER_UNRECOGNISED, 1, NULL), "a.xlsx〔措施〕:1");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_NO_HEAD), 2);
    assert_place(nth_finding(fixture, FINDING_LEDGER_NO_HEAD, 0), "b.xlsx〔甲〕");
    assert_place(sole_finding(fixture, FINDING_BOOK_EMPTY, 0, NULL), "空.xlsx");
    assert_int_equal(fixture->ledgers->nlost, 1);
    assert_int_equal(file_of(fixture, "措施")->rows_refused, 2);
    assert_int_equal(file_of(fixture, "措施")->rows_other, 0);
}

static void load_book_loses_the_ledger_of_a_damaged_file(void **state)
{
    struct fixture *fixture = *state;
    const struct place *place;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户台账.xlsx", "PK");
    load(fixture);
    assert_place(sole_finding(fixture, FINDING_BOOK_NOT_XLSX, 0, NULL), "户台账.xlsx");
    assert_int_equal(fixture->ledgers->nlost, 1);
    place = &fixture->ledgers->lost[0].place;
    assert_string_equal(place->file, "户台账.xlsx");
    assert_null(place->sheet);
}

static void load_book_refuses_ids_stored_as_numbers(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put_book(
        fixture, "a.xlsx", SHEET(1, "表", ""),
        "户主姓名|户主证件号码|家庭人口|户编号/张三|=9.90101199001011E+17|=3|=12345678901234567",
        NULL, NULL);
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_VALUE_LOST_DIGITS), 2);
    assert_place(nth_finding(fixture, FINDING_VALUE_LOST_DIGITS, 0), "a.xlsx〔表〕D2");
    assert_place(nth_finding(fixture, FINDING_VALUE_LOST_DIGITS, 1), "a.xlsx〔表〕B2");
    assert_not_shown(fixture, "990101199");
    assert_not_shown(fixture, "9.9010");
}

static void load_book_counts_rows_of_its_csv_once(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n2,李四,2\n3,王五,1\n");
    put_book(fixture, "户.xlsx", SHEET(1, "户", ""),
             "户编号|户主姓名|家庭人口/=1|张三|=3/=2|李四|=2/=3|王五|=4", NULL, NULL);
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 4);
    assert_string_equal(sole_finding(fixture, FINDING_LEDGER_DUPLICATE_ROW, 2, "2")->args[1],
                        "户.csv:2");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_DUPLICATE_KEY), 2);
    assert_place(nth_finding(fixture, FINDING_LEDGER_DUPLICATE_KEY, 1), "户.xlsx〔户〕A4");
}

/* Two ledgers with the same columns: the sheet's name tells, then the setting. */
static void load_book_goes_by_the_names_of_sheets(void **state)
{
    static const char tie[] = "name: %s\ntitle: %s补贴\nfields:\n"
                              "  - {name: 户主姓名, type: string, identify: true, show: full}\n"
                              "  - {name: 补贴, type: money, identify: true, show: full}\n";
    static const char *const names[] = {"种粮", "造林"};
    struct fixture *fixture = *state;
    char *schemas = g_build_filename(fixture->folder, "ties", NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        char *text = g_strdup_printf(tie, names[i], names[i]);
        char *name = g_strconcat(names[i], ".yaml", NULL);

        put_bytes(schemas, name, text, strlen(text));
        g_free(name);
        g_free(text);
    }
    use_schemas(fixture, schemas);
    put(fixture, "设置.csv", "名称,值,说明\n台账：造林补贴/乙,种粮,\n");
    put_book(fixture, "造林补贴.xlsx", SHEET(1, "种粮户", "") SHEET(2, "甲", "") SHEET(3, "乙", ""),
             "户主姓名|补贴/张三|=3", "户主姓名|补贴/李四|=2", "户主姓名|补贴/王五|=2");
    load(fixture);
    assert_string_equal(file_of(fixture, "种粮户")->ledger, "种粮");
    assert_string_equal(file_of(fixture, "甲")->ledger, "造林");
    assert_string_equal(file_of(fixture, "乙")->ledger, "种粮");
    g_free(schemas);
}

static void load_book_reads_settings(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "设置.csv", "名称,值,说明\n县,明山县,\n");
    put_book(fixture, "设置.xlsx", SHEET(1, "旧", "state=\"hidden\"") SHEET(2, "新", ""),
             "名称|值/年度|=2020",
             "明山县的设置/名称|说明|值/年度||=2026/公示日期||=46266/县||别的县", NULL);
    load(fixture);
    assert_int_equal(settings_year(fixture->settings), 2026);
    assert_string_equal(settings_value(fixture->settings, "公示日期", 0), "2026-09-01");
    assert_place(sole_finding(fixture, FINDING_SETTINGS_TWICE, 5, "县"), "设置.xlsx〔新〕C5");
    assert_int_equal(fixture->ledgers->nfile, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(load_book_reads_every_sheet_as_a_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load_book_notes_hidden_sheets_and_passes_blank_ones, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(load_book_refuses_sheets_that_should_be_ledgers, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(load_book_loses_the_ledger_of_a_damaged_file, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(load_book_refuses_ids_stored_as_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load_book_counts_rows_of_its_csv_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load_book_goes_by_the_names_of_sheets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load_book_reads_settings, set_up, tear_down),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
