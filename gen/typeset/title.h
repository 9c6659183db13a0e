/* Titles: few lines, balanced, broken by sense (looks.md). Private to typeset/. */
#ifndef MINGBAI_TYPESET_TITLE_H
#define MINGBAI_TYPESET_TITLE_H

#include "typeset/setter.h"

/* Breaks the text at hand (whose source is text) into at most lines_max lines, at size or smaller,
 * never under size_min; returns the size taken. Every line but one ends where a word does. A text
 * too long even so is broken as a paragraph; *too_long tells. */
mpt title_break(struct typeset *typeset, const struct text_style *style, mpt size, const char *text,
                mpt width, size_t lines_max, bool *too_long);

#endif
