/* Which of its variants a unit takes and how large its type is set. Private to typeset/. */
#ifndef MINGBAI_TYPESET_FIT_H
#define MINGBAI_TYPESET_FIT_H

#include "typeset/flow.h"

/* The unit as it is set at last: with 附件 if it has some and needs them, the type as large as its
 * styles allow and the page has room for, or smaller where that saves pages. NULL with the findings
 * of flow_unit(). */
struct unit_plan *fit_unit(struct typeset *typeset, const struct unit_stats *stats,
                           struct findings *findings);

#endif
