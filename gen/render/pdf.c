/* The pdf format: all pages in one file, with properties, outline and language. */
#include <cairo-pdf.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "render/paint.h"
#include "render/render.h"

static cairo_status_t collect(void *bytes, const unsigned char *data, unsigned length)
{
    g_string_append_len(bytes, (const char *)data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(cairo_surface_t *surface, const struct render_job *job)
{
    const struct document *document = job->document;
    g_autoptr(GDateTime) created = g_date_time_new_from_unix_utc(job->created);
    g_autofree char *date = g_date_time_format(created, "%Y-%m-%dT%H:%M:%SZ");
    const struct {
        cairo_pdf_metadata_t key;
        const char *value;
    } entries[] = {
        {CAIRO_PDF_METADATA_TITLE, document->title},
        {CAIRO_PDF_METADATA_AUTHOR, document->author},
        {CAIRO_PDF_METADATA_SUBJECT, document->subject},
        {CAIRO_PDF_METADATA_KEYWORDS, document->note},
        {CAIRO_PDF_METADATA_CREATOR, "mingbai"},
        {CAIRO_PDF_METADATA_CREATE_DATE, date},
        {CAIRO_PDF_METADATA_MOD_DATE, date},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++)
        if (entries[i].value)
            cairo_pdf_surface_set_metadata(surface, entries[i].key, entries[i].value);
}

static void add_outline(cairo_surface_t *surface, const struct layout *layout)
{
    size_t count;
    const struct page_mark *marks = layout_marks(layout, &count);
    int parent = CAIRO_PDF_OUTLINE_ROOT;
    for (size_t i = 0; i < count; i++) {
        g_autofree char *target =
            g_strdup_printf("page=%zu pos=[0 %d]", marks[i].page, marks[i].y / 1000);
        int id = cairo_pdf_surface_add_outline(surface,
                                               marks[i].level > 1 ? parent : CAIRO_PDF_OUTLINE_ROOT,
                                               marks[i].title, target, CAIRO_PDF_OUTLINE_FLAG_OPEN);
        if (marks[i].level == 1)
            parent = id;
    }
}

/* Where needle stands last before end, or SIZE_MAX. The bytes may hold NULs. */
static size_t find_last(const GString *bytes, size_t end, const char *needle)
{
    const size_t length = strlen(needle);
    for (size_t at = end >= length ? end - length + 1 : 0; at-- > 0;)
        if (!memcmp(bytes->str + at, needle, length))
            return at;
    return SIZE_MAX;
}

/* Cairo 1.16 has no way to state the language, by which screen readers choose the voice. It writes
 * the catalog as the last object before the table of objects, so an entry more in it moves nothing
 * but that table. A file of another shape is left as it is. */
static void set_language(GString *pdf)
{
    static const char catalog[] = "/Type /Catalog", end[] = "endobj\n", start[] = "startxref\n";
    static const char entry[] = "\n   /Lang (zh-CN)";
    size_t start_at = find_last(pdf, pdf->len, start);
    if (start_at == SIZE_MAX)
        return;
    start_at += strlen(start);
    const size_t table = (size_t)strtoull(pdf->str + start_at, NULL, 10);
    if (table < strlen(end) || table > start_at)
        return;
    const size_t catalog_at = find_last(pdf, table, catalog);
    if (catalog_at == SIZE_MAX ||
        strstr(pdf->str + catalog_at, end) != pdf->str + table - strlen(end))
        return;
    g_string_truncate(pdf, start_at);
    g_string_append_printf(pdf, "%zu\n%%%%EOF\n", table + strlen(entry));
    g_string_insert(pdf, (gssize)(catalog_at + strlen(catalog)), entry);
}

static int write_file(const struct render_job *job, const char *path, const GString *bytes)
{
    struct file_writer *writer = file_create(path, job->findings);
    if (!writer)
        return -1;
    fwrite(bytes->str, 1, bytes->len, file_writer_stream(writer));
    return file_commit(writer, job->shared, job->findings);
}

static cairo_status_t draw(const struct render_job *job, struct paint *paint, GString *pdf)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(collect, pdf, 1, 1);
    set_metadata(surface, job);
    cairo_t *cr = cairo_create(surface);
    const size_t pages = layout_pages(job->layout);
    for (size_t number = 1; number <= pages && cairo_status(cr) == CAIRO_STATUS_SUCCESS; number++) {
        const struct page *page = layout_draw(job->layout, number);
        cairo_pdf_surface_set_size(surface, page->width / 1000.0, page->height / 1000.0);
        paint_page(paint, cr, page);
        cairo_show_page(cr);
    }
    add_outline(surface, job->layout);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

static int render(const struct render_job *job)
{
    g_autofree char *path = g_strconcat(job->stem, render_pdf.suffix, NULL);
    struct paint *paint = paint_new(job->layout, job->findings);
    if (!paint)
        return -1;
    GString *pdf = g_string_new(NULL);
    cairo_status_t status = draw(job, paint, pdf);
    int result;
    if (status != CAIRO_STATUS_SUCCESS) {
        result = finding_add(job->findings, FINDING_RENDER_FAILED, (struct place){.file = path},
                             cairo_status_to_string(status));
    } else if ((result = layout_check(job->layout, job->findings)) == 0) {
        set_language(pdf);
        result = write_file(job, path, pdf);
    }
    g_string_free(pdf, TRUE);
    paint_free(paint);
    return result;
}

const struct renderer render_pdf = {
    .name = "pdf",
    .suffix = ".pdf",
    .title_zh = "PDF，打印和张贴用",
    .title_en = "PDF, to print and to pin up",
    .paged = true,
    .render = render,
};
