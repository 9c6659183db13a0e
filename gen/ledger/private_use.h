/* Characters of the private use areas, which mean nothing outside the system that wrote them, but
 * for those in which older editions of GB 18030 kept characters that Unicode has since taken in.
 * Internal to ledger/. */
#ifndef MINGBAI_LEDGER_PRIVATE_USE_H
#define MINGBAI_LEDGER_PRIVATE_USE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/findings.h"

/* U+E000-F8FF and planes 15 and 16. */
bool private_use(uint32_t character);
/* The code point that GB 18030-2022 gives to a character which the editions of 2000 or 2005 kept in
 * the private use area (U+E863 is 䶮 U+4DAE); 0: none. domain.md 5 row 15. */
uint32_t private_use_today(uint32_t character);
/* text[length], valid UTF-8, with those in place of their old code points, NUL-terminated; g_free()
 * it. NULL: there are none. *count: how many, *first: the byte at which the first stood in text. */
char *private_use_mapped(const char *text, size_t length, size_t *mapped_length, size_t *count,
                         size_t *first);
/* csv-private-use: so many were mapped, the first of them, old, at place. */
void private_use_note(uint32_t old, size_t count, struct place place, struct findings *findings);

#endif
