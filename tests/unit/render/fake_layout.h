/* Pages put together by hand, in place of typeset/'s: the tests of the renderers define layout_*()
 * themselves. Texts are really shaped and their fonts really subset. */
#ifndef MINGBAI_TESTS_FAKE_LAYOUT_H
#define MINGBAI_TESTS_FAKE_LAYOUT_H

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/render.h"
#include "typeset/shape.h"

struct fake_page {
    struct page page;
    GArray *items; /* struct page_item */
};

struct layout {
    struct fonts *fonts;
    struct shaper *shaper;
    struct glyph_set *set;
    GArray *pages; /* struct fake_page */
    GPtrArray *owned;
    struct page_font *subsets;
    size_t nsubset;
    uint32_t *map;
    GArray *marks;    /* struct page_mark */
    size_t missed_on; /* this page draws a glyph that the subsets do not hold; 0: none does */
    bool missed;
};

static inline struct layout *fake_new(struct findings *findings)
{
    struct layout *layout = g_new0(struct layout, 1);
    layout->fonts = fonts_open("fonts", FONTS_FREE, findings);
    assert_non_null(layout->fonts);
    layout->shaper = shaper_new(layout->fonts);
    layout->set = glyph_set_new(layout->shaper);
    layout->pages = g_array_new(FALSE, TRUE, sizeof(struct fake_page));
    layout->marks = g_array_new(FALSE, TRUE, sizeof(struct page_mark));
    layout->owned = g_ptr_array_new_with_free_func(g_free);
    return layout;
}

static inline void fake_page(struct layout *layout, mpt width, mpt height)
{
    struct fake_page page = {.page = {.number = layout->pages->len + 1, .width = width, .height = height}};
    page.items = g_array_new(FALSE, TRUE, sizeof(struct page_item));
    g_array_append_val(layout->pages, page);
}

static inline struct page_item *fake_item(struct layout *layout, struct page_item item)
{
    struct fake_page *page =
        &g_array_index(layout->pages, struct fake_page, layout->pages->len - 1);
    g_array_append_val(page->items, item);
    return &g_array_index(page->items, struct page_item, page->items->len - 1);
}

/* One item for each run of one face; every glyph `gap` further than its advance says. */
static inline mpt fake_text(struct layout *layout, enum face_role role, mpt size, mpt x, mpt y,
                            mpt gap, const char *text)
{
    struct shaped shaped = {0};
    shape_text(layout->shaper, role, text, strlen(text), &shaped);
    glyph_set_add(layout->set, &shaped, text);
    for (size_t at = 0, end; at < shaped.ncluster; at = end) {
        const struct cluster *first = &shaped.clusters[at];
        GArray *glyphs = g_array_new(FALSE, TRUE, sizeof(struct page_glyph));
        const mpt start = x;
        for (end = at; end < shaped.ncluster && shaped.clusters[end].font == first->font; end++) {
            const struct cluster *cluster = &shaped.clusters[end];
            for (uint32_t k = 0; k < cluster->nglyph; k++) {
                const struct cluster_glyph *from = &shaped.glyphs[cluster->glyph_at + k];
                struct page_glyph glyph = {
                    from->glyph, x + em_to_mpt(from->x, size), y - em_to_mpt(from->y, size),
                    em_to_mpt(from->advance, size), cluster->text_at - first->text_at};
                g_array_append_val(glyphs, glyph);
            }
            x += em_to_mpt(cluster->advance, size) + gap;
        }
        const struct cluster *last = &shaped.clusters[end - 1];
        char *run =
            g_strndup(text + first->text_at, last->text_at + last->text_bytes - first->text_at);
        g_ptr_array_add(layout->owned, run);
        struct page_item item = {.kind = PAGE_TEXT, .x = start, .y = y, .w = x - start};
        item.text = run;
        item.font = first->font;
        item.size = size;
        item.nglyph = glyphs->len;
        item.glyphs = (const struct page_glyph *)(void *)g_array_free(glyphs, FALSE);
        item.spaced = gap != 0;
        g_ptr_array_add(layout->owned, (void *)item.glyphs);
        fake_item(layout, item);
    }
    shaped_release(&shaped);
    return x;
}

/* To be called when all texts are there. */
static inline void fake_end(struct layout *layout, struct findings *findings)
{
    layout->subsets = glyph_set_subset(layout->set, &layout->nsubset, &layout->map, findings);
    assert_non_null(layout->subsets);
    for (guint i = 0; i < layout->pages->len; i++) {
        struct fake_page *page = &g_array_index(layout->pages, struct fake_page, i);
        page->page.nitem = page->items->len;
        page->page.items = (const struct page_item *)(void *)page->items->data;
        for (guint k = 0; k < page->items->len; k++) {
            struct page_item *item = &g_array_index(page->items, struct page_item, k);
            if (item->kind == PAGE_TEXT)
                item->font = layout->map[item->font];
        }
    }
}

static inline void fake_free(struct layout *layout)
{
    page_fonts_free(layout->subsets, layout->nsubset);
    g_free(layout->map);
    for (guint i = 0; i < layout->pages->len; i++)
        g_array_free(g_array_index(layout->pages, struct fake_page, i).items, TRUE);
    g_array_free(layout->pages, TRUE);
    g_array_free(layout->marks, TRUE);
    g_ptr_array_free(layout->owned, TRUE);
    glyph_set_free(layout->set);
    shaper_free(layout->shaper);
    fonts_free(layout->fonts);
    g_free(layout);
}

size_t layout_pages(const struct layout *layout)
{
    return layout->pages->len;
}

const struct page_font *layout_fonts(const struct layout *layout, size_t *count)
{
    *count = layout->nsubset;
    return layout->subsets;
}

const struct page_mark *layout_marks(const struct layout *layout, size_t *count)
{
    *count = layout->marks->len;
    return (const struct page_mark *)(void *)layout->marks->data;
}

const struct page *layout_draw(struct layout *layout, size_t number)
{
    layout->missed = layout->missed || number == layout->missed_on;
    return &g_array_index(layout->pages, struct fake_page, number - 1).page;
}

int layout_check(const struct layout *layout, struct findings *findings)
{
    return layout->missed ? finding_add(findings, FINDING_FONT_GLYPH_MISSED, (struct place){0}, "1")
                          : 0;
}

/* An empty folder of the test's own; g_free() it after fake_folder_remove(). */
static inline char *fake_folder(void)
{
    char *folder = g_dir_make_tmp("mingbai-test-XXXXXX", NULL);
    assert_non_null(folder);
    return folder;
}

static inline void fake_folder_remove(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        char *path = g_build_filename(folder, name, NULL);
        g_remove(path);
        g_free(path);
    }
    if (dir)
        g_dir_close(dir);
    g_rmdir(folder);
}

/* What a command writes to stdout; it must succeed. g_free() it. */
static inline char *output_of(const char *const *command)
{
    char *out = NULL;
    int status = -1;
    assert_true(g_spawn_sync(NULL, (char **)command, NULL,
                             G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
    return out;
}

#endif
