/* Pictures (PNG, JPEG) as products hold them: decoded once to see that they are sound, upright, and
 * nothing but picture: no EXIF (place, camera, time), no texts, no second picture behind the first.
 */
#ifndef MINGBAI_BASE_IMAGE_H
#define MINGBAI_BASE_IMAGE_H

#include <stddef.h>
#include <stdint.h>

enum { IMAGE_PIXELS_MAX = 20000000, IMAGE_SIDE_MAX = 30000 };

enum image_kind { IMAGE_PNG, IMAGE_JPEG };

struct image {
    enum image_kind kind;
    uint32_t width, height; /* pixels */
    unsigned char *bytes;   /* a whole file of that kind */
    size_t size;
};

enum image_fault {
    IMAGE_SOUND,
    IMAGE_OTHER_KIND, /* neither PNG nor JPEG */
    IMAGE_DAMAGED,    /* cut short, or not to be decoded without loss */
    IMAGE_TOO_LARGE,  /* beyond the limits above */
    IMAGE_CMYK        /* colours for a press, which nobody shows alike */
};

/* The file's bytes as a picture. A JPEG that EXIF says is to be turned is turned and packed anew;
 * any other keeps its data bit by bit. When it is sound, end it with image_clear(); else image is
 * empty. */
enum image_fault image_read(const unsigned char *bytes, size_t size, struct image *image);
void image_clear(struct image *image);

/* The picture on white paper: width x height pixels 0x00RRGGBB from the top left. g_free() it. */
uint32_t *image_pixels(const struct image *image);

#endif
