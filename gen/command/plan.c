/* Plans a run: templates, products, their paths, what is held back; and reports it in order. */
#include "command/plan.h"

#include <stdio.h>
#include <string.h>

#include "command/hold.h"
#include "command/missing_glyphs.h"

static bool has_ledgers(const struct ledgers *ledgers, const struct template_head *head,
                        struct findings *findings)
{
    bool all = true;
    for (const char *const *name = head->ledgers; *name; name++) {
        const struct ledger *ledger = ledgers_find(ledgers, *name);
        if (ledger && ledger->present)
            continue;
        all = false;
        if (findings)
            finding_add(findings, FINDING_RENDER_LEDGER_MISSING, head->place, head->title, *name);
    }
    return all;
}

static bool wanted(const struct options *options, const char *format)
{
    for (guint i = 0; i < options->formats->len; i++)
        if (!strcmp(options->formats->pdata[i], format))
            return true;
    return !options->formats->len;
}

static bool declared(const struct template_head *head, const char *format)
{
    for (const char *const *name = head->formats; *name; name++)
        if (!strcmp(*name, format))
            return true;
    return false;
}

/* The template's formats, or those of -f that it can have: pictures and dumps of its pages come
 * with pdf, the tree with every template. NULL-ended. */
static GPtrArray *formats_of(const struct options *options, const struct template_head *head)
{
    GPtrArray *formats = g_ptr_array_new();
    for (const struct renderer *const *renderer = renderers(); *renderer; renderer++) {
        const char *name = (*renderer)->name;
        bool possible = declared(head, name);
        if (options->formats->len)
            possible |= (*renderer)->paged ? declared(head, "pdf") : !strcmp(name, "tree");
        if (possible && wanted(options, name))
            g_ptr_array_add(formats, (gpointer)*renderer);
    }
    g_ptr_array_add(formats, NULL);
    return formats;
}

static bool apply_only(struct binding *binding, const struct options *options,
                       const struct template_head *head, struct findings *findings)
{
    for (guint i = 0; i + 1 < options->only->len; i += 2) {
        const char *column = options->only->pdata[i];
        if (!binding_only(binding, column, options->only->pdata[i + 1])) {
            finding_add(findings, FINDING_RENDER_ONLY_SKIPPED, head->place, head->title, column);
            return false;
        }
        if (!binding_products(binding)) {
            char *pair = g_strconcat(column, "=", options->only->pdata[i + 1], NULL);
            finding_add(findings, FINDING_RENDER_ONLY_NOTHING, head->place, head->title, pair);
            g_free(pair);
            return false;
        }
    }
    return true;
}

static void say_no_format(const struct options *options, const struct template_head *head,
                          struct findings *findings)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < options->formats->len; i++)
        g_string_append_printf(names, "%s%s", i ? " " : "",
                               (const char *)options->formats->pdata[i]);
    finding_add(findings, FINDING_RENDER_NO_FORMAT, head->place, head->title, names->str);
    g_string_free(names, TRUE);
}

/* Lists the products; 0 with findings when there are none. */
static void list_products(struct edition *edition, const struct template *template,
                          const struct world *world, const struct stores *stores,
                          const struct options *options)
{
    const struct template_head *head = edition->head;
    struct findings *findings = edition->findings;
    size_t nread;
    if (!has_ledgers(world->ledgers, head, options->names->len ? findings : NULL))
        return;
    struct store *store = stores_of(stores, head->audience);
    edition->store = store;
    edition->binding = binding_prepare(template, store, findings);
    if (!edition->binding)
        return;
    edition->formats = formats_of(options, head);
    if (edition->formats->len == 1) {
        say_no_format(options, head, findings);
        return;
    }
    if (binding_run(edition->binding, world->settings, findings) ||
        !apply_only(edition->binding, options, head, findings))
        return;
    const struct query_read *reads = binding_reads(edition->binding, &nread);
    edition->holds = holds_find(world->ledgers, stores, head, reads, nread);
    edition->count = binding_products(edition->binding);
    if (!edition->count)
        finding_add(findings, FINDING_DOCUMENT_NO_ROWS, head->place, head->title);
}

static void free_product(gpointer data)
{
    struct product *product = data;
    g_free((gpointer)product->units.households);
    g_free(product->path);
    g_free(product->shown);
    findings_free(product->findings);
    g_free(product);
}

struct edition *plan_edition(const struct template *template, const struct world *world,
                             const struct stores *stores, const struct options *options)
{
    struct edition *edition = g_new0(struct edition, 1);
    edition->head = template_head(template);
    edition->findings = findings_new();
    edition->products = g_ptr_array_new_with_free_func(free_product);
    list_products(edition, template, world, stores, options);
    return edition;
}

void edition_free(struct edition *edition)
{
    g_ptr_array_free(edition->products, TRUE);
    if (edition->holds)
        g_array_free(edition->holds, TRUE);
    if (edition->formats)
        g_ptr_array_free(edition->formats, TRUE);
    binding_free(edition->binding);
    findings_free(edition->findings);
    g_free(edition);
}

static char *cell_name(const struct place *place)
{
    const struct place row = {.file = place->file, .sheet = place->sheet, .line = place->line};
    GString *name = g_string_new(NULL);

    place_append(name, &row);
    if (place->field)
        g_string_append_printf(name, " %s", place->field);
    return g_string_free(name, FALSE);
}

static void say_held(struct findings *findings, const struct hold *hold, size_t count,
                     const char *path)
{
    char *cell = cell_name(&hold->place), more[24];
    snprintf(more, sizeof more, "%zu", count - 1);
    if (count > 1)
        finding_add(findings, FINDING_RENDER_HELD_MORE, hold->place, path, cell, more);
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

struct product *plan_product(struct edition *edition, size_t index, const struct options *options,
                             GHashTable *written)
{
    const struct template_head *head = edition->head;
    struct product *product = g_new0(struct product, 1);
    product->edition = edition;
    product->index = index;
    product->findings = findings_new();
    g_ptr_array_add(edition->products, product);
    char *stem = binding_stem(edition->binding, index, product->findings);
    if (!stem)
        return product;
    product->shown = g_build_filename(audience_folder(head->audience), stem, NULL);
    g_free(stem);

    const struct hold *first;
    const char *village = binding_village(edition->binding, index);
    size_t whole =
        holds_of_product(edition->holds, village, head->by_unit, &product->units, &first);
    if (!g_hash_table_add(written, g_strdup(product->shown))) {
        finding_add(product->findings, FINDING_TEMPLATE_SAME_PATH, head->place, product->shown);
    } else if (whole) {
        say_held(product->findings, first, whole, product->shown);
    } else {
        say_units_held(product->findings, edition->holds, &product->units, village, product->shown);
        product->path = g_build_filename(options->output, product->shown, NULL);
    }
    return product;
}

void plan_report(struct edition *edition, const struct ledgers *ledgers, GHashTable *traced,
                 struct findings *findings)
{
    findings_move(findings, edition->findings);
    for (guint i = 0; i < edition->products->len; i++) {
        const struct product *product = edition->products->pdata[i];
        const size_t first = findings_count(findings);
        size_t nread;
        const struct query_read *reads = binding_reads(edition->binding, &nread);
        findings_move(findings, product->findings);
        missing_glyphs_trace(ledgers, reads, nread, first, traced, findings);
    }
}
