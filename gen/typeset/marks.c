/* Draws cut marks, folds, and the edges, crosses and labels of tiles. */
#include "typeset/marks.h"

static const mpt hairline = 250;
static const mpt tick = (mpt)(6 * MPT_PER_MM);  /* of a mark at the sheet's edge */
static const mpt arm = (mpt)(3 * MPT_PER_MM);   /* of a cross, from its middle */
static const mpt clear = (mpt)(1 * MPT_PER_MM); /* between a mark and what it marks */
static const struct text_style label_style = {
    .role = ROLE_SONG, .size = 8000, .leading = 10000, .align = ALIGN_CENTER};

static void upright(const struct canvas *canvas, mpt x, mpt top, mpt bottom)
{
    display_box(canvas->display, PAGE_RULE, x - hairline / 2, top, hairline, bottom - top);
}

static void level(const struct canvas *canvas, mpt y, mpt left, mpt right)
{
    display_box(canvas->display, PAGE_RULE, left, y - hairline / 2, right - left, hairline);
}

static void cross(const struct canvas *canvas, mpt x, mpt y)
{
    upright(canvas, x, y - arm, y + arm);
    level(canvas, y, x - arm, x + arm);
}

/* At the sheet's edges, and where two cuts meet. */
static void cut_marks(const struct canvas *canvas, const struct side *side)
{
    for (int i = 1; i < side->columns; i++) {
        const mpt x = side->width / side->columns * i;
        upright(canvas, x, 0, tick);
        upright(canvas, x, side->height - tick, side->height);
        for (int k = 1; k < side->rows; k++)
            cross(canvas, x, side->height / side->rows * k);
    }
    for (int k = 1; k < side->rows; k++) {
        const mpt y = side->height / side->rows * k;
        level(canvas, y, 0, tick);
        level(canvas, y, side->width - tick, side->width);
    }
}

/* Dashed, so that nobody cuts it. */
static void fold_marks(const struct canvas *canvas, const struct side *side)
{
    const mpt x = side->width / 2;
    display_line(canvas->display, x, 0, 0, tick, hairline, DASH_SHORT);
    display_line(canvas->display, x, side->height - tick, 0, tick, hairline, DASH_SHORT);
}

/* Above and below the tile. */
static void upright_marks(const struct canvas *canvas, const struct side *side, mpt x, mpt length)
{
    upright(canvas, x, side->y - clear - length, side->y - clear);
    upright(canvas, x, side->y + side->h + clear, side->y + side->h + clear + length);
}

static void level_marks(const struct canvas *canvas, const struct side *side, mpt y, mpt length)
{
    level(canvas, y, side->x - clear - length, side->x - clear);
    level(canvas, y, side->x + side->w + clear, side->x + side->w + clear + length);
}

/* Long marks at the tile's corners; short ones where the neighbour's edge comes to lie, and crosses
 * in the middle of the overlap, which both sheets have at the same place of the page. */
static void tile_marks(const struct canvas *canvas, const struct side *side, mpt overlap)
{
    const mpt right = side->x + side->w, bottom = side->y + side->h;
    const mpt beside = clear + arm, half = overlap / 2;
    const mpt across[] = {side->x + half, right - half};
    const mpt down[] = {side->y + half, bottom - half};
    const bool at_side[] = {side->column > 0, side->column + 1 < side->columns};
    const bool at_end[] = {side->row > 0, side->row + 1 < side->rows};
    upright_marks(canvas, side, side->x, tick);
    upright_marks(canvas, side, right, tick);
    level_marks(canvas, side, side->y, tick);
    level_marks(canvas, side, bottom, tick);
    for (size_t i = 0; i < G_N_ELEMENTS(across); i++) {
        if (at_side[i]) {
            upright_marks(canvas, side, i == 0 ? side->x + overlap : right - overlap, tick / 2);
            cross(canvas, across[i], side->y - beside);
            cross(canvas, across[i], bottom + beside);
        }
        if (at_end[i]) {
            level_marks(canvas, side, i == 0 ? side->y + overlap : bottom - overlap, tick / 2);
            cross(canvas, side->x - beside, down[i]);
            cross(canvas, right + beside, down[i]);
        }
    }
}

static void shape_label(struct typeset *typeset, const struct side *side, size_t page)
{
    g_string_truncate(typeset->string, 0);
    if (page > 0)
        g_string_append_printf(typeset->string, "第%zu页　", page);
    g_string_append_printf(typeset->string, "第%d行第%d列（共%d行%d列）", side->row + 1,
                           side->column + 1, side->rows, side->columns);
    setter_shape(typeset, label_style.role, typeset->string->str, typeset->string->len);
}

void marks_gather(struct gather *gather)
{
    static const char every[] = "第页　行列（共）0123456789";
    gather->place = (struct place){0};
    gather_text(gather, label_style.role, every, sizeof every - 1, NULL, NULL);
}

void marks_draw(struct typeset *typeset, const struct canvas *canvas,
                const struct imposition *imposition, const struct side *side, size_t page)
{
    switch (imposition->kind) {
    case IMPOSE_NONE:
        break;
    case IMPOSE_SLOTS:
        cut_marks(canvas, side);
        break;
    case IMPOSE_BOOKLET:
        fold_marks(canvas, side);
        break;
    case IMPOSE_TILES:
        if (side->columns == 0)
            break;
        tile_marks(canvas, side, imposition->overlap);
        shape_label(typeset, side, page);
        setter_break(typeset, &label_style, label_style.size, side->w);
        setter_draw_line(typeset, canvas, &label_style, label_style.size, typeset->string->str, 0,
                         side->x, side->w, side->y + side->h + clear + tick);
        break;
    }
}
