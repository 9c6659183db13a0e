/* Shapes texts without fonts: every character has the size it has in print, so that breaks and
 * widths can be worked out by hand. Han and full-width marks are 1 em, figures and letters 0.5. */
#ifndef MINGBAI_TESTS_RULER_H
#define MINGBAI_TESTS_RULER_H

#include <glib.h>

#include "typeset/classes.h"
#include "typeset/line.h"

static inline void ruler_cluster(struct shaped *shaped, const char *text, const char *at)
{
    uint32_t character = g_utf8_get_char(at);
    struct cluster cluster = {.text_at = (uint32_t)(at - text),
                              .text_bytes = (uint32_t)(g_utf8_next_char(at) - at),
                              .character = character,
                              .advance = EM,
                              .ink_right = EM};
    switch (class_of(character)) {
    case CLASS_OPEN: /* ink in the right half */
        cluster.ink_left = EM * 6 / 10;
        break;
    case CLASS_CLOSE:
    case CLASS_PAUSE:
    case CLASS_STOP:
        cluster.ink_right = EM * 4 / 10;
        break;
    case CLASS_MIDDLE:
        cluster.ink_left = EM * 4 / 10;
        cluster.ink_right = EM * 6 / 10;
        break;
    case CLASS_NEWLINE:
        cluster.advance = cluster.ink_right = 0;
        break;
    case CLASS_SPACE:
        cluster.advance = cluster.ink_right = EM / 4;
        break;
    default:
        if (class_is_western(class_of(character)))
            cluster.advance = cluster.ink_right = EM / 2;
        break;
    }
    if (shaped->ncluster == shaped->cluster_room) {
        shaped->cluster_room = shaped->cluster_room ? 2 * shaped->cluster_room : 64;
        shaped->clusters = g_renew(struct cluster, shaped->clusters, shaped->cluster_room);
    }
    shaped->clusters[shaped->ncluster++] = cluster;
}

static inline void ruler_shape(struct shaped *shaped, const char *text)
{
    shaped->ncluster = 0;
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        ruler_cluster(shaped, text, at);
}

/* The lines of a text as one string: line / line. */
static inline char *ruler_lines(const struct shaped *shaped, const struct lines *lines,
                                const char *text)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < lines->nline; i++) {
        const struct line *line = &lines->lines[i];
        if (i > 0)
            g_string_append(out, " / ");
        for (size_t k = line->first; k < line->end; k++)
            g_string_append_len(out, text + shaped->clusters[k].text_at,
                                shaped->clusters[k].text_bytes);
    }
    return g_string_free(out, FALSE);
}

#endif
