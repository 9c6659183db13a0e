/* Masks: the part of an ID, a phone, an account or a name that somebody may still see. */
#include <string.h>

#include "ledger/field.h"

static void append_stars(GString *out, glong count)
{
    for (glong i = 0; i < count; i++)
        g_string_append_c(out, '*');
}

/* Keeps head and tail characters; a text too short to hide four between them is hidden whole. */
static void mask_middle(GString *out, const char *text, glong head, glong tail)
{
    enum { HIDDEN_AT_LEAST = 4 };
    glong length = g_utf8_strlen(text, -1);
    if (length < head + tail + HIDDEN_AT_LEAST) {
        append_stars(out, length);
        return;
    }
    const char *hidden = g_utf8_offset_to_pointer(text, head);
    g_string_append_len(out, text, hidden - text);
    append_stars(out, length - head - tail);
    g_string_append(out, g_utf8_offset_to_pointer(text, length - tail));
}

/* Several numbers in one cell stand joined by 、. */
static void mask_phones(GString *out, const char *text)
{
    char **phones = g_strsplit(text, "、", -1);
    for (size_t i = 0; phones[i] != NULL; i++) {
        if (i > 0)
            g_string_append(out, "、");
        mask_middle(out, phones[i], 3, 4);
    }
    g_strfreev(phones);
}

/* 张*, 欧**: never more than two stars, so that a long name's length does not tell whose it is. */
static void mask_name(GString *out, const char *text)
{
    glong length = g_utf8_strlen(text, -1);
    if (length > 1)
        g_string_append_len(out, text, g_utf8_next_char(text) - text);
    append_stars(out, length > 2 ? 2 : MIN(length, 1));
}

void field_mask(GString *out, enum mask mask, const char *text, bool minor)
{
    switch (mask) {
    case MASK_NONE:
        g_string_append(out, text);
        break;
    case MASK_ID:
        mask_middle(out, text, 6, 4);
        break;
    case MASK_PHONE:
        mask_phones(out, text);
        break;
    case MASK_ACCOUNT:
        mask_middle(out, text, 0, 4);
        break;
    case MASK_NAME:
        mask_name(out, text);
        break;
    case MASK_MINOR:
        if (minor)
            mask_name(out, text);
        else
            g_string_append(out, text);
        break;
    }
}
