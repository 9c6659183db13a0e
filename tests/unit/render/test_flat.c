/* Forms with grids in their cells, as rows and columns of a sheet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "base/value.h"
#include "render/xlsx_flat.h"

static const struct text_style style = {.role = ROLE_BODY, .size = 12000, .leading = 16000};

#define TEXT(text_)                                                                                \
    .npart = 1, .style = &style, .parts = (const struct part[])                                    \
    {                                                                                              \
        {                                                                                          \
            .kind = PART_LITERAL, .text = (text_)                                                  \
        }                                                                                          \
    }
#define FIELD(field_)                                                                              \
    .npart = 1, .style = &style, .parts = (const struct part[])                                    \
    {                                                                                              \
        {                                                                                          \
            .kind = PART_FIELD, .field = (field_)                                                  \
        }                                                                                          \
    }
#define CELL(column_, ...)                                                                         \
    {                                                                                              \
        .column = (column_), .colspan = 1, .rowspan = 1, __VA_ARGS__                               \
    }
#define ROW(...)                                                                                   \
    {                                                                                              \
        .ncell = sizeof((const struct cell[]){__VA_ARGS__}) / sizeof(struct cell),                 \
        .cells = (const struct cell[]){__VA_ARGS__}, .height = 20000                               \
    }
#define COLUMN(width_)                                                                             \
    {                                                                                              \
        .name = "", .field = SIZE_MAX, .width = (width_)                                           \
    }

/* No two cells cover the same place, and none stands beside the columns. Draws the texts. */
static char *picture(const struct grid *grid)
{
    const char **places = g_new0(const char *, grid->nfixed * grid->ncolumn);
    GString *out = g_string_new(NULL);

    for (size_t r = 0; r < grid->nfixed; r++) {
        for (size_t i = 0; i < grid->fixed[r].ncell; i++) {
            const struct cell *cell = &grid->fixed[r].cells[i];

            assert_null(cell->grid);
            assert_true(cell->colspan > 0 && cell->rowspan > 0);
            for (size_t y = r; y < r + cell->rowspan; y++) {
                for (size_t x = cell->column; x < (size_t)cell->column + cell->colspan; x++) {
                    assert_true(y < grid->nfixed && x < grid->ncolumn);
                    assert_null(places[y * grid->ncolumn + x]);
                    places[y * grid->ncolumn + x] = cell->npart ? cell->parts[0].text : "-";
                }
            }
        }
    }
    for (size_t r = 0; r < grid->nfixed; r++)
        for (size_t c = 0; c < grid->ncolumn; c++)
            g_string_append_printf(
                out, "%s%s", places[r * grid->ncolumn + c] ? places[r * grid->ncolumn + c] : ".",
                c + 1 < grid->ncolumn ? " " : "\n");
    g_free(places);
    return g_string_free(out, FALSE);
}

static void assert_flat(const struct grid *grid, const char *expected)
{
    struct arena *arena = arena_new();
    const struct block block = {.kind = BLOCK_GRID, .grid = *grid};
    const struct block *flat = block_flat(arena, &block);
    char *drawn = picture(&flat->grid);
    mpt width = 0, before = 0;

    assert_string_equal(drawn, expected);
    for (size_t i = 0; i < flat->grid.ncolumn; i++)
        width += flat->grid.columns[i].width;
    for (size_t i = 0; i < grid->ncolumn; i++)
        before += grid->columns[i].width;
    assert_int_equal(width, before);
    g_free(drawn);
    arena_free(arena);
}

static const struct column halves[] = {COLUMN(100000), COLUMN(200000)};
static const struct column inner_columns[] = {COLUMN(50000), COLUMN(150000)};

static void flat_leaves_other_blocks_alone(void **state)
{
    const struct row rows[] = {ROW(CELL(0, TEXT("甲")), CELL(1, TEXT("乙")))};
    const struct block block = {
        .kind = BLOCK_GRID, .grid = {.ncolumn = 2, .columns = halves, .nfixed = 1, .fixed = rows}};
    const struct block text = {.kind = BLOCK_TEXT};
    struct arena *arena = arena_new();

    (void)state;
    assert_ptr_equal(block_flat(arena, &block), &block);
    assert_ptr_equal(block_flat(arena, &text), &text);
    arena_free(arena);
}

static void flat_parts_columns_and_rows(void **state)
{
    const struct row inner_rows[] = {ROW(CELL(0, TEXT("子")), CELL(1, TEXT("丑"))),
                                     ROW(CELL(0, TEXT("寅")), CELL(1, TEXT("卯")))};
    const struct grid inner = {
        .ncolumn = 2, .columns = inner_columns, .nfixed = 2, .fixed = inner_rows};
    const struct row rows[] = {ROW(CELL(0, TEXT("甲")), CELL(1, .style = &style, .grid = &inner)),
                               ROW(CELL(0, TEXT("乙")), CELL(1, TEXT("丙")))};
    const struct grid grid = {.ncolumn = 2, .columns = halves, .nfixed = 2, .fixed = rows};

    (void)state;
    assert_flat(&grid, "甲 子 丑\n甲 寅 卯\n乙 丙 丙\n");
}

/* Several grids beside and below one another share edges that are a millimetre apart. */
static void flat_joins_edges_that_are_near(void **state)
{
    const struct column near[] = {COLUMN(52000), COLUMN(148000)};
    const struct column far[] = {COLUMN(150000), COLUMN(50000)};
    const struct row one[] = {ROW(CELL(0, TEXT("子")), CELL(1, TEXT("丑")))};
    const struct grid first = {.ncolumn = 2, .columns = inner_columns, .nfixed = 1, .fixed = one};
    const struct grid second = {.ncolumn = 2, .columns = near, .nfixed = 1, .fixed = one};
    const struct grid third = {.ncolumn = 2, .columns = far, .nfixed = 1, .fixed = one};
    const struct row rows[] = {ROW(CELL(0, TEXT("甲")), CELL(1, .style = &style, .grid = &first)),
                               ROW(CELL(0, TEXT("乙")), CELL(1, .style = &style, .grid = &second)),
                               ROW(CELL(0, TEXT("丙")), CELL(1, .style = &style, .grid = &third))};
    const struct grid grid = {.ncolumn = 2, .columns = halves, .nfixed = 3, .fixed = rows};

    (void)state;
    assert_flat(&grid, "甲 子 丑 丑\n乙 子 丑 丑\n丙 子 子 丑\n");
}

static void flat_reaches_down_beside_longer_grids(void **state)
{
    const struct row three[] = {ROW(CELL(0, TEXT("子")), CELL(1, TEXT("丑"))),
                                ROW(CELL(0, TEXT("寅")), CELL(1, TEXT("卯"))),
                                ROW(CELL(0, TEXT("辰")), CELL(1, TEXT("巳")))};
    const struct grid inner = {.ncolumn = 2,
                               .columns = inner_columns,
                               .nfixed = 3,
                               .fixed = three,
                               .side = "旁",
                               .side_style = &style,
                               .side_width = 20000};
    const struct grid shorter = {
        .ncolumn = 2, .columns = inner_columns, .nfixed = 1, .fixed = three};
    const struct column columns[] = {COLUMN(100000), COLUMN(200000), COLUMN(200000)};
    /* the first grid stands beside two rows, and needs three */
    const struct row rows[] = {
        ROW(CELL(0, TEXT("甲")),
            {.column = 1, .colspan = 1, .rowspan = 2, .style = &style, .grid = &inner},
            CELL(2, TEXT("乙"))),
        ROW(CELL(0, TEXT("丙")), CELL(2, .style = &style, .grid = &shorter))};
    const struct grid grid = {.ncolumn = 3, .columns = columns, .nfixed = 2, .fixed = rows};

    (void)state;
    assert_flat(&grid, "甲 旁 子 丑 乙 乙\n丙 旁 寅 卯 子 丑\n丙 旁 辰 巳 子 丑\n");
}

static void flat_keeps_every_value_of_an_inner_table(void **state)
{
    static const char *const names[] = {"姓名", "人口"};
    const struct column table_columns[] = {{.name = "姓名", .field = 0},
                                           {.name = "人口", .field = 1}};
    const struct row head[] = {ROW(CELL(0, TEXT("姓名")), CELL(1, TEXT("人口")))};
    const struct row detail = ROW(CELL(0, FIELD(0)), CELL(1, FIELD(1)));
    const struct part sum[] = {{.kind = PART_SUM, .field = 1}};
    const struct row total[] = {
        ROW(CELL(0, TEXT("合计")), CELL(1, .npart = 1, .parts = sum, .style = &style))};
    struct rowset *data = rowset_new(2, names);
    const struct value one[] = {value_text("张"), value_integer(4)};
    const struct value other[] = {value_text("李"), value_integer(3)};
    struct grid table = {.ncolumn = 2,
                         .columns = table_columns,
                         .nhead = 1,
                         .head = head,
                         .rows = data,
                         .detail = &detail,
                         .fill = 3,
                         .ntotal = 1,
                         .totals = total,
                         .empty = "无",
                         .empty_style = &style};
    const struct row rows[] = {ROW(CELL(0, TEXT("甲")), CELL(1, .style = &style, .grid = &table))};
    const struct grid grid = {.ncolumn = 2, .columns = halves, .nfixed = 1, .fixed = rows};

    (void)state;
    table.ntotal = 0;
    table.fill = 0;
    assert_flat(&grid, "甲 姓名 人口\n甲 无 无\n");
    rowset_append(data, one);
    rowset_append(data, other);
    table.ntotal = 1;
    table.fill = 3;
    assert_flat(&grid, "甲 姓名 人口\n甲 张 4\n甲 李 3\n甲 - -\n甲 合计 7\n");
    rowset_free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flat_leaves_other_blocks_alone),
        cmocka_unit_test(flat_parts_columns_and_rows),
        cmocka_unit_test(flat_joins_edges_that_are_near),
        cmocka_unit_test(flat_reaches_down_beside_longer_grids),
        cmocka_unit_test(flat_keeps_every_value_of_an_inner_table),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("flat", tests, NULL, NULL);
}
