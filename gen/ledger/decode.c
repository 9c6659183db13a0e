/* Decides the encoding of a text file by strict decoding and turns it into UTF-8. */
#include "ledger/decode.h"

#include <errno.h>
#include <glib.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

static const char bom[] = "\xEF\xBB\xBF";
enum { BOM_LENGTH = 3 };

/* Chinese text in GB18030 almost never passes for UTF-8 beyond a character or two (the double-byte
 * Han begin with B0-F7 and so rarely look like three UTF-8 bytes). A file that reads as UTF-8 for
 * this many Han is UTF-8 with a damaged byte: to read it as GB18030 would give garbage names. */
enum { HAN_PROVE_UTF8 = 8 };

/* How many bytes of a fault a finding shows. */
enum { SHOWN_BYTES = 4 };

size_t decode_line(const char *bytes, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n'))
            line++;
    }
    return line;
}

/* What files that are no text begin with, in lower case, white space before it skipped. */
static const char *const not_text[] = {
    "pk\x03\x04", "\xD0\xCF\x11\xE0", "<html", "<table", "<!doctype", "<?xml", "<meta", "%pdf",
};

static bool looks_like_other_file(const char *bytes, size_t size)
{
    while (size > 0 && g_ascii_isspace(*bytes)) {
        bytes++;
        size--;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(not_text); i++) {
        size_t length = strlen(not_text[i]);
        if (size >= length && g_ascii_strncasecmp(bytes, not_text[i], length) == 0)
            return true;
    }
    return false;
}

static bool has_utf16_bom(const char *bytes, size_t size)
{
    return size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

static size_t count_han(const char *text, size_t length)
{
    size_t han = 0;
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
        if (text_is_han(g_utf8_get_char(p)))
            han++;
    }
    return han;
}

/* GB18030 to UTF-8. NULL, with the offset of the first faulty byte, when it cannot be. */
static char *convert_gb18030(const char *bytes, size_t size, size_t *length, size_t *fault)
{
    *fault = 0;
    iconv_t conversion = iconv_open("UTF-8", "GB18030");
    if (conversion == (iconv_t)-1)
        return NULL;
    /* Two bytes become at most three, four at most four; one stays one. */
    size_t room = size + size / 2 + 4;
    char *converted = g_malloc(room + 1);
    char *in = (char *)(uintptr_t)bytes; /* iconv reads it only; its type predates const */
    char *out = converted;
    size_t left = size;
    size_t result = iconv(conversion, &in, &left, &out, &room);
    iconv_close(conversion);
    if (result !=
        0) { /* (size_t)-1: a fault; more than 0: something was not converted one to one */
        *fault = size - left;
        g_free(converted);
        return NULL;
    }
    *out = '\0';
    *length = (size_t)(out - converted);
    return converted;
}

static int report_fault(const char *bytes, size_t size, size_t fault, const char *encoding,
                        const char *path, struct findings *findings)
{
    GString *hex = g_string_new(NULL);
    for (size_t i = fault; i < size && i < fault + SHOWN_BYTES; i++)
        g_string_append_printf(hex, "%s%02X", i > fault ? " " : "", (unsigned char)bytes[i]);
    char *offset = g_strdup_printf("%zu", fault);
    struct place place = {.file = path, .line = (uint32_t)decode_line(bytes, fault)};
    finding_add(findings, FINDING_CSV_UNDECODABLE, place, encoding, offset, hex->str);
    g_free(offset);
    g_string_free(hex, TRUE);
    return -1;
}

static int refuse_other_files(const char *bytes, size_t size, const char *path,
                              struct findings *findings)
{
    struct place place = {.file = path};
    if (has_utf16_bom(bytes, size))
        return finding_add(findings, FINDING_CSV_UTF16, place);
    if (looks_like_other_file(bytes, size))
        return finding_add(findings, FINDING_CSV_NOT_TEXT, place);
    const char *nul = memchr(bytes, '\0', size);
    if (nul != NULL) {
        size_t at = (size_t)(nul - bytes);
        place.line = (uint32_t)decode_line(bytes, at);
        char *offset = g_strdup_printf("%zu", at);
        finding_add(findings, FINDING_CSV_NUL, place, offset);
        g_free(offset);
        return -1;
    }
    return 0;
}

int decode_text(const char *bytes, size_t size, const char *path, struct decoded *decoded,
                struct findings *findings)
{
    bool has_bom = size >= BOM_LENGTH && memcmp(bytes, bom, BOM_LENGTH) == 0;
    const char *text = bytes + (has_bom ? BOM_LENGTH : 0);
    size_t length = size - (has_bom ? BOM_LENGTH : 0);
    if (refuse_other_files(text, length, path, findings) != 0)
        return -1;

    *decoded = (struct decoded){.text = text, .length = length};
    const char *end;
    if (g_utf8_validate_len(text, length, &end)) {
        decoded->encoding = has_bom ? "UTF-8 BOM" : "UTF-8";
        return 0;
    }
    size_t utf8_fault = (size_t)(end - bytes);
    if (has_bom || count_han(text, (size_t)(end - text)) >= HAN_PROVE_UTF8)
        return report_fault(bytes, size, utf8_fault, "UTF-8", path, findings);

    size_t gb_fault;
    decoded->converted = convert_gb18030(bytes, size, &decoded->length, &gb_fault);
    if (decoded->converted != NULL) {
        decoded->text = decoded->converted;
        decoded->encoding = "GB18030";
        return 0;
    }
    bool utf8_further = utf8_fault > gb_fault;
    return report_fault(bytes, size, utf8_further ? utf8_fault : gb_fault,
                        utf8_further ? "UTF-8" : "GB18030", path, findings);
}
