/* Words in the header and footer of pages that are filled in when a page is drawn: {页} and others,
 * in single braces. {联} may also stand in titles and paragraphs of a template with copies. */
#ifndef MINGBAI_BASE_PAGE_WORDS_H
#define MINGBAI_BASE_PAGE_WORDS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

extern const char *const PAGE_WORDS[]; /* without braces, NULL-ended */
extern const char COPY_WORD[];         /* {联} */

/* What the words stand for on one page. Numbers count from 1. */
struct page_numbers {
    size_t page, pages; /* {页} {页数}: of the unit, or of a section numbered anew */
    size_t volume_page, volume_pages; /* {册页} {册页数}: of the units that belong together */
    size_t file_page, file_pages; /* {总页} {总页数}: of the file as one copy's reader has it */
    const char *copy;             /* {联}: the copy's name; NULL: "" */
    const char *section;          /* {节}: the section's name; NULL: "" */
};

/* Appends text with its words filled in. */
void page_words_fill(GString *out, const char *text, const struct page_numbers *numbers);
/* The next {…} from *at on that is no such word, its inside; NULL: there is none. Moves *at behind
 * it. g_free() it. */
char *page_words_unknown(const char **at);

#endif
