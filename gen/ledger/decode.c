/* Decides the encoding of a text file by strict decoding and turns it into UTF-8. */
#include "ledger/decode.h"

#include <errno.h>
#include <glib.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "ledger/private_use.h"

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

/* bytes in another encoding as UTF-8. false, with the offset of the first faulty byte, when that
 * cannot be; the text is what stands before it then. g_free() it. */
static bool convert(const char *bytes, size_t size, const char *encoding, GString *text,
                    size_t *fault)
{
    *fault = 0;
    iconv_t conversion = iconv_open("UTF-8", encoding);
    if (conversion == (iconv_t)-1)
        return false;
    /* Two bytes become at most three, four at most four; in GB18030 one stays one. */
    size_t room = size + size / 2 + 4;
    size_t space = room;
    g_string_set_size(text, room);
    char *in = (char *)(uintptr_t)bytes; /* iconv reads it only; its type predates const */
    char *out = text->str;
    size_t left = size;
    size_t result = iconv(conversion, &in, &left, &out, &space);
    iconv_close(conversion);
    g_string_set_size(text, room - space);
    *fault = size - left;
    /* (size_t)-1: a fault; more than 0: something was not converted one to one */
    return result == 0;
}

/* line: of the fault. */
static int report_fault(const char *bytes, size_t size, size_t fault, size_t line,
                        const char *encoding, const char *path, struct findings *findings)
{
    GString *hex = g_string_new(NULL);
    for (size_t i = fault; i < size && i < fault + SHOWN_BYTES; i++)
        g_string_append_printf(hex, "%s%02X", i > fault ? " " : "", (unsigned char)bytes[i]);
    char *offset = g_strdup_printf("%zu", fault);
    struct place place = {.file = path, .line = (uint32_t)line};
    finding_add(findings, FINDING_CSV_UNDECODABLE, place, encoding, offset, hex->str);
    g_free(offset);
    g_string_free(hex, TRUE);
    return -1;
}

static int report_nul(size_t at, size_t line, const char *path, struct findings *findings)
{
    char *offset = g_strdup_printf("%zu", at);
    struct place place = {.file = path, .line = (uint32_t)line};
    finding_add(findings, FINDING_CSV_NUL, place, offset);
    g_free(offset);
    return -1;
}

/* UTF-16 without its mark: every other byte of ASCII and of line ends is a NUL, always the first or
 * always the second of a pair; of Han only 一 and its like have one, on the other side. */
static bool looks_like_utf16(const char *bytes, size_t size)
{
    enum { LOOKED_AT = 4096, ENOUGH = 4 };
    size_t nuls[2] = {0, 0};
    for (size_t i = 0; i < MIN(size, (size_t)LOOKED_AT); i++)
        nuls[i % 2] += bytes[i] == '\0' ? 1 : 0;
    size_t most = MAX(nuls[0], nuls[1]), least = MIN(nuls[0], nuls[1]);
    return size % 2 == 0 && most >= ENOUGH && most > 4 * least;
}

static int refuse_other_files(const char *bytes, size_t size, const char *path,
                              struct findings *findings)
{
    struct place place = {.file = path};
    if (looks_like_other_file(bytes, size))
        return finding_add(findings, FINDING_CSV_NOT_TEXT, place);
    const char *nul = memchr(bytes, '\0', size);
    if (nul == NULL)
        return 0;
    if (looks_like_utf16(bytes, size))
        return finding_add(findings, FINDING_CSV_UTF16, place);
    size_t at = (size_t)(nul - bytes);
    return report_nul(at, decode_line(bytes, at), path, findings);
}

/* After the BOM, whose byte order it is in. */
static int decode_utf16(const char *bytes, size_t size, const char *path, struct decoded *decoded,
                        struct findings *findings)
{
    GString *text = g_string_new(NULL);
    size_t fault;
    bool little = (unsigned char)bytes[0] == 0xFF;
    bool read = convert(bytes + 2, size - 2, little ? "UTF-16LE" : "UTF-16BE", text, &fault);
    const char *nul = memchr(text->str, '\0', text->len);
    int result = 0;
    if (nul != NULL) {
        size_t at = (size_t)(nul - text->str);
        size_t before = (size_t)g_utf8_strlen(text->str, (gssize)at); /* wrong above U+FFFF only */
        result = report_nul(2 + 2 * before, decode_line(text->str, at), path, findings);
    } else if (!read) {
        result = report_fault(bytes, size, 2 + fault, decode_line(text->str, text->len), "UTF-16",
                              path, findings);
    }
    decoded->encoding = "UTF-16";
    decoded->length = text->len;
    decoded->converted = g_string_free(text, result != 0);
    decoded->text = decoded->converted;
    return result;
}

static int decode_8bit(const char *bytes, size_t size, const char *path, struct decoded *decoded,
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
    size_t fault = utf8_fault;
    bool utf8 = has_bom || count_han(text, (size_t)(end - text)) >= HAN_PROVE_UTF8;
    if (!utf8) {
        GString *converted = g_string_new(NULL);
        size_t gb_fault;
        if (convert(bytes, size, "GB18030", converted, &gb_fault)) {
            decoded->length = converted->len;
            decoded->converted = g_string_free(converted, FALSE);
            decoded->text = decoded->converted;
            decoded->encoding = "GB18030";
            return 0;
        }
        g_string_free(converted, TRUE);
        utf8 = utf8_fault > gb_fault;
        fault = MAX(utf8_fault, gb_fault);
    }
    return report_fault(bytes, size, fault, decode_line(bytes, fault), utf8 ? "UTF-8" : "GB18030",
                        path, findings);
}

static void map_private_use(struct decoded *decoded, const char *path, struct findings *findings)
{
    size_t length, count, first;
    char *mapped = private_use_mapped(decoded->text, decoded->length, &length, &count, &first);
    if (mapped == NULL)
        return;
    struct place place = {.file = path, .line = (uint32_t)decode_line(decoded->text, first)};
    private_use_note(g_utf8_get_char(decoded->text + first), count, place, findings);
    g_free(decoded->converted);
    decoded->converted = mapped;
    decoded->text = mapped;
    decoded->length = length;
}

int decode_text(const char *bytes, size_t size, const char *path, struct decoded *decoded,
                struct findings *findings)
{
    *decoded = (struct decoded){0};
    int result = has_utf16_bom(bytes, size) ? decode_utf16(bytes, size, path, decoded, findings)
                                            : decode_8bit(bytes, size, path, decoded, findings);
    if (result == 0)
        map_private_use(decoded, path, findings);
    return result;
}
