/* Finds 乡镇 and 行政村 where a file has no column for them: title line, file, folder, only
 * village. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ledger/load.h"
#include "ledger/words.h"

/* The villages of the 村 ledger. */
struct village {
    const char *town; /* or NULL */
    const char *name;
};

enum found { FOUND_NOWHERE, FOUND_IN_TITLE, FOUND_IN_NAME, FOUND_ONLY };

/* What a file says of all its rows. */
struct region {
    enum found found;
    const char *town, *village; /* each or NULL */
    size_t filled;              /* rows that took the village from it */
    size_t without;             /* rows that have none after all */
    uint32_t line;              /* of the first of those */
};

struct villages {
    GArray *list;           /* struct village */
    struct region *regions; /* one a file */
};

static const char *text_at(const struct load *load, size_t ledger, size_t row, size_t field)
{
    struct value value;

    if (field == SIZE_MAX)
        return NULL;
    value = load_value(load, ledger, row, field);
    return value.type == VALUE_TEXT ? value.text : NULL;
}

static bool is_village_ledger(const struct load *load, size_t ledger)
{
    return strcmp(load_ledger(load, ledger)->schema->name, LEDGER_VILLAGE) == 0;
}

static GArray *known_villages(const struct load *load)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct village));

    for (size_t i = 0; i < load->ledgers->count; i++) {
        const struct schema *schema = load_ledger(load, i)->schema;
        const size_t town = schema_field(schema, FIELD_TOWN_NAME);
        const size_t name = schema_field(schema, FIELD_VILLAGE_NAME);

        for (size_t row = 0; is_village_ledger(load, i) && row < load_rows(load, i); row++) {
            struct village village = {text_at(load, i, row, town), text_at(load, i, row, name)};

            if (village.name)
                g_array_append_val(list, village);
        }
    }
    return list;
}

static const char *name_of(const struct village *village, bool town)
{
    return town ? village->town : village->name;
}

/* The longest of the names that begins at text: 大石门村 is not 石门村. */
static const char *name_at(const GArray *list, bool town, const char *text)
{
    const char *longest = NULL;

    for (guint i = 0; i < list->len; i++) {
        const char *name = name_of(&g_array_index(list, struct village, i), town);

        if (name && name[0] && g_str_has_prefix(text, name) &&
            (!longest || strlen(name) > strlen(longest)))
            longest = name;
    }
    return longest;
}

/* Adds the names in text; *several is set by a second different one. */
static void find_names(const GArray *list, bool town, const char *text, const char **sole,
                       bool *several)
{
    size_t length;

    for (; *text; text += length) {
        const char *name = name_at(list, town, text);

        text_character(text, &length);
        if (!name)
            continue;
        if (*sole && strcmp(*sole, name) != 0)
            *several = true;
        *sole = name;
        length = strlen(name);
    }
}

/* The one name that the titles give, else the sheet's, else the file's, else the nearest folder's.
 */
static const char *find_name(const GArray *list, bool town, const struct source *source,
                             const struct ledger_file *file, enum found *found)
{
    char *path = g_strconcat(file->path, file->sheet ? "/" : NULL, file->sheet, NULL);
    gchar **parts = g_strsplit(path, "/", 0);
    const char *sole = NULL;
    bool several = false;

    *found = FOUND_IN_TITLE;
    for (size_t i = 0; i < source->ntitle; i++)
        find_names(list, town, source->titles[i], &sole, &several);
    for (guint i = g_strv_length(parts); i > 0 && (!sole || several); i--) {
        *found = FOUND_IN_NAME;
        sole = NULL;
        several = false;
        find_names(list, town, parts[i - 1], &sole, &several);
    }
    g_strfreev(parts);
    g_free(path);
    return several ? NULL : sole;
}

/* The village of that name, in the town if one is given; NULL if none or several. */
static const struct village *find_village(const GArray *list, const char *name, const char *town)
{
    const struct village *found = NULL;

    for (guint i = 0; i < list->len; i++) {
        const struct village *village = &g_array_index(list, struct village, i);

        if (strcmp(village->name, name) != 0 ||
            (town && (!village->town || strcmp(village->town, town) != 0)))
            continue;
        if (found && g_strcmp0(found->town, village->town) != 0)
            return NULL;
        found = village;
    }
    return found;
}

static struct region find_region(const struct load *load, const GArray *list, uint32_t file)
{
    const struct source *source = &g_array_index(load->sources, struct source, file);
    const struct ledger_file *of = &g_array_index(load->files, struct ledger_file, file);
    struct region region = {.found = FOUND_NOWHERE};
    const struct village *village = NULL;
    enum found town_found;
    const char *name = find_name(list, false, source, of, &region.found);

    region.town = find_name(list, true, source, of, &town_found);
    if (name)
        village = find_village(list, name, NULL);
    if (name && !village && region.town)
        village = find_village(list, name, region.town);
    if (!village && !name && list->len == 1) {
        village = &g_array_index(list, struct village, 0);
        region.found = FOUND_ONLY;
    }
    if (village) {
        region.village = village->name;
        region.town = village->town;
    } else {
        region.found = FOUND_NOWHERE;
    }
    return region;
}

static void put_text(struct load *load, size_t ledger, size_t row, size_t field, const char *text)
{
    const struct value value = value_text(text);

    rowset_replace(load_ledger(load, ledger)->rows, row, field, &value);
}

static bool is_empty(const struct load *load, size_t ledger, size_t row, size_t field)
{
    return field != SIZE_MAX && load_value(load, ledger, row, field).state == STATE_EMPTY;
}

static void fill_row(struct load *load, const struct villages *villages, size_t ledger, size_t row,
                     size_t town, size_t village)
{
    const struct row_origin origin =
        g_array_index(load->extra[ledger].origins, struct row_origin, row);
    struct region *region = &villages->regions[origin.file];
    const struct village *known = NULL;
    const char *name;

    if (is_empty(load, ledger, row, village) && region->village) {
        put_text(load, ledger, row, village, region->village);
        /* households made of members' rows are not counted again */
        if (g_array_index(load->sources, struct source, origin.file).ledger == ledger)
            region->filled++;
    }
    name = text_at(load, ledger, row, village);
    if (name)
        known = find_village(villages->list, name, NULL);
    if (is_empty(load, ledger, row, town) && (known ? known->town : region->town))
        put_text(load, ledger, row, town, known ? known->town : region->town);
}

static void report_region(struct load *load, const struct region *region, uint32_t file)
{
    static const enum finding_code codes[] = {
        [FOUND_IN_TITLE] = FINDING_LEDGER_VILLAGE_FROM_TITLE,
        [FOUND_IN_NAME] = FINDING_LEDGER_VILLAGE_FROM_NAME,
        [FOUND_ONLY] = FINDING_LEDGER_VILLAGE_ONLY,
    };
    const struct place place =
        ledger_file_place(&g_array_index(load->files, struct ledger_file, file));
    char count[24];

    if (region->filled == 0)
        return;
    snprintf(count, sizeof count, "%zu", region->filled);
    finding_add(load->findings, codes[region->found], place, region->town ? region->town : "",
                region->village, count);
}

/* Whether the village stands in the 村 ledger or, without one, in a row that could be read. */
static bool is_known(const struct load *load, const struct villages *villages, const char *name)
{
    for (guint i = 0; i < villages->list->len; i++) {
        if (strcmp(g_array_index(villages->list, struct village, i).name, name) == 0)
            return true;
    }
    if (villages->list->len > 0)
        return false;
    for (size_t i = 0; i < load->ledgers->count; i++) {
        const size_t field = schema_field(load_ledger(load, i)->schema, FIELD_VILLAGE_NAME);

        for (size_t row = 0; field != SIZE_MAX && row < load_rows(load, i); row++) {
            const char *text = text_at(load, i, row, field);

            if (text && strcmp(text, name) == 0)
                return true;
        }
    }
    return false;
}

static const struct region *region_of(const struct load *load, const struct villages *villages,
                                      const struct place *place)
{
    for (guint i = 0; i < load->files->len; i++) {
        const struct ledger_file *file = &g_array_index(load->files, struct ledger_file, i);

        if (strcmp(file->path, place->file) == 0 && g_strcmp0(file->sheet, place->sheet) == 0)
            return &villages->regions[i];
    }
    return NULL;
}

/* A village nobody knows is a slipped cell: the row is lost everywhere, unless its file tells. */
static void place_lost(struct load *load, const struct villages *villages)
{
    for (guint i = 0; i < load->lost->len; i++) {
        struct lost_row *lost = &g_array_index(load->lost, struct lost_row, i);
        const struct region *region = region_of(load, villages, &lost->place);

        if (lost->village && !is_known(load, villages, lost->village))
            lost->village = NULL;
        else if (!lost->village && region)
            lost->village = region->village;
        if (lost->village)
            lost->village = arena_text(load->arena, lost->village);
    }
}

void villages_fill(struct load *load)
{
    struct villages villages = {known_villages(load), g_new0(struct region, load->files->len)};

    for (guint i = 0; i < load->files->len; i++)
        villages.regions[i] = find_region(load, villages.list, i);
    for (size_t i = 0; i < load->ledgers->count; i++) {
        const struct schema *schema = load_ledger(load, i)->schema;
        const size_t town = schema_field(schema, FIELD_TOWN_NAME);
        const size_t village = schema_field(schema, FIELD_VILLAGE_NAME);

        for (size_t row = 0; !is_village_ledger(load, i) && row < load_rows(load, i); row++)
            fill_row(load, &villages, i, row, town, village);
    }
    for (guint i = 0; i < load->files->len; i++)
        report_region(load, &villages.regions[i], i);
    place_lost(load, &villages);
    g_array_free(villages.list, TRUE);
    g_free(villages.regions);
}

/* A row of a household lies where the household lies. */
static void take_areas(struct load *load, size_t ledger, size_t row, size_t target,
                       size_t household)
{
    const struct schema *schema = load_ledger(load, ledger)->schema;
    const struct schema *from = load_ledger(load, target)->schema;

    for (size_t f = 0; f < schema->nfield; f++) {
        const size_t other = schema->fields[f].type == FIELD_AREA
                                 ? schema_field(from, schema->fields[f].name)
                                 : SIZE_MAX;
        const char *text = text_at(load, target, household, other);

        if (text && is_empty(load, ledger, row, f))
            put_text(load, ledger, row, f, text);
        else if (text && g_strcmp0(text_at(load, ledger, row, f), text) != 0)
            return; /* it says another place itself: what is below that is not the household's */
    }
}

static void take_from_households(struct load *load, size_t ledger)
{
    const struct ledger *of = load_ledger(load, ledger);

    for (size_t k = 0; k < of->schema->nforeign_key; k++) {
        const struct ledger *target =
            ledgers_find(load->ledgers, of->schema->foreign_keys[k].ledger);

        if (strcmp(of->schema->foreign_keys[k].link, LINK_HOUSEHOLD) != 0 || !target)
            continue;
        for (size_t row = 0; row < load_rows(load, ledger); row++) {
            if (of->links[k][row])
                take_areas(load, ledger, row, (size_t)(target - load->ledgers->list),
                           (size_t)of->links[k][row] - 1);
        }
    }
}

/* One finding a file, and each row lost. */
static void report_without(struct load *load, size_t ledger, size_t village)
{
    struct region *regions = g_new0(struct region, load->files->len);

    for (size_t row = 0; row < load_rows(load, ledger); row++) {
        const struct row_origin origin =
            g_array_index(load->extra[ledger].origins, struct row_origin, row);
        struct region *region = &regions[origin.file];

        if (!is_empty(load, ledger, row, village))
            continue;
        if (region->without++ == 0)
            region->line = origin.line;
        load_lose(load, ledger, NULL, load_place(load, ledger, row, SIZE_MAX));
    }
    for (guint i = 0; i < load->files->len; i++) {
        struct place place = ledger_file_place(&g_array_index(load->files, struct ledger_file, i));
        char count[24];

        place.line = regions[i].line;
        snprintf(count, sizeof count, "%zu", regions[i].without);
        if (regions[i].without > 0)
            finding_add(load->findings, FINDING_LEDGER_NO_VILLAGE, place, count);
    }
    g_free(regions);
}

void villages_finish(struct load *load)
{
    for (size_t i = 0; i < load->ledgers->count; i++) {
        const struct schema *schema = load_ledger(load, i)->schema;
        const size_t village = schema_field(schema, FIELD_VILLAGE_NAME);

        take_from_households(load, i);
        if (village != SIZE_MAX && schema->fields[village].required)
            report_without(load, i, village);
    }
}
