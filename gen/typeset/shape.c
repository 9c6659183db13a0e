/* Turns text into clusters of glyphs: plain characters from a table, all others by HarfBuzz. */
#include "typeset/shape.h"

#include <glib.h>
#include <hb.h>
#include <string.h>

#include "base/text.h"
#include "typeset/classes.h"
#include "typeset/faces.h"

#define NO_FONT UINT32_MAX

enum { EM = 65536, PAGE_BITS = 8, PAGES = 0x110000 >> PAGE_BITS };

enum kind {
    KIND_UNKNOWN, /* not looked up yet */
    KIND_PLAIN,   /* always the same glyph: Han, full-width marks, symbols */
    KIND_DASH,    /* — and …, which join in pairs; else plain */
    KIND_FIGURE,  /* plain among its like */
    KIND_RUN,     /* for HarfBuzz */
    KIND_LINE,    /* _: alone a glyph, in a run a line to write on */
    KIND_EXTEND,  /* belongs to the character before */
    KIND_NOTHING, /* invisible, or the end of a line */
    KIND_MISSING
};

/* What a role makes of a character by itself. */
struct entry {
    enum kind kind;
    uint32_t font, glyph;
    em16 advance, ink_left, ink_right;
    bool drawn;
};

struct shaper {
    struct faces *faces;
    hb_buffer_t *buffer;
    hb_language_t chinese;
    struct entry **tables[FACE_ROLES]; /* PAGES pages of entries, both made when needed */
};

/* A piece of the text being shaped. */
struct task {
    struct shaper *shaper;
    enum face_role role;
    const char *text;
    uint32_t bytes;
    struct shaped *shaped;
};

void shaped_clear(struct shaped *shaped)
{
    shaped->ncluster = 0;
    shaped->nglyph = 0;
}

void shaped_release(struct shaped *shaped)
{
    g_free(shaped->clusters);
    g_free(shaped->glyphs);
    *shaped = (struct shaped){0};
}

struct shaper *shaper_new(const struct fonts *fonts)
{
    struct shaper *shaper = g_new0(struct shaper, 1);
    shaper->faces = faces_new(fonts);
    shaper->buffer = hb_buffer_create();
    shaper->chinese = hb_language_from_string("zh-Hans", -1);
    return shaper;
}

void shaper_free(struct shaper *shaper)
{
    if (!shaper)
        return;
    for (int role = 0; role < FACE_ROLES; role++) {
        for (size_t i = 0; shaper->tables[role] && i < PAGES; i++)
            g_free(shaper->tables[role][i]);
        g_free(shaper->tables[role]);
    }
    hb_buffer_destroy(shaper->buffer);
    faces_free(shaper->faces);
    g_free(shaper);
}

struct faces *shaper_faces(const struct shaper *shaper)
{
    return shaper->faces;
}

static bool between(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last;
}

/* Characters that select a variant or join others: no face has to hold them. */
static bool is_selector(uint32_t c)
{
    return c == 0x200D || between(c, 0xFE00, 0xFE0F) || between(c, 0xE0100, 0xE01EF);
}

static bool is_invisible(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0xAD || c == 0x34F || c == 0x61C || c == 0xFEFF ||
           between(c, 0x200B, 0x200F) || between(c, 0x202A, 0x202E) || between(c, 0x2060, 0x206F);
}

/* Set without kerning, so that figures stand under one another in a column. */
static bool is_figure(uint32_t c)
{
    return between(c, '0', '9') || c == '.' || c == ',' || c == '-' || c == ' ';
}

static enum kind kind_of(uint32_t c)
{
    if (c == '_')
        return KIND_LINE;
    if (is_figure(c))
        return KIND_FIGURE;
    if (c == '\t')
        return KIND_PLAIN;
    if (is_selector(c) || (c >= 0x300 && g_unichar_ismark(c)))
        return KIND_EXTEND;
    if (is_invisible(c))
        return KIND_NOTHING;
    if (g_unichar_iscntrl(c)) /* some fonts hold glyphs for them */
        return KIND_MISSING;
    if (c == 0x2014 || c == 0x2015 || c == 0x2026)
        return KIND_DASH;
    if (text_is_han(c) || c == 0xB7 || between(c, 0x2018, 0x201F) || between(c, 0x2460, 0x27BF) ||
        between(c, 0x3000, 0x33FF) || between(c, 0xFE30, 0xFE4F) || between(c, 0xFF01, 0xFF60) ||
        between(c, 0xFFE0, 0xFFE6))
        return KIND_PLAIN;
    return KIND_RUN;
}

/* Some fonts map characters they do not draw to an empty glyph: a name would be printed with a gap.
 */
static bool face_draws(hb_font_t *font, uint32_t c, uint32_t *glyph)
{
    if (!hb_font_get_nominal_glyph(font, c, glyph) || *glyph == 0)
        return false;
    hb_glyph_extents_t box;
    return !text_is_han(c) ||
           (hb_font_get_glyph_extents(font, *glyph, &box) && box.width != 0 && box.height != 0);
}

/* Whose glyph stands for c: a tab and what is drawn as a path have none of their own. */
static uint32_t stand_in(uint32_t c)
{
    return c == '\t' || character_is_box(c) ? ' ' : c;
}

static void look_up(struct shaper *shaper, enum face_role role, uint32_t c, struct entry *entry)
{
    size_t count;
    const uint32_t *faces = fonts_role_faces(faces_fonts(shaper->faces), role, &count);
    enum kind kind = kind_of(c);
    *entry = (struct entry){.kind = kind, .font = kind == KIND_MISSING ? NO_FONT : faces[0]};
    if (kind == KIND_NOTHING || kind == KIND_MISSING)
        return;
    hb_font_t *font = NULL;
    for (size_t i = 0; i < count && !font; i++) {
        hb_font_t *candidate = faces_font(shaper->faces, faces[i]);
        if (face_draws(candidate, stand_in(c), &entry->glyph)) {
            font = candidate;
            entry->font = faces[i];
        }
    }
    if (!font) {
        entry->font = NO_FONT;
        if (kind != KIND_EXTEND)
            entry->kind = KIND_MISSING;
        return;
    }
    entry->drawn = character_is_box(c);
    entry->advance = entry->drawn ? EM : hb_font_get_glyph_h_advance(font, entry->glyph);
    entry->ink_right = entry->advance;
    hb_glyph_extents_t box;
    if ((kind == KIND_PLAIN || kind == KIND_DASH) &&
        hb_font_get_glyph_extents(font, entry->glyph, &box) && box.width != 0) {
        entry->ink_left = box.x_bearing;
        entry->ink_right = box.x_bearing + box.width;
    }
}

static const struct entry *new_entry(struct shaper *shaper, enum face_role role, uint32_t c)
{
    if (!shaper->tables[role])
        shaper->tables[role] = g_new0(struct entry *, PAGES);
    struct entry **page = &shaper->tables[role][c >> PAGE_BITS];
    if (!*page)
        *page = g_new0(struct entry, 1 << PAGE_BITS);
    struct entry *entry = &(*page)[c & ((1 << PAGE_BITS) - 1)];
    if (entry->kind == KIND_UNKNOWN)
        look_up(shaper, role, c, entry);
    return entry;
}

static inline const struct entry *entry_of(struct shaper *shaper, enum face_role role, uint32_t c)
{
    struct entry **table = shaper->tables[role];
    const struct entry *page = table ? table[c >> PAGE_BITS] : NULL;
    const struct entry *entry = page ? &page[c & ((1 << PAGE_BITS) - 1)] : NULL;
    return entry && entry->kind != KIND_UNKNOWN ? entry : new_entry(shaper, role, c);
}

/* The character at text (valid UTF-8); nearly all take three bytes, or one. */
static inline uint32_t decode(const char *text, uint32_t *bytes)
{
    const unsigned char *at = (const unsigned char *)text;
    if (*at < 0x80) {
        *bytes = 1;
        return *at;
    }
    if ((*at & 0xF0) == 0xE0) {
        *bytes = 3;
        return (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    }
    *bytes = (uint32_t)g_utf8_skip[*at];
    return g_utf8_get_char(text);
}

static const struct entry *entry_at(const struct task *task, uint32_t at, uint32_t *bytes)
{
    return entry_of(task->shaper, task->role, decode(task->text + at, bytes));
}

static struct cluster *add_cluster(struct shaped *shaped)
{
    if (shaped->ncluster == shaped->cluster_room) {
        shaped->cluster_room = shaped->cluster_room ? 2 * shaped->cluster_room : 64;
        shaped->clusters = g_renew(struct cluster, shaped->clusters, shaped->cluster_room);
    }
    return &shaped->clusters[shaped->ncluster++];
}

static struct cluster_glyph *add_glyph(struct shaped *shaped)
{
    if (shaped->nglyph == shaped->glyph_room) {
        shaped->glyph_room = shaped->glyph_room ? 2 * shaped->glyph_room : 64;
        shaped->glyphs = g_renew(struct cluster_glyph, shaped->glyphs, shaped->glyph_room);
    }
    return &shaped->glyphs[shaped->nglyph++];
}

static void add_plain(const struct task *task, uint32_t at, uint32_t bytes,
                      const struct entry *entry)
{
    struct shaped *shaped = task->shaped;
    *add_cluster(shaped) = (struct cluster){.text_at = at,
                                            .text_bytes = bytes,
                                            .character = decode(task->text + at, &bytes),
                                            .font = entry->font,
                                            .glyph_at = (uint32_t)shaped->nglyph,
                                            .nglyph = 1,
                                            .drawn = entry->drawn,
                                            .advance = entry->advance,
                                            .ink_left = entry->ink_left,
                                            .ink_right = entry->ink_right};
    *add_glyph(shaped) = (struct cluster_glyph){.glyph = entry->glyph, .advance = entry->advance};
}

/* A cluster of no glyphs: a line's end, something invisible, or a character no face has. */
static void add_bare(const struct task *task, uint32_t at, uint32_t bytes, uint32_t font)
{
    em16 advance = font == NO_FONT ? EM : 0;
    *add_cluster(task->shaped) = (struct cluster){.text_at = at,
                                                  .text_bytes = bytes,
                                                  .character = g_utf8_get_char(task->text + at),
                                                  .font = font,
                                                  .glyph_at = (uint32_t)task->shaped->nglyph,
                                                  .advance = advance,
                                                  .ink_right = advance};
}

/* Shapes text[at, end) with one face. joined: all of it becomes one cluster. */
static void add_run(const struct task *task, uint32_t at, uint32_t end, uint32_t font, bool joined)
{
    hb_buffer_t *buffer = task->shaper->buffer;
    struct shaped *shaped = task->shaped;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, task->text, (int)task->bytes, at, (int)(end - at));
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    if (joined)
        hb_buffer_set_script(buffer, HB_SCRIPT_HAN); /* Noto joins —— for Han only */
    hb_buffer_set_language(buffer, task->shaper->chinese);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(faces_font(task->shaper->faces, font), buffer, NULL, 0);

    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    struct cluster *cluster = NULL;
    for (unsigned i = 0; i < count; i++) {
        uint32_t from = joined ? at : infos[i].cluster;
        if (!cluster || cluster->text_at != from) {
            if (cluster)
                cluster->text_bytes = from - cluster->text_at;
            cluster = add_cluster(shaped);
            *cluster = (struct cluster){.text_at = from,
                                        .character = g_utf8_get_char(task->text + from),
                                        .font = font,
                                        .glyph_at = (uint32_t)shaped->nglyph};
        }
        *add_glyph(shaped) = (struct cluster_glyph){.glyph = infos[i].codepoint,
                                                    .x = cluster->advance + positions[i].x_offset,
                                                    .y = positions[i].y_offset,
                                                    .advance = positions[i].x_advance};
        cluster->nglyph++;
        cluster->advance += positions[i].x_advance;
        cluster->ink_right = cluster->advance;
    }
    if (cluster)
        cluster->text_bytes = end - cluster->text_at;
}

/* The end of the cluster whose first character ends at `at`. */
static uint32_t extended(const struct task *task, uint32_t at)
{
    uint32_t bytes;
    while (at < task->bytes && entry_at(task, at, &bytes)->kind == KIND_EXTEND)
        at += bytes;
    return at;
}

/* The first face of the role that has a character and its marks. */
static uint32_t cluster_font(const struct task *task, uint32_t at, uint32_t end)
{
    struct faces *faces = task->shaper->faces;
    size_t count;
    const uint32_t *numbers = fonts_role_faces(faces_fonts(faces), task->role, &count);
    for (size_t i = 0; i < count; i++) {
        hb_font_t *font = faces_font(faces, numbers[i]);
        bool all = true;
        for (const char *p = task->text + at; all && p < task->text + end;
             p = g_utf8_next_char(p)) {
            uint32_t c = g_utf8_get_char(p), glyph;
            all = is_selector(c) || (!g_unichar_iscntrl(c) && face_draws(font, c, &glyph));
        }
        if (all)
            return numbers[i];
    }
    return NO_FONT;
}

/* Marks after a character that was taken for a plain one: the two are shaped together. */
static uint32_t shape_marks(const struct task *task, uint32_t at, size_t first_cluster)
{
    struct shaped *shaped = task->shaped;
    const uint32_t end = extended(task, at);
    if (shaped->ncluster > first_cluster) {
        const struct cluster *before = &shaped->clusters[shaped->ncluster - 1];
        const bool joins = before->nglyph > 0 || before->font == NO_FONT;
        if (joins && stand_in(before->character) == before->character) {
            at = before->text_at;
            shaped->nglyph -= before->nglyph;
            shaped->ncluster--;
        }
    }
    uint32_t font = cluster_font(task, at, end);
    if (font == NO_FONT)
        add_bare(task, at, end - at, NO_FONT);
    else
        add_run(task, at, end, font, true);
    return end;
}

/* The longest run of one face from `at`. A space stays in the run: words in a fallback face do not
 * fall apart. */
static uint32_t shape_run(const struct task *task, uint32_t at)
{
    uint32_t bytes, end = at, run_font = NO_FONT;
    bool only_figures = true;
    while (end < task->bytes) {
        const struct entry *entry = entry_at(task, end, &bytes);
        if (entry->kind != KIND_RUN && entry->kind != KIND_FIGURE)
            break;
        const uint32_t after = extended(task, end + bytes);
        uint32_t font = entry->font, glyph;
        if (after > end + bytes)
            font = cluster_font(task, end, after);
        else if (task->text[end] == ' ' && run_font != NO_FONT &&
                 hb_font_get_nominal_glyph(faces_font(task->shaper->faces, run_font), ' ', &glyph))
            font = run_font;
        if (end > at && font != run_font)
            break;
        run_font = font;
        only_figures = only_figures && entry->kind == KIND_FIGURE && after == end + bytes &&
                       font == entry->font;
        end = after;
        if (font == NO_FONT) {
            add_bare(task, at, end - at, NO_FONT);
            return end;
        }
    }
    if (!only_figures) {
        add_run(task, at, end, run_font, false);
        return end;
    }
    for (; at < end; at++)
        add_plain(task, at, 1, entry_at(task, at, &bytes));
    return end;
}

static uint32_t shape_low_lines(const struct task *task, uint32_t at, const struct entry *entry)
{
    uint32_t end = at + 1;
    while (end < task->bytes && task->text[end] == '_')
        end++;
    if (end == at + 1) {
        add_plain(task, at, 1, entry);
        return end;
    }
    struct entry blank = *entry_of(task->shaper, task->role, ' ');
    blank.advance = EM / 2;
    blank.drawn = true;
    for (; at < end; at++)
        add_plain(task, at, 1, &blank);
    return end;
}

static uint32_t shape_dashes(const struct task *task, uint32_t at, uint32_t bytes,
                             const struct entry *entry)
{
    const uint32_t next = at + bytes;
    if (next + bytes <= task->bytes && !memcmp(task->text + at, task->text + next, bytes)) {
        add_run(task, at, next + bytes, entry->font, true);
        return next + bytes;
    }
    add_plain(task, at, bytes, entry);
    return next;
}

void shape_text(struct shaper *shaper, enum face_role role, const char *text, size_t bytes,
                struct shaped *shaped)
{
    const struct task task = {shaper, role, text, (uint32_t)bytes, shaped};
    const size_t first_cluster = shaped->ncluster;
    for (uint32_t at = 0; at < task.bytes;) {
        uint32_t length;
        const struct entry *entry = entry_at(&task, at, &length);
        switch (entry->kind) {
        case KIND_UNKNOWN:
        case KIND_PLAIN:
            add_plain(&task, at, length, entry);
            at += length;
            break;
        case KIND_DASH:
            at = shape_dashes(&task, at, length, entry);
            break;
        case KIND_LINE:
            at = shape_low_lines(&task, at, entry);
            break;
        case KIND_FIGURE:
        case KIND_RUN:
            at = shape_run(&task, at);
            break;
        case KIND_EXTEND:
            at = shape_marks(&task, at, first_cluster);
            break;
        case KIND_NOTHING:
        case KIND_MISSING:
            add_bare(&task, at, length, entry->font);
            at += length;
            break;
        }
    }
}

void shaper_metrics(struct shaper *shaper, enum face_role role, em16 *ascent, em16 *descent)
{
    size_t count;
    const uint32_t *faces = fonts_role_faces(faces_fonts(shaper->faces), role, &count);
    hb_font_t *font = faces_font(shaper->faces, faces[0]);
    hb_glyph_extents_t box;
    uint32_t glyph;
    em16 middle = EM * 38 / 100; /* of the Han box 0.88 over, 0.12 under the baseline */
    if (face_draws(font, 0x56FD, &glyph) && hb_font_get_glyph_extents(font, glyph, &box))
        middle = box.y_bearing + box.height / 2;
    *ascent = middle + EM / 2;
    *descent = EM / 2 - middle;
}
