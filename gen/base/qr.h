/* A text as a QR code (GB/T 18284, ISO/IEC 18004), by libqrencode, at level M: a seventh of it may
 * be lost to a stain and it is still read. */
#ifndef MINGBAI_BASE_QR_H
#define MINGBAI_BASE_QR_H

#include <stddef.h>

enum {
    QR_QUIET = 4 /* modules that must stay white around it */
};

/* side x side modules from the top left, 1 dark, 0 light, quiet zone not among them. NULL: no text,
 * or one that no code holds (2 331 bytes). g_free() it. The same for the same text. */
unsigned char *qr_modules(const char *text, size_t *side);

#endif
