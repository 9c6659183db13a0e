/* Templates: what is read, and what is wrong with those that are not right. */
#include "fixture.h"

static void template_head_is_read(void **state)
{
    struct world world;
    const struct template_head *head;

    (void)state;
    world_begin(&world);
    world_write(&world, "templates/notices/b.yaml",
                "id: b\ntitle: 乙\naliases: [乙表, 乙单]\ndescription: 说明\naudience: internal\n"
                "style: plain\nledgers: [户]\nformats: [xlsx, pdf]\nfile: 乙\n"
                "unit: SELECT _id AS _户 FROM 户 ORDER BY _id\nbody:\n  - title: 乙\n");
    world_write(&world, "templates/cards/a.yaml",
                "id: a\ntitle: 甲\naudience: household\nstyle: plain\nformats: [pdf]\nfile: 甲\n"
                "body:\n  - title: 甲\n");
    assert_true(world_load(&world));
    assert_int_equal(templates_count(world.templates), 2);
    head = template_head(templates_at(world.templates, 1));
    assert_string_equal(head->id, "b");
    assert_string_equal(head->description, "说明");
    assert_string_equal(head->aliases[1], "乙单");
    assert_null(head->aliases[2]);
    assert_string_equal(head->ledgers[0], "户");
    assert_string_equal(head->formats[0], "xlsx");
    assert_int_equal(head->audience, AUDIENCE_INTERNAL);
    assert_true(head->by_unit);
    assert_false(template_head(templates_at(world.templates, 0))->by_unit);
    world_end(&world);
}

static void template_is_found_by_id_title_and_alias(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_write(&world, "templates/notices/t.yaml",
                HEAD "aliases: [拟退出户]\nbody:\n  - title: 试\n");
    assert_true(world_load(&world));
    assert_non_null(templates_find(world.templates, "t", world.findings));
    assert_non_null(templates_find(world.templates, "试验公示", world.findings));
    assert_non_null(templates_find(world.templates, "拟退出户", world.findings));
    assert_int_equal(findings_count(world.findings), 0);
    assert_null(templates_find(world.templates, "试验公告", world.findings));
    world_expect(&world, FINDING_TEMPLATE_UNKNOWN, 0, 0);
    assert_string_equal(findings_at(world.findings, 0)->args[1], "试验公示");
    world_end(&world);
}

struct mistake {
    const char *text;
    enum finding_code code;
    uint32_t line, column;
    const char *argument; /* the last one, or NULL */
};

/* Each is found without a store being asked. */
static const struct mistake MISTAKES[] = {
    {HEAD "boddy:\n  - title: 试\n", FINDING_TEMPLATE_UNKNOWN_KEY, 7, 1, "body"},
    {HEAD, FINDING_TEMPLATE_MISSING_KEY, 1, 1, "body"},
    {"id: t\ntitle: 试\naudience: publik\nstyle: plain\nfile: 试\nformats: [pdf]\nbody:\n"
     "  - title: 试\n",
     FINDING_TEMPLATE_UNKNOWN_WORD, 3, 11, "public"},
    {"id: t\ntitle: 试\naudience: public\nstyle: plian\nfile: 试\nformats: [pdf]\nbody:\n"
     "  - title: 试\n",
     FINDING_TEMPLATE_UNKNOWN_STYLE, 4, 8, "plain"},
    {"id: t\ntitle: 试\naudience: public\nstyle: plain\nfile: 试\nformats: [pdf, xslx]\nbody:\n"
     "  - title: 试\n",
     FINDING_TEMPLATE_UNKNOWN_WORD, 6, 16, "xlsx"},
    {HEAD "ledgers: [户户]\nbody:\n  - title: 试\n", FINDING_TEMPLATE_UNKNOWN_LEDGER, 7, 11, "户"},
    {HEAD "body:\n  - title: 关于{{行政村的公示\n", FINDING_TEMPLATE_TEXT, 8, 14, NULL},
    {HEAD "body:\n  - title: 共{{}}户\n", FINDING_TEMPLATE_TEXT, 8, 13, NULL},
    {HEAD "body:\n  - paragraph: 共{{年度|mony}}元\n", FINDING_TEMPLATE_UNKNOWN_WORD, 8, 17,
     "money"},
    {HEAD "body:\n  - {title: 试, paragraph: 试}\n", FINDING_TEMPLATE_BLOCK, 8, 5, NULL},
    {HEAD "body:\n  - title: 试\n    style: titel\n", FINDING_TEMPLATE_UNKNOWN_STYLE, 9, 12,
     "title"},
    {HEAD EACH LIST "body:\n  - table: {rows: 名丹, columns: [{field: 户主姓名}]}\n",
     FINDING_TEMPLATE_UNKNOWN_DATA, 15, 19, "名单"},
    {HEAD EACH LIST
     "body:\n  - table: {rows: 名单, columns: [{field: 户主姓名}], total: {人口: sum}}\n",
     FINDING_TEMPLATE_UNKNOWN_COLUMN, 15, 57, NULL},
    {HEAD EACH LIST "body:\n  - table: {rows: 名单, columns: [{field: 补贴, align: rigth}]}\n",
     FINDING_TEMPLATE_UNKNOWN_WORD, 15, 52, "right"},
    {HEAD EACH LIST "body:\n  - table: {rows: 名单, columns: [{field: 补贴, width: 三}]}\n",
     FINDING_TEMPLATE_NUMBER, 15, 52, NULL},
    {HEAD "body:\n  - form:\n      columns: 3\n      rows:\n        - [{label: 甲}, {value: 乙}]\n",
     FINDING_TEMPLATE_SPAN, 11, 11, "3"},
    {HEAD "body:\n  - form:\n      columns: 1\n      rows:\n        - [{label: 甲, down: 2}]\n",
     FINDING_TEMPLATE_NUMBER, 11, 9, NULL},
    {HEAD "left_out: {rows: 未, text: 无}\nbody:\n  - title: 试\n", FINDING_TEMPLATE_UNKNOWN_DATA,
     7, 18, NULL},
};

static void template_mistakes_have_place_and_suggestion(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(MISTAKES); i++) {
        const struct mistake *mistake = &MISTAKES[i];
        struct world world;

        world_begin(&world);
        world_write(&world, "templates/notices/t.yaml", mistake->text);
        assert_false(world_load(&world));
        world_expect(&world, mistake->code, mistake->line, mistake->column);
        if (mistake->argument) {
            const struct finding *finding = world_finding(&world, mistake->code);

            assert_string_equal(finding->args[finding->narg - 1], mistake->argument);
        }
        world_end(&world);
    }
}

static void template_all_mistakes_of_all_files_are_said(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_write(
        &world, "templates/notices/a.yaml",
        "id: a\ntitle: 甲\naudience: nobody\nstyle: plain\nformats: [pdf]\nfile: 甲\nbody:\n"
        "  - title: 甲\n  - paragraph: \"{{年度|x}}\"\n");
    world_write(&world, "templates/forms/b.yaml", "id: b\n");
    assert_false(world_load(&world));
    assert_int_equal(findings_count(world.findings), 8);
    world_end(&world);
}

static void template_names_are_used_once(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_write(&world, "templates/notices/a.yaml", HEAD "body:\n  - title: 甲\n");
    world_write(&world, "templates/notices/b.yaml",
                "id: b\ntitle: 乙\naliases: [试验公示]\naudience: public\nstyle: plain\nfile: 乙\n"
                "formats: [pdf]\nbody:\n  - title: 甲\n");
    assert_false(world_load(&world));
    world_expect(&world, FINDING_TEMPLATE_DUPLICATE, 1, 1);
    world_end(&world);
}

static void template_folders_other_than_products_are_not_read(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_write(&world, "templates/checks/x.yaml", "what: ever\n");
    world_write(&world, "templates/notices/README.md", "# no\n");
    assert_true(world_load(&world));
    assert_int_equal(templates_count(world.templates), 0);
    world_end(&world);
}

static void template_style_mistakes_do_not_blame_templates(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_write(&world, "templates/styles/plain.yaml",
                "id: plain\npapers:\n  A4:\n    page: {width: 210, height: 297}\n    texts:\n"
                "      cell: {face: 魏碑, size: 大}\n");
    world_write(&world, "templates/notices/t.yaml", HEAD "body:\n  - title: 甲\n");
    assert_false(world_load(&world));
    world_expect(&world, FINDING_TEMPLATE_UNKNOWN_WORD, 6, 20);
    world_expect(&world, FINDING_TEMPLATE_NUMBER, 6, 30);
    assert_null(world_finding(&world, FINDING_TEMPLATE_UNKNOWN_STYLE));
    world_end(&world);
}

/* The four products and their skeletons, against their real ledgers, without data. */
static void template_shipped_ones_are_right(void **state)
{
    static const char *const FORMATS[] = {"pdf", "png", "xlsx", "tree", "pages", NULL};
    struct findings *findings = findings_new();
    struct schemas *schemas = schemas_load("templates/ledgers", findings);
    struct settings *settings =
        settings_load("templates/settings", "tests/no-such-folder", findings);
    struct ledgers *ledgers = ledgers_empty(schemas);
    struct stores *stores = stores_open(ledgers, 15, (struct date){2026, 1, 1}, findings);
    struct template_world world = {
        .schemas = schemas, .settings = settings_names(settings), .formats = FORMATS};
    struct templates *templates = templates_load("templates", &world, findings);

    (void)state;
    assert_non_null(templates);
    assert_true(templates_count(templates) >= 4);
    for (size_t i = 0; i < templates_count(templates); i++) {
        const struct template *template = templates_at(templates, i);
        struct binding *binding = binding_prepare(
            template, stores_of(stores, template_head(template)->audience), findings);

        for (size_t k = 0; k < findings_count(findings); k++)
            print_message("%s:%u: %s\n", findings_at(findings, k)->place.file,
                          findings_at(findings, k)->place.line,
                          finding_name(findings_at(findings, k)->code));
        assert_non_null(binding);
        binding_free(binding);
    }
    templates_free(templates);
    g_free((void *)world.settings);
    stores_close(stores);
    ledgers_free(ledgers);
    settings_free(settings);
    schemas_free(schemas);
    findings_free(findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(template_head_is_read),
        cmocka_unit_test(template_is_found_by_id_title_and_alias),
        cmocka_unit_test(template_mistakes_have_place_and_suggestion),
        cmocka_unit_test(template_all_mistakes_of_all_files_are_said),
        cmocka_unit_test(template_names_are_used_once),
        cmocka_unit_test(template_folders_other_than_products_are_not_read),
        cmocka_unit_test(template_style_mistakes_do_not_blame_templates),
        cmocka_unit_test(template_shipped_ones_are_right),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
