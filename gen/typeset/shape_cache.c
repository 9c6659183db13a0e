/* Keeps short shaped texts in a table where each has one place, fought for by those that come
 * often. */
#include "typeset/shape_cache.h"

#include <string.h>

enum {
    SLOTS = 1024,
    TEXT_MOST = 24, /* bytes: eight Han characters, a code, an amount */
    STRENGTH = 8    /* of a text that came twice: codes that never come again do not drive it out */
};

struct slot {
    bool used;
    uint8_t strength; /* how often another text may knock before this one goes */
    uint8_t role, bytes, ncluster, nglyph;
    char text[TEXT_MOST];
    struct cluster clusters[TEXT_MOST];
    struct cluster_glyph glyphs[TEXT_MOST];
    struct atom atoms[TEXT_MOST];
};

struct shape_cache {
    struct slot *slots; /* pages the system gives only when they are written to */
};

struct shape_cache *shape_cache_new(void)
{
    struct shape_cache *cache = g_new(struct shape_cache, 1);
    cache->slots = g_new0(struct slot, SLOTS);
    return cache;
}

void shape_cache_free(struct shape_cache *cache)
{
    if (!cache)
        return;
    g_free(cache->slots);
    g_free(cache);
}

/* FNV-1a. */
static uint32_t hash_of(enum face_role role, const char *text, size_t bytes)
{
    uint32_t hash = 2166136261u ^ (uint32_t)role;
    for (size_t i = 0; i < bytes; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static void keep(struct slot *slot, enum face_role role, const char *text, size_t bytes,
                 const struct shaped *shaped, const struct line_text *ready)
{
    slot->used = true;
    slot->role = (uint8_t)role;
    slot->bytes = (uint8_t)bytes;
    slot->ncluster = (uint8_t)shaped->ncluster;
    slot->nglyph = (uint8_t)shaped->nglyph;
    memcpy(slot->text, text, bytes);
    memcpy(slot->clusters, shaped->clusters, shaped->ncluster * sizeof *shaped->clusters);
    if (shaped->nglyph > 0) /* no face may have any of it */
        memcpy(slot->glyphs, shaped->glyphs, shaped->nglyph * sizeof *shaped->glyphs);
    memcpy(slot->atoms, ready->atoms, ready->natom * sizeof *ready->atoms);
}

static void take(const struct slot *slot, struct shaped *shaped, struct line_text *ready)
{
    if (shaped->cluster_room < TEXT_MOST) {
        shaped->cluster_room = TEXT_MOST;
        shaped->clusters = g_renew(struct cluster, shaped->clusters, TEXT_MOST);
    }
    if (shaped->glyph_room < TEXT_MOST) {
        shaped->glyph_room = TEXT_MOST;
        shaped->glyphs = g_renew(struct cluster_glyph, shaped->glyphs, TEXT_MOST);
    }
    if (ready->room < TEXT_MOST) {
        ready->room = TEXT_MOST;
        ready->atoms = g_renew(struct atom, ready->atoms, TEXT_MOST);
    }
    shaped->ncluster = ready->natom = slot->ncluster;
    shaped->nglyph = slot->nglyph;
    memcpy(shaped->clusters, slot->clusters, slot->ncluster * sizeof *slot->clusters);
    memcpy(shaped->glyphs, slot->glyphs, slot->nglyph * sizeof *slot->glyphs);
    memcpy(ready->atoms, slot->atoms, slot->ncluster * sizeof *slot->atoms);
}

void shape_cache_text(struct shape_cache *cache, struct shaper *shaper, enum face_role role,
                      const char *text, size_t bytes, struct shaped *shaped,
                      struct line_text *ready)
{
    struct slot *slot = NULL;
    if (bytes > 0 && bytes <= TEXT_MOST) {
        slot = &cache->slots[hash_of(role, text, bytes) % SLOTS];
        if (slot->used && slot->role == role && slot->bytes == bytes &&
            memcmp(slot->text, text, bytes) == 0) {
            slot->strength = STRENGTH;
            take(slot, shaped, ready);
            return;
        }
    }
    shaped_clear(shaped);
    shape_text(shaper, role, text, bytes, shaped);
    line_text_prepare(ready, shaped);
    if (slot && slot->strength > 0)
        slot->strength--;
    else if (slot && shaped->ncluster <= TEXT_MOST && shaped->nglyph <= TEXT_MOST)
        keep(slot, role, text, bytes, shaped, ready);
}
