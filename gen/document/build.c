/* Builds the blocks of a unit: texts, sections, and the small grids of a notice. */
#include "document/build.h"

#include <stdio.h>
#include <string.h>

#include "document/ratio.h"

enum { MOST_ISSUERS = 3 };

const struct text_style *build_style(struct building *building, const char *name, int align)
{
    const struct text_style *style = paper_text(building->paper, name);
    struct text_style *turned;

    if (align < 0 || (int)style->align == align)
        return style;
    turned = arena_copy(building->made->arena, style, sizeof(*style));
    turned->align = (enum align)align;
    return turned;
}

struct cell build_cell(struct building *building, size_t column, size_t span, const char *text,
                       const struct text_style *style)
{
    struct cell cell = {
        .column = (uint16_t)column, .colspan = (uint16_t)span, .rowspan = 1, .style = style};
    struct part *part;

    if (text[0] != '\0') {
        part = arena_alloc(building->made->arena, sizeof(*part));
        part->kind = PART_LITERAL;
        part->text = text;
        cell.parts = part;
        cell.npart = 1;
    }
    return cell;
}

struct row *build_row(struct building *building, const struct cell *cells, size_t count, mpt height,
                      mpt height_max)
{
    struct row *row = arena_alloc(building->made->arena, sizeof(*row));

    row->cells = arena_copy(building->made->arena, cells, count * sizeof(*cells));
    row->ncell = count;
    row->height = height;
    row->height_max = height_max;
    return row;
}

struct grid build_grid(const struct grid_style *style, const struct paper *paper,
                       struct building *building, const struct phrase *side, bool joined)
{
    struct grid grid = {
        .rules = style->rules,
        .weights = style->weights,
        .padding = style->padding,
        .joined = joined,
        .keep = style->keep,
        .before = joined ? 0 : style->before,
        .after = style->after,
    };

    if (side) {
        grid.side = scope_text(building->scope, side, BLANKS_REPORT, NULL);
        grid.side_style = paper_text(paper, style->side);
        grid.side_width = style->side_width;
    }
    return grid;
}

void build_add_grid(struct building *building, const struct body_block *block, struct grid grid)
{
    struct block made = {
        .kind = BLOCK_GRID, .variant = block->variant, .place = block->place, .grid = grid};

    g_array_append_val(building->blocks, made);
}

static void build_text(struct building *building, const struct body_block *block)
{
    const struct body_text *text = &block->text;
    struct block made = {.kind = BLOCK_TEXT, .variant = block->variant, .place = block->place};

    made.text.text = scope_text(building->scope, text->phrase, BLANKS_REPORT, NULL);
    made.text.style = paper_text(building->paper, text->style);
    made.text.outline = text->outline;
    made.text.lines_max = text->lines_max;
    g_array_append_val(building->blocks, made);
}

/* Label, number, address; a contact without a number is left out if it may be, else it stops the
 * product: a blank phone is never posted (domain.md 3.2). */
void build_contacts(struct building *building, const struct body_block *block)
{
    enum { MARGIN, LABEL, NUMBER, ADDRESS, COLUMNS };
    const struct body_contacts *contacts = &block->contacts;
    const struct grid_style *style = paper_grid(building->paper, contacts->grid);
    struct grid grid = build_grid(style, building->paper, building, NULL, false);
    struct column *columns = arena_array(building->made->arena, COLUMNS, sizeof(*columns));
    struct row *rows = arena_array(building->made->arena, contacts->count, sizeof(*rows));
    const struct text_style *value = build_style(building, style->cell, -1);
    struct text_style *label =
        arena_copy(building->made->arena, build_style(building, style->label, -1), sizeof(*label));

    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct column){.name = "", .field = SIZE_MAX, .text = true};
    /* Indented like the paragraphs around it: by a column, so that every label is. */
    columns[MARGIN].width = (mpt)((int64_t)label->size * label->indent / 1000);
    columns[ADDRESS].weight = 1; /* takes what is left over */
    label->indent = 0;
    for (size_t i = 0; i < contacts->count; i++) {
        const struct contact *contact = &contacts->contacts[i];
        struct cell cells[COLUMNS];
        size_t ncell = 0;
        bool full, addressed = false;
        const char *number = scope_text(building->scope, contact->number, BLANKS_QUIET, &full);
        const char *name, *address = "";

        if (!full && contact->optional)
            continue;
        name = scope_text(building->scope, contact->label, BLANKS_REPORT, NULL);
        if (!full) {
            finding_add(building->scope->findings, FINDING_DOCUMENT_PHONE_MISSING, contact->place,
                        building->scope->product, name);
            building->scope->failed = true;
        }
        if (contact->address)
            address = scope_text(building->scope, contact->address, BLANKS_QUIET, &addressed);
        cells[ncell++] = build_cell(building, LABEL, 1, name, label);
        cells[ncell++] = build_cell(building, NUMBER, 1, number, value);
        if (addressed)
            cells[ncell++] = build_cell(building, ADDRESS, 1, address, value);
        rows[grid.nfixed++] = *build_row(building, cells, ncell, style->row, 0);
    }
    grid.columns = columns;
    grid.ncolumn = COLUMNS;
    grid.fixed = rows;
    if (grid.nfixed > 0)
        build_add_grid(building, block, grid);
}

static bool ends_name(gunichar c)
{
    return c == 0x3001 || c == ';' || c == 0xFF1B || c == '\n' || c == 0xFF0C || c == ',';
}

/* The names of a 落款, which clerks part with 、 ； or a new line. */
static char **split_names(const char *text)
{
    GPtrArray *names = g_ptr_array_new();
    const char *from = text;

    for (const char *at = text;; at = g_utf8_next_char(at)) {
        if (*at != '\0' && !ends_name(g_utf8_get_char(at)))
            continue;
        char *name = g_strstrip(g_strndup(from, (gsize)(at - from)));
        if (name[0] != '\0')
            g_ptr_array_add(names, name);
        else
            g_free(name);
        if (*at == '\0')
            break;
        from = g_utf8_next_char(at);
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

/* Side by side, each with the room of a seal around its name and date; one alone stands right. */
void build_issuers(struct building *building, const struct body_block *block)
{
    const struct body_issuers *issuers = &block->issuers;
    const struct grid_style *style = paper_grid(building->paper, issuers->grid);
    const struct text_style *text = build_style(building, style->cell, -1);
    struct grid grid = build_grid(style, building->paper, building, NULL, false);
    struct arena *arena = building->made->arena;
    struct column *columns;
    struct cell cells[MOST_ISSUERS];
    bool full;
    const char *date, *all;
    char **names;
    size_t count, first;

    all = scope_text(building->scope, issuers->names, BLANKS_QUIET, &full);
    if (!full)
        all = scope_text(building->scope, issuers->otherwise, BLANKS_REPORT, NULL);
    date = scope_text(building->scope, issuers->date, BLANKS_REPORT, NULL);
    names = split_names(all);
    count = g_strv_length(names);
    if (count < 1 || count > MOST_ISSUERS) {
        char number[24];

        snprintf(number, sizeof(number), "%zu", count);
        finding_add(building->scope->findings, FINDING_DOCUMENT_ISSUERS, block->place,
                    building->scope->product, number);
        building->scope->failed = true;
        g_strfreev(names);
        return;
    }
    first = count == 1 ? 1 : 0;
    grid.ncolumn = first + count;
    columns = arena_array(arena, grid.ncolumn, sizeof(*columns));
    for (size_t i = 0; i < grid.ncolumn; i++)
        columns[i] = (struct column){.name = "",
                                     .field = SIZE_MAX,
                                     .width = page_inner_width(building->page) / (mpt)grid.ncolumn};
    for (size_t i = 0; i < count; i++) {
        char *lines = g_strconcat(names[i], "\n", date, NULL);

        cells[i] = build_cell(building, first + i, 1, arena_text(arena, lines), text);
        g_free(lines);
    }
    char *joined = g_strjoinv("、", names);
    building->issuers = arena_text(arena, joined);
    g_free(joined);
    g_strfreev(names);
    grid.columns = columns;
    grid.fixed = build_row(building, cells, count, style->row, 0);
    grid.nfixed = 1;
    build_add_grid(building, block, grid);
}

void build_blocks(struct building *building)
{
    const struct template *template = building->scope->binding->template;

    for (size_t i = 0; i < template->nblock; i++) {
        const struct body_block *block = &template->blocks[i];

        switch (block->kind) {
        case BODY_TEXT:
            build_text(building, block);
            break;
        case BODY_TABLE:
            build_table(building, block);
            break;
        case BODY_FORM:
            build_form(building, block);
            break;
        case BODY_CONTACTS:
            build_contacts(building, block);
            break;
        case BODY_ISSUERS:
            build_issuers(building, block);
            break;
        case BODY_SECTION:
            build_section(building, block);
            break;
        case BODY_CHART:
            build_chart(building, block);
            break;
        case BODY_IMAGE:
            build_image(building, block);
            break;
        case BODY_CODE:
            build_code(building, block);
            break;
        }
    }
}

void build_share_notes(struct building *building, const struct body_block *block,
                       const struct body_table *body, const struct set *set,
                       const struct rowset *rows)
{
    const struct text_style *style = paper_text(building->paper, "note");
    const char *cell = paper_grid(building->paper, body->grid)->cell;

    for (size_t i = 0; i < body->ncolumn; i++) {
        const char *field = body->columns[i].field;
        bool told = false;
        struct block note = {.kind = BLOCK_TEXT, .variant = block->variant, .place = block->place};

        for (size_t k = 0; field && k < i; k++)
            told = told || g_strcmp0(body->columns[k].field, field) == 0;
        if (field && !told)
            note.text.text = ratio_note(building->scope, set, rows, set_find(set, field));
        if (!note.text.text)
            continue;
        note.text.style = style ? style : build_style(building, cell, ALIGN_LEFT);
        g_array_append_val(building->blocks, note);
        if (block->variant != VARIANT_ATTACHED)
            finding_add(building->scope->findings, FINDING_DOCUMENT_SHARES, block->place,
                        building->scope->product, field);
    }
}
