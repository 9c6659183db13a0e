/* Header and footer of a page. Private to typeset/. */
#ifndef MINGBAI_TYPESET_BAND_H
#define MINGBAI_TYPESET_BAND_H

#include "base/page_words.h"
#include "typeset/flow.h"
#include "typeset/gather.h"

/* Takes the glyphs of a page's header and footer; numbers: its copy and section are used. */
void bands_gather(struct gather *gather, const struct page_setup *setup,
                  const struct page_numbers *numbers);
/* Whether they fit side by side with those numbers, the largest that come. -1 with
 * layout-band-too-wide. */
int bands_check(struct typeset *typeset, const struct page_setup *setup,
                const struct page_numbers *numbers, struct findings *findings);
/* even: left and right change places where the band says so. */
void bands_draw(struct typeset *typeset, const struct canvas *canvas,
                const struct page_setup *setup, const struct area *area,
                const struct page_numbers *numbers, bool even);

#endif
