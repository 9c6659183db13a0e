/* Pictures: what is sound is kept without what is private, what is not is refused, and no bytes
 * bring the reader down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants those first */
#include <cmocka.h>

#include <glib.h>
#include <png.h>
#include <stdio.h>
#include <string.h>
/* needs what stdio.h declares */
#include <jpeglib.h>
#include <stdlib.h>

#include "base/image.h"
#include "base/qr.h"

enum { WIDTH = 24, HEIGHT = 16, BLOCK = 8 };

/* Three by two blocks of 8 pixels, each of its own colour, so that JPEG keeps them apart. */
static const uint32_t COLOURS[] = {0xFF0000, 0x00FF00, 0x0000FF, 0x000000, 0xFFFFFF, 0x808080};

static uint32_t colour(uint32_t x, uint32_t y)
{
    return COLOURS[y / BLOCK * 3 + x / BLOCK];
}

static void add_chunk(GByteArray *file, const char *name, const char *data, size_t size)
{
    const guint8 length[4] = {0, 0, (guint8)(size >> 8), (guint8)size}, checksum[4] = {0};

    g_byte_array_append(file, length, 4);
    g_byte_array_append(file, (const guint8 *)name, 4);
    g_byte_array_append(file, (const guint8 *)data, (guint)size);
    g_byte_array_append(file, checksum, 4);
}

/* alpha: the lower blocks are see-through. */
static GByteArray *png_file(bool alpha)
{
    const int channels = alpha ? 4 : 3;
    unsigned char pixels[WIDTH * HEIGHT * 4];
    png_image writer = {.version = PNG_IMAGE_VERSION, .width = WIDTH, .height = HEIGHT};
    png_alloc_size_t size = 0;
    GByteArray *file = g_byte_array_new();

    for (uint32_t y = 0; y < HEIGHT; y++)
        for (uint32_t x = 0; x < WIDTH; x++)
            for (int c = 0; c < channels; c++)
                pixels[((int)(y * WIDTH + x)) * channels + c] =
                    c == 3 ? (y < BLOCK ? 255 : 0) : (unsigned char)(colour(x, y) >> (16 - 8 * c));
    writer.format = alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
    assert_true(png_image_write_get_memory_size(writer, size, 0, pixels, 0, NULL));
    g_byte_array_set_size(file, (guint)size);
    assert_true(png_image_write_to_memory(&writer, file->data, &size, 0, pixels, 0, NULL));
    g_byte_array_set_size(file, (guint)size);
    return file;
}

/* Baseline, or with its scans one finer than the other. */
static GByteArray *jpeg_file_of(J_COLOR_SPACE space, bool progressive)
{
    struct jpeg_compress_struct codec;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL, line[WIDTH * 4];
    unsigned char *lines[] = {line};
    unsigned long size = 0;
    GByteArray *file = g_byte_array_new();

    codec.err = jpeg_std_error(&errors);
    jpeg_create_compress(&codec);
    jpeg_mem_dest(&codec, &bytes, &size);
    codec.image_width = WIDTH;
    codec.image_height = HEIGHT;
    codec.input_components = space == JCS_CMYK ? 4 : space == JCS_GRAYSCALE ? 1 : 3;
    codec.in_color_space = space;
    jpeg_set_defaults(&codec);
    jpeg_set_quality(&codec, 98, TRUE);
    codec.comp_info[0].h_samp_factor = codec.comp_info[0].v_samp_factor = 1;
    if (progressive)
        jpeg_simple_progression(&codec);
    jpeg_start_compress(&codec, TRUE);
    for (uint32_t y = 0; y < HEIGHT; y++) {
        for (uint32_t x = 0; x < WIDTH; x++)
            for (int c = 0; c < codec.input_components; c++)
                line[(int)x * codec.input_components + c] =
                    (unsigned char)(colour(x, y) >> (c < 3 ? 16 - 8 * c : 0));
        jpeg_write_scanlines(&codec, lines, 1);
    }
    jpeg_finish_compress(&codec);
    jpeg_destroy_compress(&codec);
    g_byte_array_append(file, bytes, (guint)size);
    free(bytes);
    return file;
}

static GByteArray *jpeg_file(J_COLOR_SPACE space)
{
    return jpeg_file_of(space, false);
}

static void insert(GByteArray *file, guint at, const void *bytes, guint size)
{
    GByteArray *whole = g_byte_array_new();

    g_byte_array_append(whole, file->data, at);
    g_byte_array_append(whole, bytes, size);
    g_byte_array_append(whole, file->data + at, file->len - at);
    g_byte_array_set_size(file, 0);
    g_byte_array_append(file, whole->data, whole->len);
    g_byte_array_free(whole, TRUE);
}

/* An EXIF segment with that orientation and a text, behind the JFIF segment (20 bytes). */
static void add_exif(GByteArray *file, unsigned char turned)
{
    const unsigned char exif[] = {
        0xFF, 0xE1, 0,   48,  'E',  'x', 'i', 'f', 0, 0, 'M', 'M', 0,      42, 0, 0, 0,
        8,    0,    1,   1,   0x12, 0,   3,   0,   0, 0, 1,   0,   turned, 0,  0, 0, 0,
        0,    0,    'S', 'E', 'C',  'R', 'E', 'T', 0, 0, 0,   0,   0,      0,  0, 0};

    assert_int_equal(sizeof(exif), 50);
    insert(file, 20, exif, sizeof(exif));
    insert(file, 20, "\xFF\xFE\0\x09SECRET!", 11);
}

static bool holds(const unsigned char *bytes, size_t size, const char *text)
{
    for (size_t at = 0; at + strlen(text) <= size; at++)
        if (memcmp(bytes + at, text, strlen(text)) == 0)
            return true;
    return false;
}

static bool is_near(uint32_t a, uint32_t b, int most)
{
    for (int shift = 0; shift <= 16; shift += 8)
        if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > most)
            return false;
    return true;
}

/* The middle of block column, row of the picture has the colour of the file's block. */
static void assert_blocks(const struct image *image, const int *blocks, int most)
{
    const uint32_t columns = image->width / BLOCK;
    uint32_t *pixels = image_pixels(image);

    assert_non_null(pixels);
    for (uint32_t i = 0; i < columns * (image->height / BLOCK); i++) {
        const uint32_t x = i % columns * BLOCK + BLOCK / 2, y = i / columns * BLOCK + BLOCK / 2;

        assert_true(is_near(pixels[y * image->width + x], COLOURS[blocks[i]], most));
    }
    g_free(pixels);
}

static void image_keeps_a_png_without_its_texts(void **state)
{
    static const int blocks[] = {0, 1, 2, 3, 4, 5};
    GByteArray *file = png_file(false), *texts = g_byte_array_new();
    struct image image, again;

    (void)state;
    add_chunk(texts, "tEXt", "Comment\0SECRET", 14);
    add_chunk(texts, "eXIf", "SECRET", 6);
    insert(file, 33, texts->data, texts->len);
    g_byte_array_append(file, (const guint8 *)"SECRET", 6);
    assert_int_equal(image_read(file->data, file->len, &image), IMAGE_SOUND);
    assert_int_equal(image.kind, IMAGE_PNG);
    assert_int_equal(image.width, WIDTH);
    assert_int_equal(image.height, HEIGHT);
    assert_false(holds(image.bytes, image.size, "SECRET"));
    assert_blocks(&image, blocks, 0);
    /* what is clean stays as it is */
    assert_int_equal(image_read(image.bytes, image.size, &again), IMAGE_SOUND);
    assert_int_equal(again.size, image.size);
    assert_memory_equal(again.bytes, image.bytes, image.size);
    image_clear(&again);
    image_clear(&image);
    g_byte_array_free(texts, TRUE);
    g_byte_array_free(file, TRUE);
}

static void image_puts_what_is_see_through_on_white(void **state)
{
    static const int blocks[] = {0, 1, 2, 4, 4, 4};
    GByteArray *file = png_file(true);
    struct image image;

    (void)state;
    assert_int_equal(image_read(file->data, file->len, &image), IMAGE_SOUND);
    assert_blocks(&image, blocks, 0);
    image_clear(&image);
    g_byte_array_free(file, TRUE);
}

static void image_turns_a_jpeg_as_exif_says_and_forgets_the_rest(void **state)
{
    static const int blocks[9][6] = {{0},
                                     {0, 1, 2, 3, 4, 5},
                                     {2, 1, 0, 5, 4, 3},
                                     {5, 4, 3, 2, 1, 0},
                                     {3, 4, 5, 0, 1, 2},
                                     {0, 3, 1, 4, 2, 5},
                                     {3, 0, 4, 1, 5, 2},
                                     {5, 2, 4, 1, 3, 0},
                                     {2, 5, 1, 4, 0, 3}};

    (void)state;
    for (unsigned char turned = 1; turned <= 8; turned++) {
        GByteArray *file = jpeg_file(JCS_RGB);
        struct image image;

        add_exif(file, turned);
        g_byte_array_append(file, (const guint8 *)"SECRET", 6);
        assert_int_equal(image_read(file->data, file->len, &image), IMAGE_SOUND);
        assert_int_equal(image.kind, IMAGE_JPEG);
        assert_int_equal(image.width, turned < 5 ? WIDTH : HEIGHT);
        assert_int_equal(image.height, turned < 5 ? HEIGHT : WIDTH);
        assert_false(holds(image.bytes, image.size, "SECRET"));
        assert_false(holds(image.bytes, image.size, "Exif"));
        assert_blocks(&image, blocks[turned], turned == 1 ? 12 : 40);
        image_clear(&image);
        g_byte_array_free(file, TRUE);
    }
}

static void image_reads_grey_and_progressive_files(void **state)
{
    static const int blocks[] = {0, 1, 2, 3, 4, 5};
    GByteArray *progressive = jpeg_file_of(JCS_RGB, true), *grey = jpeg_file(JCS_GRAYSCALE);
    struct image image;

    (void)state;
    assert_int_equal(image_read(progressive->data, progressive->len, &image), IMAGE_SOUND);
    assert_blocks(&image, blocks, 12);
    image_clear(&image);
    assert_int_equal(image_read(grey->data, grey->len, &image), IMAGE_SOUND);
    uint32_t *pixels = image_pixels(&image);
    assert_true(is_near(pixels[4], 0xFFFFFF, 12)); /* the red block's first byte is all there is */
    assert_true(is_near(pixels[12], 0x000000, 12));
    g_free(pixels);
    image_clear(&image);
    g_byte_array_free(progressive, TRUE);
    g_byte_array_free(grey, TRUE);
}

static void image_refuses_what_it_cannot_show(void **state)
{
    static const unsigned char gif[] = "GIF89a\1\0\1\0";
    GByteArray *cmyk = jpeg_file(JCS_CMYK), *large = png_file(false), *wrong = jpeg_file(JCS_RGB);
    struct image image;

    (void)state;
    assert_int_equal(image_read(gif, sizeof(gif), &image), IMAGE_OTHER_KIND);
    assert_int_equal(image_read((const unsigned char *)"", 0, &image), IMAGE_OTHER_KIND);
    assert_int_equal(image_read(cmyk->data, cmyk->len, &image), IMAGE_CMYK);
    assert_null(image.bytes);
    large->data[16 + 2] = 0x20; /* 8216 x 16 pixels are allowed, but are not there */
    assert_int_equal(image_read(large->data, large->len, &image), IMAGE_DAMAGED);
    large->data[16 + 1] = 0x02;
    assert_int_equal(image_read(large->data, large->len, &image), IMAGE_TOO_LARGE);
    memset(wrong->data + wrong->len - 40, 0, 30); /* its last blocks */
    assert_int_equal(image_read(wrong->data, wrong->len, &image), IMAGE_DAMAGED);
    g_byte_array_free(cmyk, TRUE);
    g_byte_array_free(large, TRUE);
    g_byte_array_free(wrong, TRUE);
}

/* Cut short anywhere it is damaged; with any byte changed it is read or refused, no more. */
static void image_survives_any_bytes(void **state)
{
    GRand *random = g_rand_new_with_seed(20261126);

    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        GByteArray *file = kind ? jpeg_file(JCS_RGB) : png_file(true);
        struct image image;

        if (kind)
            add_exif(file, 6);
        for (guint size = 0; size < file->len; size++) {
            unsigned char *part = g_memdup2(file->data, size);

            assert_int_not_equal(image_read(part, size, &image), IMAGE_SOUND);
            g_free(part);
        }
        for (int i = 0; i < 3000; i++) {
            unsigned char *bytes = g_memdup2(file->data, file->len);

            for (int k = 0; k <= i % 3; k++)
                bytes[g_rand_int_range(random, 3, (gint32)file->len)] =
                    (unsigned char)g_rand_int_range(random, 0, 256);
            if (image_read(bytes, file->len, &image) == IMAGE_SOUND) {
                assert_true(image.size > 0 && image.width > 0 && image.height > 0);
                image_clear(&image);
            }
            assert_null(image.bytes);
            g_free(bytes);
        }
        g_byte_array_free(file, TRUE);
    }
    g_rand_free(random);
}

/* The three corners of every code, and one and the same code each time. */
static void qr_modules_are_those_of_a_code(void **state)
{
    static const char *const corner[] = {"1111111", "1000001", "1011101", "1011101",
                                         "1011101", "1000001", "1111111"};
    size_t side, again;
    unsigned char *modules = qr_modules("http://www.example.cn/公示", &side);
    unsigned char *same = qr_modules("http://www.example.cn/公示", &again);

    (void)state;
    assert_non_null(modules);
    assert_int_equal(side, 29); /* version 3: 28 bytes at level M hold to 42 */
    assert_int_equal(side, again);
    assert_memory_equal(modules, same, side * side);
    for (size_t y = 0; y < 7; y++) {
        for (size_t x = 0; x < 7; x++) {
            assert_int_equal(modules[y * side + x], corner[y][x] - '0');
            assert_int_equal(modules[y * side + side - 1 - x], corner[y][x] - '0');
            assert_int_equal(modules[(side - 1 - y) * side + x], corner[y][x] - '0');
        }
    }
    g_free(modules);
    g_free(same);
}

static void qr_holds_what_it_can_and_says_no_to_more(void **state)
{
    char *text = g_strnfill(2332, 'a');
    size_t side;
    unsigned char *modules;

    (void)state;
    assert_null(qr_modules(text, &side));
    assert_int_equal(side, 0);
    text[2331] = '\0';
    modules = qr_modules(text, &side);
    assert_non_null(modules);
    assert_int_equal(side, 177);
    g_free(modules);
    g_free(text);
    assert_null(qr_modules("", &side));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(image_keeps_a_png_without_its_texts),
        cmocka_unit_test(image_puts_what_is_see_through_on_white),
        cmocka_unit_test(image_turns_a_jpeg_as_exif_says_and_forgets_the_rest),
        cmocka_unit_test(image_reads_grey_and_progressive_files),
        cmocka_unit_test(image_refuses_what_it_cannot_show),
        cmocka_unit_test(image_survives_any_bytes),
        cmocka_unit_test(qr_modules_are_those_of_a_code),
        cmocka_unit_test(qr_holds_what_it_can_and_says_no_to_more),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
