/* Tells figures: pictures, QR codes, and charts with every value written at them. */
#include "render/tree_inside.h"

#include "base/value.h"

/* The chart's series with their formats, then row by row what is written at each. */
static void chart(struct tree *tree, int depth, const struct chart *of)
{
    GString *text = g_string_new(NULL);

    for (size_t s = 0; s < of->nseries; s++) {
        tree_indent(tree, depth);
        g_string_append(tree->out, "series ");
        tree_quoted(tree->out, of->series[s].name);
        tree_label(tree, "field", rowset_name(of->rows, of->series[s].field));
        g_string_append_c(tree->out, ' ');
        format_write_name(tree->out, of->series[s].format);
        g_string_append_c(tree->out, '\n');
    }
    for (size_t row = 0; row < rowset_rows(of->rows); row++) {
        tree_indent(tree, depth);
        g_string_append(tree->out, "row");
        for (size_t s = 0; s <= of->nseries; s++) {
            const size_t field = s == 0 ? of->label : of->series[s - 1].field;
            const struct value value = rowset_at(of->rows, row, field);

            g_string_truncate(text, 0);
            format_value(text, s == 0 ? of->label_format : of->series[s - 1].format, &value);
            g_string_append(tree->out, s == 0 ? " " : " | ");
            tree_quoted(tree->out, text->str);
        }
        g_string_append_c(tree->out, '\n');
    }
    g_string_free(text, TRUE);
}

static void chart_line(struct tree *tree, const struct chart *of)
{
    static const char *const kinds[] = {[CHART_BAR] = "bar",
                                        [CHART_STACKED] = "stacked",
                                        [CHART_PIE] = "pie",
                                        [CHART_LINE] = "line"};

    g_string_append_printf(tree->out, " %s", kinds[of->kind]);
    tree_flag(tree, "lying", of->lying);
    tree_flag(tree, "legend", of->legend);
    tree_label(tree, "unit", of->unit);
    tree_label(tree, "label", rowset_name(of->rows, of->label));
    g_string_append_c(tree->out, ' ');
    format_write_name(tree->out, of->label_format);
    tree_style(tree, of->style);
}

void tree_figure(struct tree *tree, int depth, const struct block_figure *of)
{
    static const char *const kinds[] = {
        [FIGURE_IMAGE] = "image", [FIGURE_CODE] = "code", [FIGURE_CHART] = "chart"};

    g_string_append_printf(tree->out, " %s width=%d height=%d %s", kinds[of->kind], of->width,
                           of->height, tree_align_names[of->align]);
    tree_length(tree, "before", of->before);
    tree_length(tree, "after", of->after);
    if (of->kind == FIGURE_IMAGE) {
        tree_label(tree, "file", of->file);
        g_string_append_printf(tree->out, " %s %ux%u %zu bytes",
                               of->image->kind == IMAGE_PNG ? "png" : "jpeg", of->image->width,
                               of->image->height, of->image->size);
        tree_label(tree, "alt", of->alt);
    } else if (of->kind == FIGURE_CHART) {
        chart_line(tree, &of->chart);
    } else {
        tree_length(tree, "modules", (long)of->side);
        tree_label(tree, "content", of->content);
    }
    g_string_append_c(tree->out, '\n');
    if (of->text) {
        tree_indent(tree, depth);
        g_string_append(tree->out, "caption");
        tree_style(tree, of->style);
        g_string_append_c(tree->out, ' ');
        tree_quoted(tree->out, of->text);
        g_string_append_c(tree->out, '\n');
    }
    if (of->kind == FIGURE_CHART)
        chart(tree, depth, &of->chart);
}
