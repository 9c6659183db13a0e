/* Gathers the glyphs a document uses and makes the subsets of their faces that are embedded. */
#include <glib.h>
#include <hb-subset.h>

#include "typeset/faces.h"
#include "typeset/shape.h"

enum { GLYPHS = 1 << 16, CHARACTERS = 0x110000 };

/* One bit each; most of the large array is never touched, so it costs no memory. */
struct used {
    uint64_t glyphs[GLYPHS / 64];
    uint64_t characters[CHARACTERS / 64];
};

struct glyph_set {
    struct faces *faces;
    size_t count;
    struct used **used; /* by face; NULL: no glyph of it */
};

struct glyph_set *glyph_set_new(const struct shaper *shaper)
{
    struct glyph_set *set = g_new0(struct glyph_set, 1);
    set->faces = shaper_faces(shaper);
    set->count = fonts_faces(faces_fonts(set->faces));
    set->used = g_new0(struct used *, set->count);
    return set;
}

void glyph_set_free(struct glyph_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->count; i++)
        g_free(set->used[i]);
    g_free(set->used);
    g_free(set);
}

static void set_bit(uint64_t *bits, uint32_t number)
{
    bits[number / 64] |= UINT64_C(1) << (number % 64);
}

static bool has_bit(const uint64_t *bits, uint32_t number)
{
    return bits[number / 64] >> (number % 64) & 1;
}

void glyph_set_add(struct glyph_set *set, const struct shaped *shaped, const char *text)
{
    for (size_t i = 0; i < shaped->ncluster; i++) {
        const struct cluster *cluster = &shaped->clusters[i];
        if (cluster->nglyph == 0)
            continue;
        if (!set->used[cluster->font])
            set->used[cluster->font] = g_new0(struct used, 1);
        struct used *used = set->used[cluster->font];
        for (uint32_t k = 0; k < cluster->nglyph; k++)
            set_bit(used->glyphs, shaped->glyphs[cluster->glyph_at + k].glyph);
        const char *end = text + cluster->text_at + cluster->text_bytes;
        for (const char *p = text + cluster->text_at; p < end; p = g_utf8_next_char(p))
            set_bit(used->characters, g_utf8_get_char(p));
    }
}

bool glyph_set_has(const struct glyph_set *set, uint32_t font, uint32_t glyph)
{
    return font < set->count && set->used[font] && glyph < GLYPHS &&
           has_bit(set->used[font]->glyphs, glyph);
}

static void add_bits(hb_set_t *set, const uint64_t *bits, uint32_t count)
{
    for (uint32_t word = 0; word < count / 64; word++)
        for (uint32_t bit = 0; bits[word] && bit < 64; bit++)
            if (bits[word] >> bit & 1)
                hb_set_add(set, word * 64 + bit);
}

/* Glyphs are chosen and placed already, so no layout table is wanted; with them hb-subset 6.0 can
 * even fail (LXGW WenKai, 1 000 glyphs), and is half as fast. Cairo needs the subset at all because
 * it loses 如 when it subsets Noto Sans CJK SC itself. Glyphs are asked for by their character
 * where they have one: by number hb-subset would also keep other characters of the same glyph, and
 * readers of the PDF then take 自 for the radical ⾃. */
static hb_subset_input_t *subset_input(hb_font_t *font, const struct used *used)
{
    static const hb_tag_t dropped[] = {
        HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
        HB_TAG('B', 'A', 'S', 'E'), HB_TAG('V', 'O', 'R', 'G'), HB_TAG('v', 'h', 'e', 'a'),
        HB_TAG('v', 'm', 't', 'x'),
    };
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    hb_set_t *tables = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < G_N_ELEMENTS(dropped); i++)
        hb_set_add(tables, dropped[i]);
    hb_set_t *characters = hb_subset_input_unicode_set(input);
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    add_bits(characters, used->characters, CHARACTERS);
    add_bits(glyphs, used->glyphs, GLYPHS);
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID, glyph; hb_set_next(characters, &c);)
        if (hb_font_get_nominal_glyph(font, c, &glyph))
            hb_set_del(glyphs, glyph);
    return input;
}

static uint16_t *new_numbers(const hb_subset_plan_t *plan, const struct used *used, size_t count)
{
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
    uint16_t *numbers = g_new0(uint16_t, count);
    for (uint32_t glyph = 0; glyph < count; glyph++)
        if (has_bit(used->glyphs, glyph))
            numbers[glyph] = (uint16_t)hb_map_get(map, glyph);
    return numbers;
}

static void free_blob(void *blob)
{
    hb_blob_destroy(blob);
}

static bool make_subset(hb_font_t *from, const struct used *used, struct page_font *font)
{
    hb_face_t *face = hb_font_get_face(from);
    hb_subset_input_t *input = subset_input(from, used);
    hb_subset_plan_t *plan = input ? hb_subset_plan_create_or_fail(face, input) : NULL;
    hb_face_t *subset = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (subset) {
        hb_blob_t *blob = hb_face_reference_blob(subset);
        unsigned size;
        const char *data = hb_blob_get_data(blob, &size);
        font->bytes = g_bytes_new_with_free_func(data, size, free_blob, blob);
        font->data = g_bytes_get_data(font->bytes, &font->size);
        font->nnumber = hb_face_get_glyph_count(face);
        font->numbers = new_numbers(plan, used, font->nnumber);
        hb_face_destroy(subset);
    }
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return subset != NULL;
}

struct page_font *glyph_set_subset(const struct glyph_set *set, size_t *count, uint32_t **map,
                                   struct findings *findings)
{
    struct page_font *fonts = g_new0(struct page_font, set->count);
    *map = g_new(uint32_t, set->count);
    *count = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        (*map)[i] = UINT32_MAX;
        if (!set->used[i])
            continue;
        const struct font_face *face = fonts_face(faces_fonts(set->faces), i);
        struct page_font *font = &fonts[*count];
        if (!make_subset(faces_font(set->faces, i), set->used[i], font)) {
            finding_add(findings, FINDING_FONT_SUBSET_FAILED, (struct place){.file = face->file},
                        face->name);
            page_fonts_free(fonts, *count);
            g_free(*map);
            *map = NULL;
            *count = 0;
            return NULL;
        }
        font->name = g_strdup(face->name);
        (*map)[i] = (uint32_t)(*count)++;
    }
    return fonts;
}

void page_fonts_free(struct page_font *fonts, size_t count)
{
    for (size_t i = 0; fonts && i < count; i++) {
        g_free((char *)fonts[i].name);
        g_bytes_unref(fonts[i].bytes);
        g_free((uint16_t *)fonts[i].numbers);
    }
    g_free(fonts);
}
