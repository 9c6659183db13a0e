/* Builds pictures and QR codes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/qr.h"
#include "document/build.h"

enum { FILE_BYTES = 64 << 20 };

struct number {
    char text[24];
};

static struct number whole(size_t value)
{
    struct number number;

    snprintf(number.text, sizeof(number.text), "%zu", value);
    return number;
}

static void free_image(gpointer data)
{
    image_clear(data);
    g_free(data);
}

GHashTable *build_images_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_image);
}

static void report(struct building *building, enum finding_code code, struct place place,
                   const char *name)
{
    finding_add(building->scope->findings, code, place, name, whole(IMAGE_PIXELS_MAX / 10000).text,
                whole(FILE_BYTES >> 20).text);
    building->scope->failed = true;
}

/* The picture's real path: beside the template, else among the clerk's pictures. NULL with a
 * finding. g_free() it. */
static char *find_file(struct building *building, const char *name, struct place place)
{
    char *beside = g_path_get_dirname(place.file);
    const char *folders[] = {beside, building->scope->binding->template->world->pictures};
    enum file_below found = FILE_BELOW_ABSENT;
    char *path = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(folders) && found == FILE_BELOW_ABSENT; i++)
        if (name[0] != '\0' && folders[i])
            found = file_below(folders[i], name, &path);
    if (found != FILE_BELOW)
        report(building,
               found == FILE_BELOW_OUTSIDE ? FINDING_DOCUMENT_IMAGE_PLACE
                                           : FINDING_DOCUMENT_IMAGE_MISSING,
               place, name);
    g_free(beside);
    return path;
}

/* NULL with a finding. */
static struct image *read_file(struct building *building, const char *path, const char *name,
                               struct place place)
{
    static const enum finding_code codes[] = {
        [IMAGE_OTHER_KIND] = FINDING_DOCUMENT_IMAGE_KIND,
        [IMAGE_DAMAGED] = FINDING_DOCUMENT_IMAGE_DAMAGED,
        [IMAGE_TOO_LARGE] = FINDING_DOCUMENT_IMAGE_LARGE,
        [IMAGE_CMYK] = FINDING_DOCUMENT_IMAGE_CMYK,
    };
    size_t size;
    char *bytes = file_read(path, FILE_BYTES, &size, building->scope->findings);
    struct image *image;
    enum image_fault fault;

    if (!bytes) {
        building->scope->failed = true;
        return NULL;
    }
    image = g_new(struct image, 1);
    fault = image_read((const unsigned char *)bytes, size, image);
    g_free(bytes);
    if (fault == IMAGE_SOUND)
        return image;
    report(building, codes[fault], place, name);
    g_free(image);
    return NULL;
}

static const struct image *find_image(struct building *building, const char *name,
                                      struct place place)
{
    char *path = find_file(building, name, place);
    struct image *image = path ? g_hash_table_lookup(building->made->images, path) : NULL;

    if (path && !image) {
        image = read_file(building, path, name, place);
        if (image) {
            g_hash_table_insert(building->made->images, path, image);
            return image;
        }
    }
    g_free(path);
    return image;
}

/* As large as width and height allow, never out of shape; where neither is said as large as its
 * pixels at 150 to the inch, at most as wide as the measure. */
static void scale_image(const struct body_figure *from, const struct paper *paper,
                        struct block_figure *figure)
{
    enum { DPI = 150 };
    const int64_t width = figure->image->width, height = figure->image->height;
    const mpt measure = paper->page.width - paper->page.left - paper->page.right;
    int64_t wide = from->width ? from->width : G_MAXINT32;

    if (from->height)
        wide = MIN(wide, from->height * width / height);
    if (!from->width && !from->height)
        wide = MIN(width * 72000 / DPI, measure);
    figure->width = (mpt)CLAMP(wide, 1, G_MAXINT32);
    figure->height = (mpt)CLAMP(figure->width * height / width, 1, G_MAXINT32);
}

static void check_fineness(struct building *building, const struct block_figure *figure,
                           struct place place)
{
    enum { LEAST = 100 }; /* dots to the inch: below, edges show as steps on paper */
    const int64_t dpi = (int64_t)figure->image->width * 72000 / figure->width;

    if (dpi < LEAST)
        finding_add(building->scope->findings, FINDING_DOCUMENT_IMAGE_COARSE, place, figure->file,
                    whole(figure->image->width).text, whole(figure->image->height).text,
                    whole((size_t)dpi).text);
}

/* The text of a figure: set as cells are, without an indent. */
static void set_text(struct building *building, const struct body_figure *from, enum align align,
                     const struct phrase *phrase, struct block_figure *figure)
{
    const struct grid_style *grid = paper_grid(building->paper, from->grid);
    struct text_style *style = arena_copy(
        building->made->arena, build_style(building, grid->cell, (int)align), sizeof(*style));

    style->indent = 0;
    figure->style = style;
    figure->align = from->align;
    figure->before = grid->before;
    figure->after = grid->after;
    if (phrase)
        figure->text = scope_text(building->scope, phrase, BLANKS_REPORT, NULL);
}

static void add_figure(struct building *building, const struct body_block *block,
                       struct block_figure figure)
{
    struct block made = {
        .kind = BLOCK_FIGURE, .variant = block->variant, .place = block->place, .figure = figure};

    g_array_append_val(building->blocks, made);
}

void build_image(struct building *building, const struct body_block *block)
{
    const struct body_image *from = &block->image;
    struct block_figure figure = {.kind = FIGURE_IMAGE};

    figure.file = scope_text(building->scope, from->file, BLANKS_QUIET, NULL);
    figure.image = find_image(building, figure.file, from->file->place);
    if (!figure.image)
        return;
    scale_image(&from->figure, building->paper, &figure);
    check_fineness(building, &figure, from->file->place);
    set_text(building, &from->figure, ALIGN_CENTER, from->figure.text, &figure);
    if (from->alt)
        figure.alt = scope_text(building->scope, from->alt, BLANKS_QUIET, NULL);
    add_figure(building, block, figure);
}

/* Modules a phone's camera still tells apart at arm's length. */
static bool check_modules(struct building *building, const struct block_figure *figure,
                          struct place place)
{
    static const double LEAST = 0.4; /* mm */
    const double module = figure->width / MPT_PER_MM / (double)figure->side;
    char is[24], needed[24];

    if (module >= LEAST)
        return true;
    snprintf(is, sizeof(is), "%.2f", module);
    snprintf(needed, sizeof(needed), "%.0f", ceil(LEAST * (double)figure->side));
    finding_add(building->scope->findings, FINDING_DOCUMENT_QR_FINE, place,
                building->scope->product, is, needed);
    building->scope->failed = true;
    return false;
}

void build_code(struct building *building, const struct body_block *block)
{
    const struct body_code *from = &block->code;
    struct block_figure figure = {
        .kind = FIGURE_CODE, .width = from->figure.width, .height = from->figure.width};
    struct scope *scope = building->scope;
    unsigned char *modules;
    bool full;

    figure.content = scope_text(scope, from->content, BLANKS_QUIET, &full);
    if (!full || figure.content[0] == '\0') {
        finding_add(scope->findings, FINDING_DOCUMENT_QR_EMPTY, from->content->place,
                    scope->product);
        return;
    }
    modules = qr_modules(figure.content, &figure.side);
    if (!modules) {
        finding_add(scope->findings, FINDING_DOCUMENT_QR_LONG, from->content->place, scope->product,
                    whole(strlen(figure.content)).text);
        scope->failed = true;
        return;
    }
    figure.modules = arena_copy(building->made->arena, modules, figure.side * figure.side);
    g_free(modules);
    if (!check_modules(building, &figure, from->content->place))
        return;
    set_text(building, &from->figure, from->figure.align, from->figure.text, &figure);
    if (!figure.text)
        figure.text = figure.content;
    add_figure(building, block, figure);
}
