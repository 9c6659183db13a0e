/* Check cells of forms: which boxes a column offers, and which of them its value ticks. Private to
 * document/. */
#ifndef MINGBAI_DOCUMENT_CHOICE_H
#define MINGBAI_DOCUMENT_CHOICE_H

#include "document/scope.h"

/* The codes of the column a piece names (是 否 of a boolean), NULL-ended and lent; NULL: it is no
 * column, or its values are not of a list. */
const char *const *choice_codes(const struct binding *binding, const struct piece *piece);

/* ☑是　☐否 for the value in scope, in its arena. A value that is one of the options, or several
 * joined by 、, ticks theirs; any other ticks `other` and follows it in brackets. An empty value
 * ticks none and is tallied as a blank, an invalid one ticks none and is tallied as that; 无 ticks
 * the option so called, or follows as one more. A value no box stands for is tallied by
 * scope_unticked(). */
const char *choice_text(struct scope *scope, const struct form_cell *cell);

#endif
