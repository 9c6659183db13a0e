/* Divides a text item into clusters. */
#include "render/run.h"

#include <string.h>

bool run_next(const struct page_item *item, struct run_cluster *cluster)
{
    const size_t first = cluster->glyph_at + cluster->nglyph;
    if (first >= item->nglyph)
        return false;
    size_t end = first + 1;
    while (end < item->nglyph && item->glyphs[end].text_at <= item->glyphs[first].text_at)
        end++;
    const size_t from = first == 0 ? 0 : item->glyphs[first].text_at;
    const size_t to = end < item->nglyph ? item->glyphs[end].text_at : strlen(item->text);
    *cluster = (struct run_cluster){first, end - first, from, to - from};
    return true;
}
