/* The sizes of papers known by name. */
#include "document/paper_size.h"

#include <glib.h>
#include <string.h>

const char *const PAPER_NAMES[] = {"A2", "A3", "A4", "A5", "B5", "16K", "16开", NULL};

static const struct {
    int width, height;
} MILLIMETRES[] = {{420, 594}, {297, 420}, {210, 297}, {148, 210},
                   {176, 250}, {184, 260}, {184, 260}};

bool paper_size(const char *name, mpt *width, mpt *height)
{
    for (size_t i = 0; PAPER_NAMES[i]; i++) {
        if (strcmp(PAPER_NAMES[i], name) != 0)
            continue;
        *width = (mpt)(MILLIMETRES[i].width * MPT_PER_MM + 0.5);
        *height = (mpt)(MILLIMETRES[i].height * MPT_PER_MM + 0.5);
        return true;
    }
    return false;
}
