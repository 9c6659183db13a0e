/* What the files that read workbooks share; nobody else includes it. */
#ifndef MINGBAI_LEDGER_BOOK_INSIDE_H
#define MINGBAI_LEDGER_BOOK_INSIDE_H

#include "base/arena.h"
#include "ledger/book.h"
#include "ledger/book_number.h"
#include "ledger/book_package.h"

enum {
    BOOK_CELL_LIMIT = 128 << 10, /* bytes; Excel holds 32 767 characters in a cell */
    BOOK_TEXT_LIMIT = 512 << 20, /* of all cells; a CSV file may have as many bytes */
    BOOK_CELLS_LIMIT = 40 << 20, /* 1 000 000 rows of 40 columns */
    BOOK_STRINGS_LIMIT = 16 << 20,
    BOOK_FORMS_LIMIT = 64 << 10, /* Excel holds 64 000 cell styles */
    BOOK_SHEETS_LIMIT = 1024,
    BOOK_ROWS = 1048576, /* of a sheet, by the standard */
    BOOK_COLUMNS = 16384
};

struct sheet_entry {
    struct book_sheet public;
    const char *part;
};

struct book {
    struct arena *arena;
    const char *path;
    char *bytes;
    struct package *package;
    GArray *sheets; /* struct sheet_entry */
    GArray *forms;  /* struct number_form, one a cell style */
    /* The strings that cells share; one longer than a cell may be is book_long_text. Their texts
     * are in the arena. */
    GPtrArray *strings;
    bool since_1904;
    size_t cells_left, text_left; /* for all sheets together */
};

extern const char book_long_text[];

/* book_parts.c: the sheets' names and parts, the cell styles, the shared strings. */
int book_read_parts(struct book *book, struct findings *findings);

/* Appends a piece of text, of a cell or string no longer than BOOK_CELL_LIMIT + 1 bytes: what is
 * over tells that it is too long. */
void book_text_append(GString *text, const char *piece, size_t length);
/* _x000D_ and its like become the characters they stand for, line ends LF. */
void book_text_unescape(GString *text);

#endif
