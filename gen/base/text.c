/* UTF-8 texts: folding for comparison, display width, likeness. */
#include "base/text.h"

#include <string.h>

uint32_t text_character(const char *text, size_t *length)
{
    if (*text == '\0') {
        *length = 0;
        return 0;
    }
    *length = (size_t)(g_utf8_next_char(text) - text);
    return g_utf8_get_char(text);
}

bool text_is_han(uint32_t character)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x3005, 0x3005},   /* 々 */
        {0x3007, 0x3007},   /* 〇 */
        {0x3400, 0x4dbf},   /* extension A */
        {0x4e00, 0x9fff},   /* unified ideographs */
        {0xf900, 0xfaff},   /* compatibility */
        {0x20000, 0x2a6df}, /* extension B */
        {0x2a700, 0x2ee5f}, /* extensions C, D, E, F, I */
        {0x2f800, 0x2fa1f}, /* compatibility supplement */
        {0x30000, 0x323af}, /* extensions G, H */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    }
    return false;
}

size_t text_display_width(const char *text, size_t bytes)
{
    size_t width = 0;

    for (const char *at = text; at < text + bytes && *at; at = g_utf8_next_char(at)) {
        const uint32_t character = g_utf8_get_char(at);

        if (g_unichar_iswide(character))
            width += 2;
        else if (!g_unichar_iszerowidth(character))
            width++;
    }
    return width;
}

/* The ASCII character for a full-width digit, letter, . , + - % or space; else itself. */
static uint32_t fold_character(uint32_t character)
{
    const uint32_t ascii = character - 0xff00 + 0x20;

    if (character == 0x3000)
        return ' ';
    if (character < 0xff01 || character > 0xff5e)
        return character;
    if (g_ascii_isalnum((char)ascii) || strchr(".,+-%", (char)ascii))
        return ascii;
    return character;
}

/* The first bytes in UTF-8 of all characters that fold_character() changes: U+3000, U+FF01-FF5E. */
static const char folding_bytes[] = "\xE3\xEF";

void text_fold_digits(GString *out, const char *text)
{
    for (;;) {
        const size_t same = strcspn(text, folding_bytes);

        g_string_append_len(out, text, (gssize)same);
        text += same;
        if (!*text)
            break;
        g_string_append_unichar(out, fold_character(g_utf8_get_char(text)));
        text = g_utf8_next_char(text);
    }
}

static bool is_space(uint32_t character)
{
    return (character < 0x80 && g_ascii_isspace((char)character)) || character == '\v' ||
           character == 0xa0 || (character >= 0x2000 && character <= 0x200b) ||
           character == 0x3000 || character == 0xfeff;
}

static bool is_apostrophe(uint32_t character)
{
    return character == '\'' || character == 0x2018 || character == 0x2019 || character == 0xff07;
}

static uint32_t fold_bracket(uint32_t character)
{
    switch (character) {
    case 0xff08: /* （ */
        return '(';
    case 0xff09: /* ） */
        return ')';
    case 0xff3b: /* ［ */
    case 0x3010: /* 【 */
    case 0x3014: /* 〔 */
        return '[';
    case 0xff3d: /* ］ */
    case 0x3011: /* 】 */
    case 0x3015: /* 〕 */
        return ']';
    case 0xff5b: /* ｛ */
        return '{';
    case 0xff5d: /* ｝ */
        return '}';
    default:
        return character;
    }
}

char *text_fold_key(const char *text)
{
    GString *out = g_string_sized_new(strlen(text) + 1);

    for (; *text; text = g_utf8_next_char(text)) {
        const uint32_t character = fold_bracket(fold_character(g_utf8_get_char(text)));

        if (is_space(character) || is_apostrophe(character))
            continue;
        if (character < 0x80)
            g_string_append_c(out, g_ascii_tolower((char)character));
        else
            g_string_append_unichar(out, character);
    }
    return g_string_free(out, FALSE);
}

const char *text_trim(const char *text, size_t *length)
{
    const char *end;

    while (*text && is_space(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    end = text + strlen(text);
    while (end > text) {
        const char *last = g_utf8_prev_char(end);

        if (!is_space(g_utf8_get_char(last)))
            break;
        end = last;
    }
    *length = (size_t)(end - text);
    return text;
}

char *text_strip(const char *text)
{
    size_t length;
    const char *start = text_trim(text, &length);

    return g_strndup(start, length);
}

uint32_t text_hash(const char *text, size_t length)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = length, word;

    for (; length > sizeof word; text += sizeof word, length -= sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = (hash ^ word) * factor;
        hash ^= hash >> 32;
    }
    word = 0;
    memcpy(&word, text, length);
    hash = (hash ^ word) * factor;
    return (uint32_t)(hash ^ hash >> 32);
}

/* Characters put in, left out, changed, or exchanged with their neighbour. */
static size_t edit_distance(const gunichar *a, size_t na, const gunichar *b, size_t nb)
{
    const size_t width = nb + 1;
    size_t *cells =
        g_new(size_t, (na + 1) * width); /* [i][j]: the first i of a, the first j of b */
    size_t distance;

    for (size_t j = 0; j <= nb; j++)
        cells[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *row = cells + i * width, *above = row - width;

        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            row[j] = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = MIN(row[j], MIN(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = MIN(row[j], *(above - width + j - 2) + 1);
        }
    }
    distance = cells[na * width + nb];
    g_free(cells);
    return distance;
}

const char *text_nearest(const char *text, const char *const *candidates, size_t count)
{
    glong ntext, ncandidate;
    gunichar *characters = g_utf8_to_ucs4_fast(text, -1, &ntext);
    size_t best = (size_t)MAX(ntext / 3, 1) + 1;
    const char *nearest = NULL;

    for (size_t i = 0; i < count; i++) {
        gunichar *other = g_utf8_to_ucs4_fast(candidates[i], -1, &ncandidate);
        const size_t distance = edit_distance(characters, (size_t)ntext, other, (size_t)ncandidate);

        g_free(other);
        /* A distance as long as the texts means that they share nothing. */
        if (distance < best && distance < (size_t)MAX(ntext, ncandidate)) {
            best = distance;
            nearest = candidates[i];
        }
    }
    g_free(characters);
    return nearest;
}
