/* The pdf format: all pages in one file, with properties, outline and language. */
#include <cairo-pdf.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "render/paint.h"
#include "render/render.h"

static cairo_status_t write_bytes(void *stream, const unsigned char *data, unsigned length)
{
    return fwrite(data, 1, length, stream) == length ? CAIRO_STATUS_SUCCESS
                                                     : CAIRO_STATUS_WRITE_ERROR;
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
 * but that table. tail: the file from offset on. A file of another shape is left as it is. */
static void set_language(GString *tail, size_t offset)
{
    static const char catalog[] = "/Type /Catalog", end[] = "endobj\n", start[] = "startxref\n";
    static const char entry[] = "\n   /Lang (zh-CN)";
    size_t start_at = find_last(tail, tail->len, start);
    if (start_at == SIZE_MAX)
        return;
    start_at += strlen(start);
    const size_t table = (size_t)strtoull(tail->str + start_at, NULL, 10);
    if (table < offset + strlen(end) || table > offset + start_at)
        return;
    const size_t catalog_at = find_last(tail, table - offset, catalog);
    if (catalog_at == SIZE_MAX ||
        strstr(tail->str + catalog_at, end) != tail->str + (table - offset) - strlen(end))
        return;
    g_string_truncate(tail, start_at);
    g_string_append_printf(tail, "%zu\n%%%%EOF\n", table + strlen(entry));
    g_string_insert(tail, (gssize)(catalog_at + strlen(catalog)), entry);
}

/* The file's bytes from offset on; NULL: it cannot be read. */
static GString *read_from(FILE *stream, size_t offset)
{
    long size = fseek(stream, 0, SEEK_END) == 0 ? ftell(stream) : -1;
    if (size < 0 || (size_t)size < offset || fseek(stream, (long)offset, SEEK_SET) != 0)
        return NULL;
    GString *bytes = g_string_sized_new((size_t)size - offset + 64);
    g_string_set_size(bytes, (size_t)size - offset);
    if (fread(bytes->str, 1, bytes->len, stream) == bytes->len)
        return bytes;
    g_string_free(bytes, TRUE);
    return NULL;
}

/* Writes the end of the file anew, from the catalog on: it may be large, its end is not. */
static void finish(FILE *stream)
{
    enum { NUMBER = 64, CATALOG = 4096 }; /* bytes that hold the table's offset; the catalog */
    long size = fseek(stream, 0, SEEK_END) == 0 ? ftell(stream) : -1;
    GString *tail = read_from(stream, size > NUMBER ? (size_t)size - NUMBER : 0);
    if (!tail)
        return;
    size_t number = find_last(tail, tail->len, "startxref\n");
    size_t table = number == SIZE_MAX
                       ? 0
                       : (size_t)strtoull(tail->str + number + strlen("startxref\n"), NULL, 10);
    size_t offset = table > CATALOG ? table - CATALOG : 0;
    g_string_free(tail, TRUE);
    if (!(tail = read_from(stream, offset)))
        return;
    set_language(tail, offset);
    if (fseek(stream, (long)offset, SEEK_SET) == 0)
        fwrite(tail->str, 1, tail->len, stream);
    g_string_free(tail, TRUE);
}

static cairo_status_t draw(const struct render_job *job, struct paint *paint, FILE *stream)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_bytes, stream, 1, 1);
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
    struct paint *paint = paint_new(job->layout, true, job->findings);
    struct file_writer *writer = paint ? file_create(path, job->findings) : NULL;
    if (!writer) {
        paint_free(paint);
        return -1;
    }
    FILE *stream = file_writer_stream(writer);
    cairo_status_t status = draw(job, paint, stream);
    paint_free(paint);
    if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_WRITE_ERROR) {
        file_abandon(writer);
        return finding_add(job->findings, FINDING_RENDER_FAILED, (struct place){.file = path},
                           cairo_status_to_string(status));
    }
    if (layout_check(job->layout, job->findings) != 0) {
        file_abandon(writer);
        return -1;
    }
    if (status == CAIRO_STATUS_SUCCESS)
        finish(stream);
    return file_commit(writer, job->shared, job->findings); /* which says what was not written */
}

const struct renderer render_pdf = {
    .name = "pdf",
    .suffix = ".pdf",
    .title_zh = "PDF，打印和张贴用",
    .title_en = "PDF, to print and to pin up",
    .paged = true,
    .render = render,
};
