/* Parses chart blocks. */
#include <string.h>

#include "document/body_reader.h"
#include "document/suggest.h"

static const char *const KINDS_OF_CHART[] = {"bar", "stacked", "pie", "line", NULL};

/* A column by its name, or {field: name, title: …, as: format}. */
static struct chart_value_column read_value(const struct body_reader *reader,
                                            const struct yaml_node *node)
{
    static const char *const KEYS[] = {"field", "title", "as", NULL};
    struct chart_value_column column = {.place = node->place};
    const char *as;

    if (node->kind == YAML_TEXT) {
        column.field = node->text;
        return column;
    }
    if (yaml_only(node, KEYS, reader->findings) != 0)
        return column;
    column.field = read_required(node, "field", reader->findings);
    column.title = read_phrase(reader, node, "title", false);
    as = yaml_text(node, "as", NULL, reader->findings);
    if (as && !format_parse(as, &column.as))
        suggest_from(reader->findings, FINDING_TEMPLATE_UNKNOWN_WORD,
                     yaml_member(node, "as")->place, as, format_names());
    column.formatted = as != NULL;
    if (column.as.kind != FORMAT_PLAIN && !format_has_places(column.as.kind))
        finding_add(reader->findings, FINDING_TEMPLATE_CHART_FORMAT, yaml_member(node, "as")->place,
                    as);
    return column;
}

static void read_values(const struct body_reader *reader, const struct yaml_node *node,
                        struct body_chart *chart)
{
    const struct yaml_node *list = yaml_member(node, "values");
    const size_t most = chart->kind == CHART_PIE ? 1 : CHART_SERIES_MAX;
    struct chart_value_column *values;

    if (!list) {
        finding_add(reader->findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "values");
        return;
    }
    chart->nvalue = list->kind == YAML_LIST ? list->count : 1;
    values = arena_array(reader->source->arena, chart->nvalue, sizeof(*values));
    for (size_t i = 0; i < chart->nvalue; i++)
        values[i] = read_value(reader, list->kind == YAML_LIST ? &list->children[i] : list);
    chart->values = values;
    if (chart->nvalue < 1 || chart->nvalue > most) {
        char number[24];

        g_snprintf(number, sizeof(number), "%zu", most);
        finding_add(reader->findings, FINDING_TEMPLATE_CHART_VALUES, list->place, number);
    }
}

struct body_chart read_chart(const struct body_reader *reader, const struct yaml_node *node)
{
    static const char *const KEYS[] = {"kind",   "rows",  "label",  "values", "title", "width",
                                       "height", "align", "legend", "lying",  "style", NULL};
    static const char *const SIDES[] = {"left", "center", "right", NULL};
    static const double HEIGHT = 80; /* mm: half as high as the text of an A4 page is wide */
    struct findings *findings = reader->findings;
    struct body_chart chart = {.data = SIZE_MAX};
    const struct yaml_node *rows, *label;

    if (yaml_only(node, KEYS, findings) != 0)
        return chart;
    read_required(node, "kind", findings);
    chart.kind = (enum chart_kind)read_word(node, "kind", KINDS_OF_CHART, CHART_BAR, findings);
    if (read_required(node, "rows", findings) &&
        (rows = yaml_member(node, "rows"))->kind == YAML_TEXT)
        chart.data = read_data_name(reader, rows);
    chart.label = read_required(node, "label", findings);
    label = yaml_member(node, "label");
    chart.label_place = label ? label->place : node->place;
    read_values(reader, node, &chart);
    chart.figure.grid = read_grid_name(reader, node, "table");
    chart.figure.align = (enum align)read_word(node, "align", SIDES, ALIGN_CENTER, findings);
    chart.figure.width = read_length(node, "width", 0, findings);
    chart.figure.height = read_length(node, "height", (mpt)(HEIGHT * MPT_PER_MM), findings);
    chart.figure.text = read_phrase(reader, node, "title", false);
    chart.legend = yaml_flag(node, "legend", chart.nvalue > 1, findings);
    chart.lying = yaml_flag(node, "lying", false, findings);
    if (chart.lying && chart.kind != CHART_BAR && chart.kind != CHART_STACKED)
        finding_add(findings, FINDING_TEMPLATE_CHART_LYING, yaml_member(node, "lying")->place);
    return chart;
}
