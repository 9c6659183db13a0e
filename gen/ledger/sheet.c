/* Tells the rows of a table apart: head, data, totals, notes, repeated heads, blanks. */
#include "ledger/sheet.h"

#include <glib.h>
#include <string.h>

#include "base/text.h"

bool cell_blank_at(const char *text, size_t *length)
{
    const unsigned char first = (unsigned char)text[0];
    uint32_t character;

    *length = 1;
    if (first < 0x80)
        return first == ' ' || (first >= '\t' && first <= '\r');
    if (first != 0xC2 && first != 0xE3 && first != 0xEF)
        return false; /* the first byte of none of those below */
    character = text_character(text, length);
    return character == 0xA0 || character == 0x3000 || character == 0xFEFF;
}

bool cell_is_blank(const char *text)
{
    size_t length;

    while (*text) {
        if (!cell_blank_at(text, &length))
            return false;
        text += length;
    }
    return true;
}

static const char *cell_at(const struct csv_row *row, size_t column)
{
    return column < row->ncell ? row->cells[column] : "";
}

static bool blank_at(const struct csv_row *row, size_t column)
{
    return cell_is_blank(cell_at(row, column));
}

/* Figures and numbers of persons never stand in a head; 2024年 may. */
static bool is_figure(const char *text)
{
    size_t run = 0, longest = 0;

    for (const char *at = text; *at; at++) {
        run = g_ascii_isdigit(*at) ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    return longest > 4 || text[strspn(text, "0123456789.,+-% ")] == '\0';
}

enum head_layout sheet_head_layout(const struct csv_table *table, size_t row)
{
    const struct csv_row *upper, *lower;
    size_t ncell, merged = 0, outside = 0, heads = 0;

    if (row + 1 >= table->nrow)
        return HEAD_SINGLE;
    upper = &table->rows[row];
    lower = &table->rows[row + 1];
    ncell = MAX(upper->ncell, lower->ncell);
    for (size_t i = 0; i < ncell; i++) {
        const bool above = !blank_at(upper, i);

        heads += above;
        if (blank_at(lower, i))
            continue;
        if (is_figure(cell_at(lower, i)) || (i == 0 && !above))
            return HEAD_SINGLE;
        if (!above)
            merged++;
        else if (blank_at(lower, i + 1) || !blank_at(upper, i + 1))
            outside++;
    }
    /* one text over everything is a title, not a group */
    if (merged == 0 || heads < 2)
        return HEAD_SINGLE;
    return outside == 0 ? HEAD_DOUBLE : HEAD_PERHAPS;
}

static void read_titles(struct arena *arena, struct sheet *sheet)
{
    GPtrArray *titles = g_ptr_array_new();

    for (size_t r = 0; r < sheet->head; r++) {
        const struct csv_row *row = &sheet->table->rows[r];

        for (size_t i = 0; i < row->ncell; i++) {
            if (!cell_is_blank(row->cells[i])) {
                char *text = text_strip(row->cells[i]);

                g_ptr_array_add(titles, arena_text(arena, text));
                g_free(text);
            }
        }
    }
    sheet->ntitle = titles->len;
    sheet->titles = arena_array(arena, titles->len, sizeof *sheet->titles);
    if (titles->len > 0)
        memcpy((void *)sheet->titles, titles->pdata, titles->len * sizeof *sheet->titles);
    g_ptr_array_free(titles, TRUE);
}

void sheet_read(struct arena *arena, const struct csv_table *table, size_t head, size_t nhead,
                struct sheet *sheet)
{
    const struct csv_row *upper = &table->rows[head];
    const struct csv_row *lower = nhead == 2 ? &table->rows[head + 1] : NULL;
    const size_t ncell = lower ? MAX(upper->ncell, lower->ncell) : upper->ncell;
    const char *group = NULL;

    *sheet = (struct sheet){.table = table, .head = head, .nhead = nhead};
    sheet->columns = arena_array(arena, ncell, sizeof *sheet->columns);
    for (size_t i = 0; i < ncell; i++) {
        const char *below = lower ? cell_at(lower, i) : NULL;

        if (!blank_at(upper, i))
            group = cell_at(upper, i);
        else if (!below || cell_is_blank(below))
            group = NULL;
        if (lower)
            head_column_read(arena, group, below, !cell_is_blank(below), &sheet->columns[i]);
        else
            head_column_read(arena, NULL, cell_at(upper, i), false, &sheet->columns[i]);
        if (sheet->columns[i].text)
            sheet->ncolumn = i + 1;
    }
    read_titles(arena, sheet);
}

/* The cells of a row that hold text: how many, and the first of them. */
struct written {
    size_t count, first;
};

static struct written written_cells(const struct csv_row *row)
{
    struct written written = {0, 0};

    for (size_t i = 0; i < row->ncell; i++) {
        if (row->cells[i][0] == '\0' || cell_is_blank(row->cells[i]))
            continue;
        if (written.count++ == 0)
            written.first = i;
    }
    return written;
}

static bool is_head_cell(const struct head_column *column, const char *text)
{
    char *key = text_fold_key(text);
    bool found = false;

    for (size_t i = 0; i < HEAD_NAMES; i++)
        found = found || (column->names[i].full && strcmp(key, column->names[i].full) == 0);
    g_free(key);
    return found;
}

/* Whether the text can be the head's, at little cost: their first bytes agree. */
static bool may_be_head_cell(const struct head_column *column, const char *text)
{
    size_t length;

    while (*text && cell_blank_at(text, &length))
        text += length;
    for (size_t i = 0; i < HEAD_NAMES; i++) {
        const char *name = column->names[i].full;

        if (name && (strncmp(name, text, 3) == 0 || (unsigned char)name[0] < 0x80))
            return true;
    }
    return false;
}

static bool repeats_head(const struct sheet *sheet, const struct csv_row *row,
                         struct written written)
{
    if (written.first >= sheet->ncolumn || (written.count < 2 && sheet->ncolumn > 1) ||
        !may_be_head_cell(&sheet->columns[written.first], row->cells[written.first]))
        return false;
    for (size_t i = written.first; i < row->ncell; i++) {
        if (!cell_is_blank(row->cells[i]) &&
            (i >= sheet->ncolumn || !is_head_cell(&sheet->columns[i], row->cells[i])))
            return false;
    }
    return true;
}

static bool repeats_title(const struct sheet *sheet, const char *text)
{
    for (size_t i = 0; i < sheet->ntitle; i++) {
        if (strcmp(sheet->titles[i], text) == 0)
            return true;
    }
    return false;
}

/* 合计 and its like: "合 计：", 本页合计, 石门村小计, 合计12户. ROW_DATA: none of them. */
static enum row_kind total_kind(const char *cell, bool first)
{
    static const char *const words[] = {"合计", "小计", "总计", "共计"};
    enum row_kind kind = ROW_DATA;
    char *key, *end;

    if (!strstr(cell, "计"))
        return ROW_DATA;
    key = text_fold_key(cell);
    end = key + strlen(key);
    while (end > key && (end[-1] == ':' || (end - key > 3 && g_str_has_suffix(key, "："))))
        *(end -= end[-1] == ':' ? 1 : 3) = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(words) && kind == ROW_DATA; i++) {
        if (strcmp(key, words[i]) == 0 || (first && g_str_has_prefix(key, words[i])) ||
            (first && g_str_has_suffix(key, words[i]) && g_utf8_strlen(key, -1) <= 10))
            kind = strcmp(words[i], "小计") == 0 || strstr(key, "本页") ? ROW_SUBTOTAL : ROW_TOTAL;
    }
    g_free(key);
    return kind;
}

/* A total's word stands in the first cells of its row, before any figure. */
static enum row_kind row_total_kind(const struct csv_row *row, struct written written)
{
    size_t seen = 0;

    for (size_t i = written.first; i < row->ncell && seen < 3; i++) {
        enum row_kind kind;

        if (cell_is_blank(row->cells[i]))
            continue;
        kind = total_kind(row->cells[i], seen == 0);
        if (kind != ROW_DATA)
            return kind;
        seen++;
    }
    return ROW_DATA;
}

/* Begins with one of the words, and goes on with a colon soon or, exact, not at all. */
static bool is_labelled(const char *key, bool exact)
{
    static const char *const words[] = {
        "制表",     "填表",         "填报",       "编制",     "审核",       "审批",     "复核",
        "核对",     "经办",         "单位负责人", "负责人",   "主要负责人", "分管",     "村支书",
        "村主任",   "村党支部书记", "村委会主任", "第一书记", "驻村工作队", "联系人",   "联系电话",
        "监督电话", "电话",         "注",         "备注",     "说明",       "附注",     "附件",
        "签字",     "签名",         "盖章",       "日期",     "时间",       "公示时间", "公示期",
        "乡镇审核", "村级审核"};

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        const char *rest, *colon;

        if (!g_str_has_prefix(key, words[i]))
            continue;
        rest = key + strlen(words[i]);
        colon = strstr(rest, "：");
        if (!colon || (strchr(rest, ':') && strchr(rest, ':') < colon))
            colon = strchr(rest, ':');
        if (colon && g_utf8_strlen(rest, colon - rest) <= 12)
            return true;
        if (exact && (*rest == '\0' || strcmp(rest, "人") == 0 || strcmp(rest, "单位") == 0))
            return true;
    }
    return false;
}

/* A single cell at the end of a table: its seal, issuer or date. */
static bool is_issuer_or_date(const char *key)
{
    static const char *const ends[] = {"委员会", "村委会", "人民政府", "党支部", "盖章)", "公章)"};
    const char *rest = key + strspn(key, "0123456789");

    if (rest - key == 4 && g_str_has_prefix(rest, "年") && g_str_has_suffix(rest, "日"))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (g_str_has_suffix(key, ends[i]))
            return true;
    }
    return false;
}

static bool is_note(const struct csv_row *row, struct written written, bool after_note)
{
    const char *cell = row->cells[written.first];
    bool note;
    char *key;

    /* most data rows end here: many cells, the first without a colon */
    if (written.count > 4 && !strchr(cell, ':') && !strstr(cell, "："))
        return false;
    key = text_fold_key(cell);
    note = is_labelled(key, written.count <= 4);
    if (!note && written.count == 1)
        note = is_issuer_or_date(key) || (after_note && (g_ascii_isdigit(key[0]) || key[0] == '(' ||
                                                         g_utf8_strlen(key, -1) > 8));
    g_free(key);
    return note;
}

enum row_kind sheet_row_kind(const struct sheet *sheet, size_t row, bool after_note)
{
    const struct csv_row *cells = &sheet->table->rows[row];
    const struct written written = written_cells(cells);
    enum row_kind kind;

    if (written.count == 0)
        return ROW_BLANK;
    if (repeats_head(sheet, cells, written))
        return ROW_HEAD;
    if (written.count <= 2 && sheet->ntitle > 0) {
        char *text = text_strip(cells->cells[written.first]);
        const bool title = repeats_title(sheet, text);

        g_free(text);
        if (title)
            return ROW_HEAD;
    }
    kind = row_total_kind(cells, written);
    if (kind == ROW_DATA && is_note(cells, written, after_note))
        kind = ROW_NOTE;
    return kind;
}

/* The units after each 单位： of a title, tried one by one: 单位：户、万元 gives 户 and 万元. */
static bool units_scale(const char *title, const char *unit, int *scale)
{
    const char *at = title;

    while ((at = strstr(at, "单位"))) {
        gchar **units;
        bool found = false;

        at += strlen("单位");
        if (*at != ':' && !g_str_has_prefix(at, "："))
            continue;
        at += *at == ':' ? 1 : strlen("：");
        units = g_regex_split_simple("[、，,/;； )）(（]+", at, 0, 0);
        for (size_t i = 0; units[i] && !found; i++)
            found = unit_scale(units[i], unit, scale) == UNIT_FITS;
        g_strfreev(units);
        if (found)
            return true;
    }
    return false;
}

bool sheet_title_scale(const struct sheet *sheet, const char *unit, int *scale)
{
    for (size_t i = 0; i < sheet->ntitle; i++) {
        if (units_scale(sheet->titles[i], unit, scale))
            return true;
    }
    return false;
}
