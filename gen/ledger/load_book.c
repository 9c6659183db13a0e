/* The sheets of a workbook as ledgers. */
#include <string.h>

#include "ledger/book.h"
#include "ledger/load.h"

/* A sheet that no ledger fits, until all are known. */
struct refused {
    guint file;                /* index into load->files */
    struct findings *findings; /* why */
};

static bool speaks_of_ledger(const struct load *load, const char *name)
{
    return recognise_name(load->ledgers->schemas, name) != SIZE_MAX;
}

/* A sheet that could not be read at all: a finding has been added. */
static void lose_sheet(struct load *load, const char *path, const char *sheet)
{
    const struct ledger_file file = {.path = arena_text(load->arena, path),
                                     .sheet = arena_text(load->arena, sheet),
                                     .encoding = "xlsx"};

    load_file(load, file);
    load_lose_named(load, speaks_of_ledger(load, sheet) ? sheet : path, ledger_file_place(&file));
}

/* Returns whether the sheet holds anything. */
static bool load_sheet(struct load *load, const struct recogniser *recogniser,
                       struct csv_table *table, GArray *refused, bool *any_known)
{
    struct refused sheet = {.file = load->files->len, .findings = findings_new()};

    if (table->nrow == 0) {
        findings_free(sheet.findings);
        return false;
    }
    if (load_table(load, recogniser, table, sheet.findings)) {
        findings_free(sheet.findings);
        *any_known = true;
    } else {
        g_array_append_val(refused, sheet);
    }
    return true;
}

/* What is said of sheets that no ledger fits. */
static void settle_refused(struct load *load, const GArray *refused, bool any_known)
{
    for (guint i = 0; i < refused->len; i++) {
        const struct refused *sheet = &g_array_index(refused, struct refused, i);
        struct ledger_file *file = &g_array_index(load->files, struct ledger_file, sheet->file);
        const bool named = speaks_of_ledger(load, file->sheet);

        if (any_known && !named) {
            file->rows_other = file->rows_refused;
            file->rows_refused = 0;
            finding_add(load->findings, FINDING_BOOK_SHEET_OTHER, ledger_file_place(file));
        } else {
            findings_move(load->findings, sheet->findings);
            load_lose_named(load, named ? file->sheet : file->path, ledger_file_place(file));
        }
        findings_free(sheet->findings);
    }
}

static void load_sheets(struct load *load, const struct recogniser *recogniser, struct book *book,
                        const char *path)
{
    GArray *refused = g_array_new(FALSE, FALSE, sizeof(struct refused));
    bool any_known = false, any_text = false;

    for (size_t i = 0; i < book_sheets(book); i++) {
        const struct book_sheet *sheet = book_sheet(book, i);
        const struct place place = {.file = path, .sheet = sheet->name};
        struct csv_table *table;

        if (sheet->hidden)
            finding_add(load->findings, FINDING_BOOK_SHEET_HIDDEN, place);
        if (sheet->hidden || sheet->chart)
            continue;
        table = book_table(book, i, load->findings);
        if (table)
            any_text = load_sheet(load, recogniser, table, refused, &any_known) || any_text;
        else
            lose_sheet(load, path, sheet->name);
        any_text = any_text || !table;
        csv_table_free(table);
    }
    settle_refused(load, refused, any_known);
    g_array_free(refused, TRUE);
    if (!any_text) {
        finding_add(load->findings, FINDING_BOOK_EMPTY, (struct place){.file = path});
        load_lose_named(load, path, (struct place){.file = path});
    }
}

void load_book(struct load *load, const struct recogniser *recogniser, const char *folder,
               const char *path)
{
    struct book *book = book_open(folder, path, load->findings);

    if (book) {
        load_sheets(load, recogniser, book, path);
    } else {
        load_file(load,
                  (struct ledger_file){.path = arena_text(load->arena, path), .encoding = "xlsx"});
        load_lose_named(load, path, (struct place){.file = path});
    }
    book_free(book);
}
