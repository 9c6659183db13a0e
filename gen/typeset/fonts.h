/* Which font stands for which role, character by character (design decisions 7 and 17). Read-only
 * once opened, shared by all threads. */
#ifndef MINGBAI_TYPESET_FONTS_H
#define MINGBAI_TYPESET_FONTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/findings.h"
#include "document/model.h"

/* FONTS_LOCAL (字体=本机): licensed families installed here first; FONTS_FREE (自由): only the free
 * ones, so that every machine prints the same. */
enum font_choice { FONTS_LOCAL, FONTS_FREE };

/* One face of one file. Texts are lent by struct fonts. */
struct font_face {
    const char *family; /* Noto Serif CJK SC */
    const char *name;   /* family and style: Noto Serif CJK SC Bold */
    const char *file;
    unsigned index; /* of the face in a collection (.ttc), else 0 */
};

struct fonts;

/* folder: fonts/; it need not exist. A family found in it is taken from there, else from the
 * system's and the user's font folders. NULL with findings (font-role-missing) when a role has no
 * font at all; a warning (font-role-substituted) when none of a role's own families is there. Opens
 * no font: shapers do that when they meet a character. */
struct fonts *fonts_open(const char *folder, enum font_choice choice, struct findings *findings);
void fonts_free(struct fonts *fonts); /* NULL is allowed */

/* Faces are numbered from 0; a face that serves several roles has one number. */
size_t fonts_faces(const struct fonts *fonts);
const struct font_face *fonts_face(const struct fonts *fonts, size_t number);
/* The faces of a role, best first, lent. */
const uint32_t *fonts_role_faces(const struct fonts *fonts, enum face_role role, size_t *count);
/* The same as names (family and style), NULL-ended, lent. */
const char *const *fonts_of_role(const struct fonts *fonts, enum face_role role);
/* The file face number index of the role comes from, lent. */
const char *fonts_file(const struct fonts *fonts, enum face_role role, size_t index);
const char *face_role_name(enum face_role role); /* 小标宋 仿宋 黑体 楷体 宋体 */

#endif
