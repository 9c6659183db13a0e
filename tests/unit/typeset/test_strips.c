/* Lists in strips side by side (多栏名单). */
#include "sheet.h"

static const struct column list_columns[] = {{.name = "姓名", .weight = 1, .field = 0},
                                             {.name = "人口", .field = 1}};
static const struct row list_head[] = {
    ROW(21000, 0, CELL(0, 1, &style_text, LIT("姓名")), CELL(1, 1, &style_text, LIT("人口")))};
static const struct row list_row =
    ROW(21000, 0, CELL(0, 1, &style_text, FIELD(0)), CELL(1, 1, &style_text, FIELD(1)));
static const struct row list_total[] = {
    ROW(21000, 0, CELL(0, 1, &style_text, LIT("合计")), CELL(1, 1, &style_text, SUM(1)))};

static struct rowset *list_rows(size_t count)
{
    const char *const names[] = {"姓名", "人口"};
    struct rowset *rows = rowset_new(2, names);
    for (size_t i = 1; i <= count; i++) {
        char name[24];
        g_snprintf(name, sizeof name, "户%zu", i);
        const struct value values[] = {value_text(name), value_integer((int64_t)i)};
        rowset_append(rows, values);
    }
    return rows;
}

static struct block list_block(const struct rowset *rows, int across, mpt gutter)
{
    return (struct block){.kind = BLOCK_GRID,
                          .grid = {.ncolumn = 2,
                                   .columns = list_columns,
                                   .nhead = 1,
                                   .head = list_head,
                                   .rows = rows,
                                   .detail = &list_row,
                                   .ntotal = 1,
                                   .totals = list_total,
                                   .across = across,
                                   .gutter = gutter}};
}

static bool measure_list(struct sheet *sheet, struct document *document, struct unit *unit,
                         const struct block *block)
{
    *unit = (struct unit){.nblock = 1, .blocks = block};
    *document = sheet_document(unit, 1);
    return sheet_measure(sheet, document);
}

/* The strip of three, 56 mm wide each and 1 mm apart, in which the run stands. */
static size_t strip_of(const struct page_item *item)
{
    return (size_t)((item->x - MM(20)) / (MM(170 + 1) / 3));
}

static void strips_are_filled_down_then_across(void **state)
{
    struct sheet *sheet = *state;
    struct rowset *rows = list_rows(10);
    const struct block block = list_block(rows, 3, MM(1));
    struct document document;
    struct unit unit;
    assert_true(measure_list(sheet, &document, &unit, &block));
    assert_int_equal(layout_pages(sheet->layout), 1);
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page_count(page, "姓名"), 3); /* the head of each */
    /* eleven rows with the total: four, four, three and a blank one */
    static const struct {
        const char *text;
        size_t strip;
    } places[] = {{"户1", 0}, {"户4", 0}, {"户5", 1}, {"户8", 1}, {"户9", 2}, {"合计", 2}};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        const struct page_item *item = page_run(page, places[i].text);
        assert_non_null(item);
        assert_int_equal(strip_of(item), places[i].strip);
    }
    /* rows of one height in all strips: side by side, one baseline */
    assert_int_equal(page_run(page, "户1")->y, page_run(page, "户5")->y);
    assert_int_equal(page_run(page, "户4")->y, page_run(page, "合计")->y); /* below the blank row */
    assert_int_equal(page_run(page, "户10")->y, page_run(page, "户6")->y);
    assert_int_equal(page_bottom(page), MM(20) + 5 * 21000 + 500);
    rowset_free(rows);
}

static void strips_without_gutter_share_a_rule(void **state)
{
    struct sheet *sheet = *state;
    struct rowset *rows = list_rows(4);
    const struct block block = list_block(rows, 2, 0);
    struct document document;
    struct unit unit;
    assert_true(measure_list(sheet, &document, &unit, &block));
    const struct page *page = layout_draw(sheet->layout, 1);
    size_t middle = 0;
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *item = &page->items[i];
        if (item->kind == PAGE_RULE && item->h > item->w &&
            ABS(item->x + item->w / 2 - MM(105)) < 1000)
            middle++;
    }
    assert_int_equal(middle, 2); /* one upon the other */
    rowset_free(rows);
}

static void strips_run_on_to_further_pages(void **state)
{
    enum { ROWS = 260 };
    struct sheet *sheet = *state;
    struct rowset *rows = list_rows(ROWS);
    const struct block block = list_block(rows, 3, MM(1));
    struct document document;
    struct unit unit;
    assert_true(measure_list(sheet, &document, &unit, &block));
    /* 257 mm hold a head and 33 rows: 99 a page */
    assert_int_equal(layout_pages(sheet->layout), 3);
    size_t next = 1;
    for (size_t number = 1; number <= 3; number++) {
        const struct page *page = layout_draw(sheet->layout, number);
        assert_true(page_bottom(page) <= MM(277) + 1000);
        for (; next <= ROWS; next++) { /* every row once, in order */
            char name[24];
            g_snprintf(name, sizeof name, "户%zu", next);
            if (page_count(page, name) == 0)
                break;
            assert_int_equal(page_count(page, name), 1);
        }
        assert_int_equal(next, number == 3 ? ROWS + 1 : number * 99 + 1);
    }
    rowset_free(rows);
}

static void fewer_rows_than_strips_leave_blank_ones(void **state)
{
    struct sheet *sheet = *state;
    struct rowset *rows = list_rows(1);
    struct block block = list_block(rows, 3, MM(1));
    struct document document;
    struct unit unit;
    block.grid.ntotal = 0;
    assert_true(measure_list(sheet, &document, &unit, &block));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page_count(page, "姓名"), 3);
    assert_int_equal(page_count(page, "户1"), 1);
    assert_int_equal(page_bottom(page), MM(20) + 2 * 21000 + 500);
    rowset_free(rows);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sheet_setup, sheet_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(strips_are_filled_down_then_across),
        TEST(strips_without_gutter_share_a_rule),
        TEST(strips_run_on_to_further_pages),
        TEST(fewer_rows_than_strips_leave_blank_ones),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("typeset/strips", tests, NULL, NULL);
}
