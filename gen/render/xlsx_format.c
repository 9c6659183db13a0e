/* Looks become libxlsxwriter formats, each made once. */
#include "render/xlsx_inside.h"

#include <string.h>

/* The names users' machines know these faces by (design decision 17). */
static const char *const font_names[FACE_ROLES] = {
    [ROLE_TITLE] = "方正小标宋简体",
    [ROLE_BODY] = "仿宋_GB2312",
    [ROLE_HEAD] = "黑体",
    [ROLE_KAI] = "楷体",
    [ROLE_SONG] = "宋体",
};

enum { CHARSET_GB2312 = 134 };

enum { COLOR_HEAD = 0xEDEDED, COLOR_INVALID = 0xFFC7CE };

static uint8_t horizontal(const struct look *look)
{
    switch (look->style->align) {
    case ALIGN_CENTER:
    case ALIGN_SPREAD: /* padding a name would change what upper systems import */
        return LXW_ALIGN_CENTER;
    case ALIGN_RIGHT:
    case ALIGN_DECIMAL:
        return LXW_ALIGN_RIGHT;
    case ALIGN_LEFT:
    case ALIGN_JUSTIFY:
        break;
    }
    return look->number ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT;
}

static lxw_format *format_new(struct book *book, const struct look *look)
{
    lxw_format *format = workbook_add_format(book->workbook);

    format_set_font_name(format, font_names[look->style->role]);
    format_set_font_charset(format, CHARSET_GB2312); /* else Excel may show a Latin face */
    format_set_font_size(format, look->style->size / 1000.0);
    if (look->style->bold)
        format_set_bold(format);
    format_set_align(format, look->upright    ? LXW_ALIGN_CENTER
                             : look->diagonal ? LXW_ALIGN_LEFT
                                              : horizontal(look));
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (look->upright)
        format_set_rotation(format, 270); /* libxlsxwriter's word for stacked characters */
    if (look->wrap)
        format_set_text_wrap(format);
    if (look->borders & BORDER_LEFT)
        format_set_left(format, LXW_BORDER_THIN);
    if (look->borders & BORDER_RIGHT)
        format_set_right(format, LXW_BORDER_THIN);
    if (look->borders & BORDER_TOP)
        format_set_top(format, LXW_BORDER_THIN);
    if (look->borders & BORDER_BOTTOM)
        format_set_bottom(format, LXW_BORDER_THIN);
    if (look->fill != FILL_NONE)
        format_set_bg_color(format, look->fill == FILL_HEAD ? COLOR_HEAD : COLOR_INVALID);
    if (look->diagonal) {
        format_set_diag_type(format, LXW_DIAGONAL_BORDER_DOWN);
        format_set_diag_border(format, LXW_BORDER_THIN);
    }
    if (look->code[0])
        format_set_num_format(format, look->code);
    return format;
}

lxw_format *look_format(struct book *book, const struct look *look)
{
    const struct text_style *style = look->style;
    char *key = g_strdup_printf("%d %d %d %d %d %u %d %d %d %d %s", style->role, style->size,
                                style->bold, style->align, look->number, look->borders, look->fill,
                                look->wrap, look->upright, look->diagonal, look->code);
    lxw_format *format = g_hash_table_lookup(book->formats, key);

    if (format) {
        g_free(key);
        return format;
    }
    format = format_new(book, look);
    g_hash_table_insert(book->formats, key, format);
    return format;
}

void look_number(struct look *look, struct format format, bool whole, size_t unread)
{
    GString *code = g_string_new(NULL);

    look->number = true;
    if (format_has_places(format.kind)) {
        const bool plain = format.kind == FORMAT_NUMBER || format.kind == FORMAT_PERCENT;

        g_string_append(code, plain ? "0" : "#,##0");
        for (int i = 0; i < format.places; i++)
            g_string_append(code, i == 0 ? ".0" : "0");
        if (format.kind == FORMAT_PERCENT) /* the value is the percentage itself */
            g_string_append(code, "\"％\"");
    } else if (whole) {
        g_string_append(code, "0");
    } else if (unread) {
        g_string_append(code, "General");
    }
    if (unread)
        g_string_append_printf(code, "\"（%zu项有误未计）\"", unread);
    g_strlcpy(look->code, code->str, sizeof(look->code));
    g_string_free(code, TRUE);
}
