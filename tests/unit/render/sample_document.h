/* Documents put together by hand for the renderers that walk them: a register of five invented
 * households in two groups, with a two-level head, a total and a drop-down. */
#ifndef MINGBAI_TESTS_SAMPLE_DOCUMENT_H
#define MINGBAI_TESTS_SAMPLE_DOCUMENT_H

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "render/render.h"

enum { GROUP, NAME, ID, PEOPLE, INCOME, FIT, DAY, FIELDS };

static const struct text_style title_style = {.role = ROLE_TITLE,
                                              .size = 18000,
                                              .size_min = 18000,
                                              .size_max = 18000,
                                              .leading = 28000,
                                              .align = ALIGN_CENTER,
                                              .bold = true,
                                              .after = 6000};
static const struct text_style body_style = {
    .role = ROLE_SONG, .size = 10500, .size_min = 10500, .size_max = 10500, .leading = 14000};
static const struct text_style prose_style = {.role = ROLE_BODY,
                                              .size = 16000,
                                              .size_min = 16000,
                                              .size_max = 16000,
                                              .leading = 28000,
                                              .align = ALIGN_JUSTIFY,
                                              .indent = 2000};
static const struct text_style center_style = {.role = ROLE_SONG,
                                               .size = 10500,
                                               .size_min = 10500,
                                               .size_max = 10500,
                                               .leading = 14000,
                                               .align = ALIGN_CENTER};
static const struct text_style head_style = {.role = ROLE_HEAD,
                                             .size = 10500,
                                             .size_min = 10500,
                                             .size_max = 10500,
                                             .leading = 14000,
                                             .align = ALIGN_CENTER};

#define LITERAL(words)                                                                             \
    {                                                                                              \
        .kind = PART_LITERAL, .text = (words)                                                      \
    }
#define PARTS(...)                                                                                 \
    .parts = (const struct part[]){__VA_ARGS__},                                                   \
    .npart = sizeof((const struct part[]){__VA_ARGS__}) / sizeof(struct part)
#define CELL(at, look, ...)                                                                        \
    {                                                                                              \
        .column = (at), .colspan = 1, .rowspan = 1, .style = &(look), PARTS(__VA_ARGS__)           \
    }
#define WIDE(at, wide, high, look, ...)                                                            \
    {                                                                                              \
        .column = (at), .colspan = (wide), .rowspan = (high), .style = &(look), PARTS(__VA_ARGS__) \
    }
#define ROW(...)                                                                                   \
    {                                                                                              \
        .cells = (const struct cell[]){__VA_ARGS__},                                               \
        .ncell = sizeof((const struct cell[]){__VA_ARGS__}) / sizeof(struct cell)                  \
    }

static const char *const field_names[FIELDS] = {"村民小组",   "户主姓名", "证件号码", "家庭人口",
                                                "人均纯收入", "达标",     "识别时间"};

static const char *const yes_no[] = {"是", "否", NULL};

static const struct column sample_columns[] = {
    {.name = "序号", .field = SIZE_MAX, .width = 34000},
    {.name = "户主姓名", .field = NAME, .weight = 1},
    {.name = "证件号码", .field = ID, .text = true},
    {.name = "家庭人口", .field = PEOPLE},
    {.name = "人均纯收入", .field = INCOME, .format = {FORMAT_MONEY, 2}, .unit = "元"},
    {.name = "达标", .field = FIT, .choices = yes_no},
    {.name = "识别时间", .field = DAY},
};

static const struct row sample_head[] = {
    ROW(WIDE(0, 1, 2, head_style, LITERAL("序号")), WIDE(1, 2, 1, head_style, LITERAL("户主")),
        WIDE(3, 1, 2, head_style, LITERAL("家庭人口")),
        WIDE(4, 1, 2, head_style, LITERAL("人均纯收入（元）")),
        WIDE(5, 1, 2, head_style, LITERAL("达标")), WIDE(6, 1, 2, head_style, LITERAL("识别时间"))),
    ROW(CELL(1, head_style, LITERAL("姓名")), CELL(2, head_style, LITERAL("证件号码"))),
};

static const struct row sample_detail =
    ROW(CELL(0, center_style, {.kind = PART_NUMBER}),
        CELL(1, body_style, {.kind = PART_FIELD, .field = NAME}),
        CELL(2, body_style, {.kind = PART_FIELD, .field = ID}),
        CELL(3, center_style, {.kind = PART_FIELD, .field = PEOPLE}),
        CELL(4, body_style, {.kind = PART_FIELD, .field = INCOME, .format = {FORMAT_MONEY, 2}}),
        CELL(5, center_style, {.kind = PART_FIELD, .field = FIT, .format = {FORMAT_TICK, 0}}),
        CELL(6, body_style, {.kind = PART_FIELD, .field = DAY, .format = {FORMAT_DATE, 0}}));

static const struct row sample_group =
    ROW(WIDE(0, 4, 1, body_style, {.kind = PART_FIELD, .field = GROUP}),
        WIDE(4, 3, 1, body_style, {.kind = PART_COUNT}, LITERAL("户"),
             {.kind = PART_SUM, .field = PEOPLE}, LITERAL("人")));

static const struct row sample_total =
    ROW(WIDE(0, 3, 1, head_style, LITERAL("合计")),
        CELL(3, center_style, {.kind = PART_SUM, .field = PEOPLE}),
        CELL(4, body_style, {.kind = PART_SUM, .field = INCOME, .format = {FORMAT_MONEY, 2}}));

static inline struct rowset *sample_rows(void)
{
    static const struct {
        const char *group, *name, *id;
        int people;
        double income;
        int fit;
        const char *day;
    } people[] = {
        {"一组", "张如意", "990101198001010014", 4, 9412.3, 1, "2018-07-05"},
        {"一组", "=李海", "990101198512300224", 3, 12067.805, 1, "2018-07"},
        {"二组", "阿卜杜热合曼·阿卜杜喀迪尔", "99010119800101009X", 6, 0.1, 0, "2018"},
        {"二组", "周䶮", "99010119800101017X", 1, 0.2, 1, "2019-12-31"},
        {"二组", "王𣲗", "990101201506010030", 2, 11385, 1, "2026-01-01"},
    };
    struct rowset *rows = rowset_new(FIELDS, field_names);

    for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
        rowset_append(rows, (const struct value[FIELDS]){
                                value_text(people[i].group), value_text(people[i].name),
                                value_text(people[i].id), value_integer(people[i].people),
                                value_real(people[i].income), value_integer(people[i].fit),
                                value_text(people[i].day)});
    return rows;
}

static inline struct grid sample_grid(const struct rowset *rows)
{
    return (struct grid){.ncolumn = G_N_ELEMENTS(sample_columns),
                         .columns = sample_columns,
                         .nhead = 2,
                         .head = sample_head,
                         .rows = rows,
                         .detail = &sample_detail,
                         .ntotal = 1,
                         .totals = &sample_total};
}

static inline struct block text_block(const char *text, const struct text_style *style)
{
    return (struct block){.kind = BLOCK_TEXT,
                          .place = {.file = "样例.yaml", .line = 3},
                          .text = {.text = text, .style = style}};
}

static inline struct block grid_block(struct grid grid)
{
    return (struct block){
        .kind = BLOCK_GRID, .place = {.file = "样例.yaml", .line = 9}, .grid = grid};
}

static const struct page_setup G_GNUC_UNUSED lying_page = {.paper = "A3",
                                                           .width = (mpt)(420 * MPT_PER_MM),
                                                           .height = (mpt)(297 * MPT_PER_MM),
                                                           .turned = true};

static inline struct block section_block(const char *name, bool landscape)
{
    return (struct block){.kind = BLOCK_SECTION,
                          .section = {.name = name, .page = landscape ? &lying_page : NULL}};
}

/* The document lends unit and blocks. */
static inline struct document sample_document(const struct unit *units, size_t nunit)
{
    const mpt mm = (mpt)MPT_PER_MM;

    return (struct document){.id = "sample",
                             .title = "石门村花名册",
                             .author = "石门村村民委员会",
                             .note = "内部资料",
                             .audience = AUDIENCE_INTERNAL,
                             .page = {.paper = "A4",
                                      .width = 210 * mm,
                                      .height = 297 * mm,
                                      .top = 20 * mm,
                                      .right = 20 * mm,
                                      .bottom = 20 * mm,
                                      .left = 20 * mm},
                             .nunit = nunit,
                             .units = units};
}

struct sandbox {
    char *folder, *stem;
    struct findings *findings;
};

static inline int sandbox_open(void **state)
{
    struct sandbox *box = g_new0(struct sandbox, 1);

    box->folder = g_dir_make_tmp("mingbai-render-XXXXXX", NULL);
    box->stem = g_build_filename(box->folder, "样例", NULL);
    box->findings = findings_new();
    *state = box;
    return 0;
}

static inline int sandbox_close(void **state)
{
    struct sandbox *box = *state;
    char *argv[] = {(char *)"rm", (char *)"-r", box->folder, NULL};

    g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    findings_free(box->findings);
    g_free(box->stem);
    g_free(box->folder);
    g_free(box);
    return 0;
}

static inline int sandbox_render(struct sandbox *box, const struct renderer *renderer,
                                 const struct document *document)
{
    const struct render_job job = {.document = document,
                                   .stem = box->stem,
                                   .shared = true,
                                   .created = 946684800,
                                   .findings = box->findings};

    return renderer->render(&job);
}

/* The rendered file as bytes; g_free() it. */
static inline char *sandbox_read(struct sandbox *box, const char *suffix, size_t *size)
{
    char *path = g_strconcat(box->stem, suffix, NULL), *bytes = NULL;

    assert_true(g_file_get_contents(path, &bytes, size, NULL));
    g_free(path);
    return bytes;
}

#endif
