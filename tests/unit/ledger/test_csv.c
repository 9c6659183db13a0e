/* Tests of reading CSV files: encodings, lines, quotes, and bytes that are none of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "ledger/csv.h"
#include "ledger/private_use.h"

static const char file_name[] = "a.csv";

struct fixture {
    char *folder;
    struct findings *findings;
    struct csv_table *table;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->folder = g_dir_make_tmp("mingbai-csv-XXXXXX", NULL);
    fixture->findings = findings_new();
    *state = fixture;
    return fixture->folder == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char *path = g_build_filename(fixture->folder, file_name, NULL);
    g_remove(path);
    g_free(path);
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
    csv_table_free(fixture->table);
    findings_free(fixture->findings);
    g_free(fixture);
    return 0;
}

static struct csv_table *read_bytes(struct fixture *fixture, const char *bytes, size_t size)
{
    char *path = g_build_filename(fixture->folder, file_name, NULL);
    g_remove(path); /* a file that takes another's place waits for the disk */
    FILE *file = g_fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    g_free(path);
    csv_table_free(fixture->table);
    fixture->table = csv_read(fixture->folder, file_name, fixture->findings);
    return fixture->table;
}

#define READ(fixture, literal) read_bytes(fixture, literal, sizeof(literal) - 1)

static void assert_row(const struct csv_table *table, size_t index, uint32_t line,
                       const char *joined)
{
    assert_true(index < table->nrow);
    const struct csv_row *row = &table->rows[index];
    GString *cells = g_string_new(NULL);
    for (uint32_t i = 0; i < row->ncell; i++)
        g_string_append_printf(cells, "%s%s", i > 0 ? "|" : "", row->cells[i]);
    assert_string_equal(cells->str, joined);
    assert_int_equal(row->line, line);
    g_string_free(cells, TRUE);
}

/* The one finding there is, and where. */
static const struct finding *assert_refused(struct fixture *fixture, enum finding_code code,
                                            uint32_t line)
{
    assert_null(fixture->table);
    assert_int_equal(findings_count(fixture->findings), 1);
    const struct finding *finding = findings_at(fixture->findings, 0);
    assert_string_equal(finding_name(finding->code), finding_name(code));
    assert_string_equal(finding->place.file, file_name);
    assert_int_equal(finding->place.line, line);
    return finding;
}

static void csv_utf8_is_read_as_it_is(void **state)
{
    const struct csv_table *table = READ(*state, "户编号,户主\n 1 ,'张三\t\n,\n");
    assert_non_null(table);
    assert_string_equal(table->encoding, "UTF-8");
    assert_string_equal(table->path, file_name);
    assert_int_equal(table->nrow, 3);
    assert_row(table, 0, 1, "户编号|户主");
    assert_row(table, 1, 2, " 1 |'张三\t");
    assert_row(table, 2, 3, "|");
}

static void csv_bom_before_a_quoted_cell_is_dropped(void **state)
{
    const struct csv_table *table = READ(*state, "\xEF\xBB\xBF\"户编号\",b\n1,2\n");
    assert_non_null(table);
    assert_string_equal(table->encoding, "UTF-8 BOM");
    assert_row(table, 0, 1, "户编号|b");
}

static void csv_gb18030_is_read_with_four_byte_characters(void **state)
{
    /* 户编号, then 㛃 (Ext A) and 𣲗 (Ext B) by domain.md 5 row 15, then 䶮 by GB18030-2005. */
    const struct csv_table *table =
        READ(*state, "\xBB\xA7\xB1\xE0\xBA\xC5\r\n\x82\x30\xB7\x31,\x96\x34\xA9\x37,\xFE\x9F\r\n");
    assert_non_null(table);
    assert_string_equal(table->encoding, "GB18030");
    assert_row(table, 0, 1, "户编号");
    assert_row(table, 1, 2, "㛃|𣲗|䶮");
}

static void csv_line_ends_count_once_each(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        const char *end = ends[i];
        char *text =
            g_strdup_printf("a,b%s%s\"x%sy\",\"z%s\"%s%sc,d", end, end, end, end, end, end);
        const struct csv_table *table = read_bytes(*state, text, strlen(text));
        assert_non_null(table);
        assert_int_equal(table->nrow, 5);
        assert_row(table, 0, 1, "a|b");
        assert_row(table, 1, 2, "");
        assert_int_equal(table->rows[1].ncell, 0);
        assert_int_equal(table->rows[2].line, 3);
        assert_int_equal(table->rows[2].ncell, 2);
        assert_int_equal(table->rows[3].line, 6);
        assert_int_equal(table->rows[3].ncell, 0);
        assert_row(table, 4, 7, "c|d");
        g_free(text);
    }
}

static void csv_cr_after_lf_is_a_line_of_its_own(void **state)
{
    const struct csv_table *table = READ(*state, "a\n\rb\r\r\nc");
    assert_non_null(table);
    assert_int_equal(table->nrow, 5);
    assert_row(table, 0, 1, "a");
    assert_row(table, 2, 3, "b");
    assert_row(table, 4, 5, "c");
}

static void csv_quotes_and_line_feeds_stay_in_cells(void **state)
{
    const struct csv_table *table =
        READ(*state, "\"住址：3组\n老屋\",\"说\"\"行\"\"\",张三,,\r\n2,,\r\n");
    assert_non_null(table);
    assert_row(table, 0, 1, "住址：3组\n老屋|说\"行\"|张三||");
    assert_row(table, 1, 3, "2||");
}

static void csv_unclosed_quote_says_where_it_opened(void **state)
{
    assert_null(READ(*state, "a,b\r\n\"x\ny\",\"开\n了\nc,d\n"));
    const struct finding *finding = assert_refused(*state, FINDING_CSV_UNCLOSED_QUOTE, 3);
    assert_int_equal(finding->place.column, 2);
}

static void csv_stray_quote_says_where_its_cell_began(void **state)
{
    assert_null(READ(*state, "a,b\n1,\"x\ny\"z,3\n"));
    const struct finding *finding = assert_refused(*state, FINDING_CSV_STRAY_QUOTE, 3);
    assert_int_equal(finding->place.column, 2);
    assert_string_equal(finding->args[0], "2");
}

static void csv_field_without_end_stops_early(void **state)
{
    GString *text = g_string_new("a,b\n1,\"");
    for (size_t i = 0; i < 200000; i++)
        g_string_append(text, "一二三四五");
    assert_null(read_bytes(*state, text->str, text->len));
    g_string_free(text, TRUE);
    assert_refused(*state, FINDING_CSV_FIELD_TOO_LONG, 2);
}

static void csv_long_but_bounded_field_is_read(void **state)
{
    GString *text = g_string_new("a,\"");
    for (size_t i = 0; i < 300000; i++)
        g_string_append(text, "一");
    g_string_append(text, "\"\n");
    const struct csv_table *table = read_bytes(*state, text->str, text->len);
    assert_non_null(table);
    assert_int_equal(strlen(table->rows[0].cells[1]), 900000);
    g_string_free(text, TRUE);
}

static void csv_undecodable_byte_is_placed_in_gb18030(void **state)
{
    assert_null(READ(*state, "\xBB\xA7\xB1\xE0\r\n\xBA\xC5,\xFF\xC5\n"));
    const struct finding *finding = assert_refused(*state, FINDING_CSV_UNDECODABLE, 2);
    assert_string_equal(finding->args[0], "GB18030");
    assert_string_equal(finding->args[1], "9");
    assert_string_equal(finding->args[2], "FF C5 0A");
}

static void csv_undecodable_byte_is_placed_in_utf8(void **state)
{
    /* As GB18030 this would be read without a fault, into garbage: it must not be. */
    assert_null(READ(*state, "户编号户主姓名家庭人口\n张\xE4\xB8,三\xE5\n"));
    const struct finding *finding = assert_refused(*state, FINDING_CSV_UNDECODABLE, 2);
    assert_string_equal(finding->args[0], "UTF-8");
    assert_string_equal(finding->args[1], "37");
    assert_true(g_str_has_prefix(finding->args[2], "E4 B8 2C"));
}

static void csv_bom_allows_no_other_encoding(void **state)
{
    assert_null(READ(*state, "\xEF\xBB\xBF\xBB\xA7,b\n"));
    const struct finding *finding = assert_refused(*state, FINDING_CSV_UNDECODABLE, 1);
    assert_string_equal(finding->args[0], "UTF-8");
    assert_string_equal(finding->args[1], "3");
}

static void csv_truncated_gb18030_is_refused(void **state)
{
    assert_null(READ(*state, "\xBB\xA7\xB1\xE0,\xBA"));
    assert_refused(*state, FINDING_CSV_UNDECODABLE, 1);
}

static void csv_nul_is_refused(void **state)
{
    assert_null(READ(*state, "a,b\n1,\0\n"));
    const struct finding *finding = assert_refused(*state, FINDING_CSV_NUL, 2);
    assert_string_equal(finding->args[0], "6");
}

static void csv_other_kinds_of_file_are_named(void **state)
{
    static const char *const starts[] = {"PK\x03\x04rest", "\xD0\xCF\x11\xE0\xA1\xB1",
                                         "<html><table>", "\r\n <TABLE border=1>",
                                         "\xEF\xBB\xBF<!DOCTYPE html>"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        assert_null(read_bytes(fixture, starts[i], strlen(starts[i])));
        assert_refused(fixture, FINDING_CSV_NOT_TEXT, 0);
        findings_free(fixture->findings);
        fixture->findings = findings_new();
    }
}

/* As Excel saves Unicode text, in either byte order; 𣲗 is a pair of surrogates. */
static void csv_utf16_is_read_by_its_mark(void **state)
{
    static const char text[] = "户主\t人数\r\n张三\t3\n𣲗\t\"a\tb\"\n";
    static const char *const orders[] = {"UTF-16LE", "UTF-16BE"};
    static const char *const marks[] = {"\xFF\xFE", "\xFE\xFF"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        gsize size;
        char *words = g_convert(text, -1, orders[i], "UTF-8", NULL, &size, NULL);
        GString *bytes = g_string_new(marks[i]);
        g_string_append_len(bytes, words, (gssize)size);
        const struct csv_table *table = read_bytes(fixture, bytes->str, bytes->len);
        assert_non_null(table);
        assert_string_equal(table->encoding, "UTF-16");
        assert_row(table, 0, 1, "户主|人数");
        assert_row(table, 1, 2, "张三|3");
        assert_row(table, 2, 3, "𣲗|a\tb");
        /* half a character at the end */
        findings_free(fixture->findings);
        fixture->findings = findings_new();
        assert_null(read_bytes(fixture, bytes->str, bytes->len - 1));
        const struct finding *finding = assert_refused(fixture, FINDING_CSV_UNDECODABLE, 3);
        assert_string_equal(finding->args[0], "UTF-16");
        findings_free(fixture->findings);
        fixture->findings = findings_new();
        g_string_free(bytes, TRUE);
        g_free(words);
    }
}

static void csv_utf16_faults_are_placed(void **state)
{
    struct fixture *fixture = *state;
    assert_null(READ(fixture, "\xFF\xFE"
                              "a\0\n\0b\0\0\0"));
    assert_string_equal(assert_refused(fixture, FINDING_CSV_NUL, 2)->args[0], "8");
    findings_free(fixture->findings);
    fixture->findings = findings_new();
    /* a surrogate without its other half */
    assert_null(READ(fixture, "\xFF\xFE"
                              "a\0\n\0\x00\xD8"
                              "b\0"));
    const struct finding *finding = assert_refused(fixture, FINDING_CSV_UNDECODABLE, 2);
    assert_string_equal(finding->args[1], "6");
    assert_string_equal(finding->args[2], "00 D8 62 00");
}

static void csv_utf16_without_its_mark_is_not_guessed(void **state)
{
    assert_null(READ(*state, "a\0,\0b\0\r\0\n\0\x37\x62\r\0\n\0"));
    assert_refused(*state, FINDING_CSV_UTF16, 0);
}

/* What the first lines are divided by; in most of them there are commas too. */
static void csv_separator_is_the_one_that_divides_evenly(void **state)
{
    static const struct {
        const char *text, *second; /* the second row */
        const char *said;          /* NULL: the comma */
    } cases[] = {
        {"户主,人数,说明\n张三,3,甲;乙\n李四,4,丙;丁\n", "张三|3|甲;乙", NULL},
        {"户主;人数;收入\n张三;3;1,234.50\n李四;4;2,000,000\n", "张三|3|1,234.50", "分号"},
        {"户主\t人数\t原因\n张三\t3\t因病,因残\n李四\t4\t因学\n", "张三|3|因病,因残", "制表符"},
        {"石门村花名册\n户主;人数\n\"张;三\";3\n", "户主|人数", "分号"},
        {"户主\n张三\n", "张三", NULL},
        {"名称,值\n说明,甲;乙;丙;丁\n", "说明|甲;乙;丙;丁", NULL},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct csv_table *table = read_bytes(fixture, cases[i].text, strlen(cases[i].text));
        assert_non_null(table);
        assert_row(table, 1, 2, cases[i].second);
        assert_int_equal(findings_count(fixture->findings), cases[i].said != NULL);
        if (cases[i].said != NULL) {
            assert_int_equal(findings_at(fixture->findings, 0)->code, FINDING_CSV_SEPARATOR);
            assert_string_equal(findings_at(fixture->findings, 0)->args[0], cases[i].said);
        }
        findings_free(fixture->findings);
        fixture->findings = findings_new();
    }
}

/* domain.md 5 row 15: 䶮 as an old system exports it, in a UTF-8 file. */
static void csv_old_private_characters_become_those_of_today(void **state)
{
    struct fixture *fixture = *state;
    const struct csv_table *table = READ(fixture, "姓名\n王\xEE\xA1\xA3,\xEE\xA0\x96\n");
    assert_non_null(table);
    assert_row(table, 1, 2, "王䶮|𠂇");
    const struct finding *finding = findings_at(fixture->findings, 0);
    assert_int_equal(finding->code, FINDING_CSV_PRIVATE_USE);
    assert_int_equal(finding->place.line, 2);
    assert_string_equal(finding->args[0], "2");
    assert_string_equal(finding->args[1], "U+E863 → 䶮 U+4DAE");
}

static void csv_other_private_characters_stay(void **state)
{
    struct fixture *fixture = *state;
    const struct csv_table *table = READ(fixture, "姓名\n王\xEE\x94\x80\n"); /* U+E500 */
    assert_non_null(table);
    assert_row(table, 1, 2, "王\xEE\x94\x80");
    assert_int_equal(findings_count(fixture->findings), 0);
}

/* The C library converts the two-byte codes to what they are today: another hand's table. */
static void private_use_table_agrees_with_the_c_library(void **state)
{
    (void)state;
    uint32_t code_point = 0xE815;
    for (int low = 0x50; low <= 0xA0; low++) {
        const char pair[] = {'\xFE', (char)low};
        if (low == 0x7F)
            continue;
        char *text = g_convert(pair, 2, "UTF-8", "GB18030", NULL, NULL, NULL);
        assert_non_null(text);
        assert_int_equal(private_use_today(code_point), g_utf8_get_char(text));
        assert_true(private_use(code_point));
        assert_false(private_use(private_use_today(code_point)));
        g_free(text);
        code_point++;
    }
    assert_int_equal(private_use_today(code_point), 0);
    assert_int_equal(private_use_today(0xE814), 0);
    assert_int_equal(private_use_today(0xE78D), 0xFE10);
    assert_int_equal(private_use_today(0xE796), 0xFE19);
}

static void csv_a_million_columns_are_refused_early(void **state)
{
    struct fixture *fixture = *state;
    GString *text = g_string_new("户主,人数\n");
    for (size_t i = 0; i < 1000000; i++)
        g_string_append(text, "1,");
    assert_null(read_bytes(fixture, text->str, text->len));
    assert_string_equal(assert_refused(fixture, FINDING_CSV_TOO_MANY_COLUMNS, 2)->args[0], "16384");
    g_string_free(text, TRUE);
}

static void csv_as_many_columns_as_a_spreadsheet_has_are_read(void **state)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 1; i < 16384; i++)
        g_string_append_c(text, ',');
    g_string_append(text, "a\n");
    const struct csv_table *table = read_bytes(*state, text->str, text->len);
    assert_non_null(table);
    assert_int_equal(table->rows[0].ncell, 16384);
    g_string_free(text, TRUE);
}

/* 50 MB of rows, then a quote that nothing closes: as far as a field goes, no further. */
static void csv_a_quote_left_open_far_down_is_placed(void **state)
{
    static const char row[] = "990101001,张三,3,因病\n";
    enum { ROWS = (50 << 20) / (sizeof row - 1) };
    struct fixture *fixture = *state;
    GString *text = g_string_sized_new(ROWS * sizeof row + 64);
    for (size_t i = 0; i < ROWS; i++)
        g_string_append_len(text, row, sizeof row - 1);
    g_string_append(text, "990101002,\"李四,4\n");
    assert_null(read_bytes(fixture, text->str, text->len));
    const struct finding *finding = assert_refused(fixture, FINDING_CSV_UNCLOSED_QUOTE, ROWS + 1);
    assert_int_equal(finding->place.column, 2);
    g_string_free(text, TRUE);
}

/* A file with a hole of 1 GiB, which takes no room on the disk. */
static void csv_a_field_of_a_gigabyte_is_not_read(void **state)
{
    struct fixture *fixture = *state;
    char *path = g_build_filename(fixture->folder, file_name, NULL);
    assert_true(g_file_set_contents(path, "a,\"", 3, NULL));
    assert_int_equal(truncate(path, (off_t)1 << 30), 0);
    g_free(path);
    assert_null(csv_read(fixture->folder, file_name, fixture->findings));
    assert_int_equal(findings_at(fixture->findings, 0)->code, FINDING_FILE_TOO_LARGE);
}

static void csv_without_a_word_is_empty(void **state)
{
    static const char *const texts[] = {"", "\n\r\n", "\xEF\xBB\xBF", ",,\n ,\"\"\n"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_null(read_bytes(fixture, texts[i], strlen(texts[i])));
        assert_refused(fixture, FINDING_CSV_EMPTY, 0);
        findings_free(fixture->findings);
        fixture->findings = findings_new();
    }
}

static void csv_missing_file_is_a_finding(void **state)
{
    struct fixture *fixture = *state;
    assert_null(csv_read(fixture->folder, "none.csv", fixture->findings));
    assert_int_equal(findings_count(fixture->findings), 1);
    assert_int_equal(findings_at(fixture->findings, 0)->code, FINDING_FILE_MISSING);
}

/* Reference: line ends before each row, counted by a second reader that knows only quotes. */
static void assert_lines_agree(const struct csv_table *table, const char *text)
{
    size_t row = 0;
    uint32_t line = 1;
    bool quoted = false, at_start = true;
    for (const char *p = text; *p != '\0'; p++) {
        if (at_start) {
            assert_true(row < table->nrow);
            assert_int_equal(table->rows[row++].line, line);
            at_start = false;
        }
        if (*p == '"')
            quoted = !quoted;
        if (*p == '\n' || (*p == '\r' && p[1] != '\n')) {
            line++;
            at_start = !quoted;
        }
    }
    assert_int_equal(row, table->nrow);
}

static void csv_random_bytes_never_break_it(void **state)
{
    static const char *const pieces[] = {"\"",       "\"\"",     ",",  "\n",  "\r",
                                         "\r\n",     "a",        "户", " ",   "，",
                                         "\xBB\xA7", "\"x\ny\"", "=",  "\xFF"};
    struct fixture *fixture = *state;
    GRand *random = g_rand_new_with_seed(20260921);
    size_t accepted = 0;
    for (size_t round = 0; round < 3000; round++) {
        GString *text = g_string_new(NULL);
        gint32 kinds = g_rand_int_range(random, 4, (gint32)G_N_ELEMENTS(pieces) + 1);
        for (gint32 left = g_rand_int_range(random, 0, 40); left > 0; left--)
            g_string_append(text, pieces[g_rand_int_range(random, 0, kinds)]);
        if (round % 5 == 0) {
            for (gsize i = 0; i < text->len; i++)
                text->str[i] = (char)g_rand_int_range(random, 1, 256);
        }
        const struct csv_table *table = read_bytes(fixture, text->str, text->len);
        assert_int_equal(findings_of_level(fixture->findings, LEVEL_ERROR) > 0, table == NULL);
        if (table != NULL) {
            accepted++;
            assert_lines_agree(table, text->str + (table->encoding[5] == ' ' ? 3 : 0));
            for (size_t i = 0; i < table->nrow; i++) {
                for (uint32_t k = 0; k < table->rows[i].ncell; k++)
                    assert_true(g_utf8_validate(table->rows[i].cells[k], -1, NULL));
            }
        }
        findings_free(fixture->findings);
        fixture->findings = findings_new();
        g_string_free(text, TRUE);
    }
    assert_true(accepted > 100);
    g_rand_free(random);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(csv_utf8_is_read_as_it_is),
        CASE(csv_bom_before_a_quoted_cell_is_dropped),
        CASE(csv_gb18030_is_read_with_four_byte_characters),
        CASE(csv_line_ends_count_once_each),
        CASE(csv_cr_after_lf_is_a_line_of_its_own),
        CASE(csv_quotes_and_line_feeds_stay_in_cells),
        CASE(csv_unclosed_quote_says_where_it_opened),
        CASE(csv_stray_quote_says_where_its_cell_began),
        CASE(csv_field_without_end_stops_early),
        CASE(csv_long_but_bounded_field_is_read),
        CASE(csv_undecodable_byte_is_placed_in_gb18030),
        CASE(csv_undecodable_byte_is_placed_in_utf8),
        CASE(csv_bom_allows_no_other_encoding),
        CASE(csv_truncated_gb18030_is_refused),
        CASE(csv_nul_is_refused),
        CASE(csv_other_kinds_of_file_are_named),
        CASE(csv_utf16_is_read_by_its_mark),
        CASE(csv_utf16_faults_are_placed),
        CASE(csv_utf16_without_its_mark_is_not_guessed),
        CASE(csv_separator_is_the_one_that_divides_evenly),
        CASE(csv_old_private_characters_become_those_of_today),
        CASE(csv_other_private_characters_stay),
        cmocka_unit_test(private_use_table_agrees_with_the_c_library),
        CASE(csv_a_million_columns_are_refused_early),
        CASE(csv_as_many_columns_as_a_spreadsheet_has_are_read),
        CASE(csv_a_quote_left_open_far_down_is_placed),
        CASE(csv_a_field_of_a_gigabyte_is_not_read),
        CASE(csv_without_a_word_is_empty),
        CASE(csv_missing_file_is_a_finding),
        CASE(csv_random_bytes_never_break_it),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
