/* What the parts of base/image.h share. */
#ifndef MINGBAI_BASE_IMAGE_INSIDE_H
#define MINGBAI_BASE_IMAGE_INSIDE_H

#include <glib.h>
#include <stdbool.h>

#include "base/image.h"

/* What a file says of itself before it is decoded. */
struct image_head {
    uint32_t width, height;
    int channels; /* of a JPEG */
    int turned;   /* EXIF's orientation, 1 to 8; 1: upright */
};

/* Copies what makes the picture, and nothing else, to out. false: the file is cut short or is no
 * such file. (image_clean.c) */
bool image_clean_png(const unsigned char *bytes, size_t size, GByteArray *out,
                     struct image_head *head);
bool image_clean_jpeg(const unsigned char *bytes, size_t size, GByteArray *out,
                      struct image_head *head);

/* Decodes a clean JPEG of that size; NULL when that cannot be done without loss. Packs pixels as
 * one. (image_jpeg.c) */
uint32_t *image_unpack_jpeg(const unsigned char *bytes, size_t size, uint32_t width,
                            uint32_t height);
bool image_pack_jpeg(const uint32_t *pixels, uint32_t width, uint32_t height, GByteArray *out);

#endif
