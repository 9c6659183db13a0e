/* Tests of the workbook renderer: what stands in the sheets' XML. */
#include "render/sample_document.h"

#define SHEET(number) "xl/worksheets/sheet" #number ".xml"

/* One part of the workbook, unpacked by python3's zipfile; g_free() it. */
static char *part(struct sandbox *box, const char *name)
{
    char *path = g_strconcat(box->stem, ".xlsx", NULL), *text = NULL;
    char *argv[] = {
        (char *)"python3",
        (char *)"-c",
        (char *)"import sys, zipfile\n"
                "sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))",
        path,
        (char *)name,
        NULL};
    int status;

    assert_true(g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL,
                             &status, NULL));
    assert_int_equal(status, 0);
    g_free(path);
    return text;
}

static int render_blocks(struct sandbox *box, const struct block *blocks, size_t nblock)
{
    const struct unit unit = {.name = "石门村", .nblock = nblock, .blocks = blocks};
    const struct document document = sample_document(&unit, 1);

    return sandbox_render(box, &render_xlsx, &document);
}

/* Renders the blocks and returns a part; nothing may be found. */
static char *rendered(struct sandbox *box, const struct block *blocks, size_t nblock,
                      const char *name)
{
    assert_int_equal(render_blocks(box, blocks, nblock), 0);
    assert_int_equal(findings_count(box->findings), 0);
    return part(box, name);
}

static char *rendered_grid(struct sandbox *box, struct grid grid, const char *name)
{
    const struct block block = grid_block(grid);

    return rendered(box, &block, 1, name);
}

static void assert_contains(const char *text, const char *wanted)
{
    if (!strstr(text, wanted))
        fail_msg("lacks: %s\nin:\n%s", wanted, text);
}

static void assert_lacks(const char *text, const char *unwanted)
{
    if (strstr(text, unwanted))
        fail_msg("holds: %s\nin:\n%s", unwanted, text);
}

/* The cell as written: from <c r="A1" to the next <c or </row>. g_free() it. */
static char *cell(const char *sheet, const char *name)
{
    char *start = g_strdup_printf("<c r=\"%s\"", name);
    const char *at = strstr(sheet, start), *end;

    g_free(start);
    if (!at)
        fail_msg("no cell %s in:\n%s", name, sheet);
    end = strstr(at, "/>");
    if (strchr(at, '>') < end)
        end = strstr(at, "</c>");
    return g_strndup(at, (size_t)(end - at));
}

static void assert_cell(const char *sheet, const char *name, const char *wanted)
{
    char *text = cell(sheet, name);

    assert_contains(text, wanted);
    g_free(text);
}

static void xlsx_writes_texts_as_strings(void **state)
{
    struct rowset *rows = sample_rows();
    char *sheet = rendered_grid(*state, sample_grid(rows), SHEET(1)), *strings;

    for (const char *const *name = (const char *const[]){"B3", "C3", "B4", "F3", "G3", NULL}; *name;
         name++)
        assert_cell(sheet, *name, " t=\"s\"");
    assert_lacks(sheet, "<f>=");
    g_free(sheet);
    strings = part(*state, "xl/sharedStrings.xml");
    assert_contains(strings, "<t>=李海</t>");
    assert_contains(strings, "<t>990101198001010014</t>");
    assert_contains(strings, "<t>2018年7月5日</t>");
    assert_contains(strings, "<t>2018年7月</t>");
    assert_contains(strings, "<t>√</t>");
    assert_contains(strings, "<t>×</t>");
    g_free(strings);
    rowset_free(rows);
}

static void xlsx_writes_numbers_as_numbers(void **state)
{
    struct rowset *rows = sample_rows();
    char *sheet = rendered_grid(*state, sample_grid(rows), SHEET(1)), *styles;

    assert_cell(sheet, "A3", "><v>1</v>");
    assert_cell(sheet, "D5", "><v>6</v>");
    assert_cell(sheet, "E4", "><v>12067.805</v>");
    g_free(sheet);
    styles = part(*state, "xl/styles.xml");
    assert_contains(styles, "formatCode=\"#,##0.00\"");
    assert_contains(styles, "formatCode=\"0\"");
    assert_contains(styles, "<name val=\"宋体\"/>");
    assert_contains(styles, "<name val=\"黑体\"/>");
    g_free(styles);
    rowset_free(rows);
}

static void xlsx_totals_are_formulas_with_exact_values(void **state)
{
    struct rowset *rows = sample_rows();
    char *sheet = rendered_grid(*state, sample_grid(rows), SHEET(1));

    assert_cell(sheet, "D8", "<f>ROUND(SUM(D3:D7),0)</f><v>16</v>");
    assert_cell(sheet, "E8", "<f>ROUND(SUM(E3:E7),2)</f><v>32865.41</v>");
    g_free(sheet);
    rowset_free(rows);
}

static const struct row scaled_detail =
    ROW(CELL(3, body_style, {.kind = PART_FIELD, .field = INCOME, .format = {FORMAT_CAPITAL, 0}}),
        CELL(4, body_style, {.kind = PART_FIELD, .field = INCOME, .format = {FORMAT_MONEY, 2}}),
        CELL(6, body_style, {.kind = PART_FIELD, .field = INCOME, .format = {FORMAT_WAN, 1}}));
static const struct row scaled_total =
    ROW(CELL(3, body_style, {.kind = PART_SUM, .field = INCOME, .format = {FORMAT_CAPITAL, 0}}),
        CELL(4, body_style, {.kind = PART_SUM, .field = INCOME, .format = {FORMAT_MONEY, 2}}),
        CELL(6, body_style, {.kind = PART_SUM, .field = INCOME, .format = {FORMAT_WAN, 1}}));

/* 大写 and 万元 beside 元 of the same field: each total speaks of its own column. */
static void xlsx_scaled_totals_round_once_and_find_their_column(void **state)
{
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    char *sheet, *strings;

    grid.detail = &scaled_detail;
    grid.totals = &scaled_total;
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_cell(sheet, "G3", "><v>0.94123</v>");
    assert_cell(sheet, "E8", "<f>ROUND(SUM(E3:E7),2)</f><v>32865.41</v>");
    assert_cell(sheet, "G8", "<f>ROUND(SUM(G3:G7),1)</f><v>3.3</v>"); /* 0.9 + 1.2 + 1.1: 3.2 */
    assert_cell(sheet, "D3", " t=\"s\"");
    g_free(sheet);
    strings = part(*state, "xl/sharedStrings.xml");
    assert_contains(strings, "<t>玖仟肆佰壹拾贰元叁角</t>");
    assert_contains(strings, "<t>叁万贰仟捌佰陆拾伍元肆角壹分</t>");
    g_free(strings);
    rowset_free(rows);
}

static void xlsx_total_first_sums_the_rows_below(void **state)
{
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    char *sheet;

    grid.total_first = true;
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_cell(sheet, "E3", "<f>ROUND(SUM(E4:E8),2)</f><v>32865.41</v>");
    assert_lacks(sheet, "<autoFilter");
    g_free(sheet);
    rowset_free(rows);
}

static void xlsx_total_over_invalid_values_says_so(void **state)
{
    struct rowset *rows = sample_rows();
    const struct value bad = value_null(STATE_INVALID);
    char *sheet, *styles;

    rowset_replace(rows, 1, INCOME, &bad);
    sheet = rendered_grid(*state, sample_grid(rows), SHEET(1));
    assert_cell(sheet, "E4", " t=\"s\"");
    assert_cell(sheet, "E8", "<v>20797.6</v>");
    g_free(sheet);
    styles = part(*state, "xl/styles.xml");
    assert_contains(styles, "formatCode=\"#,##0.00&quot;（1项有误未计）&quot;\"");
    assert_contains(styles, "<fgColor rgb=\"FFFFC7CE\"/>");
    g_free(styles);
    rowset_free(rows);
}

static void xlsx_null_states_read_as_on_paper(void **state)
{
    struct rowset *rows = sample_rows();
    const struct value none = value_null(STATE_NONE), empty = value_null(STATE_EMPTY);
    char *sheet, *strings;

    rowset_replace(rows, 0, INCOME, &none);
    rowset_replace(rows, 1, INCOME, &empty);
    sheet = rendered_grid(*state, sample_grid(rows), SHEET(1));
    assert_cell(sheet, "E3", " t=\"s\"");
    assert_contains(sheet, "<c r=\"E4\" s=");
    assert_lacks(sheet, "<c r=\"E4\" s=\"8\" t");
    g_free(sheet);
    strings = part(*state, "xl/sharedStrings.xml");
    assert_contains(strings, "<t>无</t>");
    g_free(strings);
    rowset_free(rows);
}

static void xlsx_heads_merge_freeze_and_filter(void **state)
{
    struct rowset *rows = sample_rows();
    char *sheet = rendered_grid(*state, sample_grid(rows), SHEET(1)), *book;

    assert_contains(sheet, "<mergeCell ref=\"A1:A2\"/>");
    assert_contains(sheet, "<mergeCell ref=\"B1:C1\"/>");
    assert_contains(sheet, "<mergeCell ref=\"A8:C8\"/>");
    assert_contains(sheet, "<pane ySplit=\"2\" topLeftCell=\"A3\"");
    assert_contains(sheet, "<autoFilter ref=\"A2:G7\"/>");
    assert_contains(sheet, "<c r=\"A2\" s=");
    g_free(sheet);
    book = part(*state, "xl/workbook.xml");
    assert_contains(book, "!$1:$2</definedName>");
    g_free(book);
    rowset_free(rows);
}

static void xlsx_groups_are_merged_lines_left_out_of_totals(void **state)
{
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    char *sheet, *strings;

    grid.groups = &(struct group){.by = GROUP, .head = &sample_group};
    grid.ngroup = 1;
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_contains(sheet, "<mergeCell ref=\"A3:D3\"/>");
    assert_contains(sheet, "<mergeCell ref=\"A6:D6\"/>");
    assert_cell(sheet, "E3", " t=\"s\"");
    assert_cell(sheet, "E10", "<f>ROUND(SUM(E4:E9),2)</f><v>32865.41</v>");
    assert_lacks(sheet, "<autoFilter");
    g_free(sheet);
    strings = part(*state, "xl/sharedStrings.xml");
    assert_contains(strings, "<t>2户7人</t>");
    assert_contains(strings, "<t>3户9人</t>");
    g_free(strings);
    rowset_free(rows);
}

static void xlsx_fills_marked_cells(void **state)
{
    static const struct cell_mark marks[] = {{1, 2}, {1, 3}, {4, 4}};
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    char *sheet = rendered_grid(*state, grid, SHEET(1)), *plain, *filled;

    plain = cell(sheet, "D4");
    g_free(sheet);
    grid.marks = marks;
    grid.nmark = G_N_ELEMENTS(marks);
    sheet = rendered_grid(*state, grid, SHEET(1));
    filled = cell(sheet, "D4");
    assert_string_not_equal(plain, filled); /* another format */
    assert_cell(sheet, "D4", "<v>3</v>");   /* the same number */
    g_free(filled);
    g_free(plain);
    g_free(sheet);
    sheet = part(*state, "xl/styles.xml");
    assert_contains(sheet, "FFFFC7CE");
    g_free(sheet);
    rowset_free(rows);
}

static void xlsx_breaks_pages_and_totals_them(void **state)
{
    const struct row subtotal =
        ROW(WIDE(0, 3, 1, head_style, LITERAL("本页小计")),
            CELL(4, body_style, {.kind = PART_SUM, .field = INCOME, .format = {FORMAT_MONEY, 2}}));
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    char *sheet;

    grid.rows_per_page = 2;
    grid.page_rows[PAGE_ROW_SUBTOTAL] = &subtotal;
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_contains(sheet, "<rowBreaks count=\"2\" manualBreakCount=\"2\">");
    assert_contains(sheet, "<brk id=\"5\"");
    assert_cell(sheet, "E5", "<f>ROUND(SUM(E3:E4),2)</f><v>21480.11</v>");
    assert_cell(sheet, "E11", "<f>ROUND(SUM(E3:E4,E6:E7,E9),2)</f><v>32865.41</v>");
    g_free(sheet);
    rowset_free(rows);
}

static void xlsx_cannot_hold_too_many_breaks(void **state)
{
    struct sandbox *box = *state;
    struct rowset *rows = rowset_new(FIELDS, field_names);
    struct grid grid = sample_grid(rows);
    struct block block;
    struct value row[FIELDS];
    char *sheet;

    for (size_t i = 0; i < FIELDS; i++)
        row[i] = value_integer(1);
    for (size_t i = 0; i < 1100; i++)
        rowset_append(rows, row);
    grid.rows_per_page = 1;
    block = grid_block(grid);
    assert_int_equal(render_blocks(box, &block, 1), 0);
    sheet = part(box, SHEET(1));
    assert_lacks(sheet, "<rowBreaks");
    assert_int_equal(findings_count(box->findings), 1);
    assert_int_equal(findings_at(box->findings, 0)->code, FINDING_RENDER_BREAKS);
    g_free(sheet);
    rowset_free(rows);
}

static void xlsx_merges_cells_that_say_the_same(void **state)
{
    const struct row merging = ROW({.column = 0,
                                    .colspan = 1,
                                    .rowspan = 1,
                                    .style = &body_style,
                                    .merge = true,
                                    PARTS({.kind = PART_FIELD, .field = GROUP})},
                                   CELL(1, body_style, {.kind = PART_FIELD, .field = NAME}));
    const struct row diagonal = ROW({.column = 0,
                                     .colspan = 1,
                                     .rowspan = 1,
                                     .style = &head_style,
                                     .diagonal = 2,
                                     PARTS(LITERAL("姓名\n项目"))});
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    char *sheet, *styles;

    grid.detail = &merging;
    grid.head = &diagonal;
    grid.nhead = 1;
    grid.ntotal = 0;
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_contains(sheet, "<mergeCell ref=\"A2:A3\"/>");
    assert_contains(sheet, "<mergeCell ref=\"A4:A6\"/>");
    g_free(sheet);
    styles = part(*state, "xl/styles.xml");
    assert_contains(styles, "diagonalDown=\"1\"");
    g_free(styles);
    rowset_free(rows);
}

static void xlsx_texts_are_merged_over_the_grid(void **state)
{
    struct rowset *rows = sample_rows();
    const struct block blocks[] = {text_block("花名册", &title_style),
                                   text_block("第一段\n第二段", &prose_style),
                                   grid_block(sample_grid(rows))};
    char *sheet = rendered(*state, blocks, G_N_ELEMENTS(blocks), SHEET(1)), *strings;

    assert_contains(sheet, "<mergeCell ref=\"A1:G1\"/>");
    assert_contains(sheet, "<mergeCell ref=\"A3:G3\"/>");
    assert_cell(sheet, "A4", " t=\"s\"");
    g_free(sheet);
    strings = part(*state, "xl/sharedStrings.xml");
    assert_contains(strings, "　　第二段</t>");
    g_free(strings);
    rowset_free(rows);
}

static void xlsx_attached_blocks_are_left_out(void **state)
{
    struct block blocks[] = {text_block("名单如下", &prose_style),
                             text_block("附件：名单", &prose_style)};
    char *strings;

    blocks[0].variant = VARIANT_INLINE;
    blocks[1].variant = VARIANT_ATTACHED;
    strings = rendered(*state, blocks, G_N_ELEMENTS(blocks), "xl/sharedStrings.xml");
    assert_contains(strings, "名单如下");
    assert_lacks(strings, "附件");
    g_free(strings);
}

static void xlsx_sections_are_sheets_with_legal_names(void **state)
{
    const struct block blocks[] = {
        section_block("户", false),
        text_block("甲", &body_style),
        section_block("收入[元]/人:?*", true),
        text_block("乙", &body_style),
        section_block("户", false),
        text_block("丙", &body_style),
        section_block("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四",
                      false)};
    char *book = rendered(*state, blocks, G_N_ELEMENTS(blocks), "xl/workbook.xml"), *sheet;

    assert_contains(book, "<sheet name=\"户\" ");
    assert_contains(book, "<sheet name=\"收入元人\" ");
    assert_contains(book, "<sheet name=\"户（2）\" ");
    assert_contains(
        book, "<sheet name=\"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一\" ");
    g_free(book);
    sheet = part(*state, SHEET(2));
    assert_contains(sheet, "orientation=\"landscape\"");
    g_free(sheet);
}

static void xlsx_drop_downs_short_and_long(void **state)
{
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    struct column columns[G_N_ELEMENTS(sample_columns)];
    const char *many[21] = {0};
    char *sheet, *book;

    memcpy(columns, sample_columns, sizeof(columns));
    for (size_t i = 0; i < 20;
         i++) /* 99 characters but 259 bytes: too many for libxlsxwriter's buffer */
        many[i] = "之外孙子";
    columns[1].choices = many;
    grid.columns = columns;
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_contains(sheet, "sqref=\"F3:F7\"><formula1>\"是,否\"</formula1>");
    assert_contains(sheet, "sqref=\"B3:B7\"><formula1>'选项'!$A$1:$T$1</formula1>");
    g_free(sheet);
    book = part(*state, "xl/workbook.xml");
    assert_contains(book, "<sheet name=\"选项\" sheetId=\"2\" state=\"hidden\"");
    g_free(book);
    rowset_free(rows);
}

static void xlsx_prints_one_page_wide_with_footer_and_note(void **state)
{
    struct rowset *rows = sample_rows();
    char *sheet = rendered_grid(*state, sample_grid(rows), SHEET(1)), *core;

    assert_contains(sheet, "<pageSetUpPr fitToPage=\"1\"/>");
    assert_contains(sheet, "<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"portrait\"");
    assert_contains(sheet, "&amp;C第 &amp;P 页　共 &amp;N 页&amp;R内部资料");
    g_free(sheet);
    core = part(*state, "docProps/core.xml");
    assert_contains(core, "<dc:title>石门村花名册</dc:title>");
    assert_contains(core, "<dc:creator>石门村村民委员会</dc:creator>");
    assert_contains(core, "<cp:keywords>内部资料</cp:keywords>");
    assert_contains(core, ">2000-01-01T00:00:00Z</dcterms:created>");
    g_free(core);
    rowset_free(rows);
}

static void xlsx_footer_of_the_page_is_used(void **state)
{
    const struct unit unit = {0};
    struct document document = sample_document(&unit, 1);
    char *sheet;

    document.page.header = (struct page_band){
        .parts = {[BAND_LEFT] = "石门村", [BAND_RIGHT] = "{节}"}, .style = &body_style};
    document.page.footer =
        (struct page_band){.parts = {[BAND_CENTER] = "R&D {页}/{页数}"}, .style = &body_style};
    document.note = NULL;
    assert_int_equal(sandbox_render(*state, &render_xlsx, &document), 0);
    sheet = part(*state, SHEET(1));
    assert_contains(sheet, "<oddHeader>&amp;L石门村&amp;R&amp;A</oddHeader>");
    assert_contains(sheet, "<oddFooter>&amp;CR&amp;&amp;D &amp;P/&amp;N</oddFooter>");
    g_free(sheet);
}

static void xlsx_side_label_is_one_merged_column(void **state)
{
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    char *sheet, *styles;

    grid.side = "收入";
    grid.side_style = &head_style;
    grid.side_width = 20000;
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_contains(sheet, "<mergeCell ref=\"A1:A8\"/>");
    assert_cell(sheet, "E5", "><v>6</v>");
    assert_cell(sheet, "E8", "<f>ROUND(SUM(E3:E7),0)</f>");
    g_free(sheet);
    styles = part(*state, "xl/styles.xml");
    assert_contains(styles, "textRotation=\"255\"");
    g_free(styles);
    rowset_free(rows);
}

static void xlsx_narrow_grids_share_the_wide_ones_columns(void **state)
{
    static const struct column two[] = {{.name = "甲", .field = SIZE_MAX, .weight = 1},
                                        {.name = "乙", .field = SIZE_MAX, .weight = 1}};
    const struct row row = ROW(CELL(0, center_style, LITERAL("中共石门村支部委员会")),
                               CELL(1, center_style, LITERAL("石门村村民委员会")));
    struct rowset *rows = sample_rows();
    const struct grid issuers = {
        .ncolumn = 2, .columns = two, .nfixed = 1, .fixed = &row, .rules = RULES_NONE};
    const struct block blocks[] = {grid_block(sample_grid(rows)), grid_block(issuers)};
    char *sheet = rendered(*state, blocks, 2, SHEET(1));
    const char *at = strstr(sheet, "ref=\"A9:");

    assert_non_null(at);
    assert_true(at[8] >= 'B' && at[8] <= 'E'); /* somewhere in the middle */
    assert_contains(sheet, ":G9\"/>");
    g_free(sheet);
    rowset_free(rows);
}

/* Five invented households in count columns as wide as wide; g_free() the columns and the cells. */
struct many {
    struct column *columns;
    struct cell *cells;
    struct part *parts;
    struct row row;
    struct grid grid;
};

static void many_open(struct many *many, const struct rowset *rows, size_t count, mpt wide)
{
    *many = (struct many){g_new0(struct column, count),
                          g_new0(struct cell, count),
                          g_new0(struct part, count),
                          {0},
                          {0}};
    for (size_t i = 0; i < count; i++) {
        many->columns[i] =
            (struct column){.name = i == 1 ? "户主姓名" : "列", .width = wide, .field = NAME};
        many->parts[i] = (struct part){.kind = PART_FIELD, .field = NAME};
        many->cells[i] = (struct cell){.column = (uint16_t)i,
                                       .colspan = 1,
                                       .rowspan = 1,
                                       .npart = 1,
                                       .parts = &many->parts[i],
                                       .style = &body_style};
    }
    many->row = (struct row){.ncell = count, .cells = many->cells};
    many->grid = (struct grid){.ncolumn = count,
                               .columns = many->columns,
                               .nhead = 1,
                               .head = &many->row,
                               .rows = rows,
                               .detail = &many->row};
}

static void many_close(struct many *many)
{
    g_free(many->columns);
    g_free(many->cells);
    g_free(many->parts);
}

static void xlsx_wide_sheets_go_to_a3(void **state)
{
    struct rowset *rows = sample_rows();
    struct many many;
    char *sheet;

    many_open(&many, rows, 10, (mpt)(28 * MPT_PER_MM)); /* 280 mm on 170: 6.4 pt; on 257: 9.6 pt */
    sheet = rendered_grid(*state, many.grid, SHEET(1));
    assert_contains(sheet, "<pageSetup paperSize=\"8\" fitToHeight=\"0\"");
    g_free(sheet);
    many_close(&many);
    rowset_free(rows);
}

static void xlsx_wider_sheets_take_pages_with_names_repeated(void **state)
{
    struct rowset *rows = sample_rows();
    struct many many;
    struct block blocks[2];
    char *sheet, *book;

    many_open(&many, rows, 20, (mpt)(28 * MPT_PER_MM)); /* 560 mm on 257 */
    blocks[0] = text_block("花名册", &title_style);
    blocks[1] = grid_block(many.grid);
    sheet = rendered(*state, blocks, 2, SHEET(1));
    assert_contains(sheet, "<pageSetup paperSize=\"8\" fitToWidth=\"2\" fitToHeight=\"0\"");
    assert_contains(sheet, "<mergeCell ref=\"A1:K1\"/>"); /* over the first page only */
    g_free(sheet);
    book = part(*state, "xl/workbook.xml");
    assert_contains(book, "!$A:$B,");
    g_free(book);
    many_close(&many);
    rowset_free(rows);
}

static double column_width(const char *sheet, int number)
{
    char *start = g_strdup_printf("<col min=\"%d\"", number);
    const char *at = strstr(strstr(sheet, start), "width=\"");

    g_free(start);
    return g_ascii_strtod(at + strlen("width=\""), NULL);
}

static void xlsx_empty_cells_do_not_narrow_a_column(void **state)
{
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    struct column columns[G_N_ELEMENTS(sample_columns)];
    const struct value empty = value_null(STATE_EMPTY), words = value_text("2025年整户搬迁到集镇");
    char *sheet;

    memcpy(columns, sample_columns, sizeof(columns));
    columns[1].weight = 1;
    grid.columns = columns;
    for (size_t row = 0; row < 5; row++)
        rowset_replace(rows, row, DAY, row == 2 ? &words : &empty);
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_true(column_width(sheet, 7) > 20);
    g_free(sheet);
    rowset_free(rows);
}

static void xlsx_fill_rows_and_empty_line(void **state)
{
    struct rowset *rows = rowset_new(FIELDS, field_names);
    struct grid grid = sample_grid(rows);
    char *sheet;

    grid.empty = "本期无";
    grid.empty_style = &center_style;
    grid.ntotal = 0;
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_contains(sheet, "<mergeCell ref=\"A3:G3\"/>");
    assert_cell(sheet, "A3", " t=\"s\"");
    assert_lacks(sheet, "<autoFilter");
    g_free(sheet);
    grid.empty = NULL;
    grid.fill = 3;
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_contains(sheet, "<c r=\"G5\" s=");
    assert_lacks(sheet, "<row r=\"6\"");
    g_free(sheet);
    rowset_free(rows);
}

static double row_height(const char *sheet, int number)
{
    char *start = g_strdup_printf("<row r=\"%d\"", number);
    const char *at = strstr(strstr(sheet, start), " ht=\"");

    g_free(start);
    return g_ascii_strtod(at + strlen(" ht=\""), NULL);
}

static void xlsx_long_text_gets_a_high_row(void **state)
{
    struct rowset *rows = sample_rows();
    GString *words = g_string_new(NULL);
    struct value value;
    char *sheet;

    for (int i = 0; i < 100; i++)
        g_string_append(words, "患高血压，");
    value = value_text(words->str);
    rowset_replace(rows, 0, NAME, &value);
    sheet = rendered_grid(*state, sample_grid(rows), SHEET(1));
    assert_true(row_height(sheet, 3) > 60);
    assert_true(row_height(sheet, 4) < 25);
    g_free(sheet);
    g_string_free(words, TRUE);
    rowset_free(rows);
}

static void xlsx_cells_over_several_rows_make_all_of_them_high(void **state)
{
    static const struct column columns[] = {{.name = "", .field = SIZE_MAX, .text = true},
                                            {.name = "", .field = SIZE_MAX, .text = true}};
    const struct row fixed[] = {ROW({.column = 0,
                                     .colspan = 1,
                                     .rowspan = 3,
                                     .style = &head_style,
                                     .vertical = true,
                                     PARTS(LITERAL("基本情况和家庭成员"))},
                                    CELL(1, head_style, LITERAL("甲"))),
                                ROW(CELL(1, head_style, LITERAL("乙"))),
                                ROW(CELL(1, head_style, LITERAL("丙"))),
                                ROW({.column = 0,
                                     .colspan = 2,
                                     .rowspan = 1,
                                     .style = &head_style,
                                     .lines = 3,
                                     PARTS(LITERAL("备注"))})};
    const struct grid grid = {.ncolumn = 2, .columns = columns, .nfixed = 4, .fixed = fixed};
    char *sheet = rendered_grid(*state, grid, SHEET(1));

    for (int row = 1; row <= 3; row++)
        assert_true(row_height(sheet, row) > 9 * head_style.size / 1000.0 * 1.4 / 3);
    assert_true(row_height(sheet, 4) > 3 * 25); /* three lines of 9 mm */
    g_free(sheet);
}

static void xlsx_inner_grids_become_rows_and_columns(void **state)
{
    static const struct column columns[] = {{.name = "", .field = SIZE_MAX, .width = 100000},
                                            {.name = "", .field = SIZE_MAX, .width = 200000}};
    static const struct column inner_columns[] = {{.name = "", .field = SIZE_MAX, .width = 50000},
                                                  {.name = "", .field = SIZE_MAX, .width = 150000}};
    const struct row two[] = {
        ROW(CELL(0, head_style, LITERAL("子")), CELL(1, head_style, LITERAL("丑"))),
        ROW(CELL(0, head_style, LITERAL("寅")), CELL(1, head_style, LITERAL("卯")))};
    const struct grid inner = {.ncolumn = 2, .columns = inner_columns, .nfixed = 2, .fixed = two};
    const struct row fixed[] = {
        ROW(CELL(0, head_style, LITERAL("甲")),
            {.column = 1, .colspan = 1, .rowspan = 1, .style = &head_style, .grid = &inner}),
        ROW(CELL(0, head_style, LITERAL("乙")), CELL(1, head_style, LITERAL("丙")))};
    const struct grid grid = {.ncolumn = 2, .columns = columns, .nfixed = 2, .fixed = fixed};
    char *sheet = rendered_grid(*state, grid, SHEET(1)),
         *strings = part(*state, "xl/sharedStrings.xml");

    assert_contains(sheet, "<mergeCell ref=\"A1:A2\"/>");
    assert_contains(sheet, "<mergeCell ref=\"B3:C3\"/>");
    for (size_t i = 0; i < 4; i++)
        assert_contains(strings, (const char *const[]){"子", "丑", "寅", "卯"}[i]);
    g_free(strings);
    g_free(sheet);
}

static void xlsx_numbers_are_never_narrower_than_their_column(void **state)
{
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    struct column columns[G_N_ELEMENTS(sample_columns)];
    const struct value much = value_real(1234567890.12);
    char *sheet;

    memcpy(columns, sample_columns, sizeof(columns));
    columns[4].width = 10000;
    grid.columns = columns;
    rowset_replace(rows, 3, INCOME, &much);
    sheet = rendered_grid(*state, grid, SHEET(1));
    assert_true(column_width(sheet, 5) > strlen("1,234,567,890.12"));
    g_free(sheet);
    rowset_free(rows);
}

static void assert_found(struct sandbox *box, enum finding_code code, const char *detail)
{
    const struct finding *finding;

    assert_int_equal(findings_count(box->findings), 1);
    finding = findings_at(box->findings, 0);
    assert_int_equal(finding->code, code);
    assert_string_equal(finding->args[1], detail);
}

static void xlsx_refuses_characters_xml_cannot_hold(void **state)
{
    static const char *const bad[] = {"张\x01三", "张\xEF\xBF\xBF", "张\xFF"};
    static const char *const said[] = {"U+0001", "U+FFFF", "0xFF"};

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        struct sandbox *box = *state;
        struct rowset *rows = sample_rows();
        const struct value value = value_text(bad[i]);
        const struct block block = grid_block(sample_grid(rows));
        char *path = g_strconcat(box->stem, ".xlsx", NULL);

        findings_free(box->findings);
        box->findings = findings_new();
        assert_true(g_file_set_contents(path, "old", -1, NULL));
        rowset_replace(rows, 2, NAME, &value);
        assert_int_equal(render_blocks(box, &block, 1), -1);
        assert_found(box, FINDING_RENDER_CHARACTER, "B5");
        assert_string_equal(findings_at(box->findings, 0)->args[2], said[i]);
        g_free(path);
        path = sandbox_read(box, ".xlsx", NULL);
        assert_string_equal(path, "old");
        g_free(path);
        rowset_free(rows);
    }
}

static void xlsx_refuses_texts_and_numbers_too_large(void **state)
{
    struct sandbox *box = *state;
    struct rowset *rows = sample_rows();
    char *words = g_strnfill(32768, 'a');
    const struct value text = value_text(words), number = value_real(1e19);
    const struct block block = grid_block(sample_grid(rows));

    rowset_replace(rows, 0, NAME, &text);
    rowset_replace(rows, 1, INCOME, &number);
    assert_int_equal(render_blocks(box, &block, 1), -1);
    assert_int_equal(findings_of_level(box->findings, LEVEL_ERROR), 2);
    assert_string_equal(findings_at(box->findings, findings_count(box->findings) - 1)->args[1],
                        "E4");
    g_free(words);
    rowset_free(rows);
}

static void xlsx_refuses_more_rows_than_a_sheet_has(void **state)
{
    struct sandbox *box = *state;
    struct rowset *rows = sample_rows();
    struct grid grid = sample_grid(rows);
    struct block block;

    grid.fill = 1048576;
    block = grid_block(grid);
    assert_int_equal(render_blocks(box, &block, 1), -1);
    assert_found(box, FINDING_RENDER_ROWS, "1048576");
    rowset_free(rows);
}

static void xlsx_warns_of_rows_higher_than_excel_has(void **state)
{
    struct sandbox *box = *state;
    struct rowset *rows = sample_rows();
    char *words = g_strnfill(9000, 'a');
    const struct value text = value_text(words);
    const struct block block = grid_block(sample_grid(rows));

    rowset_replace(rows, 1, NAME, &text);
    assert_int_equal(render_blocks(box, &block, 1), 0);
    assert_found(box, FINDING_RENDER_ROW_TALL, "4");
    g_free(words);
    rowset_free(rows);
}

static void xlsx_long_digit_runs_stay_exact(void **state)
{
    struct rowset *rows = sample_rows();
    const struct value number = value_integer(1234567890123456789);
    char *sheet, *strings;

    rowset_replace(rows, 0, PEOPLE, &number);
    sheet = rendered_grid(*state, sample_grid(rows), SHEET(1));
    assert_cell(sheet, "D3", " t=\"s\"");
    g_free(sheet);
    strings = part(*state, "xl/sharedStrings.xml");
    assert_contains(strings, "<t>1234567890123456789</t>");
    g_free(strings);
    rowset_free(rows);
}

static void xlsx_is_the_same_twice_and_leaves_no_temporary(void **state)
{
    struct sandbox *box = *state;
    struct rowset *rows = sample_rows();
    const struct block block = grid_block(sample_grid(rows));
    char *first, *second;
    size_t size, again;
    GDir *folder;

    assert_int_equal(render_blocks(box, &block, 1), 0);
    first = sandbox_read(box, ".xlsx", &size);
    assert_int_equal(render_blocks(box, &block, 1), 0);
    second = sandbox_read(box, ".xlsx", &again);
    assert_int_equal(size, again);
    assert_memory_equal(first, second, size);
    folder = g_dir_open(box->folder, 0, NULL);
    assert_string_equal(g_dir_read_name(folder), "样例.xlsx");
    assert_null(g_dir_read_name(folder));
    g_dir_close(folder);
    g_free(first);
    g_free(second);
    rowset_free(rows);
}

/* Beyond a number of rows libxlsxwriter keeps none of them: strings stand in the cells. */
static void xlsx_many_rows_are_written_one_by_one(void **state)
{
    struct rowset *rows = sample_rows();
    char *sheet;

    while (rowset_rows(rows) < 20001) {
        struct value row[FIELDS];

        for (size_t i = 0; i < FIELDS; i++)
            row[i] = rowset_at(rows, rowset_rows(rows) % 5, i);
        rowset_append(rows, row);
    }
    sheet = rendered_grid(*state, sample_grid(rows), SHEET(1));
    assert_contains(sheet, "t=\"inlineStr\"><is><t>=李海</t></is>");
    assert_contains(sheet, "<mergeCell ref=\"A1:A2\"/>");
    assert_cell(sheet, "D20004", "<f>ROUND(SUM(D3:D20003),0)</f><v>64004</v>");
    g_free(sheet);
    rowset_free(rows);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_open, sandbox_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(xlsx_writes_texts_as_strings),
        TEST(xlsx_writes_numbers_as_numbers),
        TEST(xlsx_totals_are_formulas_with_exact_values),
        TEST(xlsx_scaled_totals_round_once_and_find_their_column),
        TEST(xlsx_total_first_sums_the_rows_below),
        TEST(xlsx_total_over_invalid_values_says_so),
        TEST(xlsx_null_states_read_as_on_paper),
        TEST(xlsx_heads_merge_freeze_and_filter),
        TEST(xlsx_groups_are_merged_lines_left_out_of_totals),
        TEST(xlsx_fills_marked_cells),
        TEST(xlsx_breaks_pages_and_totals_them),
        TEST(xlsx_cannot_hold_too_many_breaks),
        TEST(xlsx_merges_cells_that_say_the_same),
        TEST(xlsx_texts_are_merged_over_the_grid),
        TEST(xlsx_attached_blocks_are_left_out),
        TEST(xlsx_sections_are_sheets_with_legal_names),
        TEST(xlsx_drop_downs_short_and_long),
        TEST(xlsx_prints_one_page_wide_with_footer_and_note),
        TEST(xlsx_footer_of_the_page_is_used),
        TEST(xlsx_side_label_is_one_merged_column),
        TEST(xlsx_narrow_grids_share_the_wide_ones_columns),
        TEST(xlsx_wide_sheets_go_to_a3),
        TEST(xlsx_wider_sheets_take_pages_with_names_repeated),
        TEST(xlsx_empty_cells_do_not_narrow_a_column),
        TEST(xlsx_fill_rows_and_empty_line),
        TEST(xlsx_long_text_gets_a_high_row),
        TEST(xlsx_cells_over_several_rows_make_all_of_them_high),
        TEST(xlsx_inner_grids_become_rows_and_columns),
        TEST(xlsx_numbers_are_never_narrower_than_their_column),
        TEST(xlsx_refuses_characters_xml_cannot_hold),
        TEST(xlsx_refuses_texts_and_numbers_too_large),
        TEST(xlsx_refuses_more_rows_than_a_sheet_has),
        TEST(xlsx_warns_of_rows_higher_than_excel_has),
        TEST(xlsx_long_digit_runs_stay_exact),
        TEST(xlsx_is_the_same_twice_and_leaves_no_temporary),
        TEST(xlsx_many_rows_are_written_one_by_one),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
