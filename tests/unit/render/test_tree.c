/* Tests of the tree renderer. */
#include "render/sample_document.h"

static char *rendered(struct sandbox *box, const struct block *blocks, size_t nblock)
{
    const struct unit unit = {.name = "石门村", .nblock = nblock, .blocks = blocks};
    const struct document document = sample_document(&unit, 1);

    assert_int_equal(sandbox_render(box, &render_tree, &document), 0);
    assert_int_equal(findings_count(box->findings), 0);
    return sandbox_read(box, ".tree.txt", NULL);
}

static void assert_contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("lacks: %s\nin:\n%s", part, text);
}

static void tree_tells_document_and_page(void **state)
{
    char *text = rendered(*state, NULL, 0);

    assert_contains(text, "document sample\n  title=\"石门村花名册\" author=\"石门村村民委员会\""
                          " note=\"内部资料\" audience=internal\n");
    assert_contains(text, "  page A4 width=595140 height=841698 top=56680 right=56680 bottom=56680"
                          " left=56680\n");
    assert_contains(text, "unit 1 \"石门村\"\n");
    g_free(text);
}

static void tree_tells_texts_with_styles_once(void **state)
{
    const struct block blocks[] = {text_block("一\n\"二\"\\\x07", &prose_style),
                                   text_block("三", &prose_style), text_block("四", &title_style)};
    char *text = rendered(*state, blocks, G_N_ELEMENTS(blocks));

    assert_contains(text,
                    "  text style=1(body size=16000 size_min=16000 size_max=16000 leading=28000"
                    " justify indent=2000) \"一\\n\\\"二\\\"\\\\\\x07\"\n");
    assert_contains(text, "  text style=1 \"三\"\n");
    assert_contains(text, "  text style=2(title ");
    assert_contains(text, " after=6000 bold) \"四\"\n");
    g_free(text);
}

static void tree_tells_variants_and_sections(void **state)
{
    struct block blocks[] = {text_block("甲", &body_style), text_block("乙", &body_style),
                             section_block("户", true)};
    char *text;

    blocks[0].variant = VARIANT_INLINE;
    blocks[1].variant = VARIANT_ATTACHED;
    text = rendered(*state, blocks, G_N_ELEMENTS(blocks));
    assert_contains(text, "  text inline style=1(");
    assert_contains(text, "  text attached style=1 \"乙\"\n");
    assert_contains(text, "  section \"户\"\n    page A3 width=1190551 height=841889 top=0 right=0 "
                          "bottom=0 left=0 turned\n");
    g_free(text);
}

static void tree_tells_grids_with_every_row(void **state)
{
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    char *text;

    grid.groups = &(struct group){.by = GROUP, .head = &sample_group};
    grid.ngroup = 1;
    text = rendered(*state, (const struct block[]){grid_block(grid)}, 1);
    assert_contains(text, "    column \"证件号码\" field=\"证件号码\" text plain\n");
    assert_contains(text, "    column \"人均纯收入\" field=\"人均纯收入\" unit=\"元\" money(2)\n");
    assert_contains(text, "    column \"达标\" field=\"达标\" plain choice=\"是\" choice=\"否\"\n");
    assert_contains(text, "      cell 2 columns=2 style=1 \"户主\"\n");
    assert_contains(text, "    group by 村民小组\n");
    assert_contains(text, "    group \"一组\" | \"2户7人\"\n");
    assert_contains(text, "    group \"二组\" | \"3户9人\"\n");
    assert_contains(text,
                    "    row \"2\" | \"=李海\" | \"990101198512300224\" | \"3\" | \"12,067.81\" |"
                    " \"是\" | \"2018年7月\"\n");
    assert_contains(text, "{sum 人均纯收入|money(2)} = \"32,865.41\"\n");
    g_free(text);
    rowset_free(rows);
}

static void tree_is_the_same_twice(void **state)
{
    struct rowset *rows = sample_rows();
    const struct block blocks[] = {grid_block(sample_grid(rows))};
    char *first = rendered(*state, blocks, 1), *second = rendered(*state, blocks, 1);

    assert_string_equal(first, second);
    g_free(first);
    g_free(second);
    rowset_free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tree_tells_document_and_page, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(tree_tells_texts_with_styles_once, sandbox_open,
                                        sandbox_close),
        cmocka_unit_test_setup_teardown(tree_tells_variants_and_sections, sandbox_open,
                                        sandbox_close),
        cmocka_unit_test_setup_teardown(tree_tells_grids_with_every_row, sandbox_open,
                                        sandbox_close),
        cmocka_unit_test_setup_teardown(tree_is_the_same_twice, sandbox_open, sandbox_close),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
