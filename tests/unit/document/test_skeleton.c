/* Skeletons and styles that build on others: what is changed by name, what stays, mistakes. */
#include "fixture.h"

#define BEGIN(look)                                                                                \
    "id: t\ntitle: 试验公示\naudience: public\n" look "\nfile: 试验\nformats: [pdf]\n"
#define WIDE                                                                                       \
    "id: wide\n"                                                                                   \
    "extends: plain\n"                                                                             \
    "papers:\n"                                                                                    \
    "  A4:\n"                                                                                      \
    "    page: {top: 30}\n"                                                                        \
    "    texts:\n"                                                                                 \
    "      cell: {size: 15}\n"                                                                     \
    "      extra: {face: 楷体, size: 11}\n"                                                      \
    "    grids:\n"                                                                                 \
    "      table: {row: 12}\n"                                                                     \
    "replace:\n"                                                                                   \
    "  closing: {paragraph: 现予公示。}\n"                                                    \
    "insert:\n"                                                                                    \
    "  - {before: issuers, blocks: [{name: more, paragraph: 甲}, {paragraph: 乙}]}\n"            \
    "  - {after: closing, blocks: [{paragraph: 丙}]}\n"

static const struct unit *make(struct world *world, const char *text)
{
    world_run(world, text);
    assert_int_equal(world_make(world, 0), 0);
    return &world->document->units[0];
}

static void assert_texts(const struct unit *unit, const char *const *texts)
{
    size_t count = 0;

    for (size_t i = 0; i < unit->nblock; i++) {
        if (unit->blocks[i].kind != BLOCK_TEXT || unit->blocks[i].variant == VARIANT_ATTACHED)
            continue;
        assert_non_null(texts[count]);
        assert_string_equal(unit->blocks[i].text.text, texts[count]);
        count++;
    }
    assert_null(texts[count]);
}

static void skeleton_blocks_are_put_beside_named_ones(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_texts(make(&world,
                      BEGIN("skeleton: plain") "replace: {closing: none, issuers: none}\n"
                                               "insert:\n"
                                               "  - {after: closing, blocks: [{paragraph: 丁}]}\n"
                                               "  - {before: closing, blocks: [{paragraph: 甲}, "
                                               "{title: 乙}]}\n"
                                               "  - {before: closing, blocks: [{paragraph: 丙}]}\n"
                                               "body:\n  - title: 试\n"),
                 (const char *const[]){"试", "甲", "乙", "丙", "丁", NULL});
    world_end(&world);
}

static void skeleton_of_a_style_builds_on_its_base(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_write(&world, "templates/styles/a-wide.yaml", WIDE); /* read before its base */
    assert_texts(make(&world, BEGIN("skeleton: wide") "replace: {issuers: none}\n"
                                                      "body:\n  - title: \"{{标题}}\"\n"),
                 (const char *const[]){"试验公示", "现予公示。", "丙", "甲", "乙", NULL});
    world_end(&world);
}

/* What took a block's place keeps its name, and what was put beside one has its own. */
static void skeleton_names_outlive_replacing(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_write(&world, "templates/styles/wide.yaml", WIDE);
    assert_texts(make(&world, BEGIN("skeleton: wide") "replace: {issuers: none, closing: none, "
                                                      "more: {paragraph: 戊}}\n"
                                                      "body:\n  - title: 试\n"),
                 (const char *const[]){"试", "丙", "戊", "乙", NULL});
    world_end(&world);
}

static void style_extends_by_name(void **state)
{
    struct world world;
    const struct unit *unit;
    const struct grid *grid;

    (void)state;
    world_begin(&world);
    world_write(&world, "templates/styles/wide.yaml", WIDE);
    unit = make(&world, BEGIN("style: wide") EACH LIST
                "body:\n  - {paragraph: 试, style: extra}\n"
                "  - table: {rows: 名单, columns: [{field: 户主姓名}]}\n");
    grid = &world_block(&world, BLOCK_GRID, 0)->grid;
    assert_int_equal(unit->blocks[0].text.style->size, 11000);
    assert_int_equal(grid->detail->cells[0].style->size, 15000);
    assert_int_equal(grid->detail->height, (mpt)(12 * MPT_PER_MM + 0.5));
    assert_int_equal(grid->detail->height_max, (mpt)(12 * MPT_PER_MM + 0.5)); /* the base's */
    assert_int_equal(grid->head[0].cells[0].style->size, 14000);
    assert_int_equal(world.document->page.top, (mpt)(30 * MPT_PER_MM + 0.5));
    assert_int_equal(world.document->page.left, (mpt)(20 * MPT_PER_MM + 0.5));
    world_end(&world);
}

/* A text that only the extending style's first paper has is there on the base's others too. */
static void style_names_of_the_first_paper_are_on_all(void **state)
{
    struct world world;
    const struct unit *unit;

    (void)state;
    world_begin(&world);
    world_write(&world, "templates/styles/wide.yaml", WIDE);
    world_write(&world, "input/设置.csv", "名称,值\n年度,2026\n日期,2026-11-01\n纸张,A3\n");
    unit = make(&world, BEGIN("style: wide") "body:\n  - {paragraph: 试, style: extra}\n"
                                             "  - paragraph: 文\n");
    assert_int_equal(world.document->page.width, (mpt)(297 * MPT_PER_MM + 0.5));
    assert_int_equal(unit->blocks[0].text.style->size, 11000);
    assert_int_equal(unit->blocks[1].text.style->size, 18000); /* the base's A3 */
    world_end(&world);
}

static void style_is_changed_by_a_template_for_itself(void **state)
{
    struct world world;
    const struct unit *unit;

    (void)state;
    world_begin(&world);
    unit = make(&world, BEGIN("skeleton: plain") "papers: {A4: {page: {left: 33}, texts: {body: "
                                                 "{size: 19}, big: {size: 40}}}}\n"
                                                 "replace: {issuers: none}\n"
                                                 "body:\n  - {paragraph: 试, style: big}\n");
    assert_int_equal(world.document->page.left, (mpt)(33 * MPT_PER_MM + 0.5));
    assert_int_equal(unit->blocks[0].text.style->size, 40000);
    assert_string_equal(unit->blocks[1].text.text, "特此公示。"); /* the skeleton's */
    assert_int_equal(unit->blocks[1].text.style->size, 19000);
    world_end(&world);
}

static void assert_mistake(const char *style, const char *text, enum finding_code code,
                           uint32_t line, uint32_t column)
{
    struct world world;

    world_begin(&world);
    if (style)
        world_write(&world, "templates/styles/x.yaml", style);
    assert_false(world_prepare(&world, text));
    world_expect(&world, code, line, column);
    assert_int_equal(findings_count(world.findings), 1);
    world_end(&world);
}

static void skeleton_mistakes_are_findings(void **state)
{
    (void)state;
    assert_mistake(NULL,
                   BEGIN("skeleton: plain") "insert: [{after: closeing, blocks: []}]\n"
                                            "body:\n  - title: 试\n",
                   FINDING_TEMPLATE_UNKNOWN_WORD, 7, 18);
    assert_mistake(NULL,
                   BEGIN("skeleton: plain") "insert: [{after: closing, before: issuers, blocks: "
                                            "[]}]\nbody:\n  - title: 试\n",
                   FINDING_TEMPLATE_BLOCK, 7, 10);
    assert_mistake(NULL,
                   BEGIN("skeleton: plain") "insert: [{after: closing}]\nbody:\n  - title: 试\n",
                   FINDING_TEMPLATE_WRONG_KIND, 7, 10);
    assert_mistake(NULL, BEGIN("style: plain") "replace: {closing: none}\nbody:\n  - title: 试\n",
                   FINDING_TEMPLATE_MISSING_KEY, 7, 1);
    assert_mistake(NULL, BEGIN("style: plain\nskeleton: plain") "body:\n  - title: 试\n",
                   FINDING_TEMPLATE_BLOCK, 4, 8);
}

static void style_mistakes_are_findings(void **state)
{
    static const char USES[] = BEGIN("style: plain") "body:\n  - title: 试\n";

    (void)state;
    assert_mistake("id: x\nextends: plane\n", USES, FINDING_TEMPLATE_UNKNOWN_STYLE, 2, 10);
    assert_mistake("id: x\nextends: x\n", USES, FINDING_TEMPLATE_EXTENDS, 2, 10);
    assert_mistake("id: plain\nextends: plain\n", USES, FINDING_TEMPLATE_DUPLICATE, 1, 1);
    assert_mistake("id: x\nfill: true\n", USES, FINDING_TEMPLATE_MISSING_KEY, 1, 1);
    assert_mistake("id: x\nextends: plain\nreplace: {closings: none}\n", USES,
                   FINDING_TEMPLATE_UNKNOWN_WORD, 3, 11);
    assert_mistake("id: x\nextends: plain\npapers:\n  A4:\n    texts: {cell: {sise: 15}}\n", USES,
                   FINDING_TEMPLATE_UNKNOWN_KEY, 5, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(skeleton_blocks_are_put_beside_named_ones),
        cmocka_unit_test(skeleton_of_a_style_builds_on_its_base),
        cmocka_unit_test(skeleton_names_outlive_replacing),
        cmocka_unit_test(style_extends_by_name),
        cmocka_unit_test(style_names_of_the_first_paper_are_on_all),
        cmocka_unit_test(style_is_changed_by_a_template_for_itself),
        cmocka_unit_test(skeleton_mistakes_are_findings),
        cmocka_unit_test(style_mistakes_are_findings),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
