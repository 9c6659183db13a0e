/* Character classes and the rules between neighbours, as tables. */
#include "typeset/classes.h"

#include <stddef.h>

enum { NO_START = 1, NO_END = 2, WESTERN = 4, GAP = 8, MARK = 16 };

static const uint8_t class_flags[] = {
    [CLASS_IDEOGRAPH] = 0,
    [CLASS_OPEN] = NO_END | MARK,
    [CLASS_CLOSE] = NO_START | MARK,
    [CLASS_PAUSE] = NO_START | MARK,
    [CLASS_STOP] = NO_START | MARK,
    [CLASS_MIDDLE] = NO_START | MARK,
    [CLASS_DASH] = MARK,
    [CLASS_SUFFIX] = NO_START,
    [CLASS_PREFIX] = NO_END,
    [CLASS_WIDE_DIGIT] = 0,
    [CLASS_DIGIT] = WESTERN | GAP,
    [CLASS_LATIN] = WESTERN | GAP,
    [CLASS_UNIT] = WESTERN | GAP | NO_START,
    [CLASS_BOX] = NO_END,
    [CLASS_LATIN_OPEN] = WESTERN | NO_END | MARK,
    [CLASS_LATIN_CLOSE] = WESTERN | NO_START | MARK,
    [CLASS_SPACE] = NO_START | MARK,
    [CLASS_WIDE_SPACE] = NO_START | MARK,
    [CLASS_NEWLINE] = NO_START | MARK,
};

/* Characters that stand alone in their class; ranges are in class_of(). */
struct member {
    uint32_t character;
    enum char_class class;
};

/* Ordered by code point, for the search by halves. */
static const struct member members[] = {
    {0x00A0, CLASS_LATIN},      {0x00B0, CLASS_UNIT},   {0x00B7, CLASS_MIDDLE},
    {0x2010, CLASS_LATIN},      {0x2013, CLASS_MIDDLE}, {0x2014, CLASS_DASH},
    {0x2018, CLASS_OPEN},       {0x2019, CLASS_CLOSE},  {0x201C, CLASS_OPEN},
    {0x201D, CLASS_CLOSE},      {0x2022, CLASS_MIDDLE}, {0x2026, CLASS_DASH},
    {0x2027, CLASS_MIDDLE},     {0x2030, CLASS_UNIT},   {0x2032, CLASS_UNIT},
    {0x2033, CLASS_UNIT},       {0x2103, CLASS_SUFFIX}, {0x2109, CLASS_SUFFIX},
    {0x2116, CLASS_PREFIX},     {0x2212, CLASS_LATIN},  {0x22EF, CLASS_DASH},
    {0x2610, CLASS_BOX},        {0x2611, CLASS_BOX},    {0x2612, CLASS_BOX},
    {0x3000, CLASS_WIDE_SPACE}, {0x3001, CLASS_PAUSE},  {0x3002, CLASS_STOP},
    {0x3008, CLASS_OPEN},       {0x3009, CLASS_CLOSE},  {0x300A, CLASS_OPEN},
    {0x300B, CLASS_CLOSE},      {0x300C, CLASS_OPEN},   {0x300D, CLASS_CLOSE},
    {0x300E, CLASS_OPEN},       {0x300F, CLASS_CLOSE},  {0x3010, CLASS_OPEN},
    {0x3011, CLASS_CLOSE},      {0x3014, CLASS_OPEN},   {0x3015, CLASS_CLOSE},
    {0x3016, CLASS_OPEN},       {0x3017, CLASS_CLOSE},  {0x301D, CLASS_OPEN},
    {0x301E, CLASS_CLOSE},      {0x30FB, CLASS_MIDDLE}, {0xFF01, CLASS_STOP},
    {0xFF04, CLASS_PREFIX},     {0xFF05, CLASS_SUFFIX}, {0xFF08, CLASS_OPEN},
    {0xFF09, CLASS_CLOSE},      {0xFF0B, CLASS_PREFIX}, {0xFF0C, CLASS_PAUSE},
    {0xFF0D, CLASS_PREFIX},     {0xFF0E, CLASS_STOP},   {0xFF0F, CLASS_MIDDLE},
    {0xFF1A, CLASS_PAUSE},      {0xFF1B, CLASS_PAUSE},  {0xFF1F, CLASS_STOP},
    {0xFF3B, CLASS_OPEN},       {0xFF3D, CLASS_CLOSE},  {0xFF5B, CLASS_OPEN},
    {0xFF5D, CLASS_CLOSE},      {0xFF5E, CLASS_MIDDLE}, {0xFFE0, CLASS_SUFFIX},
    {0xFFE1, CLASS_PREFIX},     {0xFFE5, CLASS_PREFIX},
};

static enum char_class class_of_ascii(uint32_t character)
{
    if (character >= '0' && character <= '9')
        return CLASS_DIGIT;
    switch (character) {
    case '\n':
        return CLASS_NEWLINE;
    case ' ':
    case '\t':
        return CLASS_SPACE;
    case '(':
    case '[':
    case '{':
        return CLASS_LATIN_OPEN;
    case ')':
    case ']':
    case '}':
    case ',':
    case '.':
    case ';':
    case ':':
    case '!':
    case '?':
        return CLASS_LATIN_CLOSE;
    case '%':
        return CLASS_UNIT;
    }
    return CLASS_LATIN;
}

enum char_class class_of(uint32_t character)
{
    if (character < 0x80)
        return class_of_ascii(character);
    if (character >= 0x3400 && character < 0xFF00)
        return CLASS_IDEOGRAPH;
    size_t low = 0, high = sizeof members / sizeof members[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (members[middle].character == character)
            return members[middle].class;
        if (members[middle].character < character)
            low = middle + 1;
        else
            high = middle;
    }
    if (character >= 0xFF10 && character <= 0xFF19)
        return CLASS_WIDE_DIGIT;
    /* Alphabets, spaces of General Punctuation, superscripts, currency signs. */
    return character < 0x2100 ? CLASS_LATIN : CLASS_IDEOGRAPH;
}

bool class_is_western(enum char_class class)
{
    return class_flags[class] & WESTERN;
}

bool class_is_mark(enum char_class class)
{
    return class_flags[class] & MARK;
}

/* Measure words and date parts that stay with the number before them. */
static bool is_measure_word(uint32_t character)
{
    static const uint32_t words[] = {
        0x5E74 /* 年 */, 0x6708 /* 月 */, 0x65E5 /* 日 */, 0x53F7 /* 号 */, 0x65F6 /* 时 */,
        0x5206 /* 分 */, 0x5143 /* 元 */, 0x4E07 /* 万 */, 0x4EBF /* 亿 */, 0x6237 /* 户 */,
        0x4EBA /* 人 */, 0x4EA9 /* 亩 */, 0x5C81 /* 岁 */, 0x5929 /* 天 */, 0x4E2A /* 个 */,
        0x6761 /* 条 */, 0x9875 /* 页 */, 0x4EFD /* 份 */, 0x5934 /* 头 */, 0x540D /* 名 */,
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i] == character)
            return true;
    return false;
}

static bool is_number(enum char_class class)
{
    return class == CLASS_DIGIT || class == CLASS_WIDE_DIGIT;
}

bool break_allowed(uint32_t before, enum char_class before_class, uint32_t after,
                   enum char_class after_class)
{
    if (class_flags[before_class] & NO_END || class_flags[after_class] & NO_START)
        return false;
    if (class_is_western(before_class) && class_is_western(after_class))
        return false;
    if (before_class == CLASS_DASH && after_class == CLASS_DASH)
        return false;
    if (before_class == CLASS_WIDE_DIGIT && is_number(after_class))
        return false;
    if (is_number(before_class) && is_measure_word(after))
        return false;
    /* 第12号, 〔2026〕12号 */
    if ((before == 0x7B2C || before == 0x3015) && is_number(after_class))
        return false;
    return true;
}

bool character_is_box(uint32_t character)
{
    return character >= EMPTY_BOX && character <= CROSSED_BOX;
}

bool gap_between(enum char_class before, enum char_class after)
{
    return (before == CLASS_IDEOGRAPH && class_flags[after] & GAP) ||
           (after == CLASS_IDEOGRAPH && class_flags[before] & GAP);
}

enum stretch stretch_between(enum char_class before, enum char_class after)
{
    if (after == CLASS_SPACE || after == CLASS_NEWLINE)
        return STRETCH_NEVER;
    if (before == CLASS_SPACE)
        return STRETCH_SPACE;
    if (class_is_western(before) && class_is_western(after))
        return STRETCH_NEVER;
    if (before == CLASS_MIDDLE || after == CLASS_MIDDLE)
        return STRETCH_NEVER;
    if (before == CLASS_PREFIX || after == CLASS_SUFFIX || before == CLASS_BOX)
        return STRETCH_NEVER;
    if ((before == CLASS_DASH && after == CLASS_DASH) ||
        (before == CLASS_WIDE_DIGIT && is_number(after)))
        return STRETCH_NEVER;
    return gap_between(before, after) ? STRETCH_GAP : STRETCH_ANY;
}

enum squeeze squeeze_of(enum char_class class)
{
    switch (class) {
    case CLASS_SPACE:
        return SQUEEZE_SPACE;
    case CLASS_MIDDLE:
        return SQUEEZE_MIDDLE;
    case CLASS_OPEN:
    case CLASS_CLOSE:
        return SQUEEZE_BRACKET;
    case CLASS_PAUSE:
        return SQUEEZE_PAUSE;
    case CLASS_STOP:
        return SQUEEZE_STOP;
    case CLASS_IDEOGRAPH:
    case CLASS_DASH:
    case CLASS_SUFFIX:
    case CLASS_PREFIX:
    case CLASS_WIDE_DIGIT:
    case CLASS_DIGIT:
    case CLASS_LATIN:
    case CLASS_UNIT:
    case CLASS_BOX:
    case CLASS_LATIN_OPEN:
    case CLASS_LATIN_CLOSE:
    case CLASS_WIDE_SPACE:
    case CLASS_NEWLINE:
        break;
    }
    return SQUEEZE_NEVER;
}
