/* The list of output formats. */
#include "render/render.h"

#include <string.h>

const struct renderer *const *renderers(void)
{
    static const struct renderer *const all[] = {&render_pdf,  &render_png,   &render_xlsx,
                                                 &render_tree, &render_pages, NULL};
    return all;
}

const struct renderer *renderer_find(const char *name)
{
    for (const struct renderer *const *it = renderers(); *it; it++)
        if (!strcmp((*it)->name, name))
            return *it;
    return NULL;
}
