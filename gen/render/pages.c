/* The pages format: what stands where on each page, one JSON object a line, for tests and tools. */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "render/render.h"
#include "render/run.h"

static void add_string(GString *out, const char *text, size_t bytes)
{
    g_string_append_c(out, '"');
    for (size_t i = 0; i < bytes; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\')
            g_string_append_printf(out, "\\%c", byte);
        else if (byte < 0x20)
            g_string_append_printf(out, "\\u%04x", byte);
        else
            g_string_append_c(out, text[i]);
    }
    g_string_append_c(out, '"');
}

static void add_box(GString *out, size_t page, const char *kind, mpt x, mpt y, mpt w, mpt h)
{
    g_string_append_printf(out, "{\"page\":%zu,\"kind\":\"%s\",\"x\":%d,\"y\":%d,\"w\":%d,\"h\":%d",
                           page, kind, x, y, w, h);
}

static void add_text(GString *out, const struct page_item *item, const struct page_font *fonts)
{
    g_string_append(out, ",\"text\":");
    add_string(out, item->text, strlen(item->text));
    g_string_append(out, ",\"font\":");
    const char *name = fonts[item->font].name;
    add_string(out, name, strlen(name));
    g_string_append_printf(out, ",\"size\":%d,\"clusters\":[", item->size);
    struct run_cluster cluster = {0};
    while (run_next(item, &cluster)) {
        mpt advance = 0;
        for (size_t i = 0; i < cluster.nglyph; i++)
            advance += item->glyphs[cluster.glyph_at + i].advance;
        g_string_append(out, cluster.glyph_at == 0 ? "{\"text\":" : ",{\"text\":");
        add_string(out, item->text + cluster.text_at, cluster.text_bytes);
        g_string_append_printf(out, ",\"x\":%d,\"advance\":%d}", item->glyphs[cluster.glyph_at].x,
                               advance);
    }
    g_string_append_c(out, ']');
}

static void add_stroke(GString *out, const struct page_item *item)
{
    static const char *const dashes[] = {[DASH_NONE] = NULL,
                                         [DASH_LONG] = "long",
                                         [DASH_SHORT] = "short",
                                         [DASH_DOTTED] = "dotted",
                                         [DASH_MIXED] = "mixed"};
    g_string_append_printf(out, ",\"weight\":%d", item->weight);
    if (dashes[item->dash])
        g_string_append_printf(out, ",\"dash\":\"%s\"", dashes[item->dash]);
}

static void add_path(GString *out, const struct page_item *item)
{
    static const char *const patterns[] = {
        [PATTERN_NONE] = NULL,       [PATTERN_WHITE] = "white",     [PATTERN_BLACK] = "black",
        [PATTERN_RISING] = "rising", [PATTERN_FALLING] = "falling", [PATTERN_CROSSED] = "crossed",
        [PATTERN_DOTTED] = "dotted", [PATTERN_LEVEL] = "level",     [PATTERN_UPRIGHT] = "upright",
        [PATTERN_GRID] = "grid"};
    if (patterns[item->pattern])
        g_string_append_printf(out, ",\"pattern\":\"%s\"", patterns[item->pattern]);
    g_string_append(out, ",\"points\":[");
    for (size_t i = 0; i < item->npoint; i++)
        g_string_append_printf(out, "%s[%d,%d]", i > 0 ? "," : "", item->x + item->points[i].x,
                               item->y + item->points[i].y);
    g_string_append_c(out, ']');
}

static void add_code(GString *out, const struct page_item *item)
{
    g_string_append(out, ",\"modules\":[");
    for (size_t y = 0; y < item->side; y++) {
        g_string_append(out, y > 0 ? ",\"" : "\"");
        for (size_t x = 0; x < item->side; x++)
            g_string_append_c(out, item->modules[y * item->side + x] ? '1' : '0');
        g_string_append_c(out, '"');
    }
    g_string_append_c(out, ']');
}

static void add_item(GString *out, const struct page_item *item, const struct page_font *fonts)
{
    switch (item->kind) {
    case PAGE_TEXT:
        add_text(out, item, fonts);
        break;
    case PAGE_RULE:
    case PAGE_TICK:
    case PAGE_CROSS:
        break;
    case PAGE_PATH:
        add_stroke(out, item);
        add_path(out, item);
        break;
    case PAGE_IMAGE:
        g_string_append_printf(out, ",\"width\":%u,\"height\":%u", item->image->width,
                               item->image->height);
        break;
    case PAGE_CODE:
        add_code(out, item);
        break;
    case PAGE_LINE:
    case PAGE_FRAME:
    case PAGE_CHECK:
    case PAGE_CHECKED:
        add_stroke(out, item);
        break;
    }
    g_string_append(out, "}\n");
}

static void add_page(GString *out, const struct page *page, const struct page_font *fonts)
{
    static const char *const kinds[] = {
        [PAGE_TEXT] = "line",   [PAGE_RULE] = "rule",       [PAGE_TICK] = "tick",
        [PAGE_CROSS] = "cross", [PAGE_LINE] = "stroke",     [PAGE_FRAME] = "frame",
        [PAGE_CHECK] = "check", [PAGE_CHECKED] = "checked", [PAGE_PATH] = "path",
        [PAGE_IMAGE] = "image", [PAGE_CODE] = "code"};
    add_box(out, page->number, "page", 0, 0, page->width, page->height);
    if (page->nclip > 0)
        g_string_append_printf(out, ",\"clip\":[%d,%d,%d,%d],\"clipped\":%zu", page->clip_x,
                               page->clip_y, page->clip_w, page->clip_h, page->nclip);
    g_string_append(out, "}\n");
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *item = &page->items[i];
        add_box(out, page->number, kinds[item->kind], item->x, item->y, item->w, item->h);
        add_item(out, item, fonts);
    }
}

static int render(const struct render_job *job)
{
    g_autofree char *path = g_strconcat(job->stem, render_pages.suffix, NULL);
    struct file_writer *writer = file_create(path, job->findings);
    if (!writer)
        return -1;
    size_t count;
    const struct page_font *fonts = layout_fonts(job->layout, &count);
    GString *out = g_string_new(NULL);
    for (size_t number = 1; number <= layout_pages(job->layout); number++) {
        g_string_truncate(out, 0);
        add_page(out, layout_draw(job->layout, number), fonts);
        fwrite(out->str, 1, out->len, file_writer_stream(writer));
    }
    g_string_free(out, TRUE);
    if (layout_check(job->layout, job->findings) < 0) {
        file_abandon(writer);
        return -1;
    }
    return file_commit(writer, job->shared, job->findings);
}

const struct renderer render_pages = {
    .name = "pages",
    .suffix = ".pages",
    .title_zh = "版面清单，检查用",
    .title_en = "what stands where on each page, for tests",
    .paged = true,
    .render = render,
};
