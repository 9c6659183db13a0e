/* Building, measuring and writing one product. */
#include "command/product.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "command/missing_glyphs.h"

/* A number as an argument of a finding. */
struct figure {
    char text[24];
};

static struct figure figure(size_t number)
{
    struct figure figure;
    snprintf(figure.text, sizeof figure.text, "%zu", number);
    return figure;
}

static char *cell_name(const struct place *place)
{
    return g_strdup_printf("%s:%u%s%s", place->file ? place->file : "", place->line,
                           place->field ? " " : "", place->field ? place->field : "");
}

static void say_held(struct findings *findings, const struct hold *hold, size_t count,
                     const char *path)
{
    char *cell = cell_name(&hold->place);
    if (count > 1)
        finding_add(findings, FINDING_RENDER_HELD_MORE, hold->place, path, cell,
                    figure(count - 1).text);
    else
        finding_add(findings, FINDING_RENDER_HELD, hold->place, path, cell);
    g_free(cell);
}

static void say_units_held(struct findings *findings, const GArray *holds,
                           const struct held_units *units, const char *village, const char *path)
{
    for (size_t u = 0; u < units->count; u++) {
        for (guint i = 0; i < holds->len; i++) {
            const struct hold *hold = &g_array_index(holds, struct hold, i);
            if (hold->household != units->households[u] ||
                (hold->village && village && strcmp(hold->village, village)))
                continue;
            char *cell = cell_name(&hold->place);
            finding_add(findings, FINDING_RENDER_UNIT_HELD, hold->place, path, cell);
            g_free(cell);
            break;
        }
    }
}

static int make_folder(const struct production *production, const char *path,
                       enum audience audience)
{
    char *folder = g_path_get_dirname(path);
    int status = folder_make(production->options->output, false, production->findings);
    if (!status)
        status = folder_make(folder, audience_is_private(audience), production->findings);
    g_free(folder);
    return status;
}

static struct layout *measure(struct production *production, const struct binding *binding,
                              const struct document *document)
{
    const size_t first = findings_count(production->findings);
    struct layout *layout = typeset_measure(production->typeset, document, production->findings);
    size_t nread;
    const struct query_read *reads = binding_reads(binding, &nread);
    if (!layout)
        missing_glyphs_trace(production->ledgers, reads, nread, first, production->traced,
                             production->findings);
    return layout;
}

/* A document that cannot be set on pages is not written as a workbook either: the two would differ.
 */
static void write_formats(struct production *production, const struct binding *binding,
                          const struct document *document, const char *path,
                          const struct renderer *const *formats)
{
    bool paged = false;
    for (const struct renderer *const *format = formats; *format; format++)
        paged = paged || (*format)->paged;
    struct layout *layout = paged ? measure(production, binding, document) : NULL;
    if (paged && !layout)
        return;
    for (; *formats && !production->options->dry_run; formats++) {
        const struct render_job job = {.document = document,
                                       .layout = (*formats)->paged ? layout : NULL,
                                       .stem = path,
                                       .shared = !audience_is_private(document->audience),
                                       .created = production->created,
                                       .findings = production->findings};
        (*formats)->render(&job);
    }
    layout_free(layout);
}

static void write_product(struct production *production, struct binding *binding, size_t index,
                          const struct held_units *units, const char *path, const char *shown,
                          const struct renderer *const *formats)
{
    struct document *document = NULL;
    struct row_count count = {0};
    size_t errors = findings_of_level(production->findings, LEVEL_ERROR);
    if (binding_document(binding, index, units, &document, &count, production->findings) ||
        !document)
        return;
    if (production->options->dry_run || !make_folder(production, path, document->audience))
        write_formats(production, binding, document, path, formats);
    bool whole = findings_of_level(production->findings, LEVEL_ERROR) == errors;
    if (whole)
        finding_add(production->findings,
                    production->options->dry_run ? FINDING_RENDER_WOULD_WRITE
                                                 : FINDING_RENDER_WRITTEN,
                    (struct place){0}, shown, figure(count.selected).text,
                    figure(count.printed).text, figure(count.held).text);
    document_free(document);
}

void product_make(struct production *production, struct binding *binding,
                  const struct template_head *head, size_t index, const GArray *holds,
                  const struct renderer *const *formats)
{
    char *stem = binding_stem(binding, index, production->findings);
    if (!stem)
        return;
    char *shown = g_build_filename(audience_folder(head->audience), stem, NULL);
    char *path = g_build_filename(production->options->output, shown, NULL);
    g_free(stem);

    struct held_units units = {0};
    const struct hold *first;
    const char *village = binding_village(binding, index);
    size_t whole = holds_of_product(holds, village, head->by_unit, &units, &first);
    if (!g_hash_table_add(production->written, g_strdup(shown))) {
        finding_add(production->findings, FINDING_TEMPLATE_SAME_PATH, head->place, shown);
    } else if (whole) {
        say_held(production->findings, first, whole, shown);
    } else {
        say_units_held(production->findings, holds, &units, village, shown);
        write_product(production, binding, index, &units, path, shown, formats);
    }
    g_free((gpointer)units.households);
    g_free(path);
    g_free(shown);
}
