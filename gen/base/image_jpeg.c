/* JPEG data to pixels and back, by libjpeg-turbo, whose errors must not end the program. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
/* needs what stdio.h declares */
#include <jpeglib.h>

#include "base/image_inside.h"

/* libjpeg's own error handler with a way out of it. */
struct guard {
    struct jpeg_error_mgr errors; /* first: libjpeg hands its address back */
    jmp_buf out;
};

static void leave(j_common_ptr codec)
{
    struct guard *guard = (struct guard *)(void *)codec->err;

    longjmp(guard->out, 1);
}

static void count_warning(j_common_ptr codec, int level)
{
    if (level < 0)
        codec->err->num_warnings++;
}

static void say_nothing(j_common_ptr codec)
{
    (void)codec;
}

static struct jpeg_error_mgr *guard_errors(struct guard *guard)
{
    jpeg_std_error(&guard->errors);
    guard->errors.error_exit = leave;
    guard->errors.emit_message = count_warning;
    guard->errors.output_message = say_nothing;
    return &guard->errors;
}

/* Everything is in one struct: what longjmp() would lose stands in no register. */
struct unpacking {
    struct guard guard;
    struct jpeg_decompress_struct codec;
    uint32_t width, height;
    uint32_t *pixels;
    unsigned char *line;
};

static void unpack(struct unpacking *at, const unsigned char *bytes, size_t size)
{
    jpeg_create_decompress(&at->codec);
    jpeg_mem_src(&at->codec, bytes, size);
    jpeg_read_header(&at->codec, TRUE);
    at->codec.out_color_space = JCS_RGB;
    if (at->codec.image_width != at->width || at->codec.image_height != at->height) {
        at->guard.errors.num_warnings++;
        return;
    }
    jpeg_start_decompress(&at->codec);
    while (at->codec.output_scanline < at->height) {
        uint32_t *to = at->pixels + (size_t)at->codec.output_scanline * at->width;

        jpeg_read_scanlines(&at->codec, &at->line, 1);
        for (uint32_t x = 0; x < at->width; x++)
            to[x] = (uint32_t)at->line[3 * x] << 16 | (uint32_t)at->line[3 * x + 1] << 8 |
                    at->line[3 * x + 2];
    }
    jpeg_finish_decompress(&at->codec);
}

uint32_t *image_unpack_jpeg(const unsigned char *bytes, size_t size, uint32_t width,
                            uint32_t height)
{
    struct unpacking *at = g_new0(struct unpacking, 1);
    uint32_t *pixels;
    bool good = false;

    at->codec.err = guard_errors(&at->guard);
    at->width = width;
    at->height = height;
    at->pixels = g_new(uint32_t, (size_t)width * height);
    at->line = g_malloc((size_t)width * 3);
    if (setjmp(at->guard.out) == 0) {
        unpack(at, bytes, size);
        good = at->guard.errors.num_warnings == 0;
    }
    jpeg_destroy_decompress(&at->codec);
    pixels = at->pixels;
    if (!good) {
        g_free(pixels);
        pixels = NULL;
    }
    g_free(at->line);
    g_free(at);
    return pixels;
}

struct packing {
    struct guard guard;
    struct jpeg_compress_struct codec;
    unsigned char *bytes; /* libjpeg's */
    unsigned long size;
    unsigned char *line;
};

static void pack(struct packing *at, const uint32_t *pixels, uint32_t width, uint32_t height)
{
    enum { QUALITY = 92 }; /* beyond what print shows, at a third of the best one's size */

    jpeg_create_compress(&at->codec);
    jpeg_mem_dest(&at->codec, &at->bytes, &at->size);
    at->codec.image_width = width;
    at->codec.image_height = height;
    at->codec.input_components = 3;
    at->codec.in_color_space = JCS_RGB;
    jpeg_set_defaults(&at->codec);
    jpeg_set_quality(&at->codec, QUALITY, TRUE);
    jpeg_start_compress(&at->codec, TRUE);
    while (at->codec.next_scanline < height) {
        const uint32_t *from = pixels + (size_t)at->codec.next_scanline * width;

        for (uint32_t x = 0; x < width; x++)
            for (uint32_t c = 0; c < 3; c++)
                at->line[3 * x + c] = (unsigned char)(from[x] >> (16 - 8 * c));
        jpeg_write_scanlines(&at->codec, &at->line, 1);
    }
    jpeg_finish_compress(&at->codec);
}

bool image_pack_jpeg(const uint32_t *pixels, uint32_t width, uint32_t height, GByteArray *out)
{
    struct packing *at = g_new0(struct packing, 1);
    bool good = false;

    at->codec.err = guard_errors(&at->guard);
    at->line = g_malloc((size_t)width * 3);
    if (setjmp(at->guard.out) == 0) {
        pack(at, pixels, width, height);
        g_byte_array_set_size(out, 0);
        g_byte_array_append(out, at->bytes, (guint)at->size);
        good = true;
    }
    jpeg_destroy_compress(&at->codec);
    free(at->bytes);
    g_free(at->line);
    g_free(at);
    return good;
}
