/* Parses a form block: fixed rows of label and answer cells. */
#include <stdio.h>

#include "document/body_reader.h"
#include "document/suggest.h"

/* columns: 6, or a list of their widths in parts: [2, 3, 1.5]. */
static const int *read_weights(const struct body_reader *reader, const struct yaml_node *node,
                               size_t *count)
{
    const struct yaml_node *list = yaml_member(node, "columns");
    int *weights = NULL;

    *count = 0;
    if (!list) {
        finding_add(reader->findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "columns");
    } else if (list->kind == YAML_TEXT) {
        long number = yaml_integer(node, "columns", 1, reader->findings);

        *count = number >= 1 && number <= 64 ? (size_t)number : 1;
        weights = arena_array(reader->source->arena, *count, sizeof(*weights));
        for (size_t i = 0; i < *count; i++)
            weights[i] = 1000;
    } else if (list->kind == YAML_LIST && list->count > 0) {
        *count = list->count;
        weights = arena_array(reader->source->arena, *count, sizeof(*weights));
        for (size_t i = 0; i < *count; i++) {
            const struct yaml_node *child = &list->children[i];
            char *end;
            double part = child->kind == YAML_TEXT ? g_ascii_strtod(child->text, &end) : 0;

            if (child->kind != YAML_TEXT || *end != '\0' || !(part > 0 && part <= 1000))
                finding_add(reader->findings, FINDING_TEMPLATE_NUMBER, child->place, "columns",
                            "大于 0 的数", "a number above 0");
            else
                weights[i] = (int)(part * 1000 + 0.5);
        }
    } else {
        suggest_kind(reader->findings, list, YAML_LIST);
    }
    return weights;
}

/* In enum form_kind's order. */
static const char *const KINDS[] = {"label", "value", "text",  "check", "photo",
                                    "sign",  "form",  "table", NULL};

/* The one kind of content that node names; -1 with a finding. */
static int cell_kind(const struct body_reader *reader, const struct yaml_node *node)
{
    int kind = -1, kinds = 0;

    for (int i = 0; KINDS[i]; i++) {
        if (yaml_member(node, KINDS[i])) {
            kind = i;
            kinds++;
        }
    }
    if (kinds == 1)
        return kind;
    finding_add(reader->findings, FINDING_TEMPLATE_BLOCK, node->place,
                "label、value、text、check、photo、sign、form、table");
    return -1;
}

/* Keys that mean something for one kind of cell only. */
static void check_keys(const struct body_reader *reader, const struct yaml_node *node,
                       enum form_kind kind)
{
    static const struct {
        const char *key;
        enum form_kind kind;
    } OWN[] = {{"options", FORM_CHECK}, {"other", FORM_CHECK}, {"date", FORM_SIGN}};

    const struct yaml_node *lines = yaml_member(node, "lines");

    if (lines && kind != FORM_VALUE && kind != FORM_TEXT)
        suggest(reader->findings, FINDING_TEMPLATE_UNKNOWN_KEY, lines->key_place, "lines",
                &KINDS[kind], 1);
    for (size_t i = 0; i < G_N_ELEMENTS(OWN); i++) {
        const struct yaml_node *member = yaml_member(node, OWN[i].key);

        if (member && OWN[i].kind != kind)
            suggest(reader->findings, FINDING_TEMPLATE_UNKNOWN_KEY, member->key_place, OWN[i].key,
                    &KINDS[kind], 1);
    }
}

/* [是, 否], or {是: 安全, 否: 不安全} when the ledger's words are not the form's. */
static void read_options(const struct body_reader *reader, const struct yaml_node *list,
                         struct form_check *check)
{
    struct form_option *options;

    if ((list->kind != YAML_LIST && list->kind != YAML_MAP) || list->count == 0) {
        suggest_kind(reader->findings, list, YAML_LIST);
        return;
    }
    options = arena_array(reader->source->arena, list->count, sizeof(*options));
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml_node *option = &list->children[i];
        const bool mapped = list->kind == YAML_MAP;

        if (option->kind != YAML_TEXT) {
            suggest_kind(reader->findings, option, YAML_TEXT);
            continue;
        }
        options[check->noption++] =
            (struct form_option){.value = mapped ? option->key : option->text,
                                 .text = option->text,
                                 .place = mapped ? option->key_place : option->place};
    }
    check->options = options;
}

static struct form_check read_check(const struct body_reader *reader, const struct yaml_node *node,
                                    const struct phrase *phrase)
{
    struct form_check check = {.other = yaml_text(node, "other", NULL, reader->findings)};

    if (phrase && (phrase->count != 1 || phrase->pieces[0].literal))
        finding_add(reader->findings, FINDING_TEMPLATE_CHECK, phrase->place);
    if (yaml_member(node, "options"))
        read_options(reader, yaml_member(node, "options"), &check);
    return check;
}

/* A grid in a cell stands whole where the cell does: nothing of it comes with pages. */
static void check_inner(const struct body_reader *reader, const struct yaml_node *node,
                        const struct body_table *table)
{
    static const char *const OUTER[] = {
        "attachment", "joined", "page_subtotal", "running", "carry_forward", "rows_per_page", NULL};

    for (size_t i = 0; OUTER[i]; i++) {
        const struct yaml_node *member = yaml_member(node, OUTER[i]);

        if (member)
            finding_add(reader->findings, FINDING_TEMPLATE_INNER, member->key_place, OUTER[i]);
    }
    if (table && table->fill_page)
        finding_add(reader->findings, FINDING_TEMPLATE_INNER, yaml_member(node, "fill")->place,
                    "fill: page");
    for (size_t i = 0; table && i < table->ngroup; i++)
        if (table->groups[i].page)
            finding_add(reader->findings, FINDING_TEMPLATE_INNER, table->groups[i].place,
                        "group: page");
}

static void read_inner(const struct body_reader *reader, const struct yaml_node *node,
                       struct form_cell *cell)
{
    if (cell->kind == FORM_TABLE)
        cell->table = read_table(reader, node);
    if (node->kind == YAML_MAP)
        check_inner(reader, node, cell->table);
    if (cell->kind == FORM_FORM) {
        struct body_form form = read_form(reader, node);

        cell->form = arena_copy(reader->source->arena, &form, sizeof(form));
    }
}

/* How many lines to write on. */
static int read_lines(const struct body_reader *reader, const struct yaml_node *node)
{
    enum { MOST = 60 }; /* more than any sheet has */
    long lines = yaml_integer(node, "lines", 0, reader->findings);

    if (lines >= 0 && lines <= MOST)
        return (int)lines;
    finding_add(reader->findings, FINDING_TEMPLATE_NUMBER, yaml_member(node, "lines")->place,
                "lines", "0 到 60 的整数", "a whole number from 0 to 60");
    return 0;
}

static struct form_cell read_cell(const struct body_reader *reader, const struct yaml_node *node)
{
    static const char *const KEYS[] = {"label", "value", "text",  "check",    "photo",   "sign",
                                       "form",  "table", "span",  "down",     "style",   "align",
                                       "lines", "date",  "other", "vertical", "options", NULL};
    struct findings *findings = reader->findings;
    struct form_cell cell = {.span = 1, .down = 1, .align = -1, .place = node->place};
    long span, down;
    int kind;

    if (yaml_only(node, KEYS, findings) != 0 || (kind = cell_kind(reader, node)) < 0)
        return cell;
    cell.kind = (enum form_kind)kind;
    check_keys(reader, node, cell.kind);
    if (cell.kind == FORM_FORM || cell.kind == FORM_TABLE)
        read_inner(reader, yaml_member(node, KINDS[kind]), &cell);
    else
        cell.phrase = read_phrase(reader, node, KINDS[kind], false);
    if (cell.kind == FORM_CHECK)
        cell.check = read_check(reader, node, cell.phrase);
    cell.lines = read_lines(reader, node);
    cell.dated = yaml_flag(node, "date", true, findings);
    cell.style = read_text_name(reader, node, "style", NULL);
    cell.align = read_word(node, "align", ALIGN_NAMES, cell.kind == FORM_PHOTO ? ALIGN_CENTER : -1,
                           findings);
    cell.vertical = yaml_flag(node, "vertical", false, findings);
    span = yaml_integer(node, "span", 1, findings);
    down = yaml_integer(node, "down", 1, findings);
    cell.span = (uint16_t)CLAMP(span, 1, 64);
    cell.down = (uint16_t)CLAMP(down, 1, 64);
    if (!cell.style && cell.kind == FORM_LABEL)
        cell.style = ""; /* the grid's label style */
    return cell;
}

/* covered[column]: how many rows from this one on a cell above still takes. */
static void place_cells(const struct body_reader *reader, const struct yaml_node *node,
                        struct form_row *row, struct form_cell *cells, size_t ncolumn,
                        unsigned *covered)
{
    size_t column = 0, taken = 0;

    for (size_t i = 0; i < ncolumn; i++)
        taken += covered[i] > 0;
    for (size_t i = 0; i < row->ncell; i++) {
        taken += cells[i].span;
        while (column < ncolumn && covered[column] > 0)
            column++;
        cells[i].column = (uint16_t)column;
        for (size_t k = 0; k < cells[i].span && column < ncolumn; k++) {
            taken += covered[column] > 0; /* runs into a cell from above */
            covered[column++] = cells[i].down;
        }
    }
    for (size_t i = 0; i < ncolumn; i++)
        covered[i] -= covered[i] > 0;
    if (taken != ncolumn) {
        char has[24], wants[24];

        snprintf(has, sizeof(has), "%zu", taken);
        snprintf(wants, sizeof(wants), "%zu", ncolumn);
        finding_add(reader->findings, FINDING_TEMPLATE_SPAN, node->place, has, wants);
    }
}

/* A list of cells, or {height: 12, height_max: 18, cells: [...]}; stay: true keeps a row from
 * growing when the page has room. */
static struct form_row read_row(const struct body_reader *reader, const struct yaml_node *node,
                                size_t ncolumn, unsigned *covered)
{
    static const char *const KEYS[] = {"height", "height_max", "stay", "cells", NULL};
    struct form_row row = {.height = -1, .height_max = -1};
    const struct yaml_node *list = node;
    struct form_cell *cells;

    if (node->kind == YAML_MAP) {
        if (yaml_only(node, KEYS, reader->findings) != 0)
            return row;
        row.height = read_length(node, "height", -1, reader->findings);
        row.height_max = read_length(node, "height_max", -1, reader->findings);
        if (yaml_flag(node, "stay", false, reader->findings))
            row.height_max = 0;
        list = yaml_member(node, "cells");
    }
    if (!list || list->kind != YAML_LIST) {
        suggest_kind(reader->findings, list ? list : node, YAML_LIST);
        return row;
    }
    row.ncell = list->count;
    cells = arena_array(reader->source->arena, list->count, sizeof(*cells));
    for (size_t i = 0; i < list->count; i++)
        cells[i] = read_cell(reader, &list->children[i]);
    place_cells(reader, list, &row, cells, ncolumn, covered);
    row.cells = cells;
    return row;
}

struct body_form read_form(const struct body_reader *reader, const struct yaml_node *node)
{
    static const char *const KEYS[] = {"style", "columns", "rows", "side", "joined", NULL};
    struct body_form form = {0};
    const struct yaml_node *rows;
    struct form_row *list;
    unsigned *covered;

    if (yaml_only(node, KEYS, reader->findings) != 0)
        return form;
    form.grid = read_grid_name(reader, node, "form");
    form.weights = read_weights(reader, node, &form.ncolumn);
    form.side = read_phrase(reader, node, "side", false);
    form.joined = yaml_flag(node, "joined", false, reader->findings);
    rows = yaml_member(node, "rows");
    if (!rows || rows->kind != YAML_LIST) {
        suggest_kind(reader->findings, rows ? rows : node, YAML_LIST);
        return form;
    }
    form.nrow = rows->count;
    list = arena_array(reader->source->arena, rows->count, sizeof(*list));
    covered = g_new0(unsigned, form.ncolumn + 1);
    for (size_t i = 0; i < rows->count; i++)
        list[i] = read_row(reader, &rows->children[i], form.ncolumn, covered);
    for (size_t i = 0; i < form.ncolumn; i++) {
        if (covered[i] > 0) { /* a cell reaches below the last row */
            finding_add(reader->findings, FINDING_TEMPLATE_NUMBER, rows->place, "down",
                        "不超过余下行数的整数", "at most the rows that are left");
            break;
        }
    }
    form.rows = list;
    g_free(covered);
    return form;
}
