/* Breaks titles by sense: ICU finds the words, every way of breaking between them gets a cost. */
#include "typeset/title.h"

#include <string.h>
#include <unicode/ubrk.h>

#include "typeset/classes.h"

enum {
    TITLE_LINES = 4, /* more are set as a paragraph */
    SIZE_STEP = 500, /* half a point */
    DE = 0x7684,     /* 的 */
    YEAR = 0x5E74,   /* 年 */
    GUAN = 0x5173,
    YU = 0x4E8E /* 关于 */
};

struct search {
    const struct line_text *text;
    const bool *word_start; /* one an atom */
    em16 measure;
    double mean;
    size_t nline;
    size_t breaks[TITLE_LINES], best[TITLE_LINES]; /* where lines begin */
    double best_cost;
};

/* Marks the atoms a word begins with. All of them when ICU has no Chinese words: the rules of
 * line-breaking still hold. */
static bool *find_words(const struct typeset *typeset, const char *source)
{
    const struct line_text *text = &typeset->text;
    bool *start = g_new0(bool, text->natom + 1);
    UErrorCode status = U_ZERO_ERROR;
    UText units = UTEXT_INITIALIZER;
    utext_openUTF8(&units, source, (int64_t)strlen(source), &status);
    UBreakIterator *words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
    if (U_SUCCESS(status))
        ubrk_setUText(words, &units, &status);
    size_t atom = 0;
    for (int32_t at = U_SUCCESS(status) ? ubrk_first(words) : UBRK_DONE; at != UBRK_DONE;
         at = ubrk_next(words)) {
        while (atom < text->natom && typeset->shaped.clusters[atom].text_at < (uint32_t)at)
            atom++;
        start[atom] = true;
    }
    if (U_FAILURE(status))
        memset(start, true, text->natom);
    ubrk_close(words);
    utext_close(&units);
    return start;
}

static size_t count_characters(const struct line_text *text, size_t first, size_t end)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        count += !class_is_mark(text->atoms[i].class);
    return count;
}

/* What it costs the sense to begin a line with atom at. */
static double break_cost(const struct search *search, size_t at)
{
    const struct atom *atoms = search->text->atoms;
    const struct atom *before = &atoms[at - 1], *after = &atoms[at];
    size_t rest = count_characters(search->text, at, search->text->natom);
    double cost = 2; /* so that none of the sums below makes it negative: the search prunes */
    if (after->character == DE)
        cost += 3;
    if (before->character == DE && rest <= 3) /* 的公示 */
        cost += 3;
    if (rest < 3)
        cost += 3;
    if (before->character == YU)
        cost += 3;
    if (after->character == GUAN && rest > 1 && atoms[at + 1].character == YU)
        cost -= 1; /* who speaks on one line, of what on the next */
    if (search->word_start[at - 1] && before->class == CLASS_IDEOGRAPH && before->character != DE &&
        before->kern == 0)
        cost += 1; /* 拟, 户: one character that belongs to what follows or is left behind */
    if (before->character == YEAR || before->character == DE || before->class == CLASS_CLOSE ||
        before->class == CLASS_PAUSE)
        cost -= 0.4;
    return cost;
}

static double line_cost(const struct search *search, em16 width, em16 width_before)
{
    double off = (width - search->mean) / search->mean;
    /* A longer line under a shorter one is the less usual shape. */
    return 10 * off * off + (width_before && width > width_before ? 0.15 : 0);
}

static void try_lines(struct search *search, size_t line, size_t first, em16 width_before,
                      double cost)
{
    size_t natom = search->text->natom;
    if (cost >= search->best_cost)
        return;
    if (line + 1 == search->nline) {
        struct line last = {.first = (uint32_t)first, .end = (uint32_t)natom};
        em16 width = line_natural(search->text, &last);
        cost += line_cost(search, width, width_before);
        if (width > search->measure || cost >= search->best_cost ||
            count_characters(search->text, first, natom) < 2)
            return;
        search->best_cost = cost;
        memcpy(search->best, search->breaks, sizeof search->best);
        return;
    }
    for (size_t at = first + 1; at < natom; at++) {
        if (!search->word_start[at] || !search->text->atoms[at].may_start)
            continue;
        size_t end = at;
        while (end > first && search->text->atoms[end - 1].class == CLASS_SPACE)
            end--;
        struct line candidate = {.first = (uint32_t)first, .end = (uint32_t)end};
        em16 width = line_natural(search->text, &candidate);
        if (width > search->measure)
            break;
        if (count_characters(search->text, first, end) < 2)
            continue;
        search->breaks[line + 1] = at;
        try_lines(search, line + 1, at, width,
                  cost + line_cost(search, width, width_before) + break_cost(search, at));
    }
}

static void store_lines(const struct search *search, struct lines *lines)
{
    lines->nline = search->nline;
    if (lines->room < search->nline) {
        lines->room = TITLE_LINES;
        lines->lines = g_renew(struct line, lines->lines, lines->room);
    }
    for (size_t i = 0; i < search->nline; i++) {
        size_t end = i + 1 < search->nline ? search->best[i + 1] : search->text->natom;
        while (end > search->best[i] && search->text->atoms[end - 1].class == CLASS_SPACE)
            end--;
        lines->lines[i] = (struct line){.first = (uint32_t)search->best[i],
                                        .end = (uint32_t)end,
                                        .last = i + 1 == search->nline};
    }
    lines->word_broken = false;
}

/* The fewest lines that hold the title at this measure, the best way of breaking it into so many.
 */
static bool break_by_sense(struct typeset *typeset, const bool *word_start, em16 measure,
                           size_t lines_max)
{
    em16 natural = line_text_extent(&typeset->text).natural;
    for (size_t nline = 1; nline <= lines_max; nline++) {
        struct search search = {.text = &typeset->text,
                                .word_start = word_start,
                                .measure = measure,
                                .mean = MAX((double)natural / (double)nline, 1),
                                .nline = nline,
                                .best_cost = G_MAXDOUBLE};
        if ((double)natural / (double)nline > measure)
            continue;
        try_lines(&search, 0, 0, 0, 0);
        if (search.best_cost < G_MAXDOUBLE) {
            store_lines(&search, &typeset->lines);
            return true;
        }
    }
    return false;
}

mpt title_break(struct typeset *typeset, const struct text_style *style, mpt size, const char *text,
                mpt width, size_t lines_max, bool *too_long)
{
    mpt least = style->size_min ? MIN(style->size_min, size) : size;
    *too_long = false;
    lines_max = CLAMP(lines_max, 1, TITLE_LINES);
    lines_break(&typeset->text, mpt_to_em(width, size), 0, &typeset->lines);
    if (strchr(text, '\n') || typeset->lines.nline <= 1)
        return size;
    bool *word_start = find_words(typeset, text);
    bool found = false;
    while (!found) {
        found = break_by_sense(typeset, word_start, mpt_to_em(width, size), lines_max);
        if (found || size <= least)
            break;
        size = MAX(size - SIZE_STEP, least);
    }
    g_free(word_start);
    if (!found) {
        lines_break(&typeset->text, mpt_to_em(width, size), 0, &typeset->lines);
        *too_long = typeset->lines.nline > lines_max;
    }
    return size;
}
