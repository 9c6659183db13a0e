/* The bytes of a clerk's text file as UTF-8, by strict decoding only: nothing is guessed. */
#ifndef MINGBAI_LEDGER_DECODE_H
#define MINGBAI_LEDGER_DECODE_H

#include <stddef.h>

#include "base/findings.h"

struct decoded {
    const char *text; /* UTF-8 without BOM; points into the bytes given or into converted */
    size_t length;
    const char *encoding; /* UTF-8, UTF-8 BOM, GB18030, UTF-16; a constant */
    char *converted;      /* g_free(); NULL when the bytes are UTF-8 themselves */
};

/* bytes[size] must be a NUL, as file_read leaves it. UTF-16 is read where its BOM says so. Old
 * private code points of GB 18030 become those of today, with csv-private-use (a note). -1 with
 * csv-not-text, csv-utf16 (it seems to be, but has no BOM), csv-nul or csv-undecodable. path names
 * the file in them. */
int decode_text(const char *bytes, size_t size, const char *path, struct decoded *decoded,
                struct findings *findings);
/* The physical line, 1 based, of the byte at offset of a NUL-terminated text; CRLF, LF and lone CR
 * each end a line. */
size_t decode_line(const char *bytes, size_t offset);

#endif
