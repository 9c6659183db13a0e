/* Skeletons: blocks shared by products, changed by name. */
#include "document/skeleton.h"

#include <glib.h>
#include <string.h>

#include "document/reader.h"
#include "document/suggest.h"

static const struct skeleton *keep(struct arena *arena, GArray *blocks)
{
    struct skeleton *skeleton = arena_alloc(arena, sizeof(*skeleton));

    skeleton->count = blocks->len;
    skeleton->blocks = arena_copy(arena, blocks->data, blocks->len * sizeof(struct skeleton_block));
    g_array_free(blocks, TRUE);
    return skeleton;
}

static void add_blocks(GArray *blocks, const struct yaml_node *list, struct findings *findings)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml_node *node = &list->children[i];
        const struct skeleton_block block = {
            node->kind == YAML_MAP ? yaml_text(node, "name", NULL, findings) : NULL, node};

        g_array_append_val(blocks, block);
    }
}

const struct skeleton *skeleton_read(struct arena *arena, const struct yaml_node *body,
                                     struct findings *findings)
{
    GArray *blocks;

    if (body->kind != YAML_LIST) {
        suggest_kind(findings, body, YAML_LIST);
        return NULL;
    }
    blocks = g_array_new(FALSE, FALSE, sizeof(struct skeleton_block));
    add_blocks(blocks, body, findings);
    return keep(arena, blocks);
}

/* Whether base has a block of that name; if not, a finding at place. */
static bool check_name(const struct skeleton *base, const char *name, struct place place,
                       struct findings *findings)
{
    const char **names = g_new0(const char *, base->count + 1);
    size_t count = 0;
    bool known;

    for (size_t i = 0; i < base->count; i++)
        if (base->blocks[i].name)
            names[count++] = base->blocks[i].name;
    known = g_strv_contains(names, name);
    if (!known)
        suggest(findings, FINDING_TEMPLATE_UNKNOWN_WORD, place, name, names, count);
    g_free(names);
    return known;
}

static bool check_replace(const struct skeleton *base, const struct yaml_node *replace,
                          struct findings *findings)
{
    bool good = true;

    if (replace->kind != YAML_MAP) {
        suggest_kind(findings, replace, YAML_MAP);
        return false;
    }
    for (size_t i = 0; i < replace->count; i++)
        good =
            check_name(base, replace->children[i].key, replace->children[i].key_place, findings) &&
            good;
    return good;
}

/* What stands beside a block. */
struct inserted {
    const char *name;
    bool before;
    const struct yaml_node *blocks;
};

static bool read_inserted(const struct skeleton *base, const struct yaml_node *node,
                          struct inserted *inserted, struct findings *findings)
{
    static const char *const KEYS[] = {"before", "after", "blocks", NULL};
    const struct yaml_node *before, *after;

    if (yaml_only(node, KEYS, findings) != 0)
        return false;
    before = yaml_member(node, "before");
    after = yaml_member(node, "after");
    inserted->blocks = yaml_member(node, "blocks");
    if (!before == !after) {
        finding_add(findings, FINDING_TEMPLATE_BLOCK, node->place, "before、after");
        return false;
    }
    inserted->before = before != NULL;
    inserted->name = yaml_text(node, before ? "before" : "after", NULL, findings);
    if (!inserted->blocks || inserted->blocks->kind != YAML_LIST) {
        suggest_kind(findings, inserted->blocks ? inserted->blocks : node, YAML_LIST);
        return false;
    }
    return inserted->name &&
           check_name(base, inserted->name, (before ? before : after)->place, findings);
}

static GArray *read_insert(const struct skeleton *base, const struct yaml_node *insert,
                           struct findings *findings)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct inserted));

    if (insert && insert->kind != YAML_LIST)
        suggest_kind(findings, insert, YAML_LIST);
    for (size_t i = 0; insert && insert->kind == YAML_LIST && i < insert->count; i++) {
        struct inserted inserted;

        if (read_inserted(base, &insert->children[i], &inserted, findings))
            g_array_append_val(all, inserted);
    }
    return all;
}

static void add_beside(GArray *blocks, const GArray *inserted, const char *name, bool before,
                       struct findings *findings)
{
    for (guint i = 0; name && i < inserted->len; i++) {
        const struct inserted *one = &g_array_index(inserted, struct inserted, i);

        if (one->before == before && strcmp(one->name, name) == 0)
            add_blocks(blocks, one->blocks, findings);
    }
}

static bool is_none(const struct yaml_node *node)
{
    return node->kind == YAML_TEXT && strcmp(node->text, "none") == 0;
}

const struct skeleton *skeleton_change(struct arena *arena, const struct skeleton *base,
                                       const struct yaml_node *replace,
                                       const struct yaml_node *insert, struct findings *findings)
{
    GArray *blocks, *inserted;

    if (!replace && !insert)
        return base;
    if (replace && !check_replace(base, replace, findings))
        replace = NULL;
    inserted = read_insert(base, insert, findings);
    blocks = g_array_new(FALSE, FALSE, sizeof(struct skeleton_block));
    for (size_t i = 0; i < base->count; i++) {
        struct skeleton_block block = base->blocks[i];
        const struct yaml_node *other =
            replace && block.name ? yaml_member(replace, block.name) : NULL;

        add_beside(blocks, inserted, block.name, true, findings);
        if (other)
            block.node = other;
        if (!is_none(block.node))
            g_array_append_val(blocks, block);
        add_beside(blocks, inserted, base->blocks[i].name, false, findings);
    }
    g_array_free(inserted, TRUE);
    return keep(arena, blocks);
}
