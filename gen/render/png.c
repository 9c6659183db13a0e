/* The png format: one picture a page, to show on a screen or to send by phone. */
#include <cairo.h>
#include <glib.h>
#include <math.h>

#include "base/file.h"
#include "render/paint.h"
#include "render/render.h"

/* Every page is held open until the last is drawn, so that a failure changes none: the system
 * allows a process about a thousand open files. */
enum { DPI = 150, PAGES_MAX = 200 };

static char *page_path(const struct render_job *job, size_t number)
{
    return g_strdup_printf("%s-%02zu%s", job->stem, number, render_png.suffix);
}

static cairo_status_t write_stream(void *stream, const unsigned char *data, unsigned length)
{
    return fwrite(data, 1, length, stream) == length ? CAIRO_STATUS_SUCCESS
                                                     : CAIRO_STATUS_WRITE_ERROR;
}

static int pixels(mpt length)
{
    return (int)lround(length * (DPI / 72000.0));
}

static cairo_status_t draw_page(struct paint *paint, const struct page *page, FILE *stream)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels(page->width), pixels(page->height));
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, DPI / 72.0, DPI / 72.0);
    paint_page(paint, cr, page);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, write_stream, stream);
    cairo_surface_destroy(surface);
    return status;
}

/* Draws the pages into writers, one each. */
static int draw_pages(const struct render_job *job, struct paint *paint,
                      struct file_writer **writers, size_t pages)
{
    for (size_t number = 1; number <= pages; number++) {
        g_autofree char *path = page_path(job, number);
        struct file_writer *writer = file_create(path, job->findings);
        writers[number - 1] = writer;
        if (!writer)
            return -1;
        cairo_status_t status =
            draw_page(paint, layout_draw(job->layout, number), file_writer_stream(writer));
        if (status != CAIRO_STATUS_SUCCESS)
            return finding_add(job->findings, FINDING_RENDER_FAILED, (struct place){.file = path},
                               cairo_status_to_string(status));
    }
    return layout_check(job->layout, job->findings);
}

/* What an earlier, longer run left; from the last down, so that an interrupted removal leaves no
 * gap that would hide the rest from the next run. */
static int remove_further(const struct render_job *job, size_t pages)
{
    size_t last = pages;
    for (bool found = true; found;) {
        g_autofree char *path = page_path(job, last + 1);
        found = file_exists(path);
        last += found;
    }
    int result = 0;
    for (; last > pages; last--) {
        g_autofree char *path = page_path(job, last);
        if (file_remove(path, job->findings) != 0)
            result = -1;
    }
    return result;
}

static int render(const struct render_job *job)
{
    const size_t pages = layout_pages(job->layout);
    if (pages > PAGES_MAX) {
        g_autofree char *count = g_strdup_printf("%zu", pages);
        g_autofree char *most = g_strdup_printf("%d", PAGES_MAX);
        return finding_add(job->findings, FINDING_RENDER_TOO_MANY_PAGES,
                           (struct place){.file = job->stem}, count, most);
    }
    struct paint *paint = paint_new(job->layout, false, job->findings);
    if (!paint)
        return -1;
    struct file_writer **writers = g_new0(struct file_writer *, pages);
    int result = draw_pages(job, paint, writers, pages);
    for (size_t i = 0; i < pages; i++) {
        if (result == 0)
            result = file_commit(writers[i], job->shared, job->findings);
        else
            file_abandon(writers[i]);
    }
    if (result == 0)
        result = remove_further(job, pages);
    g_free(writers);
    paint_free(paint);
    return result;
}

const struct renderer render_png = {
    .name = "png",
    .suffix = ".png",
    .title_zh = "PNG 图片，每页一张，手机上看",
    .title_en = "PNG, one picture a page, for screens",
    .paged = true,
    .page_files = true,
    .render = render,
};
