/* YAML trees: content, positions, and the faults a template's author makes. */
#include "base/yaml.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char path[64];
    struct findings *findings;
};

static int setup(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    int descriptor;

    g_strlcpy(fixture->path, "/tmp/mingbai-yaml-XXXXXX", sizeof fixture->path);
    descriptor = mkstemp(fixture->path);
    if (descriptor < 0)
        return -1;
    close(descriptor);
    fixture->findings = findings_new();
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    unlink(fixture->path);
    findings_free(fixture->findings);
    g_free(fixture);
    return 0;
}

static struct yaml_file *read_text(struct fixture *fixture, const char *text)
{
    assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
    return yaml_read(fixture->path, fixture->findings);
}

static struct yaml_file *read_good(struct fixture *fixture, const char *text)
{
    struct yaml_file *file = read_text(fixture, text);

    if (!file) {
        GString *out = g_string_new(NULL);

        finding_format(out, findings_at(fixture->findings, 0), true);
        fail_msg("%s", out->str);
    }
    assert_int_equal(findings_count(fixture->findings), 0);
    return file;
}

static void assert_finding(const struct fixture *fixture, size_t index, enum finding_code code,
                           unsigned line, unsigned column)
{
    const struct finding *finding = findings_at(fixture->findings, index);

    assert_string_equal(finding_name(finding->code), finding_name(code));
    assert_string_equal(finding->place.file, fixture->path);
    assert_int_equal(finding->place.line, line);
    assert_int_equal(finding->place.column, column);
}

/* The text is refused with one finding, which stands there. */
static void assert_refused(struct fixture *fixture, const char *text, enum finding_code code,
                           unsigned line, unsigned column)
{
    findings_free(fixture->findings);
    fixture->findings = findings_new();
    assert_null(read_text(fixture, text));
    assert_finding(fixture, 0, code, line, column);
    assert_int_equal(findings_count(fixture->findings), 1);
}

static void assert_place(struct place place, unsigned line, unsigned column)
{
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void yaml_read_knows_where_everything_stands(void **state)
{
    struct yaml_file *file = read_good(*state, "# 公示\n"
                                               "id: exit-notice\n"
                                               "标题: \"关于{{行政村}}的公示\"\n"
                                               "ledgers: [户, 人]\n"
                                               "data:\n"
                                               "  名单: |\n"
                                               "    SELECT 1\n"
                                               "    FROM 户\n"
                                               "body:\n"
                                               "  - table: {rows: 名单}\n"
                                               "  - 'x'\n");
    const struct yaml_node *root = yaml_root(file), *node, *item;

    assert_int_equal(root->kind, YAML_MAP);
    assert_int_equal(root->count, 5);
    assert_null(root->key);
    node = yaml_member(root, "id");
    assert_string_equal(node->text, "exit-notice");
    assert_true(node->plain && !node->block);
    assert_place(node->key_place, 2, 1);
    assert_place(node->place, 2, 5);
    node = yaml_member(root, "标题");
    assert_string_equal(node->text, "关于{{行政村}}的公示");
    assert_false(node->plain || node->block);
    assert_place(node->place, 3, 5); /* characters, not bytes */
    node = yaml_member(root, "ledgers");
    assert_int_equal(node->kind, YAML_LIST);
    assert_int_equal(node->count, 2);
    assert_string_equal(node->children[1].text, "人");
    assert_null(node->children[1].key);
    assert_place(node->children[1].place, 4, 14);
    node = yaml_member(yaml_member(root, "data"), "名单");
    assert_string_equal(node->text, "SELECT 1\nFROM 户\n");
    assert_true(node->block && !node->plain);
    assert_place(node->place, 6, 7);
    node = yaml_member(root, "body");
    assert_int_equal(node->count, 2);
    item = yaml_member(&node->children[0], "table");
    assert_string_equal(yaml_member(item, "rows")->text, "名单");
    assert_false(node->children[1].plain);
    assert_null(yaml_member(root, "absent"));
    assert_null(yaml_member(&node->children[1], "not a map"));
    yaml_close(file);
}

static void yaml_read_takes_what_editors_write(void **state)
{
    struct yaml_file *file = read_good(*state, "\xef\xbb\xbf"
                                               "a: 1\r\nb:\r\nc: ~\r\n");
    const struct yaml_node *root = yaml_root(file);

    assert_string_equal(yaml_member(root, "a")->text, "1");
    assert_place(yaml_member(root, "a")->key_place, 1, 1);
    assert_string_equal(yaml_member(root, "b")->text, "");
    assert_place(yaml_member(root, "c")->place, 3, 4);
    yaml_close(file);
    file = read_good(*state, "---\n- []\n- {}\n");
    assert_int_equal(yaml_root(file)->kind, YAML_LIST);
    assert_int_equal(yaml_root(file)->children[0].count, 0);
    assert_int_equal(yaml_root(file)->children[1].kind, YAML_MAP);
    yaml_close(file);
    file = read_good(*state, "just text");
    assert_string_equal(yaml_root(file)->text, "just text");
    yaml_close(file);
    yaml_close(NULL);
}

static void yaml_read_asks_for_quotes_around_braces(void **state)
{
    assert_refused(*state, "a: 1\ntitle: {{行政村}}\n", FINDING_YAML_BRACE, 2, 8);
    assert_refused(*state, "title: {{行政村}}的公示\n", FINDING_YAML_BRACE, 1, 8);
    assert_refused(*state, "file: {{乡镇}}/{{行政村}}/名单\n", FINDING_YAML_BRACE, 1, 7);
    assert_refused(*state, "- {{金额|money(2)}}元\n", FINDING_YAML_BRACE, 1, 3);
    assert_refused(*state, "a: [{{x}}, 1]\n", FINDING_YAML_BRACE, 1, 5);
    assert_refused(*state, "村: {field: {{x}}}\n", FINDING_YAML_BRACE, 1, 12);
    assert_refused(*state, "a:\n  - b: {{x}}\n    c: 1\n", FINDING_YAML_BRACE, 2, 8);
}

static void yaml_read_allows_other_braces(void **state)
{
    const char *const good[] = {"a: 关于{{x}}\n",  "a: \"{{x}}\"\n",   "a: '{{x}}/{{y}}'\n",
                                "a: |\n  {{x}}\n", "a: {b: {c: 1}}\n", "a: {b: 1}\n"};

    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        yaml_close(read_good(*state, good[i]));
}

static void yaml_read_places_syntax_faults(void **state)
{
    struct fixture *fixture = *state;

    assert_refused(fixture, "a: 1\nb: [1, 2\nc: 3\n", FINDING_YAML_SYNTAX, 3, 2);
    assert_refused(fixture, "a: 1\n  b: 2\n", FINDING_YAML_SYNTAX, 2, 4);
    assert_refused(fixture, "a: \"x\n", FINDING_YAML_SYNTAX, 2, 1);
    assert_refused(fixture, "村: 1\n\tb: 2\n", FINDING_YAML_SYNTAX, 2, 1);
    assert_refused(fixture, "a: 1\n村: \x01\n", FINDING_YAML_SYNTAX, 2, 4);
    assert_true(strlen(findings_at(fixture->findings, 0)->args[0]) > 5);
    assert_refused(fixture, "a: 1\n村\xb4\xe5: 2\n", FINDING_YAML_ENCODING, 2, 2);
    assert_refused(fixture, "", FINDING_YAML_EMPTY, 0, 0);
    assert_refused(fixture, "# nothing\n", FINDING_YAML_EMPTY, 0, 0);
}

static void yaml_read_refuses_duplicate_keys(void **state)
{
    struct fixture *fixture = *state;

    assert_null(read_text(fixture, "a: 1\nb: {x: 1, y: 2, x: 3}\na: 4\n'a': 5\n"));
    assert_int_equal(findings_count(fixture->findings), 3);
    assert_finding(fixture, 0, FINDING_YAML_DUPLICATE_KEY, 2, 17);
    assert_string_equal(findings_at(fixture->findings, 0)->args[0], "x");
    assert_finding(fixture, 1, FINDING_YAML_DUPLICATE_KEY, 3, 1);
    assert_string_equal(findings_at(fixture->findings, 1)->args[1], "1");
    assert_finding(fixture, 2, FINDING_YAML_DUPLICATE_KEY, 4, 1);
    /* The same key in two maps is none. */
    findings_free(fixture->findings);
    fixture->findings = findings_new();
    yaml_close(read_good(fixture, "a: {x: 1}\nb: {x: 1}\nx: 1\n"));
}

static void yaml_read_refuses_anchors_and_their_like(void **state)
{
    assert_refused(*state, "a: &x 1\n", FINDING_YAML_ANCHOR, 1, 4);
    assert_refused(*state, "a: !!int 1\n", FINDING_YAML_ANCHOR, 1, 4);
    assert_refused(*state, "a: &x [1]\n", FINDING_YAML_ANCHOR, 1, 4);
    assert_refused(*state, "a: !m {b: 1}\n", FINDING_YAML_ANCHOR, 1, 4);
    assert_refused(*state, "a: 1\n---\nb: 2\n", FINDING_YAML_ANCHOR, 2, 1);
    assert_refused(*state, "a: *nobody\n", FINDING_YAML_ANCHOR, 1, 4);
    assert_refused(*state, "[a]: 1\n", FINDING_YAML_KEY, 1, 1);
}

static void yaml_read_refuses_depth(void **state)
{
    GString *text = g_string_new(NULL);

    for (int i = 0; i < 60; i++)
        g_string_append_c(text, '[');
    for (int i = 0; i < 60; i++)
        g_string_append_c(text, ']');
    yaml_close(read_good(*state, text->str));
    g_string_truncate(text, 0);
    for (int i = 0; i < 900; i++)
        g_string_append_c(text, '[');
    assert_refused(*state, text->str, FINDING_YAML_DEEP, 1, 66);
    g_string_free(text, TRUE);
}

static void yaml_read_passes_on_file_faults(void **state)
{
    struct fixture *fixture = *state;

    assert_null(yaml_read("/nonexistent/x.yaml", fixture->findings));
    assert_int_equal(findings_at(fixture->findings, 0)->code, FINDING_FILE_MISSING);
}

static void yaml_only_names_the_nearest_key(void **state)
{
    const char *const keys[] = {"title", "body", "data", NULL};
    struct fixture *fixture = *state;
    struct yaml_file *file = read_good(fixture, "title: x\nbodi: 1\ncolour: [a]\n");
    const struct yaml_node *root = yaml_root(file);

    assert_int_equal(yaml_only(root, keys, fixture->findings), -1);
    assert_int_equal(findings_count(fixture->findings), 2);
    assert_finding(fixture, 0, FINDING_TEMPLATE_UNKNOWN_KEY, 2, 1);
    assert_string_equal(findings_at(fixture->findings, 0)->args[0], "bodi");
    assert_string_equal(findings_at(fixture->findings, 0)->args[1], "body");
    assert_string_equal(findings_at(fixture->findings, 1)->args[1], "title body data");
    assert_int_equal(yaml_only(&root->children[2], keys, fixture->findings), -1);
    assert_finding(fixture, 2, FINDING_TEMPLATE_WRONG_KIND, 3, 9);
    assert_int_equal(
        yaml_only(root, (const char *const[]){"title", "bodi", "colour", NULL}, fixture->findings),
        0);
    yaml_close(file);
}

static void yaml_members_are_read_by_kind(void **state)
{
    struct fixture *fixture = *state;
    struct yaml_file *file = read_good(fixture, "t: 文字\nyes: true\nno: false\nn: -12\nl: [1]\n"
                                                "big: 99999999999\nreal: 1.5\nempty:\n");
    const struct yaml_node *root = yaml_root(file);
    struct findings *findings = fixture->findings;

    assert_string_equal(yaml_text(root, "t", NULL, findings), "文字");
    assert_string_equal(yaml_text(root, "empty", "x", findings), "");
    assert_null(yaml_text(root, "absent", NULL, findings));
    assert_true(yaml_flag(root, "yes", false, findings));
    assert_false(yaml_flag(root, "no", true, findings));
    assert_true(yaml_flag(root, "absent", true, findings));
    assert_int_equal(yaml_integer(root, "n", 0, findings), -12);
    assert_int_equal(yaml_integer(root, "absent", 7, findings), 7);
    assert_int_equal(findings_count(findings), 0);

    assert_string_equal(yaml_text(root, "l", "x", findings), "x");
    assert_finding(fixture, 0, FINDING_TEMPLATE_WRONG_KIND, 5, 4);
    assert_true(yaml_flag(root, "t", true, findings));
    assert_int_equal(yaml_integer(root, "big", 7, findings), 7);
    assert_int_equal(yaml_integer(root, "real", 7, findings), 7);
    assert_int_equal(yaml_integer(root, "empty", 7, findings), 7);
    assert_int_equal(findings_count(findings), 5);
    assert_string_equal(findings_at(findings, 4)->args[0], "empty");
    yaml_close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(yaml_read_knows_where_everything_stands, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_read_takes_what_editors_write, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_read_asks_for_quotes_around_braces, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_read_allows_other_braces, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_read_places_syntax_faults, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_read_refuses_duplicate_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_read_refuses_anchors_and_their_like, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_read_refuses_depth, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_read_passes_on_file_faults, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_only_names_the_nearest_key, setup, teardown),
        cmocka_unit_test_setup_teardown(yaml_members_are_read_by_kind, setup, teardown),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
