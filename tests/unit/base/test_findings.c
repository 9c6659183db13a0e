/* Findings: kept in order, counted, and written for a reader. */
#include "base/findings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct place somewhere = {
    .file = "input/三组.csv", .line = 41, .column = 3, .field = "证件号码"};

static void assert_text(const struct findings *findings, size_t index, bool english,
                        const char *expected)
{
    GString *out = g_string_new(NULL);

    finding_format(out, findings_at(findings, index), english);
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static void findings_below_says_whose_files_they_are(void **state)
{
    struct findings *findings = findings_new();

    (void)state;
    finding_add(findings, FINDING_FILE_MISSING, somewhere);
    finding_add(findings, FINDING_FILE_MISSING, (struct place){0});
    findings_below(findings, "去年");
    assert_string_equal(findings_at(findings, 0)->place.file, "去年/input/三组.csv");
    assert_int_equal(findings_at(findings, 0)->place.line, 41);
    assert_null(findings_at(findings, 1)->place.file);
    findings_free(findings);
}

static void findings_keep_the_order_and_copy_all_texts(void **state)
{
    struct findings *findings = findings_new();
    char file[] = "a.csv", argument[] = "7", snippet[] = "张三";
    const struct finding *first;

    (void)state;
    assert_int_equal(findings_count(findings), 0);
    assert_int_equal(findings_exit(findings), 0);
    assert_int_equal(
        finding_add(findings, FINDING_FILE_TOO_LARGE, (struct place){.file = file}, argument), -1);
    finding_snippet(findings, snippet, 0, 3);
    first = findings_at(findings, 0);
    for (int i = 0; i < 100; i++)
        finding_add(findings, FINDING_FILE_MISSING, somewhere);
    file[0] = argument[0] = snippet[0] = '?';
    assert_int_equal(findings_count(findings), 101);
    assert_ptr_equal(findings_at(findings, 0), first);
    assert_string_equal(first->place.file, "a.csv");
    assert_int_equal(first->narg, 1);
    assert_string_equal(first->args[0], "7");
    assert_string_equal(first->snippet, "张三");
    assert_int_equal(findings_at(findings, 100)->code, FINDING_FILE_MISSING);
    assert_string_equal(findings_at(findings, 100)->place.field, "证件号码");
    assert_int_equal(findings_of_level(findings, LEVEL_ERROR), 101);
    assert_int_equal(findings_of_level(findings, LEVEL_NOTE), 0);
    findings_free(findings);
    findings_free(NULL);
}

static void findings_exit_is_the_worst_of_the_errors(void **state)
{
    struct findings *findings = findings_new();

    (void)state;
    finding_add(findings, FINDING_FILE_NAME, somewhere);
    assert_int_equal(findings_exit(findings), 1);
    finding_add(findings, FINDING_YAML_BRACE, somewhere);
    assert_int_equal(findings_exit(findings), 2);
    finding_add(findings, FINDING_FILE_MISSING, somewhere);
    assert_int_equal(findings_exit(findings), 3);
    finding_add(findings, FINDING_FONT_GLYPH_MISSED, somewhere, "x");
    assert_int_equal(findings_exit(findings), 70);
    finding_add(findings, FINDING_FILE_NAME, somewhere);
    assert_int_equal(findings_exit(findings), 70);
    findings_free(findings);
}

static void findings_move_appends_and_empties(void **state)
{
    struct findings *run = findings_new(), *job = findings_new();

    (void)state;
    finding_add(run, FINDING_FILE_MISSING, somewhere);
    finding_add(job, FINDING_FILE_NAME, somewhere);
    finding_add(job, FINDING_FILE_WRITE, somewhere, "x");
    findings_move(run, job);
    assert_int_equal(findings_count(job), 0);
    finding_add(job, FINDING_FILE_NAME, somewhere);
    findings_move(run, job);
    findings_free(job);
    assert_int_equal(findings_count(run), 4);
    assert_int_equal(findings_at(run, 0)->code, FINDING_FILE_MISSING);
    assert_int_equal(findings_at(run, 2)->code, FINDING_FILE_WRITE);
    assert_string_equal(findings_at(run, 3)->place.file, "input/三组.csv");
    findings_free(run);
}

static void finding_add_reports_missing_arguments_as_a_bug(void **state)
{
    struct findings *findings = findings_new();

    (void)state;
    finding_add(findings, FINDING_YAML_DUPLICATE_KEY, somewhere, "title");
    assert_int_equal(findings_count(findings), 2);
    assert_int_equal(findings_at(findings, 1)->code, FINDING_BUG_MESSAGE);
    assert_string_equal(findings_at(findings, 1)->args[0], "yaml-duplicate-key");
    assert_int_equal(findings_exit(findings), 70);
    assert_text(
        findings, 0, true,
        "error input/三组.csv:41:3 (证件号码): the key title stands here twice; first in line "
        "{2} [yaml-duplicate-key]\n    fix: remove one of them\n");
    findings_free(findings);
}

static void finding_format_places_the_caret_by_display_width(void **state)
{
    struct findings *findings = findings_new();
    const char *row = "李四,990101********0015,3组";

    (void)state;
    finding_add(findings, FINDING_FILE_MISSING, somewhere);
    finding_snippet(findings, row, strlen("李四,"), 18);
    assert_text(findings, 0, false,
                "错误 input/三组.csv:41:3（证件号码）：找不到文件 [file-missing]\n"
                "    41 | 李四,990101********0015,3组\n"
                "              ^^^^^^^^^^^^^^^^^^\n"
                "    改法：检查文件名和所在文件夹\n");
    assert_text(findings, 0, true,
                "error input/三组.csv:41:3 (证件号码): file not found [file-missing]\n"
                "    41 | 李四,990101********0015,3组\n"
                "              ^^^^^^^^^^^^^^^^^^\n"
                "    fix: check the name and the folder\n");
    finding_snippet(findings, row, 0, strlen("李四"));
    assert_text(findings, 0, true,
                "error input/三组.csv:41:3 (证件号码): file not found [file-missing]\n"
                "    41 | 李四,990101********0015,3组\n"
                "         ^^^^\n"
                "    fix: check the name and the folder\n");
    findings_free(findings);
}

static void finding_format_survives_odd_snippets(void **state)
{
    const struct place row_seven = {.file = "t.yaml", .line = 7};
    struct findings *findings = findings_new();

    (void)state;
    finding_add(findings, FINDING_TEMPLATE_WRONG_KIND, row_seven, "title", "文字", "a text");
    finding_snippet(findings, "a\n\tb", 3, 1);
    assert_text(findings, 0, true,
                "error t.yaml:7: title: must be a text [template-wrong-kind]\n"
                "    7 | a  b\n"
                "           ^\n");
    finding_snippet(findings, "ab", 2, 5); /* behind the end: one caret */
    assert_text(findings, 0, true,
                "error t.yaml:7: title: must be a text [template-wrong-kind]\n"
                "    7 | ab\n"
                "          ^\n");
    finding_snippet(findings, "ab", 0, 0);
    assert_text(findings, 0, false,
                "错误 t.yaml:7：title：应当是文字 [template-wrong-kind]\n"
                "    7 | ab\n");
    findings_free(findings);
}

static void finding_format_says_no_more_of_the_place_than_is_known(void **state)
{
    struct findings *findings = findings_new();

    (void)state;
    finding_add(findings, FINDING_FONT_GLYPH_MISSED, ((struct place){.line = 5, .column = 6}),
                "x{1}y");
    finding_add(findings, FINDING_FONT_GLYPH_MISSED,
                ((struct place){.file = "a", .line = 0, .column = 6}), "");
    assert_text(
        findings, 0, true,
        "error: a bug in mingbai: x{1}y glyphs drawn are not in the font subset "
        "[font-glyph-missed]\n    fix: please report it with the ledgers and the command\n");
    assert_text(findings, 1, false,
                "错误 a：程序有毛病：有  个字画出时不在字体子集里 [font-glyph-missed]\n"
                "    改法：请把用到的台账和命令告诉我们\n");
    findings_free(findings);
}

/* The table of all floors: every code can be found, and is said in both languages. */
static void place_append_writes_cells_of_sheets(void **state)
{
    static const struct {
        struct place place;
        const char *expected;
    } cases[] = {
        {{.line = 7}, ""},
        {{.file = "户.csv", .line = 7, .column = 4, .field = "姓名"}, "户.csv:7:4"},
        {{.file = "户.xlsx", .sheet = "石门村"}, "户.xlsx〔石门村〕"},
        {{.file = "户.xlsx", .sheet = "石门村", .line = 7}, "户.xlsx〔石门村〕:7"},
        {{.file = "户.xlsx", .sheet = "1", .line = 7, .column = 4}, "户.xlsx〔1〕D7"},
        {{.file = "户.xlsx", .sheet = "1", .line = 1, .column = 26}, "户.xlsx〔1〕Z1"},
        {{.file = "户.xlsx", .sheet = "1", .line = 1, .column = 27}, "户.xlsx〔1〕AA1"},
        {{.file = "户.xlsx", .sheet = "1", .line = 1048576, .column = 16384},
         "户.xlsx〔1〕XFD1048576"},
    };
    GString *out = g_string_new(NULL);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_string_truncate(out, 0);
        place_append(out, &cases[i].place);
        assert_string_equal(out->str, cases[i].expected);
    }
    g_string_free(out, TRUE);
}

static void finding_codes_are_sound(void **state)
{
    (void)state;
    for (int i = 0; i < FINDING_CODES; i++) {
        const char *name = finding_name((enum finding_code)i);
        enum finding_code code;
        GString *zh = g_string_new(NULL), *en = g_string_new(NULL);

        assert_true(finding_lookup(name, &code));
        assert_int_equal(code, i); /* so no name stands twice */
        assert_non_null(strchr(name, '-'));
        for (const char *at = name; *at; at++)
            assert_true(*at == '-' || (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9'));
        finding_explain(zh, code, false);
        finding_explain(en, code, true);
        assert_true(g_utf8_validate(zh->str, -1, NULL) && zh->str[0] != '\n');
        assert_true(g_utf8_validate(en->str, -1, NULL) && en->str[0] != '\n');
        for (char n = '1'; n <= '9'; n++) {
            const char blank[] = {'{', n, '}', '\0'};

            assert_null(strstr(zh->str, blank));
            assert_null(strstr(en->str, blank));
        }
        g_string_free(zh, TRUE);
        g_string_free(en, TRUE);
    }
}

static void finding_lookup_refuses_others(void **state)
{
    enum finding_code code;

    (void)state;
    assert_false(finding_lookup("file", &code));
    assert_false(finding_lookup("", &code));
    assert_true(finding_lookup("file-missing", &code));
    assert_int_equal(finding_exit_of(code), EXIT_SYSTEM);
    assert_int_equal(finding_level_of(code), LEVEL_ERROR);
}

static void finding_explain_leaves_blanks(void **state)
{
    GString *out = g_string_new(NULL);

    (void)state;
    finding_explain(out, FINDING_YAML_DUPLICATE_KEY, false);
    assert_string_equal(out->str, "键 …… 写了两次，前一次在第 …… 行\n改法：删去一个\n");
    g_string_truncate(out, 0);
    finding_explain(out, FINDING_TEMPLATE_WRONG_KIND, true);
    assert_string_equal(out->str, "…: must be …\n");
    g_string_free(out, TRUE);
}

static void finding_rename_shows_instead_of_the_code(void **state)
{
    struct findings *findings = findings_new();
    GString *out = g_string_new(NULL);

    (void)state;
    finding_add(findings, FINDING_CHECK_WARNING, ((struct place){.file = "户.csv", .line = 7}),
                "不对", "wrong", "改", "mend it");
    assert_string_equal(finding_called(findings_at(findings, 0)), "check-warning");
    finding_rename(findings, "check-own");
    assert_string_equal(finding_called(findings_at(findings, 0)), "check-own");
    finding_format(out, findings_at(findings, 0), true);
    assert_string_equal(out->str, "warning 户.csv:7: wrong [check-own]\n    fix: mend it\n");
    assert_int_equal(finding_level_of(FINDING_CHECK_NOTE), LEVEL_NOTE);
    assert_int_equal(finding_level_of(FINDING_CHECK_ERROR), LEVEL_ERROR);
    g_string_free(out, TRUE);
    findings_free(findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_keep_the_order_and_copy_all_texts),
        cmocka_unit_test(findings_exit_is_the_worst_of_the_errors),
        cmocka_unit_test(findings_move_appends_and_empties),
        cmocka_unit_test(finding_rename_shows_instead_of_the_code),
        cmocka_unit_test(finding_add_reports_missing_arguments_as_a_bug),
        cmocka_unit_test(finding_format_places_the_caret_by_display_width),
        cmocka_unit_test(finding_format_survives_odd_snippets),
        cmocka_unit_test(findings_below_says_whose_files_they_are),
        cmocka_unit_test(finding_format_says_no_more_of_the_place_than_is_known),
        cmocka_unit_test(place_append_writes_cells_of_sheets),
        cmocka_unit_test(finding_codes_are_sound),
        cmocka_unit_test(finding_lookup_refuses_others),
        cmocka_unit_test(finding_explain_leaves_blanks),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
