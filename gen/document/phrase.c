/* Parses {{name|format}} texts into pieces. */
#include "document/phrase.h"

#include <glib.h>
#include <string.h>

#include "base/text.h"
#include "document/suggest.h"

static const char *const TOTALS[] = {"count", "sum", "avg", "min", "max", "distinct", NULL};
static const enum part_kind TOTAL_KINDS[] = {PART_COUNT, PART_SUM, PART_AVERAGE,
                                             PART_MIN,   PART_MAX, PART_DISTINCT};

bool phrase_total(const char *name, enum part_kind *total)
{
    for (size_t i = 0; TOTALS[i]; i++) {
        if (strcmp(TOTALS[i], name) == 0) {
            *total = TOTAL_KINDS[i];
            return true;
        }
    }
    return false;
}

const char *const *phrase_totals(void)
{
    return TOTALS;
}

/* Where text[at] stands in its file. Blocks and folded scalars are placed as a whole. */
static struct place place_at(const struct yaml_node *node, size_t at)
{
    struct place place = node->place;

    if (!node->block && !strchr(node->text, '\n'))
        place.column += (uint32_t)g_utf8_strlen(node->text, (gssize)at) + (node->plain ? 0 : 1);
    return place;
}

static int unknown_filter(const char *word, struct place place, bool totals,
                          struct findings *findings)
{
    GPtrArray *words = g_ptr_array_new();
    int result;

    for (size_t i = 0; format_names()[i]; i++)
        g_ptr_array_add(words, (gpointer)format_names()[i]);
    for (size_t i = 0; totals && TOTALS[i]; i++)
        g_ptr_array_add(words, (gpointer)TOTALS[i]);
    result = suggest(findings, FINDING_TEMPLATE_UNKNOWN_WORD, place, word,
                     (const char *const *)words->pdata, words->len);
    g_ptr_array_free(words, TRUE);
    return result;
}

/* inside: what stands between the braces. */
static int parse_inside(struct arena *arena, const char *inside, bool totals, struct piece *piece,
                        struct findings *findings)
{
    char **words = g_strsplit(inside, "|", -1);
    int result = 0;

    for (size_t i = 0; words[i]; i++)
        g_strstrip(words[i]);
    if (!words[0] || words[0][0] == '\0') {
        result = finding_add(findings, FINDING_TEMPLATE_TEXT, piece->place, inside);
    } else {
        char *dot = strchr(words[0], '.');

        piece->name = arena_text(arena, dot ? dot + 1 : words[0]);
        if (dot)
            piece->set = arena_text_length(arena, words[0], (size_t)(dot - words[0]));
        if (piece->name[0] == '\0')
            result = finding_add(findings, FINDING_TEMPLATE_TEXT, piece->place, inside);
    }
    for (size_t i = 1; result == 0 && words[i]; i++) {
        if (totals && piece->total == PART_FIELD && !piece->formatted &&
            phrase_total(words[i], &piece->total))
            continue;
        if (piece->formatted || !format_parse(words[i], &piece->format))
            result = unknown_filter(words[i], piece->place, totals, findings);
        piece->formatted = true;
    }
    g_strfreev(words);
    return result;
}

static void add_literal(struct arena *arena, GArray *pieces, const char *text, size_t length,
                        struct place place)
{
    struct piece piece = {.literal = arena_text_length(arena, text, length), .place = place};

    if (length > 0)
        g_array_append_val(pieces, piece);
}

const struct phrase *phrase_parse(struct arena *arena, const struct yaml_node *node, bool totals,
                                  struct findings *findings)
{
    GArray *pieces;
    struct phrase *phrase;
    const char *at;
    bool good = true;

    if (node->kind != YAML_TEXT) {
        suggest_kind(findings, node, YAML_TEXT);
        return NULL;
    }
    pieces = g_array_new(FALSE, TRUE, sizeof(struct piece));
    at = node->text;
    for (const char *open = strstr(at, "{{"); open; open = strstr(at, "{{")) {
        struct piece piece = {.total = PART_FIELD,
                              .format = {.kind = FORMAT_PLAIN},
                              .place = place_at(node, (size_t)(open - node->text))};
        const char *close = strstr(open, "}}");

        add_literal(arena, pieces, at, (size_t)(open - at),
                    place_at(node, (size_t)(at - node->text)));
        if (!close) {
            finding_add(findings, FINDING_TEMPLATE_TEXT, piece.place, open);
            good = false;
            at = open + strlen(open);
            break;
        }
        char *inside = g_strndup(open + 2, (gsize)(close - open - 2));
        if (parse_inside(arena, inside, totals, &piece, findings) != 0)
            good = false;
        g_free(inside);
        g_array_append_val(pieces, piece);
        at = close + 2;
    }
    add_literal(arena, pieces, at, strlen(at), place_at(node, (size_t)(at - node->text)));

    phrase = arena_alloc(arena, sizeof(*phrase));
    phrase->count = pieces->len;
    phrase->pieces = arena_copy(arena, pieces->data, pieces->len * sizeof(struct piece));
    phrase->place = node->place;
    g_array_free(pieces, TRUE);
    return good ? phrase : NULL;
}

const struct phrase *phrase_literal(struct arena *arena, const char *text, struct place place)
{
    struct phrase *phrase = arena_alloc(arena, sizeof(*phrase));
    struct piece *piece = arena_alloc(arena, sizeof(*piece));

    piece->literal = arena_text(arena, text);
    piece->place = place;
    phrase->count = 1;
    phrase->pieces = piece;
    phrase->place = place;
    return phrase;
}
