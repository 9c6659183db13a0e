/* With two labels one line goes to the bottom right corner; with three, two lines go to the middles
 * of the right and the bottom edge. The lowest label speaks of the column below, the uppermost of
 * the head's columns to the right. */
#include "typeset/diagonal.h"

#include <string.h>

/* In thousandths of the box: where a label's middle stands, from the lowest label on. */
struct spot {
    int x, y;
};

static const struct spot two[] = {{300, 740}, {700, 260}};
static const struct spot three[] = {{230, 790}, {590, 590}, {775, 210}};
/* A label's part of the width that its field leaves it. */
static const int room_of_two = 500, room_of_three = 380;

static const struct spot *spots(const struct cell *cell)
{
    return cell->diagonal == 3 ? three : two;
}

/* The label's bytes from *at on; moves behind it. */
static size_t next_label(const char *text, size_t *at)
{
    size_t length = strcspn(text + *at, "\n");
    *at += length + (text[*at + length] == '\n');
    return length;
}

em16 diagonal_width(struct typeset *typeset, const struct cell *cell, const char *text)
{
    em16 widest = EM;
    size_t at = 0;
    for (size_t i = 0; i < cell->diagonal; i++) {
        const char *label = text + at;
        setter_shape(typeset, cell->style->role, label, next_label(text, &at));
        widest = MAX(widest, setter_natural(typeset, cell->style));
    }
    return (em16)((int64_t)widest * 1000 / (cell->diagonal == 3 ? room_of_three : room_of_two));
}

em16 diagonal_height(const struct cell *cell)
{
    return cell->diagonal == 3 ? EM * 4 : EM * 5 / 2;
}

static void draw_label(struct typeset *typeset, const struct canvas *canvas,
                       const struct cell *cell, const char *label, mpt size, mpt x, mpt middle)
{
    struct text_style style = *cell->style;
    style.align = ALIGN_LEFT;
    style.overflow = OVERFLOW_WRAP;
    mpt width = em_to_mpt(setter_natural(typeset, &style), size) + 1;
    setter_break(typeset, &style, size, width);
    setter_draw_line(typeset, canvas, &style, size, label, 0, x - width / 2, width,
                     middle + setter_rise(typeset, style.role, size));
}

void diagonal_draw(struct typeset *typeset, const struct canvas *canvas, const struct cell *cell,
                   mpt size, mpt weight, const struct diagonal_box *box)
{
    char *text = g_strdup(typeset->string->str);
    size_t at = 0;
    if (cell->diagonal == 3) {
        display_line(canvas->display, box->left, box->top, box->width, box->height / 2, weight,
                     DASH_NONE);
        display_line(canvas->display, box->left, box->top, box->width / 2, box->height, weight,
                     DASH_NONE);
    } else {
        display_line(canvas->display, box->left, box->top, box->width, box->height, weight,
                     DASH_NONE);
    }
    for (size_t i = 0; i < cell->diagonal; i++) {
        const struct spot *spot = &spots(cell)[i];
        char *label = g_strndup(text + at, strcspn(text + at, "\n"));
        setter_shape(typeset, cell->style->role, label, next_label(text, &at));
        draw_label(typeset, canvas, cell, label, size,
                   box->left + (mpt)((int64_t)box->width * spot->x / 1000),
                   box->top + (mpt)((int64_t)box->height * spot->y / 1000));
        g_free(label);
    }
    g_free(text);
}
