/* Papers by name. Sizes upright: A2 to A5 and B5 by GB/T 148 and ISO 216 (so B5 is 176 x 250 mm,
 * not the Japanese one), 16K (also written 16开) 184 x 260 mm as WPS and Word have it. */
#ifndef MINGBAI_DOCUMENT_PAPER_SIZE_H
#define MINGBAI_DOCUMENT_PAPER_SIZE_H

#include <stdbool.h>

#include "document/model.h"

extern const char *const PAPER_NAMES[]; /* NULL-ended */

/* Width and height of the upright sheet; false, and nothing set: there is no such paper. */
bool paper_size(const char *name, mpt *width, mpt *height);

#endif
