/* Pages: what stands on which, units, sections, variants, and the use of the sheet. */
#include "typeset/sheet.h"

static const struct text_style title_style = {
    .role = ROLE_TITLE, .size = 26000, .leading = 36000, .align = ALIGN_CENTER, .after = MM(10)};
static const struct text_style issuer_style = {
    .role = ROLE_SONG, .size = 16000, .leading = 28000, .align = ALIGN_CENTER};
static const struct text_style foot_style = {
    .role = ROLE_SONG, .size = 10500, .leading = 14000, .align = ALIGN_CENTER};
static const struct text_style range_style = {.role = ROLE_SONG,
                                              .size = 14000,
                                              .size_min = 12000,
                                              .size_max = 18000,
                                              .leading = 18000,
                                              .align = ALIGN_LEFT};
static const struct column one = {.field = SIZE_MAX, .weight = 1};

static const char long_text[] =
    "公示期内，任何单位和个人如有异议，请以书面、电话或来访形式向下列单位反映，反映问题须实事求是，"
    "并提供必要的线索，以便核实，如2026年11月2日至8日的收入等。";

struct made {
    struct unit units[3];
    struct document document;
};

static bool measure(struct sheet *sheet, struct made *made, const struct block *blocks,
                    size_t nblock)
{
    memset(made, 0, sizeof *made);
    made->units[0] = (struct unit){.nblock = nblock, .blocks = blocks};
    made->document = sheet_document(made->units, 1);
    return sheet_measure(sheet, &made->document);
}

static struct block text_block(const char *text, const struct text_style *style)
{
    return (struct block){.kind = BLOCK_TEXT, .text = {.text = text, .style = style}};
}

/* A list of count rows of one cell; the row set goes with the test. */
static struct rowset *list_rows(size_t count)
{
    static const char *const names[] = {"名"};
    struct rowset *rows = rowset_new(1, names);
    for (size_t i = 0; i < count; i++) {
        char *text = g_strdup_printf("第%zu户", i + 1);
        struct value value = value_text(text);
        rowset_append(rows, &value);
        g_free(text);
    }
    return rows;
}

static struct block list_block(const struct rowset *rows, const struct row *detail)
{
    return (struct block){
        .kind = BLOCK_GRID,
        .grid = {.ncolumn = 1, .columns = &one, .rows = rows, .detail = detail, .padding = 350}};
}

static const struct row list_row = ROW(MM(9), 0, CELL(0, 1, &style_text, FIELD(0)));

static void flow_attaches_a_list_that_does_not_fit(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    for (size_t count = 5; count <= 60; count += 55) {
        struct rowset *rows = list_rows(count);
        struct block blocks[] = {text_block("关于名单的公示", &title_style),
                                 list_block(rows, &list_row),
                                 text_block("特此公示。", &style_body),
                                 {.kind = BLOCK_SECTION, .section = {.name = "附件"}},
                                 list_block(rows, &list_row)};
        blocks[1].variant = VARIANT_INLINE;
        blocks[3].variant = blocks[4].variant = VARIANT_ATTACHED;
        assert_true(measure(sheet, &made, blocks, G_N_ELEMENTS(blocks)));
        const struct page *page = layout_draw(sheet->layout, 1);
        if (count == 5) {
            assert_int_equal(layout_pages(sheet->layout), 1);
            assert_non_null(page_run(page, "第5户"));
        } else {
            assert_int_equal(layout_pages(sheet->layout), 4);
            assert_null(page_run(page, "第1户"));
            assert_non_null(page_run(page, "特此公示。"));
            assert_non_null(page_run(layout_draw(sheet->layout, 2), "第1户"));
        }
        rowset_free(rows);
    }
}

static void flow_numbers_the_pages_of_each_unit(void **state)
{
    struct sheet *sheet = *state;
    struct made made = {0};
    struct rowset *rows = list_rows(40);
    const struct block blocks[] = {list_block(rows, &list_row)};
    const struct block little[] = {text_block("短", &style_body)};
    made.units[0] = (struct unit){.name = "甲户", .nblock = 1, .blocks = blocks};
    made.units[1] = (struct unit){.name = "乙户", .nblock = 1, .blocks = little};
    made.document = sheet_document(made.units, 2);
    made.document.page.footer = (struct page_band){
        .parts = {[BAND_CENTER] = "第{页}页　共{页数}页"}, .style = &foot_style, .gap = MM(7)};
    assert_true(sheet_measure(sheet, &made.document));
    assert_int_equal(layout_pages(sheet->layout), 3);
    assert_non_null(page_run(layout_draw(sheet->layout, 2), "第2页　共2页"));
    const struct page_item *footer = page_run(layout_draw(sheet->layout, 3), "第1页　共1页");
    assert_int_equal(footer->y, MM(297) - MM(20) + MM(7));
    size_t count;
    const struct page_mark *marks = layout_marks(sheet->layout, &count);
    assert_int_equal(count, 2);
    assert_string_equal(marks[1].title, "乙户");
    assert_int_equal(marks[1].page, 3);
    assert_int_equal(marks[1].level, 1);
    rowset_free(rows);
}

static void flow_heads_later_pages_with_continued(void **state)
{
    struct sheet *sheet = *state;
    struct made made = {0};
    struct rowset *rows = list_rows(70);
    const struct block blocks[] = {text_block("明白卡", &title_style), list_block(rows, &list_row)};
    const struct block continued = text_block("明白卡（续）", &title_style);
    made.units[0] = (struct unit){.nblock = 2, .blocks = blocks, .continued = &continued};
    made.document = sheet_document(made.units, 1);
    assert_true(sheet_measure(sheet, &made.document));
    assert_int_equal(layout_pages(sheet->layout), 3);
    assert_null(page_run(layout_draw(sheet->layout, 1), "明白卡（续）"));
    for (size_t i = 2; i <= 3; i++) {
        const struct page *page = layout_draw(sheet->layout, i);
        assert_non_null(page_run(page, "明白卡（续）"));
        assert_true(page_bottom(page) <= MM(277) + 500);
    }
    rowset_free(rows);
}

static void flow_never_leaves_the_issuers_alone(void **state)
{
    struct sheet *sheet = *state;
    const struct row signature[] = {ROW(0, 0, CELL(0, 1, &issuer_style, LIT("石门村村民委员会"))),
                                    ROW(0, 0, CELL(0, 1, &issuer_style, LIT("2026年9月9日")))};
    for (size_t lines = 15; lines < 27; lines++) {
        struct made made;
        GString *text = g_string_new("一");
        for (size_t i = 0; i < lines; i++)
            g_string_append(text, "\n一");
        struct block blocks[2] = {text_block(text->str, &style_body),
                                  {.kind = BLOCK_GRID,
                                   .grid = {.ncolumn = 1,
                                            .columns = &one,
                                            .nfixed = 2,
                                            .fixed = signature,
                                            .rules = RULES_NONE,
                                            .keep = true,
                                            .before = MM(40)}}};
        assert_true(measure(sheet, &made, blocks, 2));
        const struct page *page = layout_draw(sheet->layout, layout_pages(sheet->layout));
        assert_non_null(page_run(page, "石门村村民委员会"));
        assert_non_null(page_run(page, "2026年9月9日"));
        assert_true(page_count(page, "一") >= 1);
        g_string_free(text, TRUE);
    }
}

static void flow_keeps_two_lines_of_a_paragraph_together(void **state)
{
    struct sheet *sheet = *state;
    for (size_t rows_before = 18; rows_before < 29; rows_before++) {
        struct made made;
        struct rowset *rows = list_rows(rows_before);
        const struct block blocks[] = {list_block(rows, &list_row),
                                       text_block(long_text, &style_body)};
        assert_true(measure(sheet, &made, blocks, 2));
        for (size_t i = 1; i <= layout_pages(sheet->layout); i++) {
            const struct page *page = layout_draw(sheet->layout, i);
            size_t lines = page_kind_count(page, PAGE_TEXT);
            for (size_t k = 0; k < rows_before; k++) {
                char *text = g_strdup_printf("第%zu户", k + 1);
                lines -= page_count(page, text);
                g_free(text);
            }
            assert_true(lines != 1);
        }
        rowset_free(rows);
    }
}

static void flow_lets_rows_grow_to_use_the_sheet(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = list_rows(20);
    struct row growing = list_row;
    growing.height_max = MM(14);
    const struct block blocks[] = {list_block(rows, &growing)};
    assert_true(measure(sheet, &made, blocks, 1));
    assert_int_equal(page_bottom(layout_draw(sheet->layout, 1)), MM(20) + 20 * MM(9) + 500);
    made.document.fill = true;
    assert_true(sheet_measure(sheet, &made.document));
    mpt bottom = page_bottom(layout_draw(sheet->layout, 1));
    assert_in_range(bottom, MM(277) - 100, MM(277) + 500);
    growing.height_max = MM(10);
    assert_true(sheet_measure(sheet, &made.document));
    assert_int_equal(page_bottom(layout_draw(sheet->layout, 1)), MM(20) + 20 * MM(10) + 500);
    rowset_free(rows);
}

/* How many rows of list_rows() the page has. */
static size_t rows_on(const struct page *page, size_t count)
{
    size_t found = 0;
    for (size_t i = 1; i <= count; i++) {
        char *text = g_strdup_printf("第%zu户", i);
        found += page_count(page, text);
        g_free(text);
    }
    return found;
}

static void flow_fills_each_page_without_moving_a_break(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = list_rows(40);
    struct row growing = list_row;
    growing.height_max = MM(14);
    const struct block blocks[] = {list_block(rows, &growing)};
    assert_true(measure(sheet, &made, blocks, 1));
    for (int fill = 0; fill < 2; fill++) {
        made.document.fill = fill;
        assert_true(sheet_measure(sheet, &made.document));
        assert_int_equal(layout_pages(sheet->layout), 2);
        assert_int_equal(rows_on(layout_draw(sheet->layout, 1), 40), 28); /* 257 mm / 9 mm */
    }
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_in_range(page_bottom(page), MM(277) - 100, MM(277) + 500);
    const mpt first = page_run(page, "第2户")->y - page_run(page, "第1户")->y;
    assert_in_range(page_run(page, "第28户")->y - page_run(page, "第27户")->y, first - 1,
                    first + 1);
    page = layout_draw(sheet->layout, 2);
    assert_int_equal(page_bottom(page), MM(20) + 12 * MM(14) + 500);
    rowset_free(rows);
}

/* Whatever stands above it, and however long the list is. */
static void flow_leaves_no_row_of_a_list_alone(void **state)
{
    struct sheet *sheet = *state;
    const struct row total = ROW(MM(9), 0, CELL(0, 1, &style_text, LIT("合计")));
    for (size_t lines = 0; lines < 25; lines++) {
        for (size_t count = 2; count < 12; count += 3) {
            struct made made;
            struct rowset *rows = list_rows(count);
            GString *text = g_string_new("一");
            for (size_t i = 0; i < lines; i++)
                g_string_append(text, "\n一");
            struct block blocks[] = {text_block(text->str, &style_body),
                                     list_block(rows, &list_row)};
            blocks[1].grid.totals = &total;
            blocks[1].grid.ntotal = lines % 2;
            assert_true(measure(sheet, &made, blocks, 2));
            size_t found = 0;
            for (size_t i = 1; i <= layout_pages(sheet->layout); i++) {
                const size_t here = rows_on(layout_draw(sheet->layout, i), count);
                assert_int_not_equal(here, 1);
                found += here;
            }
            assert_int_equal(found, count);
            rowset_free(rows);
            g_string_free(text, TRUE);
        }
    }
}

/* Two columns: the group and the name; 30 rows of 一组, then 30 of 二组. */
static struct rowset *grouped_rows(void)
{
    static const char *const names[] = {"组", "名"};
    struct rowset *rows = rowset_new(2, names);
    for (size_t i = 0; i < 60; i++) {
        char *text = g_strdup_printf("第%zu户", i + 1);
        const struct value row[] = {value_text(i < 30 ? "一组" : "二组"), value_text(text)};
        rowset_append(rows, row);
        g_free(text);
    }
    return rows;
}

static void flow_repeats_the_head_of_a_group_that_goes_on(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = grouped_rows();
    const struct column two[] = {one, one};
    const struct part number[] = {{.kind = PART_COUNT}, {.kind = PART_LITERAL, .text = "户"}};
    const struct row head = ROW(MM(10), 0, CELL(0, 1, &style_head, LIT("组别"))),
                     group = ROW(MM(9), 0, CELL(0, 1, &style_text, FIELD(0)),
                                 CELL(1, 1, &style_text, PARTS(2, number))),
                     detail = ROW(MM(9), 0, CELL(1, 1, &style_text, FIELD(1)));
    const struct block block = {.kind = BLOCK_GRID,
                                .grid = {.ncolumn = 2,
                                         .columns = two,
                                         .nhead = 1,
                                         .head = &head,
                                         .rows = rows,
                                         .detail = &detail,
                                         .ngroup = 1,
                                         .groups = &(const struct group){.head = &group},
                                         .padding = 350}};
    static const char *const begin[] = {"组别|一组|30户|第1户|", "组别|一组（续）|第",
                                        "组别|二组（续）|第"};
    assert_true(measure(sheet, &made, &block, 1));
    assert_int_equal(layout_pages(sheet->layout), 3);
    size_t counts = 0;
    for (size_t i = 0; i < 3; i++) {
        const struct page *page = layout_draw(sheet->layout, i + 1);
        counts += page_count(page, "30户");
        assert_true(page_bottom(page) <= MM(277) + 500);
        char *text = page_text(page);
        if (!g_str_has_prefix(text, begin[i]))
            fail_msg("page %zu does not begin with %s: %s", i + 1, begin[i], text);
        g_free(text);
    }
    assert_int_equal(counts, 2);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
    rowset_free(rows);
}

/* Cards of one template: each block of it is spoken of once, with what all cards have. */
static void flow_reports_a_block_once_for_all_units(void **state)
{
    struct sheet *sheet = *state;
    static const struct text_style shrinking = {.role = ROLE_SONG,
                                                .size = 12000,
                                                .size_min = 8000,
                                                .leading = 16000,
                                                .overflow = OVERFLOW_SHRINK};
    static const struct text_style large = {.role = ROLE_TITLE, .size = 26000, .leading = 36000};
    const struct column narrow = {.field = SIZE_MAX, .width = MM(20)};
    const struct row row = ROW(MM(9), 0, CELL(0, 1, &shrinking, LIT("太长的几个字")));
    struct block blocks[3] = {
        {.kind = BLOCK_TEXT,
         .place = {.file = "card.yaml", .line = 2, .column = 3},
         .text = {.text = long_text, .style = &large, .lines_max = 1}},
        {.kind = BLOCK_GRID,
         .place = {.file = "card.yaml", .line = 7, .column = 5},
         .grid = {.ncolumn = 1, .columns = &narrow, .nfixed = 1, .fixed = &row, .width = MM(20)}},
        {.kind = BLOCK_GRID,
         .place = {.file = "card.yaml", .line = 9, .column = 5},
         .grid = {.ncolumn = 1, .columns = &narrow, .nfixed = 1, .fixed = &row, .width = MM(20)}}};
    struct made made = {0};
    for (size_t i = 0; i < 3; i++)
        made.units[i] = (struct unit){.nblock = 3, .blocks = blocks};
    made.document = sheet_document(made.units, 3);
    assert_true(sheet_measure(sheet, &made.document));
    assert_int_equal(findings_count(sheet->findings), 3);
    for (size_t i = 0; i < 3; i++) {
        const struct finding *finding = findings_at(sheet->findings, i);
        assert_int_equal(finding->code,
                         i == 0 ? FINDING_LAYOUT_TITLE_LONG : FINDING_LAYOUT_CELL_SHRUNK);
        assert_int_equal(finding->place.line, blocks[i].place.line);
        assert_string_equal(finding->args[0], "3");
    }
}

static mpt size_of_list(struct sheet *sheet, size_t count, size_t *pages)
{
    struct made made;
    struct rowset *rows = list_rows(count);
    const struct row row = ROW(MM(9), 0, CELL(0, 1, &range_style, FIELD(0)));
    const struct row low = ROW(0, 0, CELL(0, 1, &range_style, FIELD(0)));
    const struct block blocks[] = {list_block(rows, count > 30 ? &low : &row)};
    assert_true(measure(sheet, &made, blocks, 1));
    mpt size = page_run(layout_draw(sheet->layout, 1), "第1户")->size;
    *pages = layout_pages(sheet->layout);
    rowset_free(rows);
    return size;
}

static void flow_sets_short_lists_larger_and_full_ones_smaller(void **state)
{
    struct sheet *sheet = *state;
    size_t pages;
    assert_int_equal(size_of_list(sheet, 8, &pages), 18000);
    assert_int_equal(pages, 1);
    /* 36 rows of 21 pt go on a page of 728 pt only when smaller. */
    mpt size = size_of_list(sheet, 36, &pages);
    assert_in_range(size, 12000, 13999);
    assert_int_equal(pages, 1);
    assert_int_equal(size_of_list(sheet, 100, &pages), 14000);
    assert_true(pages > 1);
}

static void flow_turns_the_page_for_a_section(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct page_setup lying = sheet_document(NULL, 0).page;
    lying.width = MM(297);
    lying.height = MM(210);
    const struct block blocks[] = {
        text_block("一", &style_body),
        {.kind = BLOCK_SECTION, .section = {.name = "附件", .page = &lying}},
        text_block(long_text, &style_body)};
    assert_true(measure(sheet, &made, blocks, 3));
    assert_int_equal(layout_pages(sheet->layout), 2);
    assert_int_equal(layout_draw(sheet->layout, 1)->width, MM(210));
    const struct page *page = layout_draw(sheet->layout, 2);
    assert_int_equal(page->width, MM(297));
    assert_int_equal(page->height, MM(210));
    size_t count;
    const struct page_mark *marks = layout_marks(sheet->layout, &count);
    assert_string_equal(marks[count - 1].title, "附件");
    assert_int_equal(marks[count - 1].page, 2);
}

static void flow_first_section_makes_no_blank_page(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    const struct block blocks[] = {{.kind = BLOCK_SECTION, .section = {.name = "户"}},
                                   text_block("一", &style_body)};
    assert_true(measure(sheet, &made, blocks, 2));
    assert_int_equal(layout_pages(sheet->layout), 1);
}

static void flow_justifies_to_the_measure(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    const struct block blocks[] = {text_block(long_text, &style_body)};
    assert_true(measure(sheet, &made, blocks, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    size_t seen = 0;
    mpt last = 0;
    for (size_t i = 0; i < page->nitem; i++)
        last = MAX(last, page->items[i].y);
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *item = &page->items[i];
        bool mark = g_str_has_suffix(item->text, "，") || g_str_has_suffix(item->text, "、");
        if (item->y == last || mark)
            continue;
        seen++;
        assert_in_range(item->x + item->w, MM(190) - 100, MM(190) + 100);
    }
    assert_true(seen > 0);
}

static void flow_draws_nothing_of_invisible_characters(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    /* A zero-width space first, and one after a character that only a later face of the role has.
     */
    const struct block blocks[] = {text_block("\u200B𠮷\u200B", &style_text)};
    assert_true(measure(sheet, &made, blocks, 1));
    const struct page *page = layout_draw(sheet->layout, 1);
    size_t count;
    layout_fonts(sheet->layout, &count);
    assert_int_equal(page->nitem, 1);
    assert_true(page->items[0].font < count);
    assert_int_equal(page->items[0].nglyph, 1);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
}

static void flow_draws_the_same_in_any_order(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct rowset *rows = list_rows(70);
    const struct block blocks[] = {list_block(rows, &list_row), text_block(long_text, &style_body)};
    assert_true(measure(sheet, &made, blocks, 2));
    char *first = page_text(layout_draw(sheet->layout, 2));
    mpt y = layout_draw(sheet->layout, 2)->items[3].y;
    layout_draw(sheet->layout, 1);
    char *second = page_text(layout_draw(sheet->layout, 2));
    assert_string_equal(first, second);
    assert_int_equal(layout_draw(sheet->layout, 2)->items[3].y, y);
    g_free(first);
    g_free(second);
    rowset_free(rows);
}

static void flow_marks_titles(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct block blocks[] = {text_block("关于名单的公示", &title_style),
                             text_block("一", &style_body)};
    blocks[0].text.outline = 1;
    blocks[0].text.lines_max = 2;
    assert_true(measure(sheet, &made, blocks, 2));
    size_t count;
    const struct page_mark *marks = layout_marks(sheet->layout, &count);
    assert_int_equal(count, 2);
    assert_string_equal(marks[0].title, "试");
    assert_string_equal(marks[1].title, "关于名单的公示");
    assert_int_equal(marks[1].level, 2);
    assert_int_equal(marks[1].y, MM(20));
}

static void flow_empty_unit_is_a_blank_page(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    assert_true(measure(sheet, &made, NULL, 0));
    assert_int_equal(layout_pages(sheet->layout), 1);
    assert_int_equal(layout_draw(sheet->layout, 1)->nitem, 0);
}

static void flow_reports_a_character_without_font(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    struct block blocks[] = {text_block("石门\xF4\x8F\xBF\xBD", &style_body)};
    blocks[0].place = (struct place){.file = "公示.yaml", .line = 12};
    assert_false(measure(sheet, &made, blocks, 1));
    const struct finding *finding = findings_at(sheet->findings, 0);
    assert_int_equal(finding->code, FINDING_FONT_NO_GLYPH);
    assert_string_equal(finding->args[1], "U+10FFFD");
    assert_int_equal(finding->place.line, 12);
}

static void flow_notices_a_glyph_the_subset_lacks(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    char text[] = "一";
    const struct block blocks[] = {text_block(text, &style_text)};
    assert_true(measure(sheet, &made, blocks, 1));
    layout_draw(sheet->layout, 1);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
    memcpy(text, "丁", sizeof text); /* what only a bug would do */
    layout_draw(sheet->layout, 1);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), -1);
    assert_true(sheet_has(sheet, FINDING_FONT_GLYPH_MISSED));
}

static void flow_warns_of_broken_words_and_long_titles(void **state)
{
    struct sheet *sheet = *state;
    struct made made;
    GString *word = g_string_new(NULL);
    for (int i = 0; i < 120; i++)
        g_string_append_c(word, (char)('a' + i % 26));
    struct block blocks[] = {text_block(long_text, &title_style),
                             text_block(word->str, &style_body)};
    blocks[0].text.lines_max = 1;
    assert_true(measure(sheet, &made, blocks, 2));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_WORD_BROKEN));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_TITLE_LONG));
    g_string_free(word, TRUE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sheet_setup, sheet_teardown)
    const struct CMUnitTest tests[] = {
        TEST(flow_attaches_a_list_that_does_not_fit),
        TEST(flow_numbers_the_pages_of_each_unit),
        TEST(flow_heads_later_pages_with_continued),
        TEST(flow_never_leaves_the_issuers_alone),
        TEST(flow_keeps_two_lines_of_a_paragraph_together),
        TEST(flow_lets_rows_grow_to_use_the_sheet),
        TEST(flow_fills_each_page_without_moving_a_break),
        TEST(flow_leaves_no_row_of_a_list_alone),
        TEST(flow_repeats_the_head_of_a_group_that_goes_on),
        TEST(flow_reports_a_block_once_for_all_units),
        TEST(flow_sets_short_lists_larger_and_full_ones_smaller),
        TEST(flow_turns_the_page_for_a_section),
        TEST(flow_first_section_makes_no_blank_page),
        TEST(flow_justifies_to_the_measure),
        TEST(flow_draws_nothing_of_invisible_characters),
        TEST(flow_draws_the_same_in_any_order),
        TEST(flow_marks_titles),
        TEST(flow_empty_unit_is_a_blank_page),
        TEST(flow_reports_a_character_without_font),
        TEST(flow_notices_a_glyph_the_subset_lacks),
        TEST(flow_warns_of_broken_words_and_long_titles),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
