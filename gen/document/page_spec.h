/* Pages as a style, a template or a section declares them (`page:`). Private to document/. */
#ifndef MINGBAI_DOCUMENT_PAGE_SPEC_H
#define MINGBAI_DOCUMENT_PAGE_SPEC_H

#include "document/phrase.h"

struct paper;

/* A header or footer, its texts not yet filled in. */
struct band_spec {
    const struct phrase *parts[BAND_PARTS];
    const struct phrase *whole; /* one text alone: it stands as its style is aligned */
    const char *style;          /* a text style of the paper, or NULL */
    mpt gap;
    bool outer, not_first;
};

struct page_spec {
    const char *paper;
    mpt width, height, top, right, bottom, left, binding;
    struct band_spec header, footer;
};

/* Overlays base with what node says. key: what node stands for when it names no paper and no size
 * (a style's A4), else NULL. What is wrong becomes findings. */
struct page_spec page_spec_read(struct arena *arena, const struct yaml_node *node,
                                const struct page_spec *base, const char *key,
                                struct findings *findings);
/* Turns the page as said; -1: as it is. */
void page_spec_turn(struct page_spec *page, int landscape);
/* The sheet becomes that paper, lying as it lies; false: there is no such paper. */
bool page_spec_paper(struct page_spec *page, const char *name);
/* Header and footer name text styles of the paper and leave room for rows; else findings. */
void page_spec_check(const struct page_spec *page, const struct paper *paper, struct place place,
                     struct findings *findings);
/* Calls visit for each phrase of the page. */
void page_spec_phrases(const struct page_spec *page,
                       void (*visit)(const struct phrase *phrase, void *user), void *user);

#endif
