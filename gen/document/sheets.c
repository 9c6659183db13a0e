/* Reads and chooses how pages go on sheets, and makes the copies. */
#include "document/sheets.h"

#include <string.h>

#include "base/page_words.h"
#include "document/paper_size.h"
#include "document/reader.h"
#include "document/suggest.h"

static const mpt usual_overlap = (mpt)(10 * MPT_PER_MM + 0.5);

/* A sheet by its name; absent: none is declared. */
static void read_sheet(const struct yaml_node *node, const char *key, struct imposition *imposition,
                       struct findings *findings)
{
    const char *name = yaml_text(node, key, NULL, findings);

    if (name && !paper_size(name, &imposition->width, &imposition->height))
        suggest_from(findings, FINDING_TEMPLATE_UNKNOWN_WORD, yaml_member(node, key)->place, name,
                     PAPER_NAMES);
}

static struct imposition read_imposition(const struct yaml_node *node, struct findings *findings)
{
    static const char *const KEYS[] = {"n_up", "booklet", "tile", "sheet", "overlap", NULL};
    static const char *const SLOTS[] = {"2", "4", "8", NULL};
    static const char *const BOOKLETS[] = {"unit", "file", NULL};
    enum { OVERLAP_MOST = 50 }; /* mm */
    struct imposition imposition = {.kind = IMPOSE_NONE};
    const struct yaml_node *kinds[] = {NULL, yaml_member(node, "n_up"),
                                       yaml_member(node, "booklet"), yaml_member(node, "tile")};
    int count = 0;

    if (yaml_only(node, KEYS, findings) != 0)
        return imposition;
    for (int i = IMPOSE_SLOTS; i <= IMPOSE_TILES; i++) {
        if (!kinds[i])
            continue;
        imposition.kind = (enum impose_kind)i;
        count++;
    }
    if (count != 1)
        finding_add(findings, FINDING_TEMPLATE_ONE_OF, node->place, "n_up、booklet、tile");
    imposition.slots = 2 << read_word(node, "n_up", SLOTS, 0, findings);
    imposition.whole = read_word(node, "booklet", BOOKLETS, 0, findings) > 0;
    read_sheet(node, imposition.kind == IMPOSE_TILES ? "tile" : "sheet", &imposition, findings);
    imposition.overlap = read_length(node, "overlap", usual_overlap, findings);
    if (imposition.overlap > (mpt)(OVERLAP_MOST * MPT_PER_MM + 0.5))
        finding_add(findings, FINDING_TEMPLATE_NUMBER, yaml_member(node, "overlap")->place,
                    "overlap", "不超过50的毫米数", "a length of at most 50 mm");
    return imposition;
}

static void read_copies(const struct yaml_node *root, struct arena *arena, struct sheets *sheets,
                        struct findings *findings)
{
    static const char *const KEYS[] = {"names", "by", NULL};
    static const char *const ORDERS[] = {"unit", "file", NULL};
    const struct yaml_node *node = yaml_member(root, "copies");
    const char **names;

    if (!node)
        return;
    if (node->kind == YAML_MAP) {
        if (yaml_only(node, KEYS, findings) != 0)
            return;
        if (!yaml_member(node, "names"))
            finding_add(findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "names");
        sheets->by_file = read_word(node, "by", ORDERS, 0, findings) > 0;
        names = read_list(node, "names", findings);
    } else {
        names = read_list(root, "copies", findings);
    }
    sheets->ncopy = g_strv_length((char **)names);
    sheets->copies = arena_copy(arena, names, (sheets->ncopy + 1) * sizeof(*names));
    g_free(names);
}

struct sheets sheets_read(struct arena *arena, const struct yaml_node *root,
                          struct findings *findings)
{
    const struct yaml_node *imposition = yaml_member(root, "imposition");
    struct sheets sheets = {.duplex = yaml_flag(root, "duplex", false, findings)};

    if (imposition)
        sheets.imposition = read_imposition(imposition, findings);
    read_copies(root, arena, &sheets, findings);
    return sheets;
}

/* The setting's number among the words; -1: not set, -2 with a finding: another word. */
static int choose_word(const struct settings *settings, int year, const char *name,
                       const char *const *words, struct place place, struct findings *findings)
{
    const char *value = settings_value(settings, name, year);
    char *known;

    if (!value || value[0] == '\0')
        return -1;
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], value) == 0)
            return i;
    known = g_strjoinv("、", (char **)words);
    finding_add(findings, FINDING_DOCUMENT_SETTING_WORD, place, name, value, known);
    g_free(known);
    return -2;
}

bool sheets_choose(struct sheets *sheets, const struct settings *settings, int year,
                   struct place place, struct findings *findings)
{
    static const char *const WAYS[] = {"不拼",   "二拼一", "四拼一", "八拼一",
                                       "骑马钉", "拼接",   NULL};
    static const struct imposition CHOSEN[] = {
        {.kind = IMPOSE_NONE},
        {.kind = IMPOSE_SLOTS, .slots = 2},
        {.kind = IMPOSE_SLOTS, .slots = 4},
        {.kind = IMPOSE_SLOTS, .slots = 8},
        {.kind = IMPOSE_BOOKLET},
        {.kind = IMPOSE_TILES},
    };
    static const char *const SIDES[] = {"否", "是", NULL};
    struct imposition *imposition = &sheets->imposition;
    int way = choose_word(settings, year, "拼版", WAYS, place, findings);
    int paper = choose_word(settings, year, "拼版纸", PAPER_NAMES, place, findings);
    int sides = choose_word(settings, year, "双面", SIDES, place, findings);

    if (way < -1 || paper < -1 || sides < -1)
        return false;
    if (way >= 0)
        *imposition = CHOSEN[way];
    if (way >= 0 && imposition->kind == IMPOSE_TILES) {
        paper_size("A4", &imposition->width, &imposition->height);
        imposition->overlap = usual_overlap;
    }
    if (paper >= 0 && imposition->kind != IMPOSE_NONE)
        paper_size(PAPER_NAMES[paper], &imposition->width, &imposition->height);
    if (sides >= 0)
        sheets->duplex = sides > 0;
    return true;
}

static const char *name_copy(struct arena *arena, const char *text, const char *copy)
{
    GString *named = g_string_new(text);
    const char *kept;

    g_string_replace(named, COPY_WORD, copy, 0);
    kept = arena_text(arena, named->str);
    g_string_free(named, TRUE);
    return kept;
}

static bool names_copy(const struct block *block)
{
    return block->kind == BLOCK_TEXT && strstr(block->text.text, COPY_WORD);
}

static struct block copy_block(struct arena *arena, const struct block *block, const char *copy)
{
    struct block copied = *block;

    if (names_copy(block))
        copied.text.text = name_copy(arena, block->text.text, copy);
    return copied;
}

/* Only texts that name the copy are made anew. */
static struct unit copy_unit(struct arena *arena, const struct unit *unit, const char *copy)
{
    struct unit copied = *unit;
    bool named = false;
    char *name = unit->name ? g_strdup_printf("%s（%s）", unit->name, copy) : g_strdup(copy);

    copied.name = arena_text(arena, name);
    copied.copy = copy;
    g_free(name);
    for (size_t i = 0; i < unit->nblock; i++)
        named = named || names_copy(&unit->blocks[i]);
    if (named) {
        struct block *blocks = arena_array(arena, unit->nblock, sizeof(*blocks));

        for (size_t i = 0; i < unit->nblock; i++)
            blocks[i] = copy_block(arena, &unit->blocks[i], copy);
        copied.blocks = blocks;
    }
    if (unit->continued && names_copy(unit->continued)) {
        struct block *continued = arena_alloc(arena, sizeof(*continued));

        *continued = copy_block(arena, unit->continued, copy);
        copied.continued = continued;
    }
    return copied;
}

GArray *sheets_copy(const struct sheets *sheets, struct arena *arena, const GArray *units)
{
    const size_t copies = MAX(sheets->ncopy, 1), total = units->len * copies;
    GArray *made = g_array_sized_new(FALSE, TRUE, sizeof(struct unit), (guint)total);

    for (size_t i = 0; i < total; i++) {
        size_t number = sheets->by_file ? i % units->len : i / copies;
        size_t copy = sheets->by_file ? i / units->len : i % copies;
        struct unit unit = g_array_index(units, struct unit, number);

        if (sheets->ncopy > 0)
            unit = copy_unit(arena, &unit, sheets->copies[copy]);
        unit.repeated = copy > 0;
        g_array_append_val(made, unit);
    }
    return made;
}
