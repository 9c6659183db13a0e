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
        g_array_append_val(pages, added);
    }
    number_stretch(pages, first);
}

static bool is_same_volume(const struct document *document, size_t a, size_t b)
{
    const char *volume = document->units[a].volume;
    return a == b || (volume && g_strcmp0(volume, document->units[b].volume) == 0);
}

void number_file(GArray *pages, const struct document *document)
{
    for (size_t i = 0, end; i < pages->len; i = end) {
        for (end = i; end < pages->len &&
                      is_same_volume(document, at(pages, i)->unit, at(pages, end)->unit);)
            end++;
        for (size_t k = i; k < end; k++) {
            struct page_numbers *numbers = &at(pages, k)->numbers;
            numbers->volume_page = k - i + 1;
            numbers->volume_pages = end - i;
            numbers->file_page = k + 1;
            numbers->file_pages = pages->len;
        }
    }
}
