/* Reads style sheets; a sheet's later papers say only what differs from its first. */
#include "document/style.h"

#include <glib.h>
#include <string.h>

#include "document/reader.h"
#include "document/suggest.h"

static const char *const FACES[] = {"小标宋", "仿宋", "黑体", "楷体", "宋体", NULL};
static const char *const ALIGNS[] = {"left",   "center",  "right", "justify",
                                     "spread", "decimal", NULL};
static const char *const OVERFLOWS[] = {"wrap", "shrink", NULL};
const char *const RULE_NAMES[] = {"grid", "none", "rows", "frame", "three", NULL};

const struct paper *style_sheet_paper(const struct style_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->npaper; i++)
        if (strcmp(sheet->papers[i].name, name) == 0)
            return &sheet->papers[i];
    return NULL;
}

static size_t find_text(const struct paper *paper, const char *name)
{
    for (size_t i = 0; i < paper->ntext; i++)
        if (strcmp(paper->texts[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

const struct text_style *paper_text(const struct paper *paper, const char *name)
{
    size_t index = find_text(paper, name);

    return index == SIZE_MAX ? NULL : &paper->texts[index].style;
}

const struct grid_style *paper_grid(const struct paper *paper, const char *name)
{
    for (size_t i = 0; i < paper->ngrid; i++)
        if (strcmp(paper->grids[i].name, name) == 0)
            return &paper->grids[i];
    return NULL;
}

static struct text_style read_text_style(const struct yaml_node *node,
                                         const struct text_style *base, struct findings *findings)
{
    static const char *const KEYS[] = {"face",    "size",  "size_min", "size_max",
                                       "leading", "align", "overflow", "indent",
                                       "before",  "after", "bold",     NULL};
    struct text_style style = *base;

    if (yaml_only(node, KEYS, findings) != 0)
        return style;
    style.role = (enum face_role)read_word(node, "face", FACES, (int)style.role, findings);
    style.size = read_size(node, "size", style.size, findings);
    /* A size of its own ends the range and the leading of the style it builds on. */
    bool resized = yaml_member(node, "size") != NULL;
    style.size_min = read_size(node, "size_min", resized ? style.size : style.size_min, findings);
    style.size_max = read_size(node, "size_max", resized ? style.size : style.size_max, findings);
    style.leading =
        read_size(node, "leading", resized ? style.size * 13 / 10 : style.leading, findings);
    style.align = (enum align)read_word(node, "align", ALIGNS, (int)style.align, findings);
    style.overflow =
        (enum overflow)read_word(node, "overflow", OVERFLOWS, (int)style.overflow, findings);
    style.indent = read_thousandths(node, "indent", style.indent, findings);
    style.before = read_length(node, "before", style.before, findings);
    style.after = read_length(node, "after", style.after, findings);
    style.bold = yaml_flag(node, "bold", style.bold, findings);
    return style;
}

static struct grid_style read_grid_style(const struct yaml_node *node,
                                         const struct grid_style *base, struct findings *findings)
{
    static const char *const KEYS[] = {
        "head", "cell",    "group",    "count",     "total",      "label",    "side",  "empty",
        "row",  "row_max", "head_row", "group_row", "side_width", "rules",    "outer", "padding",
        "keep", "before",  "after",    "inner",     "head_rule",  "subtotal", "note",  NULL};
    struct grid_style style = *base;
    const struct {
        const char *key, **name;
    } texts[] = {{"head", &style.head},   {"cell", &style.cell},   {"group", &style.group},
                 {"count", &style.count}, {"total", &style.total}, {"label", &style.label},
                 {"side", &style.side},   {"empty", &style.empty}, {"subtotal", &style.subtotal},
                 {"note", &style.note}};

    style.name = node->key;
    if (yaml_only(node, KEYS, findings) != 0)
        return style;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i].name = yaml_text(node, texts[i].key, *texts[i].name, findings);
    if (!style.subtotal)
        style.subtotal = style.total;
    /* Those not named look like cells, labels like heads. */
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (!*texts[i].name)
            *texts[i].name = texts[i].name == &style.label || texts[i].name == &style.side
                                 ? style.head
                                 : style.cell;
    style.row = read_length(node, "row", style.row, findings);
    style.row_max = read_length(node, "row_max", style.row_max, findings);
    style.head_row = read_length(node, "head_row", style.head_row, findings);
    style.group_row = read_length(node, "group_row", style.group_row, findings);
    style.side_width = read_length(node, "side_width", style.side_width, findings);
    style.rules = (enum rules)read_word(node, "rules", RULE_NAMES, (int)style.rules, findings);
    style.weights.outer = read_size(node, "outer", style.weights.outer, findings);
    style.weights.head = read_size(node, "head_rule", style.weights.head, findings);
    style.weights.inner = read_size(node, "inner", style.weights.inner, findings);
    style.padding = read_thousandths(node, "padding", style.padding, findings);
    style.keep = yaml_flag(node, "keep", style.keep, findings);
    style.before = read_length(node, "before", style.before, findings);
    style.after = read_length(node, "after", style.after, findings);
    return style;
}

/* Texts of the first paper, then those this paper adds; those it names again differ as it says. */
static void read_texts(struct arena *arena, const struct yaml_node *map, struct paper *paper,
                       struct findings *findings)
{
    static const struct text_style PLAIN = {
        .role = ROLE_BODY, .size = 12000, .size_min = 12000, .size_max = 12000, .leading = 15600};
    GArray *texts = g_array_new(FALSE, TRUE, sizeof(struct named_text));

    if (paper->ntext > 0)
        g_array_append_vals(texts, paper->texts, (guint)paper->ntext);
    for (size_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++) {
        const char *name = map->children[i].key;
        size_t index = find_text(paper, name);
        bool known = index != SIZE_MAX;
        struct named_text text = {name, read_text_style(&map->children[i],
                                                        known ? &paper->texts[index].style : &PLAIN,
                                                        findings)};

        if (known)
            g_array_index(texts, struct named_text, index) = text;
        else
            g_array_append_val(texts, text);
    }
    paper->ntext = texts->len;
    paper->texts = arena_copy(arena, texts->data, texts->len * sizeof(struct named_text));
    g_array_free(texts, TRUE);
}

static void read_grids(struct arena *arena, const struct yaml_node *map, struct paper *paper,
                       struct findings *findings)
{
    static const struct grid_style PLAIN = {.head = "head", .cell = "cell", .padding = 350};
    GArray *grids = g_array_new(FALSE, TRUE, sizeof(struct grid_style));

    if (paper->ngrid > 0)
        g_array_append_vals(grids, paper->grids, (guint)paper->ngrid);
    for (size_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++) {
        const struct grid_style *base = paper_grid(paper, map->children[i].key);
        struct grid_style grid = read_grid_style(&map->children[i], base ? base : &PLAIN, findings);

        if (base)
            g_array_index(grids, struct grid_style, (size_t)(base - paper->grids)) = grid;
        else
            g_array_append_val(grids, grid);
    }
    paper->ngrid = grids->len;
    paper->grids = arena_copy(arena, grids->data, grids->len * sizeof(struct grid_style));
    g_array_free(grids, TRUE);
}

static void check_text(const struct paper *paper, const char *name, struct place place,
                       struct findings *findings)
{
    const char **names;

    if (!name || paper_text(paper, name))
        return;
    names = g_new0(const char *, paper->ntext + 1);
    for (size_t i = 0; i < paper->ntext; i++)
        names[i] = paper->texts[i].name;
    suggest(findings, FINDING_TEMPLATE_UNKNOWN_STYLE, place, name, names, paper->ntext);
    g_free(names);
}

/* own: the paper is not one of the sheet's base, and takes its size from its name or its page. */
static void read_paper(struct arena *arena, const struct yaml_node *node, struct paper *paper,
                       bool own, struct findings *findings)
{
    static const char *const KEYS[] = {"page", "texts", "grids", NULL};
    const struct yaml_node *page, *grids;

    paper->name = node->key;
    if (yaml_only(node, KEYS, findings) != 0)
        return;
    page = yaml_member(node, "page");
    grids = yaml_member(node, "grids");
    read_texts(arena, yaml_member(node, "texts"), paper, findings);
    read_grids(arena, grids, paper, findings);
    if (page)
        paper->page = page_spec_read(arena, page, &paper->page, node->key, findings);
    else if (own && !page_spec_paper(&paper->page, node->key))
        finding_add(findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "page: width, height");
    page_spec_check(&paper->page, paper, page ? page->place : node->place, findings);
    for (size_t i = 0; i < paper->ngrid; i++) {
        const struct grid_style *grid = &paper->grids[i];
        const struct yaml_node *named = grids ? yaml_member(grids, grid->name) : NULL;
        const char *texts[] = {grid->head,  grid->cell, grid->group, grid->count,    grid->total,
                               grid->label, grid->side, grid->empty, grid->subtotal, grid->note};

        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
            check_text(paper, texts[k], named ? named->place : node->place, findings);
    }
}

/* What the first paper has and a later one of the base has not: blocks may name it on both. */
static void share_names(struct arena *arena, const struct paper *first, struct paper *paper)
{
    GArray *texts = g_array_new(FALSE, TRUE, sizeof(struct named_text));
    GArray *grids = g_array_new(FALSE, TRUE, sizeof(struct grid_style));

    g_array_append_vals(texts, paper->texts, (guint)paper->ntext);
    g_array_append_vals(grids, paper->grids, (guint)paper->ngrid);
    for (size_t i = 0; i < first->ntext; i++)
        if (!paper_text(paper, first->texts[i].name))
            g_array_append_val(texts, first->texts[i]);
    for (size_t i = 0; i < first->ngrid; i++)
        if (!paper_grid(paper, first->grids[i].name))
            g_array_append_val(grids, first->grids[i]);
    paper->ntext = texts->len;
    paper->texts = arena_copy(arena, texts->data, texts->len * sizeof(struct named_text));
    paper->ngrid = grids->len;
    paper->grids = arena_copy(arena, grids->data, grids->len * sizeof(struct grid_style));
    g_array_free(texts, TRUE);
    g_array_free(grids, TRUE);
}

/* The base's papers as the map changes them, then those it adds. */
static void read_papers(struct arena *arena, const struct yaml_node *map,
                        const struct style_sheet *base, struct style_sheet *sheet,
                        struct findings *findings)
{
    const size_t inherited = base ? base->npaper : 0;
    struct paper *list = arena_array(arena, inherited + (map ? map->count : 0), sizeof(*list));

    for (size_t i = 0; i < inherited; i++)
        list[i] = base->papers[i];
    sheet->papers = list;
    sheet->npaper = inherited;
    for (size_t i = 0; map && i < map->count; i++) {
        const struct paper *known = style_sheet_paper(sheet, map->children[i].key);
        struct paper *paper = known ? &list[known - list] : &list[sheet->npaper];

        if (!known && sheet->npaper > 0)
            *paper = list[0];
        sheet->npaper += !known;
        read_paper(arena, &map->children[i], paper, !known, findings);
    }
    for (size_t i = 1; i < inherited; i++)
        share_names(arena, &list[0], &list[i]);
}

static const struct skeleton *read_skeleton(struct arena *arena, const struct yaml_node *root,
                                            const struct style_sheet *base,
                                            struct findings *findings)
{
    const struct yaml_node *body = yaml_member(root, "body");
    const struct yaml_node *replace = yaml_member(root, "replace");
    const struct yaml_node *insert = yaml_member(root, "insert");
    const struct skeleton *skeleton = base ? base->skeleton : NULL;

    if (body)
        skeleton = skeleton_read(arena, body, findings);
    if (skeleton)
        return skeleton_change(arena, skeleton, replace, insert, findings);
    if (replace || insert)
        finding_add(findings, FINDING_TEMPLATE_MISSING_KEY, root->place, "body");
    return NULL;
}

static const struct style_sheet *read_sheet(struct arena *arena, const struct yaml_node *root,
                                            const struct style_sheet *base,
                                            struct findings *findings)
{
    static const char *const KEYS[] = {"id",   "extends", "fill",   "papers",
                                       "body", "replace", "insert", NULL};
    size_t errors = read_errors(findings);
    const struct yaml_node *papers;
    struct style_sheet *sheet;

    if (yaml_only(root, KEYS, findings) != 0)
        return NULL;
    sheet = arena_alloc(arena, sizeof(*sheet));
    sheet->id = read_required(root, "id", findings);
    sheet->place = root->place;
    sheet->fill = yaml_flag(root, "fill", base && base->fill, findings);
    sheet->skeleton = read_skeleton(arena, root, base, findings);
    papers = yaml_member(root, "papers");
    if (papers ? papers->kind != YAML_MAP || papers->count == 0 : !base) {
        finding_add(findings, FINDING_TEMPLATE_MISSING_KEY, root->place, "papers");
        return NULL;
    }
    read_papers(arena, papers, base, sheet, findings);
    return read_errors(findings) == errors ? sheet : NULL;
}

const struct style_sheet *style_sheet_change(struct arena *arena, const struct style_sheet *base,
                                             const struct yaml_node *papers,
                                             struct findings *findings)
{
    struct style_sheet *sheet;

    if (papers->kind != YAML_MAP) {
        suggest_kind(findings, papers, YAML_MAP);
        return base;
    }
    sheet = arena_copy(arena, base, sizeof(*base));
    read_papers(arena, papers, base, sheet, findings);
    return sheet;
}

const struct style_sheet *style_sheets_find(const GPtrArray *sheets, const char *id)
{
    for (guint i = 0; i < sheets->len; i++) {
        const struct style_sheet *sheet = sheets->pdata[i];

        if (strcmp(sheet->id, id) == 0)
            return sheet;
    }
    return NULL;
}

void style_sheets_unknown(const GPtrArray *sheets, const char *id, struct place place,
                          struct findings *findings)
{
    const char **names = g_new0(const char *, sheets->len + 1);

    for (guint i = 0; i < sheets->len; i++)
        names[i] = ((const struct style_sheet *)sheets->pdata[i])->id;
    suggest(findings, FINDING_TEMPLATE_UNKNOWN_STYLE, place, id, names, sheets->len);
    g_free(names);
}

/* What the style extends: its text, "" when it is none. */
static const char *base_of(const struct yaml_node *root)
{
    const struct yaml_node *extends = yaml_member(root, "extends");

    return extends && extends->kind == YAML_TEXT ? extends->text : "";
}

/* Why a style was not read: its base is none, is broken (and told of), or waits for it. */
static void report_unread(const struct yaml_node *const *roots, const bool *read, size_t count,
                          const struct yaml_node *root, const GPtrArray *sheets,
                          struct findings *findings)
{
    const struct yaml_node *extends = yaml_member(root, "extends");

    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *id = yaml_member(roots[i], "id");

        if (!id || id->kind != YAML_TEXT || strcmp(id->text, extends->text) != 0)
            continue;
        if (!read[i])
            finding_add(findings, FINDING_TEMPLATE_EXTENDS, extends->place, extends->text);
        return;
    }
    style_sheets_unknown(sheets, extends->text, extends->place, findings);
}

static bool check_id(const GPtrArray *sheets, const struct style_sheet *sheet,
                     struct findings *findings)
{
    const struct style_sheet *other = style_sheets_find(sheets, sheet->id);
    char *where;

    if (!other)
        return true;
    where = g_strdup_printf("%s:%u", other->place.file, other->place.line);
    finding_add(findings, FINDING_TEMPLATE_DUPLICATE, sheet->place, sheet->id, where);
    g_free(where);
    return false;
}

bool style_sheets_read(struct arena *arena, const struct yaml_node *const *roots, size_t count,
                       GPtrArray *sheets, struct findings *findings)
{
    const size_t errors = read_errors(findings);
    bool *read = g_new0(bool, count + 1), progress = true;

    for (size_t i = 0; i < count; i++)
        yaml_text(roots[i], "extends", NULL, findings); /* is it a text? */
    while (progress) {
        progress = false;
        for (size_t i = 0; i < count; i++) {
            const char *name = base_of(roots[i]);
            const struct style_sheet *base = style_sheets_find(sheets, name), *sheet;

            if (read[i] || (name[0] != '\0' && !base))
                continue;
            sheet = read_sheet(arena, roots[i], base, findings);
            read[i] = progress = true;
            if (sheet && check_id(sheets, sheet, findings))
                g_ptr_array_add(sheets, (gpointer)sheet);
        }
    }
    for (size_t i = 0; i < count; i++)
        if (!read[i])
            report_unread(roots, read, count, roots[i], sheets, findings);
    g_free(read);
    return read_errors(findings) == errors;
}
