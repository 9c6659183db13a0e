/* Grids in the cells of a form, and ruled lines to write on. */
#include "typeset/sheet.h"

static const char *const names[] = {"姓名", "关系"};
static const struct column list_columns[] = {{.name = "姓名", .field = 0},
                                             {.name = "关系", .field = 1, .weight = 1}};
static const struct row list_head =
    ROW(MM(8), 0, CELL(0, 1, &style_head, LIT("姓名")), CELL(1, 1, &style_head, LIT("关系")));
static const struct row list_row =
    ROW(MM(8), MM(12), CELL(0, 1, &style_name, FIELD(0)), CELL(1, 1, &style_text, FIELD(1)));

static struct rowset *members(size_t count)
{
    static const char *const people[] = {"张如意", "李海", "王芳", "赵小兰"};
    struct rowset *rows = rowset_new(2, names);
    for (size_t i = 0; i < count; i++) {
        const struct value row[] = {value_text(people[i % 4]), value_text("之子")};
        rowset_append(rows, row);
    }
    return rows;
}

static struct grid list_of(const struct rowset *rows)
{
    return (struct grid){.ncolumn = 2,
                         .columns = list_columns,
                         .nhead = 1,
                         .head = &list_head,
                         .rows = rows,
                         .detail = &list_row,
                         .padding = 350};
}

/* A form of 30 and 140 mm: a label and the grid in one row, a line below. */
struct form {
    struct cell cells[2], below;
    struct row rows[2];
    struct column columns[2];
    struct block block;
    struct unit unit;
    struct document document;
};

static bool measure(struct sheet *sheet, struct form *form, const struct grid *inner, bool fill)
{
    static const struct part label = {.kind = PART_LITERAL, .text = "成员"};
    static const struct part note = {.kind = PART_LITERAL, .text = "备注"};
    *form = (struct form){
        .cells = {CELL(0, 1, &style_head, PARTS(1, &label)),
                  CELL(1, 1, &style_text, .grid = inner)},
        .below = CELL(0, 2, &style_text, PARTS(1, &note)),
        .columns = {{.field = SIZE_MAX, .width = MM(30)}, {.field = SIZE_MAX, .width = MM(140)}},
    };
    form->rows[0] = (struct row){2, form->cells, MM(9), MM(13)};
    form->rows[1] = (struct row){1, &form->below, MM(9), MM(13)};
    form->block = (struct block){.kind = BLOCK_GRID,
                                 .place = {.file = "a.yaml", .line = 7},
                                 .grid = {.ncolumn = 2,
                                          .columns = form->columns,
                                          .nfixed = 2,
                                          .fixed = form->rows,
                                          .padding = 350}};
    form->unit = (struct unit){.nblock = 1, .blocks = &form->block};
    form->document = sheet_document(&form->unit, 1);
    form->document.fill = fill;
    return sheet_measure(sheet, &form->document);
}

static size_t rules_at(const struct page *page, bool vertical, mpt at)
{
    size_t count = 0;
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *rule = &page->items[i];
        mpt middle = vertical ? rule->x + rule->w / 2 : rule->y + rule->h / 2;
        if (rule->kind == PAGE_RULE && (rule->h > rule->w) == vertical && abs(middle - at) < 50)
            count++;
    }
    return count;
}

static void an_inner_grid_fills_its_cell(void **state)
{
    struct sheet *sheet = *state;
    struct form form;
    struct rowset *rows = members(3);
    struct grid inner = list_of(rows);
    assert_true(measure(sheet, &form, &inner, false));
    assert_int_equal(layout_pages(sheet->layout), 1);
    const struct page *page = layout_draw(sheet->layout, 1);
    const mpt left = MM(20) + MM(30), right = MM(20) + MM(170), top = MM(20);
    for (size_t i = 0; i < 3; i++) /* the last row of the data stands once, as the others do */
        assert_int_equal(page_count(page, (const char *const[]){"张如意", "李海", "王芳"}[i]), 1);
    /* its outer rules are the cell's: none stands twice */
    assert_int_equal(rules_at(page, true, left), 1);
    assert_int_equal(rules_at(page, true, right), 1);
    assert_int_equal(rules_at(page, false, top), 1);
    /* head and three rows, 8 mm each, make the row around them 32 mm high */
    for (int i = 1; i <= 3; i++)
        assert_int_equal(rules_at(page, false, top + i * MM(8)), 1);
    assert_int_equal(rules_at(page, false, top + 4 * MM(8)), 1);
    assert_in_range(page_run(page, "备注")->y, top + MM(32), top + MM(41));
    assert_in_range(page_run(page, "成员")->y, top + MM(16), top + MM(19));
    /* rules of the inner grid keep to its cell */
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *rule = &page->items[i];
        if (rule->kind == PAGE_RULE && rule->h == 400 && rule->y > top + MM(1) &&
            rule->y < top + MM(31))
            assert_true(rule->x >= left - 10 && rule->x + rule->w <= right + 10);
    }
    rowset_free(rows);
}

static void inner_rows_grow_as_those_around_them(void **state)
{
    struct sheet *sheet = *state;
    struct form form;
    struct rowset *rows = members(3);
    struct grid inner = list_of(rows);
    assert_true(measure(sheet, &form, &inner, true));
    const struct page *page = layout_draw(sheet->layout, 1);
    /* the page has room for all: each to its most, the head stays */
    mpt first = page_run(page, "张如意")->y, second = page_run(page, "王芳")->y;
    assert_in_range(second - first, 2 * MM(12) - 3, 2 * MM(12) + 3);
    assert_in_range(page_bottom(page), MM(20) + MM(8 + 36 + 13), MM(20) + MM(8 + 36 + 13) + 1000);
    rowset_free(rows);
}

static void an_inner_grid_may_hold_another(void **state)
{
    struct sheet *sheet = *state;
    struct form form;
    struct rowset *rows = members(2);
    struct grid innermost = list_of(rows);
    const struct column columns[] = {{.field = SIZE_MAX, .width = MM(30)},
                                     {.field = SIZE_MAX, .width = MM(100)}};
    const struct row fixed[] = {ROW(MM(8), 0, CELL(0, 1, &style_head, LIT("里")),
                                    CELL(1, 1, &style_text, .grid = &innermost))};
    struct grid inner = {.ncolumn = 2, .columns = columns, .nfixed = 1, .fixed = fixed};
    inner.side = "旁";
    inner.side_style = &style_head;
    inner.side_width = MM(10);
    assert_true(measure(sheet, &form, &inner, false));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
    assert_int_equal(page_count(page, "张如意"), 1);
    assert_int_equal(page_count(page, "里"), 1);
    assert_int_equal(page_count(page, "旁"), 1);
    assert_in_range(page_run(page, "备注")->y, MM(20) + MM(24), MM(20) + MM(33));
    rowset_free(rows);
}

static void an_inner_grid_too_wide_or_too_tall_is_a_finding(void **state)
{
    struct sheet *sheet = *state;
    struct form form;
    const struct column columns[] = {{.field = SIZE_MAX, .width = MM(150)}};
    const struct row fixed[] = {ROW(MM(8), 0, CELL(0, 1, &style_head, LIT("宽")))};
    struct grid wide = {.ncolumn = 1, .columns = columns, .nfixed = 1, .fixed = fixed};
    assert_false(measure(sheet, &form, &wide, false));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_TOO_WIDE));
    assert_int_equal(findings_at(sheet->findings, 0)->place.line, 7);

    struct rowset *rows = members(40); /* 8 mm each: more than a page */
    struct grid tall = list_of(rows);
    assert_false(measure(sheet, &form, &tall, false));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_CELL_TOO_TALL));
    rowset_free(rows);
}

static void a_declared_width_less_than_a_character_is_a_finding(void **state)
{
    struct sheet *sheet = *state;
    struct form form;
    struct column columns[] = {{.field = SIZE_MAX, .width = MM(3)},
                               {.field = SIZE_MAX, .width = MM(137)}};
    const struct row fixed[] = {
        ROW(MM(8), 0, CELL(0, 1, &style_head, LIT("窄")), CELL(1, 1, &style_head, LIT("宽")))};
    struct grid narrow = {
        .ncolumn = 2, .columns = columns, .nfixed = 1, .fixed = fixed, .padding = 350};
    assert_false(measure(sheet, &form, &narrow, false));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_TOO_WIDE));
    columns[0].width = MM(8);
    columns[1].width = MM(132);
    assert_true(measure(sheet, &form, &narrow, false));
}

static void what_no_font_has_is_told_of_inner_grids_too(void **state)
{
    struct sheet *sheet = *state;
    struct form form;
    const struct column columns[] = {{.field = SIZE_MAX, .width = MM(140)}};
    const struct row fixed[] = {ROW(MM(8), 0, CELL(0, 1, &style_head, LIT("\xF3\xB0\x80\x80")))};
    struct grid inner = {.ncolumn = 1, .columns = columns, .nfixed = 1, .fixed = fixed};
    assert_false(measure(sheet, &form, &inner, false));
    assert_true(sheet_has(sheet, FINDING_FONT_NO_GLYPH));
}

/* --- lines to write on */

static const struct page *draw_lines(struct sheet *sheet, const char *text, uint16_t lines,
                                     enum rules rules)
{
    static const struct column column = {.field = SIZE_MAX, .width = MM(60)};
    struct part part = {.kind = PART_LITERAL, .text = text};
    struct cell cell =
        CELL(0, 1, &style_text, .npart = text ? 1 : 0, .parts = &part, .lines = lines);
    struct row row = {.ncell = 1, .cells = &cell, .height = MM(9)};
    struct block block = {
        .kind = BLOCK_GRID,
        .grid = {.ncolumn = 1, .columns = &column, .nfixed = 1, .fixed = &row, .rules = rules}};
    struct unit unit = {.nblock = 1, .blocks = &block};
    struct document document = sheet_document(&unit, 1);
    assert_true(sheet_measure(sheet, &document));
    return layout_draw(sheet->layout, 1);
}

static void lines_to_write_on_are_9_mm_apart(void **state)
{
    struct sheet *sheet = *state;
    const struct page *page = draw_lines(sheet, NULL, 4, RULES_GRID);
    for (int i = 0; i <= 4; i++) /* the cell's own rules are the first and the last */
        assert_int_equal(rules_at(page, false, MM(20) + i * MM(9)), 1);
    assert_int_equal(page_kind_count(page, PAGE_RULE), 4 + 3);
    page = draw_lines(sheet, NULL, 4, RULES_NONE);
    assert_int_equal(page_kind_count(page, PAGE_RULE), 4);
}

static void lines_to_write_on_stand_below_the_text(void **state)
{
    struct sheet *sheet = *state;
    const struct page *page = draw_lines(sheet, "情况：", 3, RULES_GRID);
    mpt text = page_run(page, "情况：")->y, first = INT32_MAX;
    for (size_t i = 0; i < page->nitem; i++)
        if (page->items[i].kind == PAGE_RULE && page->items[i].w > page->items[i].h &&
            page->items[i].y > MM(21))
            first = MIN(first, page->items[i].y);
    assert_true(text < MM(20) + MM(6));
    assert_true(first > text + MM(9) && first < text + MM(13));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_inner_grid_fills_its_cell, sheet_setup, sheet_teardown),
        cmocka_unit_test_setup_teardown(inner_rows_grow_as_those_around_them, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(an_inner_grid_may_hold_another, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(an_inner_grid_too_wide_or_too_tall_is_a_finding,
                                        sheet_setup, sheet_teardown),
        cmocka_unit_test_setup_teardown(a_declared_width_less_than_a_character_is_a_finding,
                                        sheet_setup, sheet_teardown),
        cmocka_unit_test_setup_teardown(what_no_font_has_is_told_of_inner_grids_too, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(lines_to_write_on_are_9_mm_apart, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(lines_to_write_on_stand_below_the_text, sheet_setup,
                                        sheet_teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("inner", tests, NULL, NULL);
}
