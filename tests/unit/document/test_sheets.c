/* Imposition, both sides, copies: as declared and as a clerk's settings have it. */
#include "fixture.h"

#define MM(x) ((mpt)((x)*MPT_PER_MM + 0.5))
#define BODY  "body:\n  - title: 试（{联}）\n  - paragraph: 文\n"
#define PLAIN "body:\n  - title: 试\n"
#define UNITS                                                                                               \
    "unit:\n  rows: SELECT _id AS _户, 户主姓名 FROM 户 WHERE 行政村 IS :行政村 ORDER BY _id\n" \
    "  name: \"{{户主姓名}}\"\n"

static void sheets_are_declared(void **state)
{
    struct world world;
    const struct imposition *imposition;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH "duplex: true\nimposition: {n_up: 4, sheet: A3}\n" PLAIN);
    assert_int_equal(world_make(&world, 0), 0);
    imposition = &world.document->imposition;
    assert_int_equal(imposition->kind, IMPOSE_SLOTS);
    assert_int_equal(imposition->slots, 4);
    assert_int_equal(imposition->height, MM(420));
    assert_true(world.document->duplex);
    world_end(&world);
    world_begin(&world);
    world_run(&world, HEAD EACH "imposition: {tile: A4, overlap: 15}\n" PLAIN);
    assert_int_equal(world_make(&world, 0), 0);
    imposition = &world.document->imposition;
    assert_int_equal(imposition->kind, IMPOSE_TILES);
    assert_int_equal(imposition->width, MM(210));
    assert_int_equal(imposition->overlap, MM(15));
    world_end(&world);
    world_begin(&world);
    world_run(&world, HEAD EACH "imposition: {booklet: file}\n" PLAIN);
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(world.document->imposition.kind, IMPOSE_BOOKLET);
    assert_true(world.document->imposition.whole);
    assert_int_equal(world.document->imposition.width, 0);
    world_end(&world);
}

static void sheets_are_chosen_by_settings(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH "imposition: {n_up: 4}\n" PLAIN);
    settings_override(world.settings, "拼版", "二拼一");
    settings_override(world.settings, "拼版纸", "A4");
    settings_override(world.settings, "双面", "是");
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(world.document->imposition.slots, 2);
    assert_int_equal(world.document->imposition.width, MM(210));
    assert_true(world.document->duplex);
    settings_override(world.settings, "拼版", "不拼");
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(world.document->imposition.kind, IMPOSE_NONE);
    settings_override(world.settings, "拼版", "拼接");
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(world.document->imposition.kind, IMPOSE_TILES);
    assert_int_equal(world.document->imposition.overlap, MM(10));
    assert_int_equal(findings_count(world.findings), 0);
    settings_override(world.settings, "拼版", "三拼一");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_SETTING_WORD, 1, 1);
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_SETTING_WORD)->args[2],
                        "不拼、二拼一、四拼一、八拼一、骑马钉、拼接");
    world_end(&world);
}

static void expect_units(const struct world *world, const char *const *names, size_t count)
{
    assert_int_equal(world->document->nunit, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(world->document->units[i].name, names[i]);
}

static void copies_follow_each_unit_or_the_file(void **state)
{
    static const char *const BY_UNIT[] = {"张如意（农户联）", "张如意（村委会联）",
                                          "李海（农户联）",   "李海（村委会联）",
                                          "王芳（农户联）",   "王芳（村委会联）"};
    static const char *const BY_FILE[] = {"张如意（农户联）", "李海（农户联）",
                                          "王芳（农户联）",   "张如意（村委会联）",
                                          "李海（村委会联）", "王芳（村委会联）"};
    struct world world;
    const struct unit *units;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH UNITS "copies: [农户联, 村委会联]\n" BODY);
    assert_int_equal(world_make(&world, 0), 0);
    expect_units(&world, BY_UNIT, G_N_ELEMENTS(BY_UNIT));
    units = world.document->units;
    assert_false(units[0].repeated);
    assert_true(units[1].repeated);
    assert_string_equal(units[1].copy, "村委会联");
    assert_string_equal(units[0].blocks[0].text.text, "试（农户联）");
    assert_string_equal(units[1].blocks[0].text.text, "试（村委会联）");
    assert_int_equal(world.count.printed, 3);
    world_end(&world);
    world_begin(&world);
    world_run(&world, HEAD EACH UNITS "copies: {names: [农户联, 村委会联], by: file}\n" BODY);
    assert_int_equal(world_make(&world, 0), 0);
    expect_units(&world, BY_FILE, G_N_ELEMENTS(BY_FILE));
    assert_true(world.document->units[3].repeated);
    assert_false(world.document->units[2].repeated);
    world_end(&world);
}

/* {联} stands for nothing where there are no copies. */
static void copy_word_needs_copies(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_false(world_prepare(&world, HEAD EACH BODY));
    world_expect(&world, FINDING_TEMPLATE_MISSING_KEY, 11, 12);
    world_end(&world);
}

static void sheets_mistakes_are_found(void **state)
{
    static const struct {
        const char *text;
        enum finding_code code;
        uint32_t line, column;
    } MISTAKES[] = {
        {"imposition: {n_up: 3}\n", FINDING_TEMPLATE_UNKNOWN_WORD, 10, 20},
        {"imposition: {n_up: 2, booklet: file}\n", FINDING_TEMPLATE_ONE_OF, 10, 13},
        {"imposition: {sheet: A4}\n", FINDING_TEMPLATE_ONE_OF, 10, 13},
        {"imposition: {tile: A9}\n", FINDING_TEMPLATE_UNKNOWN_WORD, 10, 20},
        {"imposition: {tile: A4, overlap: 80}\n", FINDING_TEMPLATE_NUMBER, 10, 33},
        {"imposition: {booklet: all}\n", FINDING_TEMPLATE_UNKNOWN_WORD, 10, 23},
        {"copies: {by: file}\n", FINDING_TEMPLATE_MISSING_KEY, 10, 9},
        {"copies: {names: [甲], order: file}\n", FINDING_TEMPLATE_UNKNOWN_KEY, 10, 22},
        {"duplex: both\n", FINDING_TEMPLATE_WRONG_KIND, 10, 9},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(MISTAKES); i++) {
        char *text = g_strconcat(HEAD EACH, MISTAKES[i].text, PLAIN, NULL);
        struct world world;

        world_begin(&world);
        assert_false(world_prepare(&world, text));
        world_expect(&world, MISTAKES[i].code, MISTAKES[i].line, MISTAKES[i].column);
        assert_int_equal(findings_count(world.findings), 1);
        world_end(&world);
        g_free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_are_declared),
        cmocka_unit_test(sheets_are_chosen_by_settings),
        cmocka_unit_test(copies_follow_each_unit_or_the_file),
        cmocka_unit_test(copy_word_needs_copies),
        cmocka_unit_test(sheets_mistakes_are_found),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("document/sheets", tests, NULL, NULL);
}
