/* The line builder: shaped clusters to lines and places. Pure; all lengths are 1/65536 em. Greedy,
 * with CLREQ's order of adjustment: squeeze marks first, then stretch evenly. */
#ifndef MINGBAI_TYPESET_LINE_H
#define MINGBAI_TYPESET_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "typeset/shape.h"

enum { EM = 65536 };

/* A cluster as the line builder sees it. */
struct atom {
    uint32_t character;
    em16 advance;
    em16 kern; /* before it inside a line: Han-Latin gap, or what two marks lose (negative) */
    em16 give; /* what a squeeze may take from the space before it */
    em16 lead, trail; /* blank at its left, right that a line's edge or a squeeze may take */
    uint8_t class;    /* enum char_class */
    uint8_t stretch;  /* enum stretch of the space before it */
    bool may_start;   /* a line may begin with it */
};

/* A text made ready; reused for many texts. */
struct line_text {
    size_t natom, room;
    struct atom *atoms; /* one a cluster */
};

void line_text_prepare(struct line_text *text, const struct shaped *shaped);
void line_text_release(struct line_text *text);

/* What a text wants of its column. */
struct line_extent {
    em16 natural; /* its longest paragraph on one line */
    em16 unit;    /* its longest part that may not be broken */
};

struct line_extent line_text_extent(const struct line_text *text);
/* The measure at which lines_break_even makes two good lines of it. */
em16 line_text_halved(const struct line_text *text);

struct line {
    uint32_t first, end; /* atoms; spaces at its end and \n are not in it */
    bool last;           /* of its paragraph */
    bool indented;       /* first of its paragraph */
};

struct lines {
    size_t nline, room;
    struct line *lines;
    bool word_broken; /* a word or number was longer than the measure */
};

void lines_release(struct lines *lines);

/* Breaks the text; the first line of every paragraph is shorter by indent. At least one line, even
 * for an empty text. */
void lines_break(const struct line_text *text, em16 measure, em16 indent, struct lines *lines);
/* As lines_break, then evens the lines out without adding one (heads in narrow columns); two lines
 * part before a bracket where they can: 人均纯收入 / （元）. */
void lines_break_even(const struct line_text *text, em16 measure, struct lines *lines);

/* The line's width as it stands, marks at its edges halved. */
em16 line_natural(const struct line_text *text, const struct line *line);
/* Would stretching the line to measure tear it apart? */
bool line_is_loose(const struct line_text *text, const struct line *line, em16 measure);
/* Places the line's atoms: x[i] is the origin of atom first + i, from the line's left edge. A line
 * wider than measure is squeezed; with justify a shorter one is stretched to it. Returns the width.
 */
em16 line_place(const struct line_text *text, const struct line *line, em16 measure, bool justify,
                em16 *x);

#endif
