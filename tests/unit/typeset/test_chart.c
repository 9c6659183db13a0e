/* Charts: exact axes, patterns that differ, every value written, no word on another. */
#include "typeset/sheet.h"

#include "typeset/chart_axis.h"

enum { SERIES = 3 };

static const char *const columns[] = {"名", "甲", "乙", "丙"};

static const struct text_style chart_style = {
    .role = ROLE_SONG, .size = 10500, .size_min = 8000, .leading = 14000, .align = ALIGN_LEFT};

static const struct chart_series series[SERIES] = {
    {"甲", 1, {FORMAT_PLAIN, 0}}, {"乙", 2, {FORMAT_MONEY, 2}}, {"丙", 3, {FORMAT_PLAIN, 0}}};

struct made {
    struct rowset *rows;
    struct block block;
    struct unit unit;
    struct document document;
};

static struct block chart_block(const struct rowset *rows, enum chart_kind kind, size_t nseries)
{
    return (struct block){.kind = BLOCK_FIGURE,
                          .place = {.file = "t.yaml", .line = 7},
                          .figure = {.kind = FIGURE_CHART,
                                     .height = MM(80),
                                     .align = ALIGN_CENTER,
                                     .text = "图",
                                     .style = &style_head,
                                     .chart = {.kind = kind,
                                               .rows = rows,
                                               .nseries = nseries,
                                               .series = series,
                                               .unit = "单位：户",
                                               .legend = nseries > 1,
                                               .style = &chart_style}}};
}

static void add_row(struct rowset *rows, const char *name, struct value a, struct value b,
                    struct value c)
{
    const struct value row[] = {value_text(name), a, b, c};
    rowset_append(rows, row);
}

static const struct page *draw(struct sheet *sheet, struct made *made)
{
    made->unit = (struct unit){.nblock = 1, .blocks = &made->block};
    made->document = sheet_document(&made->unit, 1);
    assert_true(sheet_measure(sheet, &made->document));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
    return page;
}

/* Count categories; value of i by of(i). */
static struct rowset *rows_of(size_t count, int64_t (*of)(size_t))
{
    struct rowset *rows = rowset_new(G_N_ELEMENTS(columns), columns);
    for (size_t i = 0; i < count; i++) {
        char *name = g_strdup_printf("第%zu村", i + 1);
        add_row(rows, name, value_integer(of(i)), value_real((double)of(i) * 100.5),
                value_integer(of(i) / 2));
        g_free(name);
    }
    return rows;
}

static int64_t zigzag(size_t i)
{
    return (int64_t)(i * 37 % 23) + 3;
}

static int64_t swinging(size_t i)
{
    return i % 2 ? -(int64_t)(3 * i) : (int64_t)(5 * i);
}

static decimal units(const char *text)
{
    decimal number;
    assert_int_equal(decimal_parse(text, &number), DECIMAL_OK);
    return number;
}

static void axis_holds_zero_and_all_values_in_nice_steps(void **state)
{
    (void)state;
    static const struct {
        const char *least, *most, *grain;
        int steps;
        const char *low, *high, *step;
    } cases[] = {
        {"12", "62", "1", 5, "0", "80", "20"},
        {"12", "62", "1", 2, "0", "100", "50"},
        {"0", "3", "1", 6, "0", "3", "1"}, /* never half a household */
        {"0", "3", "0.1", 6, "0", "3", "0.5"},
        {"-5.5", "12.25", "0.01", 6, "-10", "15", "5"},
        {"-7", "-1", "1", 4, "-8", "0", "2"},
        {"-3", "5", "1", 1, "-5", "5", "5"},
        {"0", "0", "1", 5, "0", "1", "1"},
        {"0", "123456789012.34", "0.01", 4, "0", "150000000000", "50000000000"},
        {"0", "0.000003", "0.000001", 6, "0", "0.000003", "0.000001"},
        {"100", "100", "1", 6, "0", "100", "20"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct chart_axis axis = chart_axis_of(units(cases[i].least), units(cases[i].most),
                                                     units(cases[i].grain), cases[i].steps);
        assert_true(axis.low == units(cases[i].low));
        assert_true(axis.high == units(cases[i].high));
        assert_true(axis.step == units(cases[i].step));
        assert_int_equal(chart_axis_place(&axis, axis.low, 1000), 0);
        assert_int_equal(chart_axis_place(&axis, axis.high, 1000), 1000);
    }
}

/* Within a thousandth of what floating point would give, and exact where it matters. */
static void turns_run_clockwise_from_the_top(void **state)
{
    (void)state;
    const int64_t one = (int64_t)1 << 30;
    static const struct {
        int eighths;
        double x, y;
    } cases[] = {{0, 0, -1}, {1, .70710678, -.70710678}, {2, 1, 0},  {3, .70710678, .70710678},
                 {4, 0, 1},  {5, -.70710678, .70710678}, {6, -1, 0}, {7, -.70710678, -.70710678},
                 {8, 0, -1}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t x, y;
        chart_turn(one / 8 * cases[i].eighths, &x, &y);
        assert_in_range((int64_t)(cases[i].x * (double)one) - x + 64, 0, 128);
        assert_in_range((int64_t)(cases[i].y * (double)one) - y + 64, 0, 128);
    }
    for (int64_t turn = 0; turn < one; turn += one / 997) {
        int64_t x, y;
        chart_turn(turn, &x, &y);
        const int64_t square = ((x * x) >> 30) + ((y * y) >> 30);
        assert_in_range(square, one - 64, one + 64);
    }
}

static void grain_is_that_of_the_printed_values(void **state)
{
    (void)state;
    struct rowset *rows = rowset_new(G_N_ELEMENTS(columns), columns);
    add_row(rows, "一", value_integer(3), value_real(1.5), value_real(0.25));
    struct chart chart = {.rows = rows, .nseries = 1, .series = &series[0]};
    assert_true(chart_grain(&chart) == DECIMAL_ONE);
    chart.series = &series[1]; /* money(2) */
    assert_true(chart_grain(&chart) == DECIMAL_ONE / 100);
    chart.series = &series[2]; /* plain decimals */
    assert_true(chart_grain(&chart) == DECIMAL_ONE / 100);
    static const struct chart_series wan = {"万", 2, {FORMAT_WAN, 2}};
    chart.series = &wan;
    assert_true(chart_grain(&chart) == (decimal)100 * DECIMAL_ONE);
    assert_int_equal(chart_tick_format(&chart, (decimal)500000 * DECIMAL_ONE).places, 0);
    assert_int_equal(chart_tick_format(&chart, (decimal)500 * DECIMAL_ONE).places, 2);
    rowset_free(rows);
}

/* Bars of exactly their values: heights in the same ratio, from one ground. */
static void bars_are_as_high_as_their_values(void **state)
{
    struct made made = {.rows = rowset_new(G_N_ELEMENTS(columns), columns)};
    const struct value none = value_null(STATE_EMPTY);
    add_row(made.rows, "甲村", value_integer(10), none, none);
    add_row(made.rows, "乙村", value_integer(40), none, none);
    add_row(made.rows, "丙村", value_integer(0), none, none);
    add_row(made.rows, "丁村", value_null(STATE_SUPPRESSED), none, none);
    made.block = chart_block(made.rows, CHART_BAR, 1);
    const struct page *page = draw(*state, &made);
    const struct page_item *bars[4];
    size_t count = 0;
    for (size_t i = 0; i < page->nitem; i++)
        if (page->items[i].kind == PAGE_PATH && count < 4)
            bars[count++] = &page->items[i];
    assert_int_equal(count, 2); /* nothing for 0 and for what is withheld */
    assert_int_equal(bars[0]->pattern, PATTERN_RISING);
    assert_in_range(bars[1]->h - 4 * bars[0]->h + 4, 0, 8);
    assert_int_equal(bars[0]->y + bars[0]->h, bars[1]->y + bars[1]->h);
    for (const char *const *text = (const char *const[]){"10", "40", "0", "不足3户", "甲村", "丁村",
                                                         "单位：户", "图", NULL};
         *text; text++)
        assert_non_null(page_run(page, *text));
    rowset_free(made.rows);
}

static struct page_item box_of(const struct page_item *text)
{
    struct page_item box = *text;
    box.y = text->y - text->size * 4 / 5;
    box.h = text->size * 4 / 5;                /* from the top of figures to the baseline */
    if (g_str_equal(text->text, "（有误）")) { /* half of either mark is blank */
        box.x += text->size / 2;
        box.w -= text->size;
    }
    return box;
}

static bool overlap(const struct page_item *a, const struct page_item *b)
{
    return a->x + 500 < b->x + b->w && b->x + 500 < a->x + a->w && a->y + 500 < b->y + b->h &&
           b->y + 500 < a->y + a->h;
}

/* No two words of the page stand on one another, none runs over the paper's margins. */
static void assert_legible(const struct page *page, const char *what)
{
    for (size_t i = 0; i < page->nitem; i++) {
        if (page->items[i].kind != PAGE_TEXT)
            continue;
        const struct page_item one = box_of(&page->items[i]);
        if (one.x < MM(20) - 1000 || one.x + one.w > MM(190) + 1000)
            fail_msg("%s: “%s” is off the measure", what, page->items[i].text);
        for (size_t k = i + 1; k < page->nitem; k++) {
            if (page->items[k].kind != PAGE_TEXT)
                continue;
            const struct page_item other = box_of(&page->items[k]);
            if (overlap(&one, &other))
                fail_msg("%s: “%s” and “%s” overlap", what, page->items[i].text,
                         page->items[k].text);
        }
    }
}

/* All kinds, 1 to 30 categories, 1 to 3 series, values that swing and that do not: what is not told
 * as left out is there, and legible. */
static void words_never_overlap(void **state)
{
    struct sheet *sheet = *state;
    static const size_t counts[] = {1, 2, 4, 12, 30};
    for (int kind = CHART_BAR; kind <= CHART_LINE; kind++) {
        for (size_t c = 0; c < G_N_ELEMENTS(counts); c++) {
            for (size_t n = 1; n <= SERIES; n++) {
                for (int lying = 0; lying <= (kind <= CHART_STACKED); lying++) {
                    struct made made = {
                        .rows =
                            rows_of(counts[c], n == 2 && kind != CHART_PIE ? swinging : zigzag)};
                    made.block =
                        chart_block(made.rows, (enum chart_kind)kind, kind == CHART_PIE ? 1 : n);
                    made.block.figure.chart.lying = lying;
                    made.block.figure.width = n == 3 ? MM(120) : 0;
                    char *what = g_strdup_printf("kind %d, %zu categories, %zu series, lying %d",
                                                 kind, counts[c], n, lying);
                    const struct page *page = draw(sheet, &made);
                    if (!sheet_has(sheet, FINDING_LAYOUT_CHART_CROWDED)) {
                        assert_legible(page, what);
                        if (kind == CHART_BAR || kind == CHART_LINE)
                            for (size_t i = 0; i < counts[c]; i++) {
                                struct value value = rowset_at(made.rows, i, 1);
                                GString *text = g_string_new(NULL);
                                format_value(text, series[0].format, &value);
                                if (page_count(page, text->str) == 0)
                                    fail_msg("%s: %s is not written", what, text->str);
                                g_string_free(text, TRUE);
                            }
                    }
                    findings_free(sheet->findings);
                    sheet->findings = findings_new();
                    g_free(what);
                    rowset_free(made.rows);
                }
            }
        }
    }
}

static struct value random_value(GRand *random)
{
    double value = g_rand_double_range(random, -0.3, 1);
    switch (g_rand_int_range(random, 0, 8)) {
    case 0:
        return value_null((enum value_state)g_rand_int_range(random, 1, 5));
    case 1:
        return value_integer(g_rand_int_range(random, -3, 4));
    case 2:
        return value_integer(0);
    default:
        for (int power = g_rand_int_range(random, 0, 13); power > 0; power--)
            value *= 10;
        return value_real(value);
    }
}

/* Anything a ledger may hold, in a box of any size: it ends, needs no glyph that was not gathered,
 * and is legible unless it is told that it is not. */
static void charts_of_anything_are_legible_or_told(void **state)
{
    struct sheet *sheet = *state;
    GRand *random = g_rand_new_with_seed(20261126);
    const char *all = g_getenv("MINGBAI_LONG");
    const int rounds = all && *all ? 1500 : 300;
    for (int round = 0; round < rounds; round++) {
        struct made made = {.rows = rowset_new(G_N_ELEMENTS(columns), columns)};
        const int count = g_rand_int_range(random, 1, 20);
        for (int i = 0; i < count; i++) {
            char *name = g_strdup_printf("%.*s%d", 3 * g_rand_int_range(random, 0, 10),
                                         "石门村第一村民小组移民安置点", i);
            add_row(made.rows, name, random_value(random), random_value(random),
                    random_value(random));
            g_free(name);
        }
        const enum chart_kind kind = (enum chart_kind)g_rand_int_range(random, 0, 4);
        const size_t n = kind == CHART_PIE ? 1 : (size_t)g_rand_int_range(random, 1, 4);
        made.block = chart_block(made.rows, kind, n);
        made.block.figure.chart.lying = kind <= CHART_STACKED && g_rand_boolean(random);
        made.block.figure.width = MM(g_rand_int_range(random, 20, 171));
        made.block.figure.height = MM(g_rand_int_range(random, 10, 240));
        char *what = g_strdup_printf("round %d, kind %d, %d categories", round, kind, count);
        const struct page *page = draw(sheet, &made);
        if (!sheet_has(sheet, FINDING_LAYOUT_CHART_CROWDED))
            assert_legible(page, what);
        g_free(what);
        findings_free(sheet->findings);
        sheet->findings = findings_new();
        rowset_free(made.rows);
    }
    g_rand_free(random);
}

static void crowded_chart_is_told_once(void **state)
{
    struct sheet *sheet = *state;
    struct made made = {.rows = rows_of(60, zigzag)};
    made.block = chart_block(made.rows, CHART_BAR, 3);
    draw(sheet, &made);
    assert_int_equal(findings_count(sheet->findings), 1);
    assert_int_equal(findings_at(sheet->findings, 0)->code, FINDING_LAYOUT_CHART_CROWDED);
    assert_int_equal(findings_at(sheet->findings, 0)->place.line, 7);
    rowset_free(made.rows);
}

/* Slices cover the circle; each is named with its value; the fewest look like a neighbour. */
static void pie_is_cut_by_its_values(void **state)
{
    struct made made = {.rows = rowset_new(G_N_ELEMENTS(columns), columns)};
    const struct value none = value_null(STATE_EMPTY);
    for (size_t i = 0; i < 9; i++) {
        char name[] = {'A', (char)('0' + i), '\0'};
        add_row(made.rows, name, value_integer(i == 0 ? 8 : 1), none, none);
    }
    made.block = chart_block(made.rows, CHART_PIE, 1);
    const struct page *page = draw(*state, &made);
    const struct page_item *slices[16];
    size_t count = 0;
    for (size_t i = 0; i < page->nitem && count < 16; i++)
        if (page->items[i].kind == PAGE_PATH && page->items[i].pattern != PATTERN_NONE)
            slices[count++] = &page->items[i];
    assert_int_equal(count, 9);
    for (size_t i = 0; i < count; i++)
        assert_int_not_equal(slices[i]->pattern, slices[(i + 1) % count]->pattern);
    /* half of the pie: from the top straight down, right of the middle */
    assert_in_range(slices[0]->h - 2 * slices[0]->w + 10, 0, 20);
    assert_non_null(page_run(page, "A0　8"));
    assert_non_null(page_run(page, "A8　1"));
    rowset_free(made.rows);
}

/* A missing value interrupts the line; lines differ in dash and mark. */
static void line_is_interrupted_where_a_value_is_missing(void **state)
{
    struct made made = {.rows = rowset_new(G_N_ELEMENTS(columns), columns)};
    const struct value none = value_null(STATE_EMPTY);
    for (int i = 0; i < 6; i++)
        add_row(made.rows, "年", i == 2 ? none : value_integer(i + 1), value_real(20 - i), none);
    made.block = chart_block(made.rows, CHART_LINE, 2);
    const struct page *page = draw(*state, &made);
    size_t pieces = 0, dashed = 0;
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *item = &page->items[i];
        if (item->kind != PAGE_PATH || item->pattern != PATTERN_NONE)
            continue;
        pieces += item->dash == DASH_NONE;
        dashed += item->dash == DASH_LONG;
        assert_true(item->npoint == 2 || item->npoint == 3 || item->npoint == 6);
    }
    assert_int_equal(pieces, 2);
    assert_int_equal(dashed, 1);
    rowset_free(made.rows);
}

static void chart_is_the_same_twice(void **state)
{
    struct sheet *sheet = *state;
    struct made made = {.rows = rows_of(7, swinging)};
    made.block = chart_block(made.rows, CHART_LINE, 3);
    const struct page *page = draw(sheet, &made);
    struct page_item *first = g_memdup2(page->items, page->nitem * sizeof *first);
    const size_t count = page->nitem;
    page = layout_draw(sheet->layout, 1);
    assert_int_equal(page->nitem, count);
    for (size_t i = 0; i < count; i++)
        assert_memory_equal(&first[i].x, &page->items[i].x, 4 * sizeof(mpt));
    g_free(first);
    rowset_free(made.rows);
}

#define ON_SHEET(test) cmocka_unit_test_setup_teardown(test, sheet_setup, sheet_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axis_holds_zero_and_all_values_in_nice_steps),
        cmocka_unit_test(turns_run_clockwise_from_the_top),
        cmocka_unit_test(grain_is_that_of_the_printed_values),
        ON_SHEET(bars_are_as_high_as_their_values),
        ON_SHEET(words_never_overlap),
        ON_SHEET(charts_of_anything_are_legible_or_told),
        ON_SHEET(crowded_chart_is_told_once),
        ON_SHEET(pie_is_cut_by_its_values),
        ON_SHEET(line_is_interrupted_where_a_value_is_missing),
        ON_SHEET(chart_is_the_same_twice),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
