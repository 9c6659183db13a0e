/* 斜线表头: a head cell whose labels stand in the fields that lines from its top left corner make.
 * Private to typeset/. */
#ifndef MINGBAI_TYPESET_DIAGONAL_H
#define MINGBAI_TYPESET_DIAGONAL_H

#include "typeset/setter.h"

enum { DIAGONAL_MOST = 3 };

struct diagonal_box {
    mpt left, top, width, height;
};

/* The least width of a cell with the labels (parted by \n) of the text at hand, and the least
 * height it then needs; em16. */
em16 diagonal_width(struct typeset *typeset, const struct cell *cell, const char *text);
em16 diagonal_height(const struct cell *cell);
/* Draws lines of that weight and the labels of typeset->string at size in the box. */
void diagonal_draw(struct typeset *typeset, const struct canvas *canvas, const struct cell *cell,
                   mpt size, mpt weight, const struct diagonal_box *box);

#endif
