/* What the parts of the tree renderer share. */
#ifndef MINGBAI_RENDER_TREE_INSIDE_H
#define MINGBAI_RENDER_TREE_INSIDE_H

#include <glib.h>

#include "render/render.h"

struct tree {
    GString *out;
    GPtrArray
        *styles; /* struct text_style, by their number less one; values, not pointers, count */
};

extern const char *const tree_align_names[]; /* by enum align */

void tree_quoted(GString *out, const char *text);
void tree_indent(struct tree *tree, int depth);
/* key=value, a word, key="text", where they are not their usual 0, false, NULL. */
void tree_length(struct tree *tree, const char *key, long value);
void tree_flag(struct tree *tree, const char *name, bool set);
void tree_label(struct tree *tree, const char *key, const char *text);
/* A style's number, and its contents where it is first met. */
void tree_style(struct tree *tree, const struct text_style *of);
/* The rest of a figure's line, and its lines below. */
void tree_figure(struct tree *tree, int depth, const struct block_figure *of);

#endif
