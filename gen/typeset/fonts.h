/* Which font stands for which role, character by character (design decisions 7 and 17). Read-only
 * once opened, shared by all threads. */
#ifndef MINGBAI_TYPESET_FONTS_H
#define MINGBAI_TYPESET_FONTS_H

#include <glib.h>
#include <stdint.h>

#include "base/findings.h"
#include "document/model.h"

/* FONTS_LOCAL (字体=本机): licensed families installed here first; FONTS_FREE (自由): only the free
 * ones, so that every machine prints the same. */
enum font_choice { FONTS_LOCAL, FONTS_FREE };

struct fonts;

/* folder: fonts/. NULL with findings (font-role-missing) when a role has no font at all. */
struct fonts *fonts_open(const char *folder, enum font_choice choice, struct findings *findings);
void fonts_free(struct fonts *fonts);
/* The faces of a role, best first: family names, NULL-ended, lent. */
const char *const *fonts_of_role(const struct fonts *fonts, enum face_role role);
/* The file face number index of the role comes from, lent. */
const char *fonts_file(const struct fonts *fonts, enum face_role role, size_t index);
const char *face_role_name(enum face_role role); /* 小标宋 仿宋 黑体 楷体 宋体 */

#endif
