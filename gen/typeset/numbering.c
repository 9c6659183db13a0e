/* Counts pages. */
#include "typeset/numbering.h"

static struct page_at *at(GArray *pages, size_t index)
{
    return &g_array_index(pages, struct page_at, index);
}

/* The pages from first on are one numbering. */
static void number_stretch(GArray *pages, size_t first)
{
    for (size_t i = first; i < pages->len; i++) {
        at(pages, i)->numbers.page = i - first + 1;
        at(pages, i)->numbers.pages = pages->len - first;
    }
}

void number_unit(GArray *pages, const struct unit_plan *plan, size_t unit)
{
    const struct section *section = NULL;
    size_t first = pages->len;
    for (size_t i = 0; i < plan->pages->len; i++) {
        const struct page_plan *page = &g_array_index(plan->pages, struct page_plan, i);
        struct page_at added = {.unit = unit, .in_unit = i};
        if (page->section != section && page->section->restart) {
            number_stretch(pages, first);
            first = pages->len;
        }
        section = page->section;
        added.numbers.section = section ? section->name : NULL;
        added.numbers.copy = plan->stats->unit->copy;
        g_array_append_val(pages, added);
    }
    number_stretch(pages, first);
}

static bool is_same_volume(const struct document *document, size_t a, size_t b)
{
    const char *volume = document->units[a].volume;
    return a == b || (volume && g_strcmp0(volume, document->units[b].volume) == 0);
}

/* How many pages of one copy there are so far; copies are counted each by itself. */
static size_t count_page(GHashTable *counts, const char *copy)
{
    const gpointer key = (gpointer)(copy ? copy : "");
    const size_t count = GPOINTER_TO_SIZE(g_hash_table_lookup(counts, key)) + 1;
    g_hash_table_insert(counts, key, GSIZE_TO_POINTER(count));
    return count;
}

/* Numbers the pages from first to end, in `page` and `pages` of each. */
static void number_span(GArray *pages, size_t first, size_t end, size_t page_offset,
                        size_t pages_offset)
{
    GHashTable *counts = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = first; i < end; i++) {
        struct page_numbers *numbers = &at(pages, i)->numbers;
        G_STRUCT_MEMBER(size_t, numbers, page_offset) = count_page(counts, numbers->copy);
    }
    for (size_t i = first; i < end; i++) {
        struct page_numbers *numbers = &at(pages, i)->numbers;
        const char *copy = numbers->copy ? numbers->copy : "";
        G_STRUCT_MEMBER(size_t, numbers, pages_offset) =
            GPOINTER_TO_SIZE(g_hash_table_lookup(counts, copy));
    }
    g_hash_table_destroy(counts);
}

void number_file(GArray *pages, const struct document *document)
{
    number_span(pages, 0, pages->len, offsetof(struct page_numbers, file_page),
                offsetof(struct page_numbers, file_pages));
    for (size_t i = 0, end; i < pages->len; i = end) {
        for (end = i; end < pages->len &&
                      is_same_volume(document, at(pages, i)->unit, at(pages, end)->unit);)
            end++;
        number_span(pages, i, end, offsetof(struct page_numbers, volume_page),
                    offsetof(struct page_numbers, volume_pages));
    }
}
