/* Puts pictures and QR codes on a sheet, each over rows of its own, with its text below. */
#include <cairo.h>
#include <math.h>

#include "base/qr.h"
#include "render/xlsx_inside.h"

static const double GAP = 12; /* points of free room around a figure, half of them above */

static double points(mpt length)
{
    return length / 1000.0;
}

int figure_pixels(mpt length)
{
    return (int)lround(points(length) * 96 / 72);
}

/* Makes rows for something so high. Returns the first. */
static lxw_row_t take_rows(struct sheet *sheet, double height)
{
    const lxw_row_t first = sheet->row, count = (lxw_row_t)ceil(height / ROW_MAX);

    for (lxw_row_t i = 0; i < count; i++)
        worksheet_set_row(sheet->worksheet, sheet->row++, height / count, NULL);
    return first;
}

int figure_room(const struct sheet *sheet)
{
    enum { INSIDE = 4 }; /* what reaches over the last column makes the printed page wider */

    return MAX(sheet_pixels(sheet, 0, sheet->paper.columns) - INSIDE, 1);
}

int figure_offset(const struct sheet *sheet, enum align align, int width)
{
    const int spare = MAX(figure_room(sheet) - width, 0);

    return align == ALIGN_RIGHT ? spare : align == ALIGN_CENTER ? spare / 2 : 0;
}

/* As large as on the page, smaller on a sheet that is narrower. pixels: width of the picture. */
static void put_picture(struct sheet *sheet, const struct block_figure *figure,
                        const unsigned char *bytes, size_t size, uint32_t pixels, mpt width,
                        mpt height)
{
    const int wide = MIN(figure_pixels(width), figure_room(sheet));
    /* Without a resolution of its own a picture has 96 pixels to the inch. */
    const double scale = (double)wide / pixels;
    const lxw_row_t row = take_rows(sheet, (double)height / width * wide * 72 / 96 + GAP);
    lxw_image_options options = {
        .x_offset = figure_offset(sheet, figure->align, wide),
        .y_offset = FIGURE_TOP,
        .x_scale = scale,
        .y_scale = scale,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
        /* libxlsxwriter copies; its struct only lacks const */
        .description = (char *)(figure->kind == FIGURE_IMAGE ? figure->alt : figure->content)};

    worksheet_insert_image_buffer_opt(sheet->worksheet, row, 0, bytes, size, &options);
}

static cairo_status_t collect(void *out, const unsigned char *data, unsigned length)
{
    g_byte_array_append(out, data, length);
    return CAIRO_STATUS_SUCCESS;
}

/* The code with its quiet zone as a PNG file. */
static GByteArray *code_png(const struct block_figure *figure, uint32_t *side)
{
    enum { MODULE = 8 }; /* pixels: sharp when printed */
    GByteArray *out = g_byte_array_new();

    *side = (uint32_t)(figure->side + 2 * QR_QUIET) * MODULE;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)*side, (int)*side);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    for (size_t i = 0; i < figure->side * figure->side; i++)
        if (figure->modules[i])
            cairo_rectangle(cr, (double)((i % figure->side + QR_QUIET) * MODULE),
                            (double)((i / figure->side + QR_QUIET) * MODULE), MODULE, MODULE);
    cairo_fill(cr);
    cairo_destroy(cr);
    cairo_surface_write_to_png_stream(surface, collect, out);
    cairo_surface_destroy(surface);
    return out;
}

static void put_code(struct sheet *sheet, const struct block_figure *figure)
{
    uint32_t side;
    GByteArray *png = code_png(figure, &side);
    const mpt width =
        (mpt)((int64_t)figure->width * (mpt)(figure->side + 2 * QR_QUIET) / (mpt)figure->side);

    put_picture(sheet, figure, png->data, png->len, side, width, width);
    g_byte_array_free(png, TRUE);
}

void figure_write(struct sheet *sheet, const struct block *block)
{
    const struct block_figure *figure = &block->figure;

    if (figure->kind == FIGURE_CHART) {
        take_rows(sheet, points(figure->height) + GAP);
        return;
    }
    if (figure->kind == FIGURE_CODE)
        put_code(sheet, figure);
    else
        put_picture(sheet, figure, figure->image->bytes, figure->image->size, figure->image->width,
                    figure->width, figure->height);
    if (figure->text)
        sheet_paragraph(sheet, block->place, figure->style, figure->text, 0, figure->after);
}
