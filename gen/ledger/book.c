/* Opens a workbook and tells what is none. */
#include "ledger/book.h"

#include <string.h>

#include "base/file.h"
#include "ledger/book_inside.h"

enum { FILE_LIMIT = 256 << 20 };

const char book_long_text[] = "";

static bool is_compound(const char *bytes, size_t size)
{
    static const char signature[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

    return size > strlen(signature) && memcmp(bytes, signature, strlen(signature)) == 0;
}

/* A workbook with a password is a compound file that names this stream, in UTF-16. */
static bool is_locked(const char *bytes, size_t size)
{
    static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    const size_t length = sizeof stream - 1;

    for (const char *at = bytes; (size_t)(bytes + size - at) >= length; at++) {
        at = memchr(at, 'E', (size_t)(bytes + size - at) - length + 1);
        if (!at)
            return false;
        if (memcmp(at, stream, length) == 0)
            return true;
    }
    return false;
}

static int open_parts(struct book *book, size_t size, struct findings *findings)
{
    const struct place place = {.file = book->path};

    if (is_compound(book->bytes, size))
        return finding_add(
            findings, is_locked(book->bytes, size) ? FINDING_BOOK_LOCKED : FINDING_BOOK_NOT_XLSX,
            place);
    book->package = package_open(book->bytes, size, book->path, findings);
    return book->package ? book_read_parts(book, findings) : -1;
}

struct book *book_open(const char *folder, const char *path, struct findings *findings)
{
    char *full = g_build_filename(folder, path, NULL);
    size_t size;
    char *bytes = file_read(full, FILE_LIMIT, &size, findings);
    struct book *book;

    g_free(full);
    if (!bytes)
        return NULL;
    book = g_new0(struct book, 1);
    book->arena = arena_new();
    book->path = arena_text(book->arena, path);
    book->bytes = bytes;
    book->sheets = g_array_new(FALSE, TRUE, sizeof(struct sheet_entry));
    book->forms = g_array_new(FALSE, TRUE, sizeof(struct number_form));
    book->strings = g_ptr_array_new();
    book->cells_left = BOOK_CELLS_LIMIT;
    book->text_left = BOOK_TEXT_LIMIT;
    if (open_parts(book, size, findings) != 0) {
        book_free(book);
        return NULL;
    }
    return book;
}

void book_free(struct book *book)
{
    if (!book)
        return;
    package_close(book->package);
    g_array_free(book->sheets, TRUE);
    g_array_free(book->forms, TRUE);
    g_ptr_array_free(book->strings, TRUE);
    g_free(book->bytes);
    arena_free(book->arena);
    g_free(book);
}

size_t book_sheets(const struct book *book)
{
    return book->sheets->len;
}

const struct book_sheet *book_sheet(const struct book *book, size_t index)
{
    return &g_array_index(book->sheets, struct sheet_entry, index).public;
}

void book_text_append(GString *text, const char *piece, size_t length)
{
    const size_t room = BOOK_CELL_LIMIT + 1 - MIN(text->len, (size_t)BOOK_CELL_LIMIT + 1);

    g_string_append_len(text, piece, (gssize)MIN(length, room));
}

/* The character of _xHHHH_ at at; 0: there is none, or none that a text may hold. */
static gunichar escaped(const char *at)
{
    gunichar character = 0;

    if (at[0] != '_' || at[1] != 'x')
        return 0;
    for (size_t i = 2; i < 6; i++) {
        if (!g_ascii_isxdigit(at[i]))
            return 0;
        character = character * 16 + (gunichar)g_ascii_xdigit_value(at[i]);
    }
    return at[6] == '_' && g_unichar_validate(character) ? character : 0;
}

void book_text_unescape(GString *text)
{
    char *to = text->str;

    if (!strstr(text->str, "_x") && !strchr(text->str, '\r'))
        return;
    for (const char *at = text->str; *at;) {
        const gunichar character = escaped(at);

        if (character) { /* never longer than the escape */
            to += g_unichar_to_utf8(character, to);
            at += 7;
        } else {
            *to++ = *at++;
        }
    }
    g_string_truncate(text, (gsize)(to - text->str));
    g_string_replace(text, "\r\n", "\n", 0);
    g_string_replace(text, "\r", "\n", 0);
}
