/* Finds and fills in the words of page headers and footers. */
#include "base/page_words.h"

#include <string.h>

const char *const PAGE_WORDS[] = {"页",     "页数", "册页", "册页数", "总页",
                                  "总页数", "联",   "节",   NULL};

const char COPY_WORD[] = "{联}";

/* The number of the word that text begins with, braces included; -1: none. */
static int word_at(const char *text, size_t *bytes)
{
    const char *end = text[0] == '{' ? strchr(text, '}') : NULL;
    size_t length = end ? (size_t)(end - text) - 1 : 0;

    for (int i = 0; end && PAGE_WORDS[i]; i++) {
        if (strlen(PAGE_WORDS[i]) == length && strncmp(PAGE_WORDS[i], text + 1, length) == 0) {
            *bytes = length + 2;
            return i;
        }
    }
    return -1;
}

void page_words_fill(GString *out, const char *text, const struct page_numbers *numbers)
{
    const size_t figures[] = {numbers->page,         numbers->pages,     numbers->volume_page,
                              numbers->volume_pages, numbers->file_page, numbers->file_pages};
    const char *const names[] = {numbers->copy, numbers->section};

    while (*text) {
        size_t bytes;
        int word = word_at(text, &bytes);

        if (word < 0) {
            g_string_append_c(out, *text++);
            continue;
        }
        if ((size_t)word < G_N_ELEMENTS(figures))
            g_string_append_printf(out, "%zu", figures[word]);
        else if (names[(size_t)word - G_N_ELEMENTS(figures)])
            g_string_append(out, names[(size_t)word - G_N_ELEMENTS(figures)]);
        text += bytes;
    }
}

char *page_words_unknown(const char **at)
{
    const char *open;
    size_t bytes;

    while ((open = strchr(*at, '{'))) {
        const char *end = strchr(open, '}');

        *at = open + 1;
        if (end && word_at(open, &bytes) < 0)
            return g_strndup(open + 1, (gsize)(end - open - 1));
    }
    return NULL;
}
