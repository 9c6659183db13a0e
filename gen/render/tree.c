/* The tree renderer: the whole document as indented text, for tests to compare (tests/README.md).
 */
#include "render/tree_inside.h"

#include "base/file.h"
#include "base/value.h"

/* --- words */

static const char *const role_names[FACE_ROLES] = {
    [ROLE_TITLE] = "title", [ROLE_BODY] = "body", [ROLE_HEAD] = "head",
    [ROLE_KAI] = "kai",     [ROLE_SONG] = "song",
};

const char *const tree_align_names[] = {
    [ALIGN_LEFT] = "left",       [ALIGN_CENTER] = "center", [ALIGN_RIGHT] = "right",
    [ALIGN_JUSTIFY] = "justify", [ALIGN_SPREAD] = "spread", [ALIGN_DECIMAL] = "decimal",
};

static const char *const part_names[] = {
    [PART_NUMBER] = "number",     [PART_COUNT] = "count", [PART_SUM] = "sum",
    [PART_AVERAGE] = "average",   [PART_MIN] = "min",     [PART_MAX] = "max",
    [PART_DISTINCT] = "distinct",
};

void tree_quoted(GString *out, const char *text)
{
    if (!text) {
        g_string_append(out, "-");
        return;
    }
    g_string_append_c(out, '"');
    for (; *text; text++) {
        const unsigned char byte = (unsigned char)*text;

        if (byte == '\n')
            g_string_append(out, "\\n");
        else if (byte == '"' || byte == '\\')
            g_string_append_printf(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7F)
            g_string_append_printf(out, "\\x%02X", byte);
        else
            g_string_append_c(out, (char)byte);
    }
    g_string_append_c(out, '"');
}

void tree_indent(struct tree *tree, int depth)
{
    for (int i = 0; i < depth; i++)
        g_string_append(tree->out, "  ");
}

/* key=value where the value is not its usual 0. */
void tree_length(struct tree *tree, const char *key, long value)
{
    if (value)
        g_string_append_printf(tree->out, " %s=%ld", key, value);
}

void tree_flag(struct tree *tree, const char *name, bool set)
{
    if (set)
        g_string_append_printf(tree->out, " %s", name);
}

void tree_label(struct tree *tree, const char *key, const char *text)
{
    if (!text)
        return;
    g_string_append_printf(tree->out, " %s=", key);
    tree_quoted(tree->out, text);
}

/* --- styles */

static bool same_style(const struct text_style *a, const struct text_style *b)
{
    return a->role == b->role && a->size == b->size && a->size_min == b->size_min &&
           a->size_max == b->size_max && a->leading == b->leading && a->align == b->align &&
           a->overflow == b->overflow && a->indent == b->indent && a->before == b->before &&
           a->after == b->after && a->bold == b->bold;
}

/* A style is told in full where it is first met. */
void tree_style(struct tree *tree, const struct text_style *of)
{
    guint number = 0;

    if (!of)
        return;
    while (number < tree->styles->len && !same_style(of, g_ptr_array_index(tree->styles, number)))
        number++;
    g_string_append_printf(tree->out, " style=%u", number + 1);
    if (number < tree->styles->len)
        return;
    g_ptr_array_add(tree->styles, (gpointer)of);
    g_string_append_printf(tree->out, "(%s", role_names[of->role]);
    tree_length(tree, "size", of->size);
    tree_length(tree, "size_min", of->size_min);
    tree_length(tree, "size_max", of->size_max);
    tree_length(tree, "leading", of->leading);
    g_string_append_printf(tree->out, " %s", tree_align_names[of->align]);
    tree_flag(tree, "shrink", of->overflow == OVERFLOW_SHRINK);
    tree_flag(tree, "one_line", of->overflow == OVERFLOW_ERROR);
    tree_length(tree, "indent", of->indent);
    tree_length(tree, "before", of->before);
    tree_length(tree, "after", of->after);
    tree_flag(tree, "bold", of->bold);
    g_string_append_c(tree->out, ')');
}

/* --- grids */

/* What a cell is made of: "text" {列|money(2)} {sum 列|money(2)}. */
static void parts(struct tree *tree, const struct grid *grid, const struct cell *cell)
{
    for (size_t i = 0; i < cell->npart; i++) {
        const struct part *part = &cell->parts[i];

        g_string_append_c(tree->out, ' ');
        if (part->kind == PART_LITERAL) {
            tree_quoted(tree->out, part->text);
            continue;
        }
        g_string_append_c(tree->out, '{');
        if (part->kind != PART_FIELD)
            g_string_append(tree->out, part_names[part->kind]);
        if (part->kind != PART_NUMBER && part->kind != PART_COUNT)
            g_string_append_printf(tree->out, "%s%s", part->kind == PART_FIELD ? "" : " ",
                                   rowset_name(grid->rows, part->field));
        g_string_append_c(tree->out, '|');
        format_write_name(tree->out, part->format);
        g_string_append_c(tree->out, '}');
    }
}

static bool is_computed(const struct cell *cell)
{
    for (size_t i = 0; i < cell->npart; i++)
        if (cell->parts[i].kind != PART_LITERAL)
            return true;
    return false;
}

static void whole_grid(struct tree *tree, int depth, const struct grid *of);

static void row(struct tree *tree, int depth, const char *name, const struct grid *grid,
                const struct row *of, bool filled)
{
    tree_indent(tree, depth);
    g_string_append(tree->out, name);
    tree_length(tree, "height", of->height);
    tree_length(tree, "height_max", of->height_max);
    g_string_append_c(tree->out, '\n');
    for (size_t i = 0; i < of->ncell; i++) {
        const struct cell *cell = &of->cells[i];

        tree_indent(tree, depth + 1);
        g_string_append_printf(tree->out, "cell %u", cell->column + 1u);
        tree_length(tree, "columns", cell->colspan == 1 ? 0 : cell->colspan);
        tree_length(tree, "rows", cell->rowspan == 1 ? 0 : cell->rowspan);
        tree_style(tree, cell->style);
        tree_flag(tree, "vertical", cell->vertical);
        tree_flag(tree, "rule", cell->rule);
        tree_length(tree, "lines", cell->lines);
        tree_flag(tree, "open", cell->open);
        tree_flag(tree, "merge", cell->merge);
        tree_length(tree, "diagonal", cell->diagonal);
        parts(tree, grid, cell);
        if (filled && is_computed(cell)) {
            const struct part_scope scope = part_scope_all(grid->rows);
            GString *text = g_string_new(NULL);

            parts_write(text, cell->parts, cell->npart, &scope);
            g_string_append(tree->out, " = ");
            tree_quoted(tree->out, text->str);
            g_string_free(text, TRUE);
        }
        if (cell->grid) {
            g_string_append(tree->out, " grid");
            whole_grid(tree, depth + 2, cell->grid);
            continue;
        }
        g_string_append_c(tree->out, '\n');
    }
}

/* One line a row: the texts of its cells. */
static void texts(struct tree *tree, int depth, const char *name, const struct row *of,
                  const struct part_scope *scope)
{
    GString *text = g_string_new(NULL);

    tree_indent(tree, depth);
    g_string_append(tree->out, name);
    for (size_t i = 0; i < of->ncell; i++) {
        g_string_truncate(text, 0);
        parts_write(text, of->cells[i].parts, of->cells[i].npart, scope);
        g_string_append(tree->out, i == 0 ? " " : " | ");
        tree_quoted(tree->out, text->str);
    }
    g_string_append_c(tree->out, '\n');
    g_string_free(text, TRUE);
}

static void group_texts(struct tree *tree, int depth, const char *name, const struct row *of,
                        const struct group_walk *walk, size_t level)
{
    const struct part_scope scope = group_walk_scope(walk, level);

    if (of)
        texts(tree, depth + (int)level, name, of, &scope);
}

static void data(struct tree *tree, int depth, const struct grid *grid)
{
    const size_t count = grid->rows ? rowset_rows(grid->rows) : 0;
    size_t keys[GROUP_LEVELS] = {0};
    struct group_walk walk;

    for (size_t i = 0; i < grid->ngroup; i++)
        keys[i] = grid->groups[i].by;
    walk = group_walk_new(grid->rows, keys, grid->ngroup);
    for (size_t at = 0; at < count; at++) {
        const struct part_scope scope = part_scope_row(grid->rows, at);

        for (size_t i = group_walk_enter(&walk, at); i < grid->ngroup; i++)
            group_texts(tree, depth, "group", grid->groups[i].head, &walk, i);
        texts(tree, depth, "row", grid->detail, &scope);
        for (size_t i = grid->ngroup, least = group_walk_leave(&walk, at); i-- > least;)
            group_texts(tree, depth, "group foot", grid->groups[i].foot, &walk, i);
    }
}

static void columns(struct tree *tree, int depth, const struct grid *grid)
{
    for (size_t i = 0; i < grid->ncolumn; i++) {
        const struct column *column = &grid->columns[i];

        tree_indent(tree, depth);
        g_string_append(tree->out, "column ");
        tree_quoted(tree->out, column->name);
        tree_length(tree, "width", column->width);
        tree_length(tree, "width_min", column->width_min);
        tree_length(tree, "width_max", column->width_max);
        tree_length(tree, "weight", column->weight);
        if (column->field != SIZE_MAX)
            tree_label(tree, "field", rowset_name(grid->rows, column->field));
        tree_label(tree, "unit", column->unit);
        tree_flag(tree, "text", column->text);
        g_string_append_c(tree->out, ' ');
        format_write_name(tree->out, column->format);
        for (size_t j = 0; column->choices && column->choices[j]; j++)
            tree_label(tree, "choice", column->choices[j]);
        g_string_append_c(tree->out, '\n');
    }
}

static void groups(struct tree *tree, int depth, const struct grid *of)
{
    for (size_t i = 0; i < of->ngroup; i++) {
        const struct group *group = &of->groups[i];

        tree_indent(tree, depth);
        g_string_append_printf(tree->out, "group by %s", rowset_name(of->rows, group->by));
        tree_flag(tree, "page", group->page);
        tree_flag(tree, "keep", group->keep);
        g_string_append_c(tree->out, '\n');
        if (group->head)
            row(tree, depth, "group head", of, group->head, false);
        if (group->foot)
            row(tree, depth, "group foot", of, group->foot, false);
    }
}

static void whole_grid(struct tree *tree, int depth, const struct grid *of)
{
    static const char *const rules[] = {[RULES_GRID] = "ruled",
                                        [RULES_NONE] = "",
                                        [RULES_ROWS] = "rules=rows",
                                        [RULES_FRAME] = "rules=frame",
                                        [RULES_THREE] = "rules=three"};
    static const char *const page_rows[] = {[PAGE_ROW_CARRIED] = "carried",
                                            [PAGE_ROW_SUBTOTAL] = "page subtotal",
                                            [PAGE_ROW_RUNNING] = "running",
                                            [PAGE_ROW_CARRY] = "carry"};

    if (of->rules != RULES_NONE)
        g_string_append_printf(tree->out, " %s", rules[of->rules]);
    tree_length(tree, "outer", of->weights.outer);
    tree_length(tree, "head_rule", of->weights.head);
    tree_length(tree, "inner", of->weights.inner);
    tree_length(tree, "padding", of->padding);
    tree_length(tree, "across", of->across);
    tree_length(tree, "gutter", of->gutter);
    tree_length(tree, "width", of->width);
    tree_length(tree, "before", of->before);
    tree_length(tree, "after", of->after);
    tree_length(tree, "fill", (long)of->fill);
    tree_flag(tree, "fill_page", of->fill_page);
    tree_length(tree, "rows_per_page", (long)of->rows_per_page);
    tree_flag(tree, "joined", of->joined);
    tree_flag(tree, "keep", of->keep);
    tree_label(tree, "side", of->side);
    if (of->side) {
        tree_style(tree, of->side_style);
        tree_length(tree, "side_width", of->side_width);
    }
    g_string_append_c(tree->out, '\n');
    columns(tree, depth, of);
    for (size_t i = 0; i < of->nhead; i++)
        row(tree, depth, "head", of, &of->head[i], true);
    for (size_t i = 0; i < of->nfixed; i++)
        row(tree, depth, "fixed", of, &of->fixed[i], true);
    for (size_t i = 0; i < of->ntotal && of->total_first; i++)
        row(tree, depth, "total first", of, &of->totals[i], true);
    if (of->empty) {
        tree_indent(tree, depth);
        g_string_append(tree->out, "empty ");
        tree_quoted(tree->out, of->empty);
        tree_style(tree, of->empty_style);
        g_string_append_c(tree->out, '\n');
    }
    groups(tree, depth, of);
    for (size_t i = 0; i < PAGE_ROWS; i++)
        if (of->page_rows[i])
            row(tree, depth, page_rows[i], of, of->page_rows[i], false);
    for (size_t i = 0; i < of->nmark; i++) {
        tree_indent(tree, depth);
        g_string_append_printf(tree->out, "mark %u %u\n", of->marks[i].row + 1,
                               of->marks[i].column + 1);
    }
    if (of->detail) {
        row(tree, depth, "detail", of, of->detail, false);
        data(tree, depth, of);
    }
    for (size_t i = 0; i < of->ntotal && !of->total_first; i++)
        row(tree, depth, "total", of, &of->totals[i], true);
}

/* --- pages */

static void band(struct tree *tree, int depth, const char *name, const struct page_band *of)
{
    static const char *const parts[BAND_PARTS] = {"left", "center", "right"};

    if (!of->style)
        return;
    tree_indent(tree, depth);
    g_string_append(tree->out, name);
    for (size_t i = 0; i < BAND_PARTS; i++)
        tree_label(tree, parts[i], of->parts[i]);
    tree_style(tree, of->style);
    tree_length(tree, "gap", of->gap);
    tree_flag(tree, "outer", of->outer);
    tree_flag(tree, "not_first", of->not_first);
    g_string_append_c(tree->out, '\n');
}

static void page(struct tree *tree, int depth, const struct page_setup *of)
{
    tree_indent(tree, depth);
    g_string_append_printf(tree->out, "page %s width=%d height=%d", of->paper, of->width,
                           of->height);
    g_string_append_printf(tree->out, " top=%d right=%d bottom=%d left=%d", of->top, of->right,
                           of->bottom, of->left);
    tree_length(tree, "binding", of->binding);
    tree_flag(tree, "turned", of->turned);
    g_string_append_c(tree->out, '\n');
    band(tree, depth + 1, "header", &of->header);
    band(tree, depth + 1, "footer", &of->footer);
}

/* --- blocks */

static void block(struct tree *tree, int depth, const struct block *of)
{
    static const char *const kinds[] = {[BLOCK_TEXT] = "text",
                                        [BLOCK_GRID] = "grid",
                                        [BLOCK_SECTION] = "section",
                                        [BLOCK_FIGURE] = "figure"};

    tree_indent(tree, depth);
    g_string_append(tree->out, kinds[of->kind]);
    tree_flag(tree, "inline", of->variant == VARIANT_INLINE);
    tree_flag(tree, "attached", of->variant == VARIANT_ATTACHED);
    switch (of->kind) {
    case BLOCK_TEXT:
        tree_style(tree, of->text.style);
        tree_length(tree, "outline", of->text.outline);
        tree_length(tree, "lines_max", of->text.lines_max);
        tree_flag(tree, "follows", of->text.follows);
        g_string_append_c(tree->out, ' ');
        tree_quoted(tree->out, of->text.text);
        g_string_append_c(tree->out, '\n');
        break;
    case BLOCK_GRID:
        whole_grid(tree, depth + 1, &of->grid);
        break;
    case BLOCK_SECTION:
        tree_flag(tree, "restart", of->section.restart);
        g_string_append_c(tree->out, ' ');
        tree_quoted(tree->out, of->section.name);
        g_string_append_c(tree->out, '\n');
        if (of->section.page)
            page(tree, depth + 1, of->section.page);
        break;
    case BLOCK_FIGURE:
        tree_figure(tree, depth + 1, &of->figure);
        break;
    }
}

static void imposition(struct tree *tree, const struct document *document)
{
    static const char *const kinds[] = {
        [IMPOSE_SLOTS] = "slots", [IMPOSE_BOOKLET] = "booklet", [IMPOSE_TILES] = "tiles"};
    const struct imposition *of = &document->imposition;

    tree_flag(tree, "duplex", document->duplex);
    if (of->kind == IMPOSE_NONE)
        return;
    g_string_append_printf(tree->out, " impose=%s", kinds[of->kind]);
    tree_length(tree, "slots", of->kind == IMPOSE_SLOTS ? of->slots : 0);
    tree_length(tree, "sheet_width", of->width);
    tree_length(tree, "sheet_height", of->height);
    tree_length(tree, "overlap", of->kind == IMPOSE_TILES ? of->overlap : 0);
    tree_flag(tree, "whole", of->whole);
}

static void head(struct tree *tree, const struct document *document)
{
    g_string_append_printf(tree->out, "document %s\n ", document->id);
    tree_label(tree, "title", document->title);
    tree_label(tree, "author", document->author);
    tree_label(tree, "subject", document->subject);
    tree_label(tree, "note", document->note);
    g_string_append_printf(tree->out, " audience=%s", audience_name(document->audience));
    tree_flag(tree, "fill", document->fill);
    imposition(tree, document);
    g_string_append_c(tree->out, '\n');
    page(tree, 1, &document->page);
}

static void write_document(struct tree *tree, const struct document *document, FILE *stream)
{
    head(tree, document);
    for (size_t i = 0; i < document->nunit; i++) {
        const struct unit *unit = &document->units[i];

        g_string_append_printf(tree->out, "unit %zu ", i + 1);
        tree_quoted(tree->out, unit->name);
        tree_label(tree, "volume", unit->volume);
        tree_label(tree, "copy", unit->copy);
        tree_flag(tree, "repeated", unit->repeated);
        g_string_append_c(tree->out, '\n');
        if (unit->page)
            page(tree, 1, unit->page);
        if (unit->continued) {
            g_string_append(tree->out, "  continued\n");
            block(tree, 2, unit->continued);
        }
        for (size_t j = 0; j < unit->nblock; j++)
            block(tree, 1, &unit->blocks[j]);
        fwrite(tree->out->str, 1, tree->out->len, stream);
        g_string_truncate(tree->out, 0);
    }
    fwrite(tree->out->str, 1, tree->out->len, stream);
}

static int render(const struct render_job *job)
{
    char *target = g_strconcat(job->stem, render_tree.suffix, NULL);
    struct file_writer *writer = file_create(target, job->findings);
    int status = -1;

    if (writer) {
        struct tree tree = {g_string_new(NULL), g_ptr_array_new()};

        write_document(&tree, job->document, file_writer_stream(writer));
        status = file_commit(writer, job->shared, job->findings);
        g_ptr_array_free(tree.styles, TRUE);
        g_string_free(tree.out, TRUE);
    }
    g_free(target);
    return status;
}

const struct renderer render_tree = {
    .name = "tree",
    .suffix = ".tree.txt",
    .title_zh = "文档结构（测试用）",
    .title_en = "document tree, for tests",
    .render = render,
};
