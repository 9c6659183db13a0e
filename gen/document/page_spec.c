/* Reads `page:` of styles, templates and sections. */
#include "document/page_spec.h"

#include <glib.h>
#include <string.h>

#include "base/page_words.h"
#include "document/paper_size.h"
#include "document/reader.h"
#include "document/style.h"
#include "document/suggest.h"

static const char *const PARTS[] = {"left", "center", "right", NULL};

/* The keys of a band, in words of its own: header_gap, first_header. */
struct band_keys {
    const char *text, *style, *gap, *align, *first;
    mpt usual_gap; /* GB/T 9704-2012, 7.5: page numbers stand 7 mm below the type area */
};
static const struct band_keys HEADER = {"header",       "header_style", "header_gap",
                                        "header_align", "first_header", 14173};
static const struct band_keys FOOTER = {"footer",       "footer_style", "footer_gap",
                                        "footer_align", "first_footer", 19843};

static void check_words(const struct piece *piece, struct findings *findings)
{
    const char *at = piece->literal;
    char *word;

    while (at && (word = page_words_unknown(&at))) {
        suggest_from(findings, FINDING_TEMPLATE_UNKNOWN_WORD, piece->place, word, PAGE_WORDS);
        g_free(word);
    }
}

static const struct phrase *read_part(struct arena *arena, const struct yaml_node *node,
                                      struct findings *findings)
{
    const struct phrase *phrase = phrase_parse(arena, node, false, findings);

    for (size_t i = 0; phrase && i < phrase->count; i++)
        check_words(&phrase->pieces[i], findings);
    return phrase;
}

static void read_texts(struct arena *arena, const struct yaml_node *node, struct band_spec *band,
                       struct findings *findings)
{
    band->whole = NULL;
    memset(band->parts, 0, sizeof(band->parts));
    if (node->kind == YAML_TEXT && strcmp(node->text, "none") == 0)
        return;
    if (node->kind == YAML_TEXT) {
        band->whole = read_part(arena, node, findings);
        return;
    }
    if (yaml_only(node, PARTS, findings) != 0)
        return;
    for (size_t i = 0; i < BAND_PARTS; i++) {
        const struct yaml_node *part = yaml_member(node, PARTS[i]);

        if (part)
            band->parts[i] = read_part(arena, part, findings);
    }
}

static bool band_is_used(const struct band_spec *band)
{
    return band->whole || band->parts[BAND_LEFT] || band->parts[BAND_CENTER] ||
           band->parts[BAND_RIGHT];
}

static void read_band(struct arena *arena, const struct yaml_node *node,
                      const struct band_keys *keys, struct band_spec *band,
                      struct findings *findings)
{
    static const char *const ALIGNS[] = {"style", "outer", NULL};
    static const char *const FIRSTS[] = {"same", "none", NULL};
    const struct yaml_node *text = yaml_member(node, keys->text);

    if (text)
        read_texts(arena, text, band, findings);
    band->style = yaml_text(node, keys->style, band->style, findings);
    band->gap = read_length(node, keys->gap, band->gap, findings);
    band->outer = read_word(node, keys->align, ALIGNS, band->outer, findings);
    band->not_first = read_word(node, keys->first, FIRSTS, band->not_first, findings);
    if (band_is_used(band) && band->gap == 0)
        band->gap = keys->usual_gap;
}

void page_spec_turn(struct page_spec *page, int landscape)
{
    mpt width = page->width;

    if (landscape < 0 || (width > page->height) == (landscape > 0))
        return;
    page->width = page->height;
    page->height = width;
}

bool page_spec_paper(struct page_spec *page, const char *name)
{
    bool landscape = page->width > page->height;

    if (!paper_size(name, &page->width, &page->height))
        return false;
    page->paper = name;
    page_spec_turn(page, landscape);
    return true;
}

/* Width and height as written, else those of the paper named, else of the paper the node is. */
static void read_sheet(const struct yaml_node *node, const char *key, struct page_spec *page,
                       struct findings *findings)
{
    const struct yaml_node *named = yaml_member(node, "paper");
    bool sized = yaml_member(node, "width") || yaml_member(node, "height");
    const char *name = yaml_text(node, "paper", key ? key : sized ? "自定" : NULL, findings);

    if (name && !page_spec_paper(page, name) && !sized) {
        page->width = page->height = 0;
        if (named)
            suggest_from(findings, FINDING_TEMPLATE_UNKNOWN_WORD, named->place, name, PAPER_NAMES);
    }
    if (name)
        page->paper = name;
    page->width = read_length(node, "width", page->width, findings);
    page->height = read_length(node, "height", page->height, findings);
    if (yaml_member(node, "landscape"))
        page_spec_turn(page, yaml_flag(node, "landscape", false, findings));
    if (!named && (page->width <= 0 || page->height <= 0))
        finding_add(findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "page: width, height");
}

struct page_spec page_spec_read(struct arena *arena, const struct yaml_node *node,
                                const struct page_spec *base, const char *key,
                                struct findings *findings)
{
    static const char *const KEYS[] = {"paper",        "width",        "height",       "landscape",
                                       "top",          "right",        "bottom",       "left",
                                       "binding",      "header",       "header_style", "header_gap",
                                       "header_align", "footer",       "first_header", "footer_gap",
                                       "footer_style", "footer_align", "first_footer", NULL};
    struct page_spec page = *base;

    if (yaml_only(node, KEYS, findings) != 0)
        return page;
    read_sheet(node, key, &page, findings);
    page.top = read_length(node, "top", page.top, findings);
    page.right = read_length(node, "right", page.right, findings);
    page.bottom = read_length(node, "bottom", page.bottom, findings);
    page.left = read_length(node, "left", page.left, findings);
    page.binding = read_length(node, "binding", page.binding, findings);
    read_band(arena, node, &HEADER, &page.header, findings);
    read_band(arena, node, &FOOTER, &page.footer, findings);
    if (!page.header.style && band_is_used(&page.header))
        page.header.style = page.footer.style;
    return page;
}

static void check_style(const struct band_spec *band, const char *key, const struct paper *paper,
                        struct place place, struct findings *findings)
{
    const char **names;

    if (band->style && paper_text(paper, band->style))
        return;
    if (!band->style) {
        finding_add(findings, FINDING_TEMPLATE_MISSING_KEY, place, key);
        return;
    }
    names = g_new0(const char *, paper->ntext + 1);
    for (size_t i = 0; i < paper->ntext; i++)
        names[i] = paper->texts[i].name;
    suggest(findings, FINDING_TEMPLATE_UNKNOWN_STYLE, place, band->style, names, paper->ntext);
    g_free(names);
}

/* Its line must stand in the margin, between type area and edge. */
static void check_room(const struct band_spec *band, const struct band_keys *keys, mpt margin,
                       mpt beyond, struct place place, struct findings *findings)
{
    char gap[16], room[16];

    if (band->gap + beyond <= margin)
        return;
    g_snprintf(gap, sizeof(gap), "%.0f", band->gap / MPT_PER_MM);
    g_snprintf(room, sizeof(room), "%.0f", margin / MPT_PER_MM);
    finding_add(findings, FINDING_TEMPLATE_BAND_ROOM, place, keys->text, gap, room);
}

static void check_band(const struct band_spec *band, const struct band_keys *keys,
                       const struct paper *paper, mpt margin, struct place place,
                       struct findings *findings)
{
    const struct text_style *style = band->style ? paper_text(paper, band->style) : NULL;

    if (!band_is_used(band) && !band->style)
        return;
    check_style(band, keys->style, paper, place, findings);
    if (style && band_is_used(band)) /* a fifth of a character hangs below its baseline */
        check_room(band, keys, margin, keys == &HEADER ? style->size : style->size / 5, place,
                   findings);
}

void page_spec_check(const struct page_spec *page, const struct paper *paper, struct place place,
                     struct findings *findings)
{
    enum { LEAST = 20 }; /* mm of type area in either direction */
    const mpt least = (mpt)(LEAST * MPT_PER_MM);
    char size[32];

    check_band(&page->header, &HEADER, paper, page->top, place, findings);
    check_band(&page->footer, &FOOTER, paper, page->bottom, place, findings);
    if (page->width <= 0 || page->height <= 0 ||
        (page->width - page->left - page->right - page->binding >= least &&
         page->height - page->top - page->bottom - page->binding >= least))
        return;
    g_snprintf(size, sizeof(size), "%.0f×%.0f", page->width / MPT_PER_MM,
               page->height / MPT_PER_MM);
    finding_add(findings, FINDING_TEMPLATE_PAGE_SMALL, place, size);
}

void page_spec_phrases(const struct page_spec *page,
                       void (*visit)(const struct phrase *phrase, void *user), void *user)
{
    const struct band_spec *const bands[] = {&page->header, &page->footer};

    for (size_t i = 0; i < G_N_ELEMENTS(bands); i++) {
        if (bands[i]->whole)
            visit(bands[i]->whole, user);
        for (size_t k = 0; k < BAND_PARTS; k++)
            if (bands[i]->parts[k])
                visit(bands[i]->parts[k], user);
    }
}
