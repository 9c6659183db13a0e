/* What comes with pages and groups: page rows that add up, heads that keep company, blank rows, rows
 * taller than a page, cells that go together. */
#include "base/decimal.h"
#include "typeset/sheet.h"

enum { TOWN, VILLAGE, NAME, AMOUNT, NOTE, FIELDS };

static const struct column columns[] = {
    {.field = NAME, .width = MM(40), .name = "姓名"},
    {.field = AMOUNT, .width = MM(40), .name = "金额"},
    {.field = NOTE, .weight = 1, .name = "备注"},
};

static const struct part amount[] = {
    {.kind = PART_FIELD, .field = AMOUNT, .format = {FORMAT_MONEY, 2}}};
static const struct part sum[] = {
    {.kind = PART_SUM, .field = AMOUNT, .format = {FORMAT_MONEY, 2}}};

#define TOTAL_ROW(label)                                                                           \
    ROW(MM(9), 0, CELL(0, 1, &style_head, LIT(label)), CELL(1, 1, &style_amount, PARTS(1, sum)))

static const struct row head =
    ROW(MM(9), 0, CELL(0, 1, &style_head, LIT("姓名")), CELL(1, 1, &style_head, LIT("金额")),
        CELL(2, 1, &style_head, LIT("备注")));
static const struct row detail =
    ROW(MM(9), 0, CELL(0, 1, &style_text, FIELD(NAME)),
        CELL(1, 1, &style_amount, PARTS(1, amount)), CELL(2, 1, &style_text, FIELD(NOTE)));
static const struct row total = TOTAL_ROW("合计");
static const struct row subtotal = TOTAL_ROW("本页小计"), running = TOTAL_ROW("累计"),
                        carry = TOTAL_ROW("过次页"), carried = TOTAL_ROW("承前页");
static const struct row town = ROW(MM(9), 0, CELL(0, 3, &style_text, FIELD(TOWN)));
static const struct row village = ROW(MM(9), 0, CELL(0, 3, &style_text, FIELD(VILLAGE)));
static const struct row village_foot =
    ROW(MM(9), 0, CELL(0, 1, &style_head, FIELD(VILLAGE)),
        CELL(1, 1, &style_amount, PARTS(1, sum)));

/* Row i: town i / per_town, village i / per_village of it, 第i户, an amount of cents. */
static struct rowset *make_rows(size_t count, size_t per_town, size_t per_village)
{
    static const char *const names[] = {"乡镇", "行政村", "姓名", "金额", "备注"};
    struct rowset *rows = rowset_new(FIELDS, names);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *of_town = g_strdup_printf("第%zu镇", i / per_town + 1);
        g_autofree char *of_village = g_strdup_printf("第%zu村", i / per_village + 1);
        g_autofree char *name = g_strdup_printf("第%zu户", i + 1);
        const struct value row[] = {value_text(of_town), value_text(of_village), value_text(name),
                                    value_real((double)(i * 7919 % 100000) / 100),
                                    value_text("")};
        rowset_append(rows, row);
    }
    return rows;
}

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

static struct grid paged_list(const struct rowset *rows)
{
    struct grid grid = list_of(rows);
    grid.ntotal = 1;
    grid.totals = &total;
    grid.page_rows[PAGE_ROW_SUBTOTAL] = &subtotal;
    grid.page_rows[PAGE_ROW_RUNNING] = &running;
    grid.page_rows[PAGE_ROW_CARRY] = &carry;
    grid.page_rows[PAGE_ROW_CARRIED] = &carried;
    return grid;
}

struct made {
    struct block blocks[2];
    struct unit unit;
    struct document document;
};

static bool measure(struct sheet *sheet, struct made *made, struct grid grid)
{
    memset(made, 0, sizeof *made);
    made->blocks[0] = (struct block){
        .kind = BLOCK_GRID, .place = {.file = "a.yaml", .line = 7}, .grid = grid};
    made->unit = (struct unit){.nblock = 1, .blocks = made->blocks};
    made->document = sheet_document(&made->unit, 1);
    return sheet_measure(sheet, &made->document);
}

/* The amount right behind the label on the page, in cents; -1: no such label. */
static int64_t amount_behind(const struct page *page, const char *label)
{
    for (size_t i = 0; i + 1 < page->nitem; i++) {
        if (!is_run(&page->items[i], label))
            continue;
        int64_t cents = 0;
        for (const char *at = page->items[i + 1].text; *at; at++)
            cents = g_ascii_isdigit(*at) ? cents * 10 + (*at - '0') : cents;
        return cents;
    }
    return -1;
}

/* How many 第i户 stand on the page, and that they follow one another from *next on. */
static size_t households(const struct page *page, size_t *next)
{
    size_t count = 0;
    for (size_t i = 0; i < page->nitem; i++) {
        g_autofree char *name = g_strdup_printf("第%zu户", *next + 1);
        if (!is_run(&page->items[i], name))
            continue;
        (*next)++;
        count++;
    }
    return count;
}

static void bands_page_rows_add_up(void **state)
{
    struct sheet *sheet = *state;
    for (size_t count = 20; count < 120; count += 3) {
        struct made made;
        struct rowset *rows = make_rows(count, 1000, 1000);
        int64_t so_far = 0, all = 0;
        size_t next = 0;
        for (size_t i = 0; i < count; i++)
            all += (int64_t)(i * 7919 % 100000);
        assert_true(measure(sheet, &made, paged_list(rows)));
        size_t pages = layout_pages(sheet->layout);
        for (size_t i = 1; i <= pages; i++) {
            const struct page *page = layout_draw(sheet->layout, i);
            int64_t here = 0;
            size_t first = next, on_page = households(page, &next);
            for (size_t k = first; k < next; k++)
                here += (int64_t)(k * 7919 % 100000);
            assert_true(on_page > 0);
            assert_true(page_bottom(page) <= MM(277) + 500);
            assert_int_equal(amount_behind(page, "承前页"), i > 1 ? so_far : -1);
            so_far += here;
            assert_int_equal(amount_behind(page, "本页小计"), pages > 1 ? here : -1);
            assert_int_equal(amount_behind(page, "累计"), pages > 1 ? so_far : -1);
            assert_int_equal(amount_behind(page, "过次页"), i < pages ? so_far : -1);
            assert_int_equal(amount_behind(page, "合计"), i == pages ? all : -1);
        }
        assert_int_equal(next, count);
        assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
        rowset_free(rows);
    }
}

static void bands_follow_pages_drawn_in_any_order(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = make_rows(100, 1000, 1000);
    assert_true(measure(sheet, &made, paged_list(rows)));
    size_t pages = layout_pages(sheet->layout);
    int64_t last = amount_behind(layout_draw(sheet->layout, pages), "承前页");
    int64_t second = amount_behind(layout_draw(sheet->layout, 2), "承前页");
    assert_true(pages > 2 && last > second);
    assert_int_equal(amount_behind(layout_draw(sheet->layout, pages), "承前页"), last);
    assert_int_equal(amount_behind(layout_draw(sheet->layout, 2), "承前页"), second);
    rowset_free(rows);
}

static void bands_without_total_end_with_their_page(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = make_rows(5, 1000, 1000);
    struct grid grid = paged_list(rows);
    grid.ntotal = 0;
    assert_true(measure(sheet, &made, grid));
    assert_int_equal(layout_pages(sheet->layout), 1);
    assert_true(amount_behind(layout_draw(sheet->layout, 1), "本页小计") > 0);
    rowset_free(rows);
}

static struct grid grouped(const struct rowset *rows, struct group groups[2])
{
    struct grid grid = list_of(rows);
    groups[0] = (struct group){.by = TOWN, .head = &town};
    groups[1] = (struct group){.by = VILLAGE, .head = &village, .foot = &village_foot};
    grid.ngroup = 2;
    grid.groups = groups;
    return grid;
}

static void groups_repeat_all_their_heads(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct group groups[2];
    struct rowset *rows = make_rows(60, 60, 40);
    assert_true(measure(sheet, &made, grouped(rows, groups)));
    g_autofree char *second = page_text(layout_draw(sheet->layout, 2));
    assert_true(g_str_has_prefix(second, "姓名|金额|备注|第1镇（续）|第1村（续）|"));
    rowset_free(rows);
}

static void groups_heads_keep_two_rows_and_feet_one(void **state)
{
    struct sheet *sheet = *state;
    for (size_t per_village = 1; per_village < 9; per_village++) {
        for (size_t count = 18; count < 36; count++) {
            struct made made;
            struct group groups[2];
            struct rowset *rows = make_rows(count, per_village * 2, per_village);
            assert_true(measure(sheet, &made, grouped(rows, groups)));
            for (size_t i = 1; i <= layout_pages(sheet->layout); i++) {
                g_autofree char *text = page_text(layout_draw(sheet->layout, i));
                const char *end = text + strlen(text) - strlen("村|");
                assert_false(g_str_equal(end, "村|")); /* a head ends the page */
                if (per_village > 1) { /* one row of two or more behind its head */
                    g_autofree char *lone = g_strdup_printf("村|第%zu户|", per_village + 1);
                    assert_false(g_str_has_suffix(text, lone));
                }
                assert_null(strstr(text, "备注|第1镇（续）|第1村|")); /* a foot begins it */
            }
            rowset_free(rows);
        }
    }
}

static void groups_begin_pages_or_stay_whole(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct group groups[2];
    struct rowset *rows = make_rows(60, 20, 10);
    struct grid grid = grouped(rows, groups);
    groups[0].page = true;
    assert_true(measure(sheet, &made, grid));
    assert_int_equal(layout_pages(sheet->layout), 3);
    for (size_t i = 1; i <= 3; i++) {
        g_autofree char *text = page_text(layout_draw(sheet->layout, i));
        g_autofree char *begin = g_strdup_printf("姓名|金额|备注|第%zu镇|第", i);
        assert_true(g_str_has_prefix(text, begin));
    }
    groups[0].page = false;
    groups[1].keep = true;
    assert_true(measure(sheet, &made, grid));
    for (size_t i = 1; i <= layout_pages(sheet->layout); i++) {
        g_autofree char *text = page_text(layout_draw(sheet->layout, i));
        assert_null(strstr(text, "村（续）"));
    }
    rowset_free(rows);
}

static void bands_end_pages_after_so_many_rows(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = make_rows(33, 1000, 1000);
    struct grid grid = paged_list(rows);
    size_t next = 0;
    grid.rows_per_page = 10;
    assert_true(measure(sheet, &made, grid));
    assert_int_equal(layout_pages(sheet->layout), 4);
    for (size_t i = 1; i <= 4; i++)
        assert_int_equal(households(layout_draw(sheet->layout, i), &next), i < 4 ? 10 : 3);
    rowset_free(rows);
}

static void bands_fill_the_last_page(void **state)
{
    struct sheet *sheet = *state;
    for (size_t count = 3; count < 60; count += 8) {
        struct made made;
        struct rowset *rows = make_rows(count, 1000, 1000);
        struct grid grid = paged_list(rows);
        grid.fill_page = true;
        assert_true(measure(sheet, &made, grid));
        const struct page *page = layout_draw(sheet->layout, layout_pages(sheet->layout));
        assert_true(page_bottom(page) <= MM(277) + 1000);
        assert_true(page_bottom(page) > MM(277 - 9));
        rowset_free(rows);
    }
}

static void rows_taller_than_a_page_go_on(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = make_rows(5, 1000, 1000);
    GString *text = g_string_new(NULL);
    size_t lines = 0;
    for (size_t i = 0; i < 120; i++)
        g_string_append_printf(text, "%s其%zu", i > 0 ? "\n" : "", i);
    const struct value note = value_text(text->str);
    rowset_replace(rows, 2, NOTE, &note);
    assert_true(measure(sheet, &made, paged_list(rows)));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_ROW_SPLIT));
    size_t pages = layout_pages(sheet->layout), marks = 0, next = 0;
    assert_true(pages >= 3);
    for (size_t i = 1; i <= pages; i++) {
        const struct page *page = layout_draw(sheet->layout, i);
        assert_true(page_bottom(page) <= MM(277) + 500);
        for (size_t k = 0; k < page->nitem; k++) {
            g_autofree char *line = g_strdup_printf("其%zu", lines);
            lines += is_run(&page->items[k], line);
        }
        marks += page_count(page, "（续）");
        households(page, &next);
    }
    assert_int_equal(lines, 120);
    assert_int_equal(next, 5);
    assert_true(marks >= 1 && marks < pages);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
    g_string_free(text, TRUE);
    rowset_free(rows);
}

static void cells_that_may_not_wrap_are_reported(void **state)
{
    static const struct text_style one_line = {.role = ROLE_SONG,
                                               .size = 12000,
                                               .leading = 16000,
                                               .align = ALIGN_LEFT,
                                               .overflow = OVERFLOW_ERROR};
    const struct row strict = ROW(MM(9), 0, CELL(0, 1, &one_line, FIELD(NAME)));
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = make_rows(4, 1000, 1000);
    struct grid grid = list_of(rows);
    const struct value name = value_text("一个特别长的名字写在窄窄的一列里面是放不下的呀");
    struct column narrow[G_N_ELEMENTS(columns)];
    memcpy(narrow, columns, sizeof narrow);
    grid.columns = narrow;
    grid.detail = &strict;
    rowset_replace(rows, 2, NAME, &name);
    assert_false(measure(sheet, &made, grid)); /* 40 mm are declared */
    assert_int_equal(findings_count(sheet->findings), 1);
    const struct finding *finding = findings_at(sheet->findings, 0);
    assert_int_equal(finding->code, FINDING_LAYOUT_CELL_TOO_WIDE);
    assert_string_equal(finding->args[0], "1");
    assert_string_equal(finding->args[1], "3");
    assert_string_equal(finding->args[2], "姓名");
    narrow[0].width = 0;
    assert_true(measure(sheet, &made, grid)); /* a column that is solved takes the width */
    rowset_free(rows);
}

static void cells_that_say_the_same_are_one(void **state)
{
    const struct row merged =
        ROW(MM(9), 0, CELL(0, 1, &style_text, FIELD(TOWN), .merge = true),
            CELL(1, 1, &style_text, FIELD(VILLAGE), .merge = true),
            CELL(2, 1, &style_text, FIELD(NAME)));
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = make_rows(12, 6, 4);
    struct grid grid = list_of(rows);
    grid.detail = &merged;
    assert_true(measure(sheet, &made, grid));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page_count(page, "第1镇"), 1);
    assert_int_equal(page_count(page, "第2镇"), 1);
    /* 第2村 is of both towns: two cells */
    assert_int_equal(page_count(page, "第2村"), 2);
    assert_int_equal(page_count(page, "第3村"), 1);
    const struct page_item *first = page_run(page, "第1户"), *sixth = page_run(page, "第6户");
    assert_true(abs(page_run(page, "第1镇")->y - (first->y + sixth->y) / 2) <= 1);
    rowset_free(rows);
}

static void heads_are_parted_by_diagonals(void **state)
{
    const struct row two =
        ROW(MM(9), 0, CELL(0, 1, &style_head, LIT("姓名\n项目"), .diagonal = 2),
            CELL(1, 1, &style_head, LIT("金额")));
    const struct row three =
        ROW(MM(9), 0, CELL(0, 1, &style_head, LIT("姓名\n年度\n项目"), .diagonal = 3),
            CELL(1, 1, &style_head, LIT("金额")));
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = make_rows(3, 1000, 1000);
    struct grid grid = list_of(rows);
    grid.head = &two;
    assert_true(measure(sheet, &made, grid));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page_kind_count(page, PAGE_LINE), 1);
    const struct page_item *below = page_run(page, "姓名"), *right = page_run(page, "项目");
    assert_true(below->y > right->y && below->x + below->w < right->x);
    grid.head = &three;
    assert_true(measure(sheet, &made, grid));
    assert_int_equal(page_kind_count(layout_draw(sheet->layout, 1), PAGE_LINE), 2);
    rowset_free(rows);
}

static void a_signature_takes_a_row_along(void **state)
{
    const struct row seal = ROW(MM(45), 0, CELL(0, 1, &style_text, LIT("村委会")));
    static const struct column one = {.field = SIZE_MAX, .weight = 1};
    struct sheet *sheet = *state;
    for (size_t count = 15; count < 32; count++) {
        struct made made;
        struct rowset *rows = make_rows(count, 1000, 1000);
        struct block blocks[] = {
            {.kind = BLOCK_GRID, .grid = list_of(rows)},
            {.kind = BLOCK_TEXT, .text = {.text = "注：略", .style = &style_text, .follows = true}},
            {.kind = BLOCK_GRID,
             .grid = {.ncolumn = 1, .columns = &one, .nfixed = 1, .fixed = &seal, .keep = true}}};
        made.unit = (struct unit){.nblock = 3, .blocks = blocks};
        made.document = sheet_document(&made.unit, 1);
        assert_true(sheet_measure(sheet, &made.document));
        size_t pages = layout_pages(sheet->layout), next = 0;
        for (size_t i = 1; i < pages; i++)
            households(layout_draw(sheet->layout, i), &next);
        const struct page *page = layout_draw(sheet->layout, pages);
        assert_true(households(page, &next) > 0);
        assert_non_null(page_run(page, "村委会"));
        assert_int_equal(next, count);
        rowset_free(rows);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sheet_setup, sheet_teardown)
    const struct CMUnitTest tests[] = {
        TEST(bands_page_rows_add_up),
        TEST(bands_follow_pages_drawn_in_any_order),
        TEST(bands_without_total_end_with_their_page),
        TEST(bands_end_pages_after_so_many_rows),
        TEST(bands_fill_the_last_page),
        TEST(groups_repeat_all_their_heads),
        TEST(groups_heads_keep_two_rows_and_feet_one),
        TEST(groups_begin_pages_or_stay_whole),
        TEST(rows_taller_than_a_page_go_on),
        TEST(cells_that_may_not_wrap_are_reported),
        TEST(cells_that_say_the_same_are_one),
        TEST(heads_are_parted_by_diagonals),
        TEST(a_signature_takes_a_row_along),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
