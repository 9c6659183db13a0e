/* UTF-8 texts as the ledgers hold them: folding for comparison, display width, likeness. */
#ifndef MINGBAI_BASE_TEXT_H
#define MINGBAI_BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character at text (valid UTF-8) and how many bytes it takes; *length 0 at the end. */
uint32_t text_character(const char *text, size_t *length);
bool text_is_han(uint32_t character); /* ideographs of URO, Ext A-I, compatibility, 〇 々 */
/* Columns on a terminal: 2 for East Asian wide and full-width characters, 0 for combining ones. */
size_t text_display_width(const char *text, size_t bytes);

/* Full-width digits and letters, . , + - % and space to ASCII; nothing else (domain.md 5 row 9). */
void text_fold_digits(GString *out, const char *text);
/* A head or code as it is compared: digits folded, brackets half-width, no white space, apostrophe
 * or tab, ASCII lower case (domain.md 5 rows 16 and 22). g_free() the result. */
char *text_fold_key(const char *text);
/* White space (ASCII, U+00A0, U+2000-200B, U+3000, U+FEFF) off both ends: the piece of text between
 * them, length bytes. */
const char *text_trim(const char *text, size_t *length);
char *text_strip(const char *text); /* that piece as a text; g_free() it */
/* A hash of the first length bytes; it differs between machines. */
uint32_t text_hash(const char *text, size_t length);
/* The candidate nearest to text by edit distance over characters (two exchanged neighbours are one
 * edit), the first of equals, if near enough to be a slip of the pen (at most a third of its
 * characters, at least one, and not all of them); NULL otherwise. Lends a candidate. */
const char *text_nearest(const char *text, const char *const *candidates, size_t count);

#endif
