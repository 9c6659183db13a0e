/* Finds the faces of each role among the installed fonts and those in fonts/. */
#include "typeset/fonts.h"

#include <fontconfig/fontconfig.h>
#include <glib.h>
#include <string.h>

#include "base/file.h"

enum rank {
    RANK_LICENSED, /* the role's own, sold by foundries: taken with 字体=本机 only */
    RANK_FREE,     /* the role's own, free */
    RANK_FALLBACK  /* for characters the role's own do not have, or instead of them */
};

struct wanted {
    enum rank rank;
    int weight; /* fontconfig's scale; 0: any */
    const char *family;
};

enum { WANTED_MAX = 12 };

/* A face that stands in for single characters should not stand out among the role's own: hence Noto
 * Sans for 黑体, the bold Noto Serif for 小标宋, and for 仿宋 the light WenKai, whose strokes are
 * as thin and even as those of Fandol Fang (compared in print size). */
static const struct wanted wanted_faces[FACE_ROLES][WANTED_MAX] = {
    [ROLE_TITLE] = {{RANK_LICENSED, 0, "方正小标宋简体"},
                    {RANK_LICENSED, 0, "FZXiaoBiaoSong-B05S"},
                    {RANK_LICENSED, 0, "方正小标宋_GBK"},
                    {RANK_LICENSED, 0, "FZXiaoBiaoSong-B05"},
                    {RANK_FREE, FC_WEIGHT_BOLD, "Noto Serif CJK SC"},
                    {RANK_FALLBACK, FC_WEIGHT_REGULAR, "Noto Serif CJK SC"},
                    {RANK_FALLBACK, 0, "BabelStone Han"},
                    {RANK_FALLBACK, 0, "HanaMinA"},
                    {RANK_FALLBACK, 0, "HanaMinB"}},
    [ROLE_BODY] = {{RANK_LICENSED, 0, "仿宋_GB2312"},
                   {RANK_LICENSED, 0, "FangSong_GB2312"},
                   {RANK_LICENSED, 0, "仿宋"},
                   {RANK_LICENSED, 0, "FangSong"},
                   {RANK_LICENSED, 0, "方正仿宋简体"},
                   {RANK_LICENSED, 0, "方正仿宋_GBK"},
                   {RANK_FREE, 0, "FandolFang"},
                   {RANK_FALLBACK, FC_WEIGHT_LIGHT, "LXGW WenKai"},
                   {RANK_FALLBACK, 0, "BabelStone Han"},
                   {RANK_FALLBACK, FC_WEIGHT_REGULAR, "Noto Serif CJK SC"},
                   {RANK_FALLBACK, 0, "HanaMinA"},
                   {RANK_FALLBACK, 0, "HanaMinB"}},
    [ROLE_HEAD] = {{RANK_LICENSED, 0, "黑体"},
                   {RANK_LICENSED, 0, "SimHei"},
                   {RANK_LICENSED, 0, "方正黑体简体"},
                   {RANK_LICENSED, 0, "方正黑体_GBK"},
                   {RANK_FREE, FC_WEIGHT_REGULAR, "Noto Sans CJK SC"},
                   {RANK_FALLBACK, FC_WEIGHT_BOLD, "Noto Serif CJK SC"},
                   {RANK_FALLBACK, 0, "BabelStone Han"},
                   {RANK_FALLBACK, 0, "HanaMinA"},
                   {RANK_FALLBACK, 0, "HanaMinB"}},
    [ROLE_KAI] = {{RANK_LICENSED, 0, "楷体_GB2312"},
                  {RANK_LICENSED, 0, "KaiTi_GB2312"},
                  {RANK_LICENSED, 0, "楷体"},
                  {RANK_LICENSED, 0, "KaiTi"},
                  {RANK_LICENSED, 0, "方正楷体简体"},
                  {RANK_LICENSED, 0, "方正楷体_GBK"},
                  {RANK_FREE, FC_WEIGHT_REGULAR, "LXGW WenKai"},
                  {RANK_FALLBACK, FC_WEIGHT_REGULAR, "Noto Serif CJK SC"},
                  {RANK_FALLBACK, 0, "BabelStone Han"},
                  {RANK_FALLBACK, 0, "HanaMinA"},
                  {RANK_FALLBACK, 0, "HanaMinB"}},
    [ROLE_SONG] = {{RANK_LICENSED, 0, "宋体"},
                   {RANK_LICENSED, 0, "SimSun"},
                   {RANK_LICENSED, 0, "方正书宋简体"},
                   {RANK_LICENSED, 0, "方正书宋_GBK"},
                   {RANK_FREE, FC_WEIGHT_REGULAR, "Noto Serif CJK SC"},
                   {RANK_FALLBACK, 0, "BabelStone Han"},
                   {RANK_FALLBACK, 0, "HanaMinA"},
                   {RANK_FALLBACK, 0, "HanaMinB"}},
};

/* Our own configuration, not the system's: that one takes several milliseconds to read and may
 * substitute families. Font caches are shared with the system's. */
static const char configuration[] = "<fontconfig>"
                                    "<dir>/usr/share/fonts</dir>"
                                    "<dir>/usr/local/share/fonts</dir>"
                                    "<dir prefix=\"xdg\">fonts</dir>"
                                    "<dir>~/.fonts</dir>"
                                    "<cachedir>/var/cache/fontconfig</cachedir>"
                                    "<cachedir prefix=\"xdg\">fontconfig</cachedir>"
                                    "</fontconfig>";

struct role_faces {
    size_t count;
    uint32_t numbers[WANTED_MAX];
    const char *names[WANTED_MAX + 1];
};

struct fonts {
    GArray *faces; /* struct font_face */
    struct role_faces roles[FACE_ROLES];
};

static void clear_face(gpointer face)
{
    struct font_face *f = face;
    g_free((char *)f->family);
    g_free((char *)f->name);
    g_free((char *)f->file);
}

static bool is_font_name(const char *name)
{
    static const char *const suffixes[] = {".otf", ".ttf", ".ttc", ".otc"};
    g_autofree char *lower = g_ascii_strdown(name, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (g_str_has_suffix(lower, suffixes[i]))
            return true;
    return false;
}

/* File by file, since scanning it as a <dir> would write a cache, or complain on stderr where none
 * can be written. */
static void add_folder(FcConfig *config, const char *folder, struct findings *findings)
{
    if (!folder_exists(folder))
        return;
    g_auto(GStrv) names = file_list(folder, findings);
    for (size_t i = 0; names && names[i]; i++) {
        if (!is_font_name(names[i]))
            continue;
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)path))
            finding_add(findings, FINDING_FONT_FILE_UNREADABLE, (struct place){.file = path});
    }
}

static bool has_family(const FcPattern *pattern, const char *family)
{
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (!strcmp((const char *)name, family))
            return true;
    return false;
}

/* The English name where there is one, so that dumps do not depend on the order of names. */
static char *english_name(const FcPattern *pattern, const char *object)
{
    FcChar8 *name = NULL;
    for (int i = 0; FcPatternGetString(pattern, object, i, &name) == FcResultMatch; i++)
        if (g_str_is_ascii((const char *)name))
            return g_strdup((const char *)name);
    if (FcPatternGetString(pattern, object, 0, &name) != FcResultMatch)
        return g_strdup("");
    return g_strdup((const char *)name);
}

/* Outlines only, and no variable fonts: hb-subset and Cairo would take their default weight. */
static bool fits(const FcPattern *pattern, const struct wanted *wanted)
{
    FcBool outline = FcFalse, variable = FcFalse;
    int index = 0, weight = 0;
    FcPatternGetBool(pattern, FC_OUTLINE, 0, &outline);
    FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable);
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    FcPatternGetInteger(pattern, FC_WEIGHT, 0, &weight);
    return outline && !variable && index >> 16 == 0 &&
           (wanted->weight == 0 || weight == wanted->weight) && has_family(pattern, wanted->family);
}

static const char *file_of(const FcPattern *pattern)
{
    FcChar8 *file;
    return FcPatternGetString(pattern, FC_FILE, 0, &file) == FcResultMatch ? (const char *)file
                                                                           : "";
}

static int index_of(const FcPattern *pattern)
{
    int index = 0;
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    return index;
}

/* Folders are read in the order of the disk: of several files the first by name is taken. */
static const FcPattern *find_in(const FcFontSet *set, const struct wanted *wanted)
{
    const FcPattern *best = NULL;
    for (int i = 0; set && i < set->nfont; i++) {
        const FcPattern *pattern = set->fonts[i];
        if (!fits(pattern, wanted))
            continue;
        int order = best ? strcmp(file_of(pattern), file_of(best)) : -1;
        if (order < 0 || (order == 0 && index_of(pattern) < index_of(best)))
            best = pattern;
    }
    return best;
}

static uint32_t add_face(struct fonts *fonts, const FcPattern *pattern)
{
    const char *file = file_of(pattern);
    unsigned index = (unsigned)index_of(pattern);
    for (uint32_t i = 0; i < fonts->faces->len; i++) {
        const struct font_face *known = fonts_face(fonts, i);
        if (known->index == index && !strcmp(known->file, file))
            return i;
    }
    g_autofree char *style = english_name(pattern, FC_STYLE);
    struct font_face face = {
        .family = english_name(pattern, FC_FAMILY), .file = g_strdup(file), .index = index};
    face.name = *style && strcmp(style, "Regular") ? g_strdup_printf("%s %s", face.family, style)
                                                   : g_strdup(face.family);
    g_array_append_val(fonts->faces, face);
    return fonts->faces->len - 1;
}

/* Whether one of its own families was found. */
static bool open_role(struct fonts *fonts, enum face_role role, enum font_choice choice,
                      FcConfig *config)
{
    struct role_faces *faces = &fonts->roles[role];
    bool own = false;
    for (size_t i = 0; i < WANTED_MAX && wanted_faces[role][i].family; i++) {
        const struct wanted *wanted = &wanted_faces[role][i];
        if (wanted->rank == RANK_LICENSED && choice == FONTS_FREE)
            continue;
        const FcPattern *pattern = find_in(FcConfigGetFonts(config, FcSetApplication), wanted);
        if (!pattern)
            pattern = find_in(FcConfigGetFonts(config, FcSetSystem), wanted);
        if (!pattern)
            continue;
        own = own || wanted->rank != RANK_FALLBACK;
        uint32_t number = add_face(fonts, pattern);
        bool again = false; /* one file under its Chinese and its English name */
        for (size_t k = 0; k < faces->count; k++)
            again = again || faces->numbers[k] == number;
        if (!again)
            faces->numbers[faces->count++] = number;
    }
    return own;
}

struct fonts *fonts_open(const char *folder, enum font_choice choice, struct findings *findings)
{
    FcConfig *config = FcConfigCreate();
    FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)configuration, FcFalse);
    FcConfigBuildFonts(config);
    add_folder(config, folder, findings);

    struct fonts *fonts = g_new0(struct fonts, 1);
    fonts->faces = g_array_new(FALSE, FALSE, sizeof(struct font_face));
    g_array_set_clear_func(fonts->faces, clear_face);
    bool missing = false;
    const struct place place = {.file = folder};
    for (int role = 0; role < FACE_ROLES; role++) {
        bool own = open_role(fonts, role, choice, config);
        struct role_faces *faces = &fonts->roles[role];
        for (size_t i = 0; i < faces->count; i++)
            faces->names[i] = fonts_face(fonts, faces->numbers[i])->name;
        if (faces->count == 0) {
            missing = true;
            finding_add(findings, FINDING_FONT_ROLE_MISSING, place, face_role_name(role));
        } else if (!own) {
            finding_add(findings, FINDING_FONT_ROLE_SUBSTITUTED, place, face_role_name(role),
                        faces->names[0]);
        }
    }
    FcConfigDestroy(config);
    if (missing) {
        fonts_free(fonts);
        return NULL;
    }
    return fonts;
}

void fonts_free(struct fonts *fonts)
{
    if (!fonts)
        return;
    g_array_free(fonts->faces, TRUE);
    g_free(fonts);
}

size_t fonts_faces(const struct fonts *fonts)
{
    return fonts->faces->len;
}

const struct font_face *fonts_face(const struct fonts *fonts, size_t number)
{
    return &g_array_index(fonts->faces, struct font_face, number);
}

const uint32_t *fonts_role_faces(const struct fonts *fonts, enum face_role role, size_t *count)
{
    *count = fonts->roles[role].count;
    return fonts->roles[role].numbers;
}

const char *const *fonts_of_role(const struct fonts *fonts, enum face_role role)
{
    return fonts->roles[role].names;
}

const char *fonts_file(const struct fonts *fonts, enum face_role role, size_t index)
{
    return fonts_face(fonts, fonts->roles[role].numbers[index])->file;
}

const char *face_role_name(enum face_role role)
{
    static const char *const names[FACE_ROLES] = {
        [ROLE_TITLE] = "小标宋", [ROLE_BODY] = "仿宋", [ROLE_HEAD] = "黑体",
        [ROLE_KAI] = "楷体",     [ROLE_SONG] = "宋体",
    };
    return names[role];
}
