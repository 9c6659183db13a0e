/* Tests of reading CSV files: encodings, lines, quotes, and bytes that are none of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "ledger/csv.h"

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
    assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
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
    assert_null(READ(fixture, "\xFF\xFE\x37\x62\r\0\n\0"));
    assert_refused(fixture, FINDING_CSV_UTF16, 0);
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
        assert_int_equal(findings_count(fixture->findings) > 0, table == NULL);
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
        CASE(csv_without_a_word_is_empty),
        CASE(csv_missing_file_is_a_finding),
        CASE(csv_random_bytes_never_break_it),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
