/* Grids as drawn: rules that meet, columns that line up, rows that stay together. */
#include "typeset/sheet.h"

static const char *const names[] = {"组", "姓名", "人口", "达标", "收入", "备注", "_id"};
enum { GROUP, NAME, PEOPLE, TICK, AMOUNT, NOTE, ID };

static struct rowset *rows_of(size_t count, size_t group_size)
{
    static const char *const people[] = {"张如意", "李海", "买买提·艾力", "欧阳建国"};
    struct rowset *rows = rowset_new(7, names);
    for (size_t i = 0; i < count; i++) {
        char *group = g_strdup_printf("第%zu村民小组", i / group_size + 1);
        const struct value row[] = {value_text(group),
                                    value_text(people[i % 4]),
                                    value_integer((int64_t)(i % 7)),
                                    i % 3 == 2 ? value_null(STATE_EMPTY)
                                               : value_integer(i % 3 == 0),
                                    value_real((double)(i * 12347 % 100000) / 100),
                                    value_text(i % 5 == 4 ? "外出务工，家中老人由村委会照护" : ""),
                                    value_integer((int64_t)i + 1000)};
        rowset_append(rows, row);
        g_free(group);
    }
    return rows;
}

static const struct column columns[] = {{.field = SIZE_MAX}, {.field = NAME},
                                        {.field = PEOPLE},   {.field = TICK},
                                        {.field = AMOUNT},   {.field = NOTE, .weight = 1}};

static const struct part number[] = {{.kind = PART_NUMBER}};
static const struct part tick[] = {
    {.kind = PART_FIELD, .field = TICK, .format = {.kind = FORMAT_TICK}}};
static const struct part amount[] = {
    {.kind = PART_FIELD, .field = AMOUNT, .format = {.kind = FORMAT_MONEY, .places = 2}}};
static const struct part amount_sum[] = {
    {.kind = PART_SUM, .field = AMOUNT, .format = {.kind = FORMAT_MONEY, .places = 2}}};
static const struct part count_of_rows[] = {{.kind = PART_COUNT},
                                            {.kind = PART_LITERAL, .text = "户"}};

static const struct row head =
    ROW(MM(9), 0, CELL(0, 1, &style_head, LIT("序号")), CELL(1, 1, &style_head, LIT("姓名")),
        CELL(2, 1, &style_head, LIT("人口")), CELL(3, 1, &style_head, LIT("达标")),
        CELL(4, 1, &style_head, LIT("收入")), CELL(5, 1, &style_head, LIT("备注")));
static const struct row detail =
    ROW(MM(9), 0, CELL(0, 1, &style_center, PARTS(1, number)), CELL(1, 1, &style_name, FIELD(NAME)),
        CELL(2, 1, &style_center, FIELD(PEOPLE)), CELL(3, 1, &style_center, PARTS(1, tick)),
        CELL(4, 1, &style_amount, PARTS(1, amount)), CELL(5, 1, &style_text, FIELD(NOTE)));
static const struct row group = ROW(MM(9), 0, CELL(0, 4, &style_text, FIELD(GROUP), .open = true),
                                    CELL(4, 2, &style_text, PARTS(2, count_of_rows)));
static const struct group by_village = {.by = GROUP, .head = &group};
static const struct row total =
    ROW(MM(9), 0, CELL(0, 2, &style_head, LIT("合计")), CELL(2, 1, &style_head, SUM(PEOPLE)),
        CELL(4, 1, &style_amount, PARTS(1, amount_sum)));

static struct grid list_of(const struct rowset *rows)
{
    return (struct grid){.ncolumn = G_N_ELEMENTS(columns),
                         .columns = columns,
                         .nhead = 1,
                         .head = &head,
                         .rows = rows,
                         .detail = &detail,
                         .padding = 350};
}

/* A document of grids alone, kept as long as the test. */
struct made {
    struct block blocks[3];
    struct unit unit;
    struct document document;
};

static bool measure_grids(struct sheet *sheet, struct made *made, const struct grid *grids,
                          size_t count)
{
    memset(made, 0, sizeof *made);
    for (size_t i = 0; i < count; i++)
        made->blocks[i] = (struct block){
            .kind = BLOCK_GRID, .place = {.file = "a.yaml", .line = 7}, .grid = grids[i]};
    made->unit = (struct unit){.nblock = count, .blocks = made->blocks};
    made->document = sheet_document(&made->unit, 1);
    return sheet_measure(sheet, &made->document);
}

static bool is_vertical(const struct page_item *item)
{
    return item->h > item->w;
}

/* Does the middle of some rule that lies across run through this point? */
static bool is_on_rule(const struct page *page, bool vertical, mpt x, mpt y)
{
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *rule = &page->items[i];
        if (rule->kind != PAGE_RULE || is_vertical(rule) != vertical)
            continue;
        if (vertical && abs(rule->x + rule->w / 2 - x) <= 500 && rule->y <= y &&
            rule->y + rule->h >= y)
            return true;
        if (!vertical && rule->y + rule->h / 2 == y && rule->x <= x && rule->x + rule->w >= x)
            return true;
    }
    return false;
}

static void assert_rules_meet(const struct page *page)
{
    assert_true(page_kind_count(page, PAGE_RULE) > 4);
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *rule = &page->items[i];
        if (rule->kind != PAGE_RULE)
            continue;
        if (is_vertical(rule)) {
            mpt x = rule->x + rule->w / 2;
            assert_true(is_on_rule(page, false, x, rule->y));
            assert_true(is_on_rule(page, false, x, rule->y + rule->h));
        } else {
            mpt y = rule->y + rule->h / 2;
            assert_true(is_on_rule(page, true, rule->x, y));
            assert_true(is_on_rule(page, true, rule->x + rule->w, y));
        }
    }
}

static void grid_rules_meet(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(90, 7);
    struct grid grid = list_of(rows);
    grid.groups = &by_village;
    grid.ngroup = 1;
    grid.totals = &total;
    grid.ntotal = 1;
    grid.side = "帮扶名单";
    grid.side_style = &style_head;
    grid.side_width = MM(9);
    assert_true(measure_grids(sheet, &made, &grid, 1));
    assert_true(layout_pages(sheet->layout) > 2);
    for (size_t i = 1; i <= layout_pages(sheet->layout); i++)
        assert_rules_meet(layout_draw(sheet->layout, i));
    rowset_free(rows);
}

static void grid_two_level_head_spans(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct cell upper[] = {CELL(0, 1, &style_head, LIT("姓名")),
                           CELL(1, 2, &style_head, LIT("收入（元）")),
                           CELL(3, 1, &style_head, LIT("备注"))};
    const struct cell lower[] = {CELL(1, 1, &style_head, LIT("工资性")),
                                 CELL(2, 1, &style_head, LIT("经营性"))};
    upper[0].rowspan = upper[2].rowspan = 2;
    const struct row heads[] = {{3, upper, MM(8), 0}, {2, lower, MM(8), 0}};
    const struct row fixed = ROW(MM(9), 0, CELL(0, 1, &style_name, LIT("张三")));
    const struct column four[4] = {{.field = SIZE_MAX}};
    const struct grid grid = {.ncolumn = 4,
                              .columns = four,
                              .nhead = 2,
                              .head = heads,
                              .nfixed = 1,
                              .fixed = &fixed,
                              .padding = 350};
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_rules_meet(page);
    /* In the middle of both rows, so between the baselines of the upper and the lower heads. */
    mpt middle = page_run(page, "姓名")->y;
    assert_in_range(middle, page_run(page, "收入（元）")->y + MM(3),
                    page_run(page, "工资性")->y - MM(3));
    /* Under the head 0.75, outer 1.0, inner 0.4. */
    size_t head_rules = 0;
    for (size_t i = 0; i < page->nitem; i++)
        head_rules += page->items[i].kind == PAGE_RULE && page->items[i].h == 750;
    assert_int_equal(head_rules, 1);
}

static void grid_repeats_its_head_and_loses_no_row(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(200, 1000);
    struct grid grid = list_of(rows);
    assert_true(measure_grids(sheet, &made, &grid, 1));
    size_t found = 0;
    for (size_t i = 1; i <= layout_pages(sheet->layout); i++) {
        const struct page *page = layout_draw(sheet->layout, i);
        assert_int_equal(page_count(page, "姓名"), 1);
        assert_int_equal(page_count(page, "备注"), 1);
        assert_true(page_bottom(page) <= made.document.page.height - MM(20) + 500);
        for (size_t k = found; k < 200; k++) {
            char *text = g_strdup_printf("%zu", k + 1);
            size_t count = page_count(page, text);
            g_free(text);
            if (count == 0)
                break;
            found++;
        }
    }
    assert_int_equal(found, 200);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
    rowset_free(rows);
}

static void grid_spreads_names_of_two(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(4, 1000);
    struct grid grid = list_of(rows);
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    const struct page_item *two = page_run(page, "李海"), *three = page_run(page, "张如意");
    assert_int_equal(two->glyphs[1].x - two->glyphs[0].x, 24000);
    assert_true(two->spaced);
    assert_in_range(two->x - three->x + 20, 0, 40);
    assert_int_equal(two->w, three->w);
    const struct page_item *four = page_run(page, "欧阳建国");
    assert_int_equal(four->glyphs[1].x - four->glyphs[0].x, 12000);
    assert_false(four->spaced);
    rowset_free(rows);
}

static mpt point_of(const struct page *page, const char *text)
{
    const struct page_item *run = page_run(page, text);
    assert_non_null(run);
    return run->glyphs[strchr(text, '.') - text].x;
}

static void grid_aligns_decimal_points(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(5, 1000);
    struct grid grid = list_of(rows);
    grid.totals = &total;
    grid.ntotal = 1;
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    mpt point = point_of(page, "0.00");
    assert_in_range(point_of(page, "123.47") - point + 10, 0, 20);
    assert_in_range(point_of(page, "1,234.70") - point + 10, 0, 20);
    rowset_free(rows);
}

static void grid_draws_ticks(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(6, 1000);
    struct grid grid = list_of(rows);
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page_kind_count(page, PAGE_TICK), 2);
    assert_int_equal(page_kind_count(page, PAGE_CROSS), 2);
    rowset_free(rows);
}

static void grid_keeps_group_heads_and_totals_in_company(void **state)
{
    struct sheet *sheet = *state;
    /* Whatever the number of rows, no page ends with a group's head or has the total alone. */
    for (size_t count = 20; count < 34; count++) {
        struct made made;
        struct rowset *rows = rows_of(count, 3);
        struct grid grid = list_of(rows);
        grid.groups = &by_village;
        grid.ngroup = 1;
        grid.totals = &total;
        grid.ntotal = 1;
        assert_true(measure_grids(sheet, &made, &grid, 1));
        for (size_t i = 1; i <= layout_pages(sheet->layout); i++) {
            char *text = page_text(layout_draw(sheet->layout, i));
            assert_false(g_str_has_suffix(text, "小组|3户|"));
            assert_false(g_str_has_prefix(text, "序号|姓名|人口|达标|收入|备注|合计|"));
            g_free(text);
        }
        rowset_free(rows);
    }
}

static void grid_counts_and_sums_its_groups(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(5, 3);
    struct grid grid = list_of(rows);
    grid.groups = &by_village;
    grid.ngroup = 1;
    grid.totals = &total;
    grid.ntotal = 1;
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_non_null(page_run(page, "第1村民小组"));
    assert_non_null(page_run(page, "3户"));
    assert_non_null(page_run(page, "第2村民小组"));
    assert_non_null(page_run(page, "2户"));
    assert_non_null(page_run(page, "10"));       /* 0+1+2+3+4 people */
    assert_non_null(page_run(page, "1,234.70")); /* 12347 x (0+1+2+3+4) hundredths */
    rowset_free(rows);
}

static void grid_joined_shares_one_rule(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    const struct column two[2] = {{.field = SIZE_MAX, .weight = 1},
                                  {.field = SIZE_MAX, .weight = 1}};
    const struct row upper = ROW(MM(10), 0, CELL(0, 1, &style_text, LIT("甲")));
    const struct row lower = ROW(MM(10), 0, CELL(0, 2, &style_text, LIT("乙")));
    struct grid grids[2] = {{.ncolumn = 2,
                             .columns = two,
                             .nfixed = 1,
                             .fixed = &upper,
                             .padding = 350,
                             .after = MM(5)},
                            {.ncolumn = 2,
                             .columns = two,
                             .nfixed = 1,
                             .fixed = &lower,
                             .padding = 350,
                             .joined = true}};
    assert_true(measure_grids(sheet, &made, grids, 2));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_rules_meet(page);
    size_t across = 0;
    for (size_t i = 0; i < page->nitem; i++)
        across += page->items[i].kind == PAGE_RULE && !is_vertical(&page->items[i]);
    assert_int_equal(across, 3);
    assert_int_equal(page_bottom(page), MM(20) + 2 * MM(10) + 500);
    grids[1].joined = false;
    assert_true(measure_grids(sheet, &made, grids, 2));
    assert_int_equal(page_bottom(layout_draw(sheet->layout, 1)), MM(20) + 2 * MM(10) + MM(5) + 500);
}

static void grid_wraps_and_never_clips(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    const struct column two[2] = {{.field = SIZE_MAX, .width = MM(30)}, {.field = SIZE_MAX}};
    const struct row row =
        ROW(MM(9), 0,
            CELL(0, 1, &style_text,
                 LIT("患高血压，长期服药，家庭医生签约，慢病门诊报销，村医每月随访")),
            CELL(1, 1, &style_text, LIT("甲")));
    const struct grid grid = {
        .ncolumn = 2, .columns = two, .nfixed = 1, .fixed = &row, .padding = 350};
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    size_t lines = 0;
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *item = &page->items[i];
        if (item->kind != PAGE_TEXT || g_str_equal(item->text, "甲"))
            continue;
        lines++;
        assert_true(item->x >= MM(20) + 4000);
        assert_true(item->x + item->w <=
                    MM(50) - 4000 + 12000 / 2); /* a mark's blank half may reach out */
        assert_true(item->y - 12000 > MM(20));
        assert_true(item->y + 2000 < page_bottom(page));
    }
    assert_in_range(lines, 5, 6);
}

static void grid_fills_up_with_blank_rows(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(2, 1000);
    struct grid grid = list_of(rows);
    grid.fill = 6;
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page_bottom(page), MM(20) + 7 * MM(9) + 500);
    assert_null(page_run(page, "3"));
    rowset_free(rows);
}

static void grid_without_rows_says_so(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(0, 1);
    struct grid grid = list_of(rows);
    grid.empty = "本期无";
    grid.empty_style = &style_center;
    grid.totals = &total;
    grid.ntotal = 1;
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_rules_meet(page);
    const struct page_item *run = page_run(page, "本期无");
    assert_in_range(run->x + run->w / 2 - MM(105) + 20, 0, 40);
    assert_null(page_run(page, "合计"));
    rowset_free(rows);
}

static void grid_side_label_stands_on_every_page(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(60, 1000);
    struct grid grid = list_of(rows);
    grid.side = "问题与帮扶";
    grid.side_style = &style_head;
    grid.side_width = MM(9);
    assert_true(measure_grids(sheet, &made, &grid, 1));
    assert_true(layout_pages(sheet->layout) > 1);
    for (size_t i = 1; i <= layout_pages(sheet->layout); i++) {
        const struct page *page = layout_draw(sheet->layout, i);
        assert_non_null(page_run(page, "问"));
        assert_true(page_run(page, "扶")->y > page_run(page, "帮")->y + 12000);
        assert_int_equal(page_run(page, "问")->x, page_run(page, "扶")->x);
    }
    rowset_free(rows);
}

static void grid_side_label_makes_its_rows_tall_enough(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    const struct column one = {.field = SIZE_MAX};
    const struct row row = ROW(MM(9), 0, CELL(0, 1, &style_text, LIT("甲")));
    const struct grid grid = {.ncolumn = 1,
                              .columns = &one,
                              .nfixed = 1,
                              .fixed = &row,
                              .padding = 350,
                              .side = "问题与帮扶",
                              .side_style = &style_head};
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_rules_meet(page);
    assert_true(page_run(page, "问")->y - 12000 > MM(20));
    assert_true(page_run(page, "扶")->y + 2000 < page_bottom(page));
}

static void grid_blank_cells_get_a_line(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    const struct column two[2] = {{.field = SIZE_MAX, .weight = 1},
                                  {.field = SIZE_MAX, .weight = 1}};
    const struct cell cells[] = {CELL(0, 1, &style_text, .rule = true),
                                 CELL(1, 1, &style_text, .rule = true, LIT("有"))};
    const struct row row = {2, cells, MM(10), 0};
    const struct grid grid = {.ncolumn = 2,
                              .columns = two,
                              .nfixed = 1,
                              .fixed = &row,
                              .padding = 350,
                              .rules = RULES_NONE};
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page_kind_count(page, PAGE_RULE), 1);
    for (size_t i = 0; i < page->nitem; i++)
        if (page->items[i].kind == PAGE_RULE)
            assert_int_equal(page->items[i].h, 400);
}

static void grid_cells_of_a_row_share_a_baseline(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    static const struct text_style large = {
        .role = ROLE_SONG, .size = 20000, .leading = 26000, .align = ALIGN_LEFT};
    const struct column two[2] = {{.field = SIZE_MAX}, {.field = SIZE_MAX}};
    const struct row row = ROW(MM(12), 0, CELL(0, 1, &style_text, LIT("电话")),
                               CELL(1, 1, &large, LIT("0990-6200101")));
    const struct grid grid = {
        .ncolumn = 2, .columns = two, .nfixed = 1, .fixed = &row, .padding = 350};
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page_run(page, "电话")->y, page_run(page, "0990-6200101")->y);
}

static void grid_makes_room_for_an_indent(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    static const struct text_style indented = {
        .role = ROLE_HEAD, .size = 15000, .leading = 22000, .align = ALIGN_LEFT, .indent = 2000};
    const struct column two[2] = {{.field = SIZE_MAX}, {.field = SIZE_MAX, .weight = 1}};
    const struct row row = ROW(0, 0, CELL(0, 1, &indented, LIT("石门村村民委员会")),
                               CELL(1, 1, &style_text, LIT("0990-6200101")));
    const struct grid grid = {.ncolumn = 2,
                              .columns = two,
                              .nfixed = 1,
                              .fixed = &row,
                              .padding = 350,
                              .rules = RULES_NONE};
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page_item *run = page_run(layout_draw(sheet->layout, 1), "石门村村民委员会");
    assert_non_null(run);
    assert_in_range(run->x, MM(20) + 35250 - 20, MM(20) + 35250 + 20); /* 2.35 em */
}

static void grid_shrinks_a_cell_before_it_wraps(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    static const struct text_style shrink = {.role = ROLE_SONG,
                                             .size = 14000,
                                             .size_min = 10000,
                                             .leading = 18000,
                                             .align = ALIGN_LEFT,
                                             .overflow = OVERFLOW_SHRINK};
    const struct column two[2] = {{.field = SIZE_MAX, .width = MM(45)}, {.field = SIZE_MAX}};
    const struct row row = ROW(MM(9), 0, CELL(0, 1, &shrink, LIT("云岭镇石门村第一村民小组")));
    const struct grid grid = {
        .ncolumn = 2, .columns = two, .nfixed = 1, .fixed = &row, .padding = 350};
    assert_true(measure_grids(sheet, &made, &grid, 1));
    const struct page_item *run =
        page_run(layout_draw(sheet->layout, 1), "云岭镇石门村第一村民小组");
    assert_non_null(run);
    assert_in_range(run->size, 10000, 10500);
    assert_true(sheet_has(sheet, FINDING_LAYOUT_CELL_SHRUNK));
}

static void grid_too_wide_is_an_error(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    const struct column two[2] = {{.field = SIZE_MAX, .width = MM(100)},
                                  {.field = SIZE_MAX, .width = MM(100)}};
    const struct row row = ROW(MM(9), 0, CELL(0, 1, &style_text, LIT("甲")));
    const struct grid grid = {
        .ncolumn = 2, .columns = two, .nfixed = 1, .fixed = &row, .padding = 350};
    assert_false(measure_grids(sheet, &made, &grid, 1));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_TOO_WIDE));
    assert_string_equal(findings_at(sheet->findings, 0)->args[0], "200");
    assert_string_equal(findings_at(sheet->findings, 0)->args[1], "170");
}

static void grid_row_taller_than_a_page_is_an_error(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    const struct column one = {.field = SIZE_MAX};
    const struct row tall[2] = {ROW(MM(9), 0, CELL(0, 1, &style_text, LIT("甲"))),
                                ROW(MM(300), 0, CELL(0, 1, &style_text, LIT("乙")))};
    const struct grid grid = {
        .ncolumn = 1, .columns = &one, .nfixed = 2, .fixed = tall, .padding = 350};
    assert_false(measure_grids(sheet, &made, &grid, 1));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_CELL_TOO_TALL));
    assert_string_equal(findings_at(sheet->findings, 0)->args[0], "2");
}

static void grid_names_the_row_of_a_character_without_font(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = rows_of(4, 1000);
    const struct value name = value_text("张\xF4\x8F\xBF\xBD"); /* private use */
    rowset_replace(rows, 2, NAME, &name);
    struct grid grid = list_of(rows);
    assert_false(measure_grids(sheet, &made, &grid, 1));
    assert_int_equal(findings_count(sheet->findings), 1);
    const struct finding *finding = findings_at(sheet->findings, 0);
    assert_int_equal(finding->code, FINDING_FONT_NO_GLYPH_ROW);
    assert_string_equal(finding->args[0], "\xF4\x8F\xBF\xBD");
    assert_string_equal(finding->args[1], "U+10FFFD");
    assert_string_equal(finding->args[2], "3");
    assert_string_equal(finding->args[3], "姓名");
    assert_string_equal(finding->args[4], "1002");
    assert_int_equal(finding->place.line, 7);
    rowset_free(rows);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sheet_setup, sheet_teardown)
    const struct CMUnitTest tests[] = {
        TEST(grid_rules_meet),
        TEST(grid_two_level_head_spans),
        TEST(grid_repeats_its_head_and_loses_no_row),
        TEST(grid_spreads_names_of_two),
        TEST(grid_aligns_decimal_points),
        TEST(grid_draws_ticks),
        TEST(grid_keeps_group_heads_and_totals_in_company),
        TEST(grid_counts_and_sums_its_groups),
        TEST(grid_joined_shares_one_rule),
        TEST(grid_wraps_and_never_clips),
        TEST(grid_fills_up_with_blank_rows),
        TEST(grid_without_rows_says_so),
        TEST(grid_side_label_stands_on_every_page),
        TEST(grid_side_label_makes_its_rows_tall_enough),
        TEST(grid_blank_cells_get_a_line),
        TEST(grid_cells_of_a_row_share_a_baseline),
        TEST(grid_makes_room_for_an_indent),
        TEST(grid_shrinks_a_cell_before_it_wraps),
        TEST(grid_too_wide_is_an_error),
        TEST(grid_row_taller_than_a_page_is_an_error),
        TEST(grid_names_the_row_of_a_character_without_font),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
