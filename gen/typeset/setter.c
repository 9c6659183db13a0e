/* Sets one text: shapes it, breaks it as its style wants, and puts its lines on a canvas. */
#include "typeset/setter.h"

#include "typeset/classes.h"

enum {
    NAME_GAP = EM,            /* a name of two as wide as one of three */
    SEEN_GAP = EM / 12,       /* poppler takes a gap of a tenth of an em for a space */
    BOX_SIDE = EM * 82 / 100, /* 3.2 mm at 11 pt (looks.md) */
    BOX_WEIGHT = EM / 20,
    LINE_BELOW = EM * 18 / 100, /* a line to write on is so far below the baseline */
    LINE_WEIGHT = 400           /* 1/1000 pt */
};

mpt style_size(const struct text_style *style, int scale)
{
    mpt least = style->size_min ? MIN(style->size_min, style->size) : style->size;
    mpt most = MAX(style->size_max, style->size);
    if (scale < 0)
        return style->size - (mpt)((int64_t)(style->size - least) * scale / SCALE_LEAST);
    return style->size + (mpt)((int64_t)(most - style->size) * scale / SCALE_MOST);
}

mpt style_leading(const struct text_style *style, mpt size)
{
    mpt leading = style->leading ? style->leading : style->size * 13 / 10;
    return (mpt)((int64_t)leading * size / style->size);
}

static em16 style_indent(const struct text_style *style)
{
    bool from_left = style->align == ALIGN_LEFT || style->align == ALIGN_JUSTIFY;
    return from_left ? (em16)((int64_t)style->indent * EM / 1000) : 0;
}

em16 mpt_to_em(mpt length, mpt size)
{
    return (em16)((int64_t)length * EM / size);
}

void setter_shape(struct typeset *typeset, enum face_role role, const char *text, size_t bytes)
{
    shape_cache_text(typeset->cache, typeset->shaper, role, text, bytes, &typeset->shaped,
                     &typeset->text);
}

void setter_break(struct typeset *typeset, const struct text_style *style, mpt size, mpt width)
{
    em16 measure = mpt_to_em(width, size);
    if (style->align == ALIGN_CENTER || style->align == ALIGN_SPREAD)
        lines_break_even(&typeset->text, measure, &typeset->lines);
    else
        lines_break(&typeset->text, measure, style_indent(style), &typeset->lines);
}

bool setter_is_short_name(const struct typeset *typeset)
{
    const struct line_text *text = &typeset->text;
    return text->natom == 2 && text->atoms[0].class == CLASS_IDEOGRAPH &&
           text->atoms[1].class == CLASS_IDEOGRAPH;
}

em16 setter_natural(const struct typeset *typeset, const struct text_style *style)
{
    em16 natural = line_text_extent(&typeset->text).natural + style_indent(style);
    if (style->align == ALIGN_SPREAD && setter_is_short_name(typeset))
        natural += NAME_GAP;
    return natural;
}

em16 setter_unit(const struct typeset *typeset, const struct text_style *style)
{
    return line_text_extent(&typeset->text).unit + style_indent(style);
}

em16 setter_before_point(const struct typeset *typeset)
{
    const struct line_text *text = &typeset->text;
    em16 width = 0, point = -1;
    for (size_t i = 0; i < text->natom; i++) {
        const struct atom *atom = &text->atoms[i];
        if (atom->character == '.' && point >= 0)
            break;
        width += i == 0 ? atom->advance : atom->advance + atom->kern;
        if (atom->class == CLASS_DIGIT)
            point = width;
        else if (point >= 0 && atom->character != ',' && atom->class != CLASS_SPACE)
            break;
    }
    return point >= 0 ? point : width;
}

mpt setter_rise(const struct typeset *typeset, enum face_role role, mpt size)
{
    return em_to_mpt((typeset->ascent[role] - typeset->descent[role]) / 2, size);
}

mpt setter_ascent(const struct typeset *typeset, enum face_role role, mpt size)
{
    return em_to_mpt(typeset->ascent[role], size);
}

/* One run: clusters first to end - 1, all of one face. */
static void draw_run(const struct typeset *typeset, const struct canvas *canvas, mpt size,
                     const char *source, size_t first, size_t end, const em16 *x, mpt left,
                     mpt baseline)
{
    const struct cluster *clusters = typeset->shaped.clusters;
    const struct cluster *last = &clusters[end - 1];
    uint32_t text_at = clusters[first].text_at;
    mpt start = left + em_to_mpt(x[0], size);
    bool spaced = false;
    display_begin_run(canvas->display, source + text_at, last->text_at + last->text_bytes - text_at,
                      canvas->font_map[clusters[first].font], size, start, baseline);
    for (size_t i = first; i < end; i++) {
        const struct cluster *cluster = &clusters[i];
        em16 origin = x[i - first];
        em16 next = i + 1 < end ? x[i + 1 - first] : origin + cluster->advance;
        spaced = spaced || cluster->drawn || ABS(next - origin - cluster->advance) > SEEN_GAP;
        for (uint32_t k = 0; k < cluster->nglyph; k++) {
            const struct cluster_glyph *glyph = &typeset->shaped.glyphs[cluster->glyph_at + k];
            em16 advance = k + 1 < cluster->nglyph ? glyph->advance : next - origin - glyph->x;
            struct page_glyph drawn = {.glyph = glyph->glyph,
                                       .x = left + em_to_mpt(origin + glyph->x, size),
                                       .y = baseline - em_to_mpt(glyph->y, size),
                                       .advance = em_to_mpt(advance, size),
                                       .text_at = cluster->text_at - text_at};
            display_glyph(canvas->display, &drawn);
            *canvas->missed += !glyph_set_has(canvas->glyphs, cluster->font, glyph->glyph);
        }
    }
    em16 width = x[end - 1 - first] + last->advance - x[0];
    display_end_run(canvas->display, em_to_mpt(width, size), spaced);
}

static void draw_runs(const struct typeset *typeset, const struct canvas *canvas, mpt size,
                      const char *source, const struct line *line, const em16 *x, mpt left,
                      mpt baseline)
{
    const struct cluster *clusters = typeset->shaped.clusters;
    for (size_t first = line->first; first < line->end;) {
        size_t end = first + 1;
        if (clusters[first].nglyph == 0) { /* invisible: it may name a face the page has not */
            first++;
            continue;
        }
        while (end < line->end &&
               (clusters[end].font == clusters[first].font || clusters[end].nglyph == 0))
            end++;
        draw_run(typeset, canvas, size, source, first, end, x + (first - line->first), left,
                 baseline);
        first = end;
    }
}

static void draw_box(const struct canvas *canvas, uint32_t character, mpt size, mpt left,
                     mpt middle)
{
    const mpt side = em_to_mpt(BOX_SIDE, size), weight = em_to_mpt(BOX_WEIGHT, size);
    const mpt x = left + (size - side) / 2, y = middle - side / 2, inset = side / 8;
    const bool ticked = character == TICKED_BOX;
    display_frame(canvas->display, ticked ? PAGE_CHECKED : PAGE_CHECK, x, y, side, side, weight);
    if (character == CROSSED_BOX)
        display_box(canvas->display, PAGE_CROSS, x + inset, y + inset, side - 2 * inset,
                    side - 2 * inset);
}

/* Boxes, and lines to write on, of the clusters first to end - 1; rise: from the middle of the Han
 * box down to the baseline. */
static void draw_drawn(const struct typeset *typeset, const struct canvas *canvas, mpt size,
                       size_t first, size_t end, const em16 *x, mpt left, mpt baseline, mpt rise)
{
    const struct cluster *clusters = typeset->shaped.clusters;
    for (size_t i = first; i < end; i++) {
        const mpt start = left + em_to_mpt(x[i - first], size);
        if (!clusters[i].drawn)
            continue;
        if (character_is_box(clusters[i].character)) {
            draw_box(canvas, clusters[i].character, size, start, baseline - rise);
            continue;
        }
        while (i + 1 < end && clusters[i + 1].drawn && !character_is_box(clusters[i + 1].character))
            i++;
        const mpt stop = left + em_to_mpt(x[i - first] + clusters[i].advance, size);
        display_box(canvas->display, PAGE_RULE, start,
                    baseline + em_to_mpt(LINE_BELOW, size) - LINE_WEIGHT / 2, stop - start,
                    LINE_WEIGHT);
    }
}

static mpt align_offset(enum align align, mpt slack)
{
    switch (align) {
    case ALIGN_LEFT:
    case ALIGN_JUSTIFY:
        return 0;
    case ALIGN_CENTER:
    case ALIGN_SPREAD:
        return slack / 2;
    case ALIGN_RIGHT:
    case ALIGN_DECIMAL:
        return slack;
    }
    return 0;
}

void setter_draw_line(struct typeset *typeset, const struct canvas *canvas,
                      const struct text_style *style, mpt size, const char *source, size_t index,
                      mpt left, mpt width, mpt baseline)
{
    const struct line *line = &typeset->lines.lines[index];
    if (line->first == line->end)
        return;
    em16 measure = mpt_to_em(width, size);
    if (line->indented) {
        measure -= style_indent(style);
        left += em_to_mpt(style_indent(style), size);
    }
    /* A ragged edge is a defect in Chinese; where nothing asks for a full line, none is torn. */
    bool justify = !line->last && style->align == ALIGN_JUSTIFY;
    if (!line->last && style->align == ALIGN_LEFT)
        justify = !line_is_loose(&typeset->text, line, measure);
    g_array_set_size(typeset->places, line->end - line->first);
    em16 *x = &g_array_index(typeset->places, em16, 0);
    em16 set = line_place(&typeset->text, line, measure, justify, x);
    bool two_faces = false;
    if (style->align == ALIGN_SPREAD && setter_is_short_name(typeset) &&
        set + NAME_GAP <= measure && line->end - line->first == 2) {
        x[1] += NAME_GAP;
        set += NAME_GAP;
        const struct cluster *name = &typeset->shaped.clusters[line->first];
        two_faces = name[0].font != name[1].font;
    }
    left += align_offset(style->align, em_to_mpt(measure - set, size));
    draw_runs(typeset, canvas, size, source, line, x, left, baseline);
    draw_drawn(typeset, canvas, size, line->first, line->end, x, left, baseline,
               setter_rise(typeset, style->role, size));
    if (two_faces)
        display_join_texts(canvas->display);
}

/* Upright characters stand as close as in a line, with a little air. */
static mpt vertical_step(mpt size)
{
    return size * 11 / 10;
}

mpt setter_vertical_height(const struct typeset *typeset, mpt size)
{
    return typeset->text.natom == 0 ? 0
                                    : (mpt)(typeset->text.natom - 1) * vertical_step(size) + size;
}

void setter_draw_vertical(struct typeset *typeset, const struct canvas *canvas, mpt size,
                          mpt ascent, const char *source, mpt left, mpt top, mpt width, mpt height)
{
    mpt y = top + (height - setter_vertical_height(typeset, size)) / 2 + ascent;
    for (size_t i = 0; i < typeset->text.natom; i++) {
        const struct cluster *cluster = &typeset->shaped.clusters[i];
        mpt start = left + (width - em_to_mpt(cluster->advance, size)) / 2;
        em16 x = 0;
        if (cluster->nglyph > 0)
            draw_run(typeset, canvas, size, source, i, i + 1, &x, start, y);
        draw_drawn(typeset, canvas, size, i, i + 1, &x, start, y, ascent - size / 2);
        y += vertical_step(size);
    }
}
