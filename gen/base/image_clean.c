/* Takes a picture's file apart and keeps what makes the picture: the rest may be private. */
#include <string.h>

#include "base/image_inside.h"

/* The bytes not yet read. */
struct rest {
    const unsigned char *at;
    size_t size;
};

static uint32_t big_endian(const unsigned char *bytes, int count)
{
    uint32_t number = 0;

    for (int i = 0; i < count; i++)
        number = number << 8 | bytes[i];
    return number;
}

static void skip(struct rest *rest, size_t count)
{
    rest->at += count;
    rest->size -= count;
}

static void keep(struct rest *rest, size_t count, GByteArray *out)
{
    g_byte_array_append(out, rest->at, (guint)count);
    skip(rest, count);
}

/* --- PNG: signature, then chunks of length, name, data, checksum (ISO/IEC 15948 section 5) */

bool image_clean_png(const unsigned char *bytes, size_t size, GByteArray *out,
                     struct image_head *head)
{
    static const char *const kept[] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};
    enum { SIGNATURE = 8, AROUND = 12, HEAD_DATA = 13 };
    struct rest rest = {bytes, size};

    if (size < SIGNATURE + AROUND + HEAD_DATA || memcmp(bytes + SIGNATURE + 4, "IHDR", 4) != 0)
        return false;
    head->width = big_endian(bytes + SIGNATURE + 8, 4);
    head->height = big_endian(bytes + SIGNATURE + 12, 4);
    head->turned = 1;
    keep(&rest, SIGNATURE, out);
    while (rest.size >= AROUND) {
        const size_t length = big_endian(rest.at, 4);
        const unsigned char *name = rest.at + 4;
        bool wanted = false;

        if (length > rest.size - AROUND)
            return false;
        for (size_t i = 0; i < G_N_ELEMENTS(kept); i++)
            wanted = wanted || memcmp(name, kept[i], 4) == 0;
        if (wanted)
            keep(&rest, length + AROUND, out);
        else
            skip(&rest, length + AROUND);
        if (memcmp(name, "IEND", 4) == 0)
            return true;
    }
    return false;
}

/* --- JPEG: segments of a marker and a length (ITU-T T.81 annex B) */

enum {
    START = 0xD8,
    END = 0xD9,
    SCAN = 0xDA,
    COMMENT = 0xFE,
    APP_FIRST = 0xE0,
    APP_EXIF = 0xE1,
    APP_ADOBE = 0xEE,
    APP_LAST = 0xEF
};

static uint32_t tiff_number(const unsigned char *bytes, int count, bool little)
{
    uint32_t number = 0;

    for (int i = 0; i < count; i++)
        number |= (uint32_t)bytes[i] << 8 * (little ? i : count - 1 - i);
    return number;
}

/* Tag 0x0112 of the first directory of an EXIF segment's TIFF; 1 when there is none. */
static int orientation(const unsigned char *tiff, size_t size)
{
    enum { ENTRY = 12, TAG = 0x0112 };
    size_t at, count;
    bool little;

    if (size < 8 || (memcmp(tiff, "II", 2) != 0 && memcmp(tiff, "MM", 2) != 0))
        return 1;
    little = tiff[0] == 'I';
    at = tiff_number(tiff + 4, 4, little);
    if (at > size - 2)
        return 1;
    count = tiff_number(tiff + at, 2, little);
    at += 2;
    for (; count > 0 && at + ENTRY <= size; count--, at += ENTRY) {
        const uint32_t turned = tiff_number(tiff + at + 8, 2, little);

        if (tiff_number(tiff + at, 2, little) == TAG)
            return turned >= 1 && turned <= 8 ? (int)turned : 1;
    }
    return 1;
}

static bool is_frame(int marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* An application's segment: of all these only two say how to read the colours. length counts from
 * the length itself. */
static void take_application(struct rest *rest, int marker, size_t length, GByteArray *out,
                             struct image_head *head)
{
    static const unsigned char jfif[] = {0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0,
                                         1,    1,    0, 0,  1,   0,   1,   0,   0};
    static const unsigned char adobe[] = {0xFF, APP_ADOBE, 0, 14};
    enum { ADOBE_DATA = 12 };
    const unsigned char *data = rest->at + 2;
    const size_t size = length - 2;

    if (marker == APP_FIRST && size >= 5 && memcmp(data, "JFIF", 5) == 0) {
        g_byte_array_append(out, jfif, sizeof(jfif));
    } else if (marker == APP_ADOBE && size >= ADOBE_DATA && memcmp(data, "Adobe", 5) == 0) {
        g_byte_array_append(out, adobe, sizeof(adobe));
        g_byte_array_append(out, data, ADOBE_DATA);
    } else if (marker == APP_EXIF && size > 6 && memcmp(data, "Exif\0", 6) == 0) {
        head->turned = orientation(data + 6, size - 6);
    }
    skip(rest, length);
}

/* Behind a scan's head: its data, in which FF is followed by 0 or by a restart's number. */
static void take_scan(struct rest *rest, GByteArray *out)
{
    size_t count = 0;

    while (count + 1 < rest->size && (rest->at[count] != 0xFF || rest->at[count + 1] == 0 ||
                                      (rest->at[count + 1] >= 0xD0 && rest->at[count + 1] <= 0xD7)))
        count++;
    keep(rest, count, out);
}

/* Reads FF, filling FFs and the marker behind them; -1: there is none. */
static int take_marker(struct rest *rest)
{
    int marker;

    if (rest->size < 2 || rest->at[0] != 0xFF)
        return -1;
    while (rest->size >= 2 && rest->at[1] == 0xFF)
        skip(rest, 1);
    if (rest->size < 2)
        return -1;
    marker = rest->at[1];
    skip(rest, 2);
    return marker;
}

bool image_clean_jpeg(const unsigned char *bytes, size_t size, GByteArray *out,
                      struct image_head *head)
{
    struct rest rest = {bytes, size};
    int marker = take_marker(&rest);

    *head = (struct image_head){.turned = 1};
    while (marker != END) {
        unsigned char mark[2] = {0xFF, (unsigned char)marker};
        size_t length = 0;

        if (marker < START) /* SOFn, DHT and the like begin a segment; RSTn stand in scans only */
            length = marker >= 0xC0 && marker < 0xD0 ? 2 : 0;
        else if (marker > START)
            length = 2;
        if (marker < 0 || (length == 0 && (marker != START || out->len > 0)))
            return false;
        if (length > 0) {
            length = rest.size >= 2 ? big_endian(rest.at, 2) : 0;
            if (length < 2 || length > rest.size)
                return false;
        }
        if (is_frame(marker) && length >= 8) {
            head->height = big_endian(rest.at + 3, 2);
            head->width = big_endian(rest.at + 5, 2);
            head->channels = rest.at[7];
        }
        if (marker >= APP_FIRST && marker <= APP_LAST) {
            take_application(&rest, marker, length, out, head);
        } else if (marker == COMMENT) {
            skip(&rest, length);
        } else {
            g_byte_array_append(out, mark, sizeof(mark));
            keep(&rest, length, out);
            if (marker == SCAN)
                take_scan(&rest, out);
        }
        marker = take_marker(&rest);
    }
    g_byte_array_append(out, (const guint8[]){0xFF, END}, 2);
    return head->width > 0;
}
