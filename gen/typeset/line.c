/* Breaks prepared text into lines and places the clusters of each. */
#include "typeset/line.h"

#include <glib.h>

#include "typeset/classes.h"

enum {
    HALF_EM = EM / 2,
    LATIN_GAP = EM / 4,     /* CLREQ: at most a quarter em */
    LATIN_GAP_MIN = EM / 8, /* CLREQ: squeezed no further */
    LATIN_GAP_MAX = EM / 3, /* "often 1/3" when stretched */
    SPACE_MIN = EM / 4,
    SPACE_MAX = EM / 2,
    LOOSE_STRETCH = EM / 10, /* a wider stretch between characters is seen as holes */
    INK_CLEAR = EM / 20,     /* what a squeezed mark keeps between its ink and the next character */
    BOX_GAP = EM * 3 / 10, /* with the blank in its em half an em between box and text (looks.md) */
    OPTION_MOST = 10 * EM  /* what a box is ticked for stays whole up to so much */
};

static em16 within(em16 value, em16 most)
{
    return value < 0 ? 0 : MIN(value, most);
}

/* By the ink, since fonts set marks at different places and widths of the em. */
static void find_blank(struct atom *atom, const struct cluster *cluster)
{
    em16 surplus = atom->advance - HALF_EM;
    em16 left = cluster->ink_left - INK_CLEAR;
    em16 right = atom->advance - cluster->ink_right - INK_CLEAR;
    atom->lead = atom->trail = 0;
    switch ((enum char_class)atom->class) {
    case CLASS_OPEN:
        atom->lead = within(left, MAX(surplus, 0));
        break;
    case CLASS_CLOSE:
    case CLASS_PAUSE:
    case CLASS_STOP:
        atom->trail = within(right, MAX(surplus, 0));
        break;
    case CLASS_MIDDLE:
        atom->lead = within(left, MAX(surplus / 2, 0));
        atom->trail = within(right, MAX(surplus / 2, 0));
        break;
    default:
        break;
    }
}

/* CLREQ "Punctuation Width Adjustment": two marks side by side are 1.5 em. */
static em16 kern_between(const struct atom *before, const struct atom *after)
{
    enum char_class next = after->class;
    switch ((enum char_class)before->class) {
    case CLASS_CLOSE:
    case CLASS_PAUSE:
    case CLASS_STOP:
        if (next == CLASS_OPEN || next == CLASS_CLOSE || next == CLASS_PAUSE ||
            next == CLASS_STOP || next == CLASS_MIDDLE)
            return -before->trail;
        break;
    case CLASS_OPEN:
        if (next == CLASS_OPEN)
            return -after->lead;
        break;
    case CLASS_BOX:
        if (next == CLASS_IDEOGRAPH || next == CLASS_OPEN || class_is_western(next))
            return BOX_GAP;
        break;
    default:
        if (gap_between(before->class, next))
            return LATIN_GAP;
        break;
    }
    return 0;
}

/* "138 0000 0000" and "12 000" are one number. */
static bool is_space_in_number(const struct atom *atoms, size_t after)
{
    size_t i = after;
    while (i > 0 && atoms[i - 1].class == CLASS_SPACE)
        i--;
    return i < after && i > 0 && atoms[i - 1].class == CLASS_DIGIT &&
           atoms[after].class == CLASS_DIGIT;
}

/* How much the space before atom i may shrink when it stands inside a line. */
static em16 squeeze_before(const struct atom *atoms, size_t i, enum squeeze kind)
{
    const struct atom *before = &atoms[i - 1], *after = &atoms[i];
    em16 give = 0;
    if (kind == SQUEEZE_GAP)
        return after->kern > 0 && before->class != CLASS_BOX ? after->kern - LATIN_GAP_MIN : 0;
    if (after->kern < 0)
        return 0;
    if (squeeze_of(before->class) == kind)
        give += kind == SQUEEZE_SPACE ? MAX(before->advance - SPACE_MIN, 0) : before->trail;
    if (squeeze_of(after->class) == kind)
        give += after->lead;
    return give;
}

static em16 squeeze_total(const struct atom *atoms, size_t i)
{
    const struct atom *before = &atoms[i - 1], *after = &atoms[i];
    em16 give = 0;
    if (before->trail == 0 && after->lead == 0 && after->kern <= 0 && before->class != CLASS_SPACE)
        return 0;
    for (enum squeeze kind = 0; kind < SQUEEZES; kind++)
        give += squeeze_before(atoms, i, kind);
    return give;
}

static bool ends_option(const struct atom *atom)
{
    return atom->class == CLASS_BOX || atom->class == CLASS_SPACE ||
           atom->class == CLASS_WIDE_SPACE || atom->class == CLASS_NEWLINE ||
           atom->class == CLASS_PAUSE || atom->class == CLASS_STOP;
}

/* What a box is ticked for stands behind it, ☐是, or before it, 是☐: the two stay together, and as
 * long as it is short nothing of it is parted. */
static void keep_options(struct line_text *text)
{
    struct atom *atoms = text->atoms;
    for (size_t box = 0; box < text->natom; box++) {
        size_t first = box, end = box + 1;
        int64_t width = atoms[box].advance;
        if (atoms[box].class != CLASS_BOX)
            continue;
        while (end < text->natom && !ends_option(&atoms[end]))
            width += atoms[end++].advance;
        while (end == box + 1 && first > 0 && !ends_option(&atoms[first - 1]))
            width += atoms[--first].advance;
        if (first < box)
            atoms[box].kern = BOX_GAP;
        for (size_t i = first + 1; i < end; i++)
            if (i == box || i == box + 1 || width <= OPTION_MOST)
                atoms[i].may_start = false;
    }
}

void line_text_prepare(struct line_text *text, const struct shaped *shaped)
{
    if (shaped->ncluster > text->room) {
        text->room = MAX(shaped->ncluster, 2 * text->room);
        text->atoms = g_renew(struct atom, text->atoms, text->room);
    }
    text->natom = shaped->ncluster;
    bool boxes = false;
    for (size_t i = 0; i < text->natom; i++) {
        const struct cluster *cluster = &shaped->clusters[i];
        struct atom *atom = &text->atoms[i];
        *atom = (struct atom){.character = cluster->character,
                              .advance = cluster->advance,
                              .class = class_of(cluster->character)};
        const struct atom *before = atom - 1;
        if (i > 0 && atom->class == CLASS_IDEOGRAPH && before->class == CLASS_IDEOGRAPH) {
            /* What the rules below say of two Han characters, which most neighbours are. */
            atom->stretch = STRETCH_ANY;
            atom->may_start = true;
            continue;
        }
        find_blank(atom, cluster);
        boxes = boxes || atom->class == CLASS_BOX;
        if (i == 0)
            continue;
        atom->kern = kern_between(before, atom);
        atom->stretch = stretch_between(before->class, atom->class);
        atom->may_start =
            break_allowed(before->character, before->class, atom->character, atom->class) &&
            !is_space_in_number(text->atoms, i);
        atom->give = squeeze_total(text->atoms, i);
    }
    if (boxes)
        keep_options(text);
}

void line_text_release(struct line_text *text)
{
    g_free(text->atoms);
    *text = (struct line_text){0};
}

void lines_release(struct lines *lines)
{
    g_free(lines->lines);
    *lines = (struct lines){0};
}

static bool is_blank(const struct atom *atom)
{
    return atom->class == CLASS_SPACE || atom->class == CLASS_WIDE_SPACE;
}

struct line_extent line_text_extent(const struct line_text *text)
{
    struct line_extent extent = {0, 0};
    int64_t natural = 0, unit = 0;
    for (size_t i = 0; i < text->natom; i++) {
        const struct atom *atom = &text->atoms[i];
        if (atom->class == CLASS_NEWLINE) {
            natural = unit = 0;
            continue;
        }
        natural += natural == 0 ? atom->advance - atom->lead : atom->advance + atom->kern;
        if (atom->may_start || unit == 0)
            unit = atom->advance - atom->lead;
        else if (!is_blank(atom) || (i + 1 < text->natom && !text->atoms[i + 1].may_start))
            unit += atom->advance + atom->kern;
        extent.natural = MAX(extent.natural, (em16)MIN(natural - atom->trail, INT32_MAX));
        extent.unit = MAX(extent.unit, (em16)MIN(unit - atom->trail, INT32_MAX));
    }
    return extent;
}

/* A place where a line may end: after atom end - 1. */
struct candidate {
    size_t end; /* 0: none */
    em16 width, give;
    int stretches;
};

/* Both ways of setting a line cost its looks; squeezing is preferred (CLREQ: 先挤进后推出), but a
 * line that fits as it is must not be crowded for the sake of one more character. */
static bool is_tight_better(const struct candidate *fits, const struct candidate *tight,
                            em16 measure)
{
    if (tight->end == 0)
        return false;
    if (fits->end == 0)
        return true;
    double squeeze = (double)(tight->width - measure) / tight->give;
    double stretch = (measure - fits->width) / (MAX(fits->stretches, 1) * (EM / 8.0));
    return squeeze * squeeze <= stretch;
}

static size_t skip_blanks(const struct line_text *text, size_t i, size_t end)
{
    while (i < end && is_blank(&text->atoms[i]))
        i++;
    return i;
}

/* ____, a blank to write on, may go on in the next line. */
static bool is_inside_blank(const struct line_text *text, size_t i, size_t end)
{
    return i > 0 && i < end && text->atoms[i - 1].character == '_' &&
           text->atoms[i].character == '_';
}

/* The end of the line that begins with atom first, in the paragraph that ends at end. */
static size_t find_line_end(const struct line_text *text, size_t first, size_t end, em16 measure,
                            bool *word_broken)
{
    struct candidate fits = {0}, tight = {0};
    size_t forced = first + 1, outside_word = 0;
    int64_t width = 0;
    em16 give = 0;
    int stretches = 0;
    for (size_t i = first; i < end; i++) {
        const struct atom *atom = &text->atoms[i];
        width += atom->advance;
        if (i == first) {
            width -= atom->lead;
        } else {
            width += atom->kern;
            give += atom->give;
            stretches += atom->stretch != STRETCH_NEVER;
        }
        if (is_blank(atom) && i > first)
            continue;
        int64_t edge = width - atom->trail;
        if (edge - give > measure)
            break;
        if (edge <= measure)
            forced = i + 1;
        if (edge <= measure && i + 1 < end && text->atoms[i + 1].stretch != STRETCH_NEVER)
            outside_word = i + 1;
        size_t next = skip_blanks(text, i + 1, end);
        if (next < end && !text->atoms[next].may_start)
            continue;
        struct candidate *candidate = edge <= measure ? &fits : &tight;
        if (candidate == &fits || tight.end == 0)
            *candidate = (struct candidate){i + 1, (em16)edge, give, stretches};
        if (next == end)
            break;
    }
    if (fits.end == 0 && tight.end == 0) {
        if (outside_word > 0) /* 12345.67 / 元 rather than 12345.6 / 7元 */
            return outside_word;
        if (!is_inside_blank(text, forced, end))
            *word_broken = true;
        return MIN(forced, end);
    }
    return is_tight_better(&fits, &tight, measure) ? tight.end : fits.end;
}

static void add_line(struct lines *lines, size_t first, size_t end, bool indented)
{
    if (lines->nline == lines->room) {
        lines->room = MAX(8, 2 * lines->room);
        lines->lines = g_renew(struct line, lines->lines, lines->room);
    }
    lines->lines[lines->nline++] =
        (struct line){.first = (uint32_t)first, .end = (uint32_t)end, .indented = indented};
}

static size_t count_characters(const struct line_text *text, size_t first, size_t end)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        count += !class_is_mark(text->atoms[i].class);
    return count;
}

/* CLREQ 孤字不成行: a last line of one character takes another from the line before. */
static void mend_short_end(const struct line_text *text, em16 measure, struct line *before,
                           struct line *last)
{
    if (count_characters(text, last->first, last->end) > 1)
        return;
    size_t first = last->first - 1;
    while (first > before->first && !text->atoms[first].may_start)
        first--;
    if (first <= before->first + 1)
        return;
    struct line longer = {.first = (uint32_t)first, .end = last->end};
    size_t end = first;
    while (end > before->first && is_blank(&text->atoms[end - 1]))
        end--;
    struct line shorter = {.first = before->first, .end = (uint32_t)end};
    if (line_natural(text, &longer) > measure || 2 * line_natural(text, &shorter) < measure)
        return;
    last->first = (uint32_t)first;
    before->end = (uint32_t)end;
}

static void break_paragraph(const struct line_text *text, size_t first, size_t end, em16 measure,
                            em16 indent, struct lines *lines)
{
    size_t base = lines->nline, at = first;
    while (at < end || lines->nline == base) {
        bool indented = lines->nline == base;
        size_t stop = at;
        if (at < end)
            stop = find_line_end(text, at, end, indented ? measure - indent : measure,
                                 &lines->word_broken);
        add_line(lines, at, stop, indented);
        at = skip_blanks(text, stop, end);
    }
    struct line *last = &lines->lines[lines->nline - 1];
    if (lines->nline - base >= 2)
        mend_short_end(text, measure, last - 1, last);
    last->last = true;
}

void lines_break(const struct line_text *text, em16 measure, em16 indent, struct lines *lines)
{
    lines->nline = 0;
    lines->word_broken = false;
    size_t first = 0;
    for (size_t i = 0; i <= text->natom; i++) {
        if (i < text->natom && text->atoms[i].class != CLASS_NEWLINE)
            continue;
        break_paragraph(text, first, i, measure, indent, lines);
        first = i + 1;
    }
}

/* Where the text's only bracketed end begins, natom when there is none. */
static size_t find_bracket(const struct line_text *text)
{
    for (size_t i = 1; i < text->natom; i++)
        if (text->atoms[i].class == CLASS_OPEN && text->atoms[i].may_start)
            return i;
    return text->natom;
}

static em16 width_of(const struct line_text *text, size_t first, size_t end)
{
    struct line line = {.first = (uint32_t)first, .end = (uint32_t)end};
    return line_natural(text, &line);
}

em16 line_text_halved(const struct line_text *text)
{
    size_t bracket = find_bracket(text);
    if (bracket < text->natom)
        return MAX(width_of(text, 0, bracket), width_of(text, bracket, text->natom));
    struct line_extent extent = line_text_extent(text);
    em16 half =
        extent.natural / 2 + HALF_EM; /* words of two characters seldom part in the middle */
    return MIN(extent.natural, MAX(half, extent.unit));
}

static bool break_at_bracket(const struct line_text *text, em16 measure, struct lines *lines)
{
    size_t bracket = find_bracket(text);
    if (bracket == text->natom || width_of(text, 0, bracket) > measure ||
        width_of(text, bracket, text->natom) > measure)
        return false;
    lines->nline = 0;
    add_line(lines, 0, bracket, true);
    add_line(lines, bracket, text->natom, false);
    lines->lines[1].last = true;
    return true;
}

void lines_break_even(const struct line_text *text, em16 measure, struct lines *lines)
{
    lines_break(text, measure, 0, lines);
    size_t nline = lines->nline;
    bool one_paragraph = !lines->lines[0].last;
    if (nline < 2 || lines->word_broken)
        return;
    if (nline == 2 && one_paragraph && break_at_bracket(text, measure, lines))
        return;
    em16 low = measure / 2, high = measure;
    while (high - low > EM / 16) {
        em16 middle = low + (high - low) / 2;
        lines_break(text, middle, 0, lines);
        if (lines->nline == nline && !lines->word_broken)
            high = middle;
        else
            low = middle;
    }
    lines_break(text, high, 0, lines);
}

em16 line_natural(const struct line_text *text, const struct line *line)
{
    if (line->first == line->end)
        return 0;
    const struct atom *atoms = text->atoms;
    int64_t width = atoms[line->first].advance - atoms[line->first].lead;
    for (size_t i = line->first + 1; i < line->end; i++)
        width += atoms[i].advance + atoms[i].kern;
    return (em16)MIN(width - atoms[line->end - 1].trail, INT32_MAX);
}

/* What the first i of so many places get of amount. */
static em16 share(em16 amount, size_t i, size_t places)
{
    return (em16)((int64_t)amount * (int64_t)i / (int64_t)places);
}

/* Takes up to over from the line, kind by kind, each kind in proportion to what it can give, but no
 * more than part / 2 of that in all. Returns what is left to take. */
static em16 squeeze_round(const struct line_text *text, const struct line *line, em16 over,
                          int part, em16 *x)
{
    size_t count = line->end - line->first;
    for (enum squeeze kind = 0; kind < SQUEEZES && over > 0; kind++) {
        int64_t total = 0, passed = 0;
        for (size_t i = 1; i < count; i++)
            total += squeeze_before(text->atoms, line->first + i, kind);
        int64_t before = total * (part - 1) / 2;
        int64_t taken = MIN(total * part / 2 - before, over);
        if (taken == 0)
            continue;
        for (size_t i = 1; i < count; i++) {
            passed += squeeze_before(text->atoms, line->first + i, kind);
            x[i] -= (em16)(taken * passed / total);
        }
        over -= (em16)taken;
    }
    return over;
}

/* In two rounds, so that one comma is not crushed while the rest of the line stands at ease. */
static void squeeze_line(const struct line_text *text, const struct line *line, em16 over, em16 *x)
{
    over = squeeze_round(text, line, over, 1, x);
    squeeze_round(text, line, over, 2, x);
}

/* How many places of a kind the line has; with STRETCH_ANY all that may grow count. */
static size_t count_places(const struct line_text *text, const struct line *line, enum stretch kind)
{
    size_t places = 0;
    for (size_t i = line->first + 1; i < line->end; i++) {
        enum stretch stretch = text->atoms[i].stretch;
        places += stretch == kind || (kind == STRETCH_ANY && stretch != STRETCH_NEVER);
    }
    return places;
}

/* Gives each place of the kind an equal part of amount. */
static void spread_line(const struct line_text *text, const struct line *line, enum stretch kind,
                        em16 amount, size_t places, em16 *x)
{
    size_t passed = 0, count = line->end - line->first;
    for (size_t i = 1; i < count; i++) {
        enum stretch stretch = text->atoms[line->first + i].stretch;
        passed += stretch == kind || (kind == STRETCH_ANY && stretch != STRETCH_NEVER);
        x[i] += share(amount, passed, places);
    }
}

/* False when nothing in the line may grow. */
static bool stretch_line(const struct line_text *text, const struct line *line, em16 slack, em16 *x)
{
    static const em16 room[] = {
        [STRETCH_SPACE] = SPACE_MAX - SPACE_MIN, [STRETCH_GAP] = LATIN_GAP_MAX - LATIN_GAP};
    if (count_places(text, line, STRETCH_ANY) == 0)
        return false;
    for (enum stretch kind = STRETCH_SPACE; kind < STRETCH_ANY && slack > 0; kind++) {
        size_t places = count_places(text, line, kind);
        if (places == 0)
            continue;
        em16 amount = (em16)MIN((int64_t)slack, (int64_t)places * room[kind]);
        spread_line(text, line, kind, amount, places, x);
        slack -= amount;
    }
    spread_line(text, line, STRETCH_ANY, slack, count_places(text, line, STRETCH_ANY), x);
    return true;
}

bool line_is_loose(const struct line_text *text, const struct line *line, em16 measure)
{
    em16 slack = measure - line_natural(text, line);
    return slack > (int64_t)count_places(text, line, STRETCH_ANY) * LOOSE_STRETCH;
}

em16 line_place(const struct line_text *text, const struct line *line, em16 measure, bool justify,
                em16 *x)
{
    if (line->first == line->end)
        return 0;
    const struct atom *atoms = &text->atoms[line->first];
    size_t count = line->end - line->first;
    x[0] = -atoms[0].lead;
    for (size_t i = 1; i < count; i++)
        x[i] = x[i - 1] + atoms[i - 1].advance + atoms[i].kern;
    em16 width = x[count - 1] + atoms[count - 1].advance - atoms[count - 1].trail;
    if (width > measure) {
        squeeze_line(text, line, width - measure, x);
        width = x[count - 1] + atoms[count - 1].advance - atoms[count - 1].trail;
    } else if (justify && width < measure && stretch_line(text, line, measure - width, x)) {
        width = measure;
    }
    return width;
}
