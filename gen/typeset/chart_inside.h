/* What the kinds of charts share. */
#ifndef MINGBAI_TYPESET_CHART_INSIDE_H
#define MINGBAI_TYPESET_CHART_INSIDE_H

#include "typeset/chart.h"
#include "typeset/chart_axis.h"

struct spot {
    mpt x, y, w, h;
};

/* A chart at work at one size of type. */
struct chart_work {
    struct typeset *typeset;
    const struct canvas *canvas; /* NULL: nothing is drawn */
    const struct block_figure *figure;
    const struct chart *chart;
    size_t nrow;
    mpt size, line;   /* of the type; from line to line */
    int lifts;        /* lines of room beyond the longest bars for values */
    struct spot area; /* what title and legend leave */
    struct spot plot; /* what axes leave */
    struct chart_axis axis;
    GArray *taken;   /* struct spot: where no word may stand */
    GString *text;   /* the word at hand */
    size_t unplaced; /* values and names that found no room */
    bool upright;    /* names of categories are set from top to bottom */
};

/* --- words (chart_word.c) */

/* Width of the text on one line. */
mpt chart_text_width(struct chart_work *work, const char *text);
/* Breaks the text for a column of that width; returns how many lines. *broken: inside a word. */
size_t chart_text_lines(struct chart_work *work, const char *text, mpt width, bool *broken);
/* Sets the text in the spot, as many lines as it takes, in the middle of its height. */
void chart_write(struct chart_work *work, const char *text, struct spot spot, enum align align);
/* In the middle of a patterned part, on white; false: it has no room there. */
bool chart_write_inside(struct chart_work *work, const char *text, struct spot part);
/* Sets the text from top to bottom, upright. */
void chart_write_upright(struct chart_work *work, const char *text, struct spot spot);
mpt chart_upright_height(struct chart_work *work, const char *text);
/* The value as its series prints it; what stands for NULL; "" for nothing. */
const char *chart_value_text(struct chart_work *work, size_t row, size_t series);
/* A number as the series prints it; as the axis prints it. */
const char *chart_number_text(struct chart_work *work, decimal value, size_t series);
const char *chart_tick_text(struct chart_work *work, decimal value);
const char *chart_label_text(struct chart_work *work, size_t row);
/* No word may stand there. */
void chart_take(struct chart_work *work, struct spot spot);
bool chart_is_free(const struct chart_work *work, struct spot spot);
/* A box for a word of that width over, under, beside a point. */
struct spot chart_spot_over(const struct chart_work *work, mpt width, mpt x, mpt y);
struct spot chart_spot_under(const struct chart_work *work, mpt width, mpt x, mpt y);
struct spot chart_spot_beside(const struct chart_work *work, mpt width, mpt x, mpt y);

/* --- shapes (chart.c); nothing without a canvas */

void chart_line(const struct chart_work *work, mpt x, mpt y, mpt w, mpt h, mpt weight,
                enum page_dash dash);
void chart_area(const struct chart_work *work, struct spot spot, enum page_pattern pattern,
                mpt weight);
void chart_path(const struct chart_work *work, const struct page_point *points, size_t count,
                enum page_pattern pattern, mpt weight, enum page_dash dash);
/* The pattern of a series, or of a slice. */
enum page_pattern chart_pattern(size_t series);
/* The dash of a line, and its mark: shape and filling by turns. */
enum page_dash chart_dash(size_t series);
void chart_mark(const struct chart_work *work, size_t series, mpt x, mpt y);

/* --- frames (chart_frame.c): axes and the categories' names; they set work->axis and work->plot */

/* Writes what the values count at the top left; returns the height of that line, 0 for none. */
mpt chart_write_unit(struct chart_work *work);
/* The range of all values; of stacks of them. */
void chart_range(const struct chart *chart, bool stacked, decimal *least, decimal *most);
void chart_frame_upright(struct chart_work *work, decimal least, decimal most);
void chart_frame_lying(struct chart_work *work, decimal least, decimal most);
/* Where a value stands: y, in lying charts x. */
mpt chart_level(const struct chart_work *work, decimal value);
/* Where a category's part of the axis begins; row nrow: where the last one ends. */
mpt chart_slot(const struct chart_work *work, size_t row);

/* --- kinds */

void chart_draw_bars(struct chart_work *work);  /* chart_bar.c */
void chart_draw_lying(struct chart_work *work); /* chart_lying.c */
void chart_draw_lines(struct chart_work *work); /* chart_line.c */
void chart_draw_pie(struct chart_work *work);   /* chart_pie.c */

#define CHART_NAME_GAP "　" /* between a slice's name and its value */

extern const mpt CHART_STROKE; /* outlines and axes */
extern const mpt CHART_GAP;    /* between a value and what it belongs to */

#endif
