/* Reads pictures for products. */
#include "base/image.h"

#include <png.h>
#include <string.h>

#include "base/image_inside.h"

/* Of a turned picture the pixel at x, y upright; width and height are the upright ones. EXIF's
 * orientations: 2 3 4 mirrored, upside down, both; 5 to 8 with rows and columns exchanged. */
static size_t source_of(int turned, size_t x, size_t y, size_t width, size_t height)
{
    const size_t right = width - 1 - x, up = height - 1 - y;

    switch (turned) {
    case 2:
        return y * width + right;
    case 3:
        return up * width + right;
    case 4:
        return up * width + x;
    case 5:
        return x * height + y;
    case 6:
        return right * height + y;
    case 7:
        return right * height + up;
    case 8:
        return x * height + up;
    default:
        return y * width + x;
    }
}

/* Turns the pixels upright and packs them as the picture's bytes. */
static bool turn(const uint32_t *pixels, const struct image_head *head, struct image *image,
                 GByteArray *out)
{
    const bool exchanged = head->turned >= 5;
    uint32_t *upright = g_new(uint32_t, (size_t)head->width * head->height);
    bool good;

    image->width = exchanged ? head->height : head->width;
    image->height = exchanged ? head->width : head->height;
    for (size_t y = 0; y < image->height; y++)
        for (size_t x = 0; x < image->width; x++)
            upright[y * image->width + x] =
                pixels[source_of(head->turned, x, y, image->width, image->height)];
    good = image_pack_jpeg(upright, image->width, image->height, out);
    g_free(upright);
    return good;
}

static uint32_t *unpack_png(const struct image *image)
{
    static const png_color white = {255, 255, 255};
    png_image decoder = {.version = PNG_IMAGE_VERSION};
    uint32_t *pixels = NULL;
    unsigned char *bytes = NULL;

    if (png_image_begin_read_from_memory(&decoder, image->bytes, image->size) &&
        decoder.width == image->width && decoder.height == image->height) {
        const size_t count = (size_t)image->width * image->height;

        decoder.format = PNG_FORMAT_RGB;
        bytes = g_malloc(count * 3);
        if (png_image_finish_read(&decoder, &white, bytes, 0, NULL) && !PNG_IMAGE_FAILED(decoder)) {
            pixels = g_new(uint32_t, count);
            for (size_t i = 0; i < count; i++)
                pixels[i] = (uint32_t)bytes[3 * i] << 16 | (uint32_t)bytes[3 * i + 1] << 8 |
                            bytes[3 * i + 2];
        }
    }
    png_image_free(&decoder);
    g_free(bytes);
    return pixels;
}

uint32_t *image_pixels(const struct image *image)
{
    if (image->kind == IMAGE_PNG)
        return unpack_png(image);
    return image_unpack_jpeg(image->bytes, image->size, image->width, image->height);
}

static enum image_fault check(const struct image_head *head, struct image *image, GByteArray *out)
{
    enum image_fault fault = IMAGE_DAMAGED;
    uint32_t *pixels;

    if (head->width == 0 || head->height == 0)
        return IMAGE_DAMAGED;
    if (head->width > IMAGE_SIDE_MAX || head->height > IMAGE_SIDE_MAX ||
        (uint64_t)head->width * head->height > IMAGE_PIXELS_MAX)
        return IMAGE_TOO_LARGE;
    if (head->channels == 4)
        return IMAGE_CMYK;
    image->width = head->width;
    image->height = head->height;
    image->bytes = out->data;
    image->size = out->len;
    pixels = image_pixels(image);
    if (pixels && (head->turned == 1 || turn(pixels, head, image, out)))
        fault = IMAGE_SOUND;
    g_free(pixels);
    return fault;
}

enum image_fault image_read(const unsigned char *bytes, size_t size, struct image *image)
{
    static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'},
                               jpeg[] = {0xFF, 0xD8, 0xFF};
    GByteArray *out = g_byte_array_new();
    struct image_head head = {0};
    enum image_fault fault = IMAGE_OTHER_KIND;
    bool whole = false;

    *image = (struct image){0};
    if (size >= sizeof(png) && memcmp(bytes, png, sizeof(png)) == 0) {
        image->kind = IMAGE_PNG;
        whole = image_clean_png(bytes, size, out, &head);
        fault = IMAGE_DAMAGED;
    } else if (size >= sizeof(jpeg) && memcmp(bytes, jpeg, sizeof(jpeg)) == 0) {
        image->kind = IMAGE_JPEG;
        whole = image_clean_jpeg(bytes, size, out, &head);
        fault = IMAGE_DAMAGED;
    }
    if (whole)
        fault = check(&head, image, out);
    if (fault != IMAGE_SOUND) {
        g_byte_array_free(out, TRUE);
        *image = (struct image){0};
        return fault;
    }
    image->size = out->len;
    image->bytes = g_byte_array_free(out, FALSE);
    return IMAGE_SOUND;
}

void image_clear(struct image *image)
{
    g_free(image->bytes);
    *image = (struct image){0};
}
