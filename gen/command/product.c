/* Building, measuring and writing one product. */
#include "command/product.h"

#include <stdio.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "typeset/typeset.h"

struct worker {
    const struct production *production;
    bool alone;
    struct typeset *typeset; /* NULL until the first product that has pages */

    /* of the edition it is at; the store and the binding are its own unless it is alone */
    const struct edition *edition;
    struct store *store;
    struct binding *binding;
};

struct worker *worker_new(const struct production *production, bool alone)
{
    struct worker *worker = g_new0(struct worker, 1);
    worker->production = production;
    worker->alone = alone;
    return worker;
}

static void leave_edition(struct worker *worker)
{
    if (!worker->alone)
        binding_free(worker->binding);
    store_close(worker->store);
    worker->edition = NULL;
    worker->binding = NULL;
    worker->store = NULL;
}

void worker_free(struct worker *worker)
{
    leave_edition(worker);
    typeset_free(worker->typeset);
    g_free(worker);
}

/* The worker's binding of the edition, or NULL with findings. */
static struct binding *enter_edition(struct worker *worker, const struct edition *edition,
                                     struct findings *findings)
{
    if (worker->edition == edition)
        return worker->binding;
    leave_edition(worker);
    if (worker->alone) {
        worker->binding = edition->binding;
    } else {
        worker->store = store_again(edition->store, findings);
        if (worker->store)
            worker->binding = binding_again(edition->binding, worker->store, findings);
    }
    if (worker->binding)
        worker->edition = edition;
    return worker->binding;
}

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

static int make_folder(const struct options *options, const struct product *product)
{
    const bool private = audience_is_private(product->edition->head->audience);
    char *folder = g_path_get_dirname(product->path);
    int status = folder_make(options->output, false, product->findings);
    if (!status)
        status = folder_make(folder, private, product->findings);
    g_free(folder);
    return status;
}

static struct layout *measure(struct worker *worker, const struct document *document,
                              struct findings *findings)
{
    if (!worker->typeset)
        worker->typeset = typeset_new(worker->production->fonts);
    return typeset_measure(worker->typeset, document, findings);
}

/* A document that cannot be set on pages is not written as a workbook either: the two would differ.
 */
static void write_formats(struct worker *worker, const struct product *product,
                          const struct document *document)
{
    const struct renderer *const *formats =
        (const struct renderer *const *)product->edition->formats->pdata;
    bool paged = false;
    for (const struct renderer *const *format = formats; *format; format++)
        paged = paged || (*format)->paged;
    struct layout *layout = paged ? measure(worker, document, product->findings) : NULL;
    if (paged && !layout)
        return;
    for (; *formats && !worker->production->options->dry_run; formats++) {
        const struct render_job job = {.document = document,
                                       .layout = (*formats)->paged ? layout : NULL,
                                       .stem = product->path,
                                       .shared = !audience_is_private(document->audience),
                                       .created = worker->production->created,
                                       .findings = product->findings};
        (*formats)->render(&job);
    }
    layout_free(layout);
}

static void write_product(struct worker *worker, struct binding *binding,
                          const struct product *product)
{
    const struct options *options = worker->production->options;
    struct document *document = NULL;
    struct row_count count = {0};
    size_t errors = findings_of_level(product->findings, LEVEL_ERROR);
    if (binding_document(binding, product->index, &product->units, &document, &count,
                         product->findings) ||
        !document)
        return;
    if (options->dry_run || !make_folder(options, product))
        write_formats(worker, product, document);
    if (findings_of_level(product->findings, LEVEL_ERROR) == errors)
        finding_add(product->findings,
                    options->dry_run ? FINDING_RENDER_WOULD_WRITE : FINDING_RENDER_WRITTEN,
                    (struct place){0}, product->shown, figure(count.selected).text,
                    figure(count.printed).text, figure(count.held).text);
    document_free(document);
}

void product_make(void *worker, void *made)
{
    const struct product *product = made;
    if (interrupt_pending())
        return;
    struct binding *binding = enter_edition(worker, product->edition, product->findings);
    if (binding)
        write_product(worker, binding, product);
}
