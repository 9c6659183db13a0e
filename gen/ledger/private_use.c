/* Old code points of GB 18030 in the private use area, and what they are today. */
#include "ledger/private_use.h"

#include <glib.h>
#include <string.h>

/* Two-byte codes FE50 to FEA0, which stood at U+E815 to U+E864. */
enum { IDEOGRAPHS_FROM = 0xE815 };
static const uint32_t ideographs[] = {
    0x2E81, 0x20087, 0x20089, 0x200CC, 0x2E84,  0x3473, 0x3447, 0x2E88, 0x2E8B,  0x9FB4,
    0x359E, 0x361A,  0x360E,  0x2E8C,  0x2E97,  0x396E, 0x3918, 0x9FB5, 0x39CF,  0x39DF,
    0x3A73, 0x39D0,  0x9FB6,  0x9FB7,  0x3B4E,  0x3C6E, 0x3CE0, 0x2EA7, 0x215D7, 0x9FB8,
    0x2EAA, 0x4056,  0x415F,  0x2EAE,  0x4337,  0x2EB3, 0x2EB6, 0x2EB7, 0x2298F, 0x43B1,
    0x43AC, 0x2EBB,  0x43DD,  0x44D6,  0x4661,  0x464C, 0x9FB9, 0x4723, 0x4729,  0x477C,
    0x478D, 0x2ECA,  0x4947,  0x497A,  0x497D,  0x4982, 0x4983, 0x4985, 0x4986,  0x499F,
    0x499B, 0x49B7,  0x49B6,  0x9FBA,  0x241FE, 0x4CA3, 0x4C9F, 0x4CA0, 0x4CA1,  0x4C77,
    0x4CA2, 0x4D13,  0x4D14,  0x4D15,  0x4D16,  0x4D17, 0x4D18, 0x4D19, 0x4DAE,  0x9FBB};

/* A6D9 to A6DF, A6EC, A6ED, A6F3: marks for vertical lines, at U+E78D to U+E796. */
enum { MARKS_FROM = 0xE78D };
static const uint32_t marks[] = {0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14,
                                 0xFE15, 0xFE16, 0xFE17, 0xFE18, 0xFE19};

bool private_use(uint32_t character)
{
    return (character >= 0xE000 && character <= 0xF8FF) || character >= 0xF0000;
}

uint32_t private_use_today(uint32_t character)
{
    if (character >= IDEOGRAPHS_FROM && character - IDEOGRAPHS_FROM < G_N_ELEMENTS(ideographs))
        return ideographs[character - IDEOGRAPHS_FROM];
    if (character >= MARKS_FROM && character - MARKS_FROM < G_N_ELEMENTS(marks))
        return marks[character - MARKS_FROM];
    return 0;
}

char *private_use_mapped(const char *text, size_t length, size_t *mapped_length, size_t *count,
                         size_t *first)
{
    static const char lead = '\xEE'; /* of U+E000 to U+EFFF, and of nothing else */
    const char *end = text + length, *done = text;
    GString *mapped = NULL;
    *count = 0;
    for (const char *p = memchr(text, lead, length); p != NULL;
         p = memchr(p, lead, (size_t)(end - p))) {
        uint32_t today = private_use_today(g_utf8_get_char(p));
        if (today != 0) {
            if (mapped == NULL) {
                mapped = g_string_sized_new(length + 64);
                *first = (size_t)(p - text);
            }
            g_string_append_len(mapped, done, p - done);
            g_string_append_unichar(mapped, today);
            done = g_utf8_next_char(p);
            (*count)++;
        }
        p = g_utf8_next_char(p);
    }
    if (mapped == NULL)
        return NULL;
    g_string_append_len(mapped, done, end - done);
    *mapped_length = mapped->len;
    return g_string_free(mapped, FALSE);
}

void private_use_note(uint32_t old, size_t count, struct place place, struct findings *findings)
{
    GString *sample = g_string_new(NULL);
    char *number = g_strdup_printf("%zu", count);
    g_string_append_printf(sample, "U+%04X → ", old);
    g_string_append_unichar(sample, private_use_today(old));
    g_string_append_printf(sample, " U+%04X", private_use_today(old));
    finding_add(findings, FINDING_CSV_PRIVATE_USE, place, number, sample->str);
    g_free(number);
    g_string_free(sample, TRUE);
}
