/* Sets the header and the footer of a page. */
#include "typeset/band.h"

/* Makes the part the text at hand, its words filled in; its text is in typeset->string. */
static void shape_part(struct typeset *typeset, const struct page_band *band, size_t part,
                       const struct page_numbers *numbers)
{
    g_string_truncate(typeset->string, 0);
    page_words_fill(typeset->string, band->parts[part], numbers);
    setter_shape(typeset, band->style->role, typeset->string->str, typeset->string->len);
}

void bands_gather(struct gather *gather, const struct page_setup *setup,
                  const struct page_numbers *numbers)
{
    static const char digits[] = "0123456789"; /* any may come when a page is drawn */
    const struct page_band *const bands[] = {&setup->header, &setup->footer};
    for (size_t i = 0; i < G_N_ELEMENTS(bands); i++) {
        bool any = false;
        gather->place = bands[i]->place;
        for (size_t part = 0; part < BAND_PARTS; part++) {
            if (!bands[i]->parts[part])
                continue;
            GString *text = g_string_new(NULL);
            page_words_fill(text, bands[i]->parts[part], numbers);
            gather_text(gather, bands[i]->style->role, text->str, text->len, NULL, NULL);
            g_string_free(text, TRUE);
            any = true;
        }
        if (any)
            gather_text(gather, bands[i]->style->role, digits, sizeof digits - 1, NULL, NULL);
    }
}

int bands_check(struct typeset *typeset, const struct page_setup *setup,
                const struct page_numbers *numbers, struct findings *findings)
{
    const struct page_band *const bands[] = {&setup->header, &setup->footer};
    const mpt measure = page_inner_width(setup);
    int result = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(bands); i++) {
        mpt widths[BAND_PARTS] = {0};
        for (size_t part = 0; part < BAND_PARTS; part++) {
            if (!bands[i]->parts[part])
                continue;
            shape_part(typeset, bands[i], part, numbers);
            /* and an em to keep it off its neighbours */
            widths[part] = em_to_mpt(setter_natural(typeset, bands[i]->style) + (1 << 16),
                                     bands[i]->style->size);
        }
        const mpt sides = MAX(widths[BAND_LEFT], widths[BAND_RIGHT]);
        const mpt wanted = widths[BAND_CENTER] ? widths[BAND_CENTER] + 2 * sides
                                               : widths[BAND_LEFT] + widths[BAND_RIGHT];
        if (wanted <= measure + (bands[i]->style ? bands[i]->style->size : 0))
            continue;
        char width[16], there[16];
        g_snprintf(width, sizeof width, "%.0f", wanted / MPT_PER_MM);
        g_snprintf(there, sizeof there, "%.0f", measure / MPT_PER_MM);
        result = finding_add(findings, FINDING_LAYOUT_BAND_TOO_WIDE, bands[i]->place, width, there);
    }
    return result;
}

static void draw_part(struct typeset *typeset, const struct canvas *canvas,
                      const struct page_band *band, size_t part, size_t at, const struct area *area,
                      mpt baseline, const struct page_numbers *numbers)
{
    static const enum align aligns[] = {ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT};
    struct text_style style = *band->style;
    style.align = aligns[at];
    shape_part(typeset, band, part, numbers);
    setter_break(typeset, &style, style.size, area->inner_width);
    setter_draw_line(typeset, canvas, &style, style.size, typeset->string->str, 0, area->left,
                     area->inner_width, baseline);
}

static void draw_band(struct typeset *typeset, const struct canvas *canvas,
                      const struct page_band *band, const struct area *area, mpt baseline,
                      const struct page_numbers *numbers, bool even)
{
    if (band->not_first && numbers->page == 1)
        return;
    for (size_t part = 0; part < BAND_PARTS; part++)
        if (band->parts[part])
            draw_part(typeset, canvas, band, part,
                      band->outer && even ? BAND_PARTS - 1 - part : part, area, baseline, numbers);
}

void bands_draw(struct typeset *typeset, const struct canvas *canvas,
                const struct page_setup *setup, const struct area *area,
                const struct page_numbers *numbers, bool even)
{
    draw_band(typeset, canvas, &setup->header, area, area->top - setup->header.gap, numbers, even);
    draw_band(typeset, canvas, &setup->footer, area,
              area->top + area->inner_height + setup->footer.gap, numbers, even);
}
