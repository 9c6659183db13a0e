/* The workbook renderer: sorts a document's blocks into sheets and has libxlsxwriter write them. */
#include "render/render.h"

#include <string.h>

#include "base/file.h"
#include "base/value.h"
#include "render/xlsx_flat.h"
#include "render/xlsx_inside.h"

enum {
    SHEET_NAME_MAX = 31, /* characters of a sheet's name (Excel) */
    ROWS_IN_MEMORY =
        20000 /* beyond this libxlsxwriter writes row by row, with strings in the cells */
};

/* --- sheets */

/* Excel refuses []:*?/\ anywhere, ' at the ends, and two names that differ in case only. */
static char *sheet_name(const GPtrArray *sheets, const char *wanted)
{
    GString *clean = g_string_new(NULL);
    GString *name = g_string_new(NULL);

    for (const char *at = wanted; *at; at = g_utf8_next_char(at)) {
        const gunichar character = g_utf8_get_char(at);

        if (character >= 0x20 && (character > 0x7F || !strchr("[]:*?/\\'", (int)character)))
            g_string_append_unichar(clean, character);
    }
    if (clean->len == 0)
        g_string_assign(clean, "表");
    for (guint number = 1;; number++) {
        char suffix[16] = "";
        char *stem;
        bool taken = false;

        if (number > 1)
            g_snprintf(suffix, sizeof(suffix), "（%u）", number);
        stem = g_utf8_substring(
            clean->str, 0,
            MIN(g_utf8_strlen(clean->str, -1), SHEET_NAME_MAX - g_utf8_strlen(suffix, -1)));
        g_string_printf(name, "%s%s", stem, suffix);
        g_free(stem);
        for (guint i = 0; i < sheets->len && !taken; i++) {
            const struct sheet *other = g_ptr_array_index(sheets, i);

            taken = g_ascii_strcasecmp(other->name, name->str) == 0;
        }
        if (!taken)
            break;
    }
    g_string_free(clean, TRUE);
    return g_string_free(name, FALSE);
}

static void item_clear(gpointer item)
{
    g_free(((struct item *)item)->widths);
}

static void sheet_free(gpointer data)
{
    struct sheet *sheet = data;

    g_array_free(sheet->items, TRUE);
    if (sheet->breaks)
        g_array_free(sheet->breaks, TRUE);
    g_free(sheet->pixels);
    g_free(sheet->name);
    g_free(sheet);
}

static struct sheet *sheet_add(GPtrArray *sheets, struct book *book,
                               const struct document *document, const char *name,
                               const struct page_setup *page)
{
    struct sheet *sheet = g_new0(struct sheet, 1);

    sheet->book = book;
    sheet->document = document;
    sheet->name = sheet_name(sheets, name);
    sheet->page = page;
    sheet->items = g_array_new(FALSE, FALSE, sizeof(struct item));
    g_array_set_clear_func(sheet->items, item_clear);
    g_ptr_array_add(sheets, sheet);
    return sheet;
}

/* A sheet has room for any list: of the two variants of a unit it is the one with the list inline.
 */
static GPtrArray *sheets_plan(struct book *book, const struct document *document)
{
    GPtrArray *sheets = g_ptr_array_new_with_free_func(sheet_free);
    struct sheet *sheet = NULL;

    for (size_t i = 0; i < document->nunit; i++) {
        const struct unit *unit = &document->units[i];
        const struct page_setup *page = unit->page ? unit->page : &document->page;

        if (unit->repeated)
            continue;
        for (size_t j = 0; j < unit->nblock; j++) {
            const struct block *block = &unit->blocks[j];
            const struct item item = {.block = block_flat(book->arena, block)};

            if (block->variant == VARIANT_ATTACHED)
                continue;
            if (block->kind == BLOCK_SECTION) {
                sheet = sheet_add(sheets, book, document, block->section.name,
                                  block->section.page ? block->section.page : page);
                continue;
            }
            if (!sheet)
                sheet = sheet_add(sheets, book, document, document->title, page);
            g_array_append_val(sheet->items, item);
        }
    }
    if (sheets->len == 0)
        sheet_add(sheets, book, document, document->title, &document->page);
    return sheets;
}

/* --- the book */

static size_t rows_of(const GPtrArray *sheets)
{
    size_t rows = 0;

    for (guint i = 0; i < sheets->len; i++) {
        const struct sheet *sheet = g_ptr_array_index(sheets, i);

        for (guint j = 0; j < sheet->items->len; j++) {
            const struct block *block = g_array_index(sheet->items, struct item, j).block;

            if (block->kind == BLOCK_GRID && block->grid.rows)
                rows += rowset_rows(block->grid.rows);
        }
    }
    return rows;
}

static bool needs_choices(const GPtrArray *sheets)
{
    for (guint i = 0; i < sheets->len; i++) {
        const struct sheet *sheet = g_ptr_array_index(sheets, i);

        for (guint j = 0; j < sheet->items->len; j++) {
            const struct block *block = g_array_index(sheet->items, struct item, j).block;

            if (block->kind == BLOCK_GRID && choices_hidden(&block->grid))
                return true;
        }
    }
    return false;
}

/* All sheets at once, so that the hidden one comes last. */
static void add_worksheets(struct book *book, const GPtrArray *sheets)
{
    for (guint i = 0; i < sheets->len; i++) {
        struct sheet *sheet = g_ptr_array_index(sheets, i);

        sheet->worksheet = workbook_add_worksheet(book->workbook, sheet->name);
    }
    if (needs_choices(sheets)) {
        book->choices_name = sheet_name(sheets, "选项");
        book->choices = workbook_add_worksheet(book->workbook, book->choices_name);
        worksheet_hide(book->choices);
    }
}

static void set_properties(struct book *book, const struct render_job *job)
{
    const struct document *document = job->document;
    lxw_doc_properties properties = {
        .title = (char *)document->title, /* libxlsxwriter copies; its struct only lacks const */
        .subject = (char *)document->subject,
        .author = (char *)document->author,
        .keywords = (char *)document->note,
        .created = (time_t)job->created,
    };

    workbook_set_properties(book->workbook, &properties);
}

static int write_sheets(struct book *book, const GPtrArray *sheets)
{
    const size_t errors = findings_of_level(book->findings, LEVEL_ERROR);

    for (guint i = 0; i < sheets->len; i++) {
        struct sheet *sheet = g_ptr_array_index(sheets, i);

        charts_plan(sheet);
        sheet_measure(sheet);
        if (sheet_write(sheet) != 0)
            return -1;
    }
    return findings_of_level(book->findings, LEVEL_ERROR) > errors ? -1 : 0;
}

/* Into the temporary file: libxlsxwriter opens it by its path and ends it. */
static int write_book(const struct render_job *job, const char *path)
{
    struct book book = {.findings = job->findings, .arena = arena_new()};
    GPtrArray *sheets = sheets_plan(&book, job->document);
    char *folder = g_path_get_dirname(path);
    lxw_workbook_options options = {.constant_memory = rows_of(sheets) > ROWS_IN_MEMORY,
                                    .tmpdir = folder};
    lxw_error error;
    int status;

    book.workbook = workbook_new_opt(path, &options);
    book.formats = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    add_worksheets(&book, sheets);
    set_properties(&book, job);
    status = write_sheets(&book, sheets);
    error = workbook_close(book.workbook); /* frees it, too */
    if (status == 0 && error != LXW_NO_ERROR)
        status = finding_add(job->findings, FINDING_FILE_WRITE, (struct place){.file = path},
                             lxw_strerror(error));
    g_hash_table_destroy(book.formats);
    g_free(book.choices_name);
    g_free(folder);
    g_ptr_array_free(sheets, TRUE);
    arena_free(book.arena);
    return status;
}

static int render(const struct render_job *job)
{
    char *target = g_strconcat(job->stem, render_xlsx.suffix, NULL);
    struct file_writer *writer = file_create(target, job->findings);
    int status = -1;

    if (writer) {
        status = write_book(job, file_writer_temporary(writer));
        if (status == 0)
            status = file_commit(writer, job->shared, job->findings);
        else
            file_abandon(writer);
    }
    g_free(target);
    return status;
}

const struct renderer render_xlsx = {
    .name = "xlsx",
    .suffix = ".xlsx",
    .title_zh = "工作簿",
    .title_en = "workbook",
    .render = render,
};
