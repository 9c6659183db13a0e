/* Names the words that would have been right, for findings about those that are not. */
#include "document/suggest.h"

#include <glib.h>

#include "base/text.h"

enum { MOST_WORDS = 12 };

int suggest(struct findings *findings, enum finding_code code, struct place place, const char *word,
            const char *const *words, size_t count)
{
    const char *near = text_nearest(word, words, count);
    GString *offer = g_string_new(near);

    for (size_t i = 0; !near && i < count && i < MOST_WORDS; i++) {
        if (i > 0)
            g_string_append(offer, "、");
        g_string_append(offer, words[i]);
    }
    if (!near && count > MOST_WORDS)
        g_string_append(offer, "……");
    if (offer->len == 0)
        g_string_append(offer, "—");
    finding_add(findings, code, place, word, offer->str);
    g_string_free(offer, TRUE);
    return -1;
}

int suggest_from(struct findings *findings, enum finding_code code, struct place place,
                 const char *word, const char *const *words)
{
    return suggest(findings, code, place, word, words, g_strv_length((char **)words));
}

int suggest_kind(struct findings *findings, const struct yaml_node *node,
                 enum yaml_node_kind wanted)
{
    static const char *const KINDS[][2] = {
        [YAML_TEXT] = {"一段文字", "a text"},
        [YAML_LIST] = {"一个列表，每项前面写“- ”", "a list"},
        [YAML_MAP] = {"“键: 值”的形式", "a map of keys and values"},
    };

    return finding_add(findings, FINDING_TEMPLATE_WRONG_KIND, node->place,
                       node->key ? node->key : "-", KINDS[wanted][0], KINDS[wanted][1]);
}
