/* Has libqrencode work out a QR code. */
#include "base/qr.h"

#include <glib.h>
#include <qrencode.h>

unsigned char *qr_modules(const char *text, size_t *side)
{
    enum { ANY_VERSION = 0, CASE_COUNTS = 1 };
    QRcode *code = QRcode_encodeString(text, ANY_VERSION, QR_ECLEVEL_M, QR_MODE_8, CASE_COUNTS);
    unsigned char *modules;
    size_t count;

    *side = 0;
    if (!code)
        return NULL;
    *side = (size_t)code->width;
    count = *side * *side;
    modules = g_malloc(count);
    for (size_t i = 0; i < count; i++)
        modules[i] = code->data[i] & 1;
    QRcode_free(code);
    return modules;
}
