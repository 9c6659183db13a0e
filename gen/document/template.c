/* Loads the templates of a folder and finds one by name. */
#include "document/template.h"

#include <glib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "document/reader.h"
#include "document/suggest.h"
#include "document/template_read.h"

enum { TEMPLATE_BYTES = 1 << 20 };

struct templates {
    struct arena *arena;
    GPtrArray *files;     /* struct yaml_file */
    GPtrArray *sheets;    /* const struct style_sheet */
    GPtrArray *templates; /* struct template, by id */
    struct template_world world;
};

static const char *const FOLDERS[] = {"notices/", "cards/", "forms/", "workbooks/", "prose/", NULL};

const struct template_head *template_head(const struct template *template)
{
    return &template->head;
}

size_t templates_count(const struct templates *templates)
{
    return templates->templates->len;
}

const struct template *templates_at(const struct templates *templates, size_t index)
{
    return templates->templates->pdata[index];
}

/* The file's root, kept open: parts lend its texts. Its source is in loading, freed by the caller.
 */
static const struct yaml_node *open_file(struct templates *templates, struct loading *loading,
                                         const char *path, char **source)
{
    struct yaml_file *file;
    size_t size;

    *source = file_read(path, TEMPLATE_BYTES, &size, loading->findings);
    if (!*source)
        return NULL;
    file = yaml_read(path, loading->findings);
    if (!file)
        return NULL;
    loading->source = *source;
    g_ptr_array_add(templates->files, file);
    return yaml_root(file);
}

static bool is_template(const char *path)
{
    for (size_t i = 0; FOLDERS[i]; i++)
        if (g_str_has_prefix(path, FOLDERS[i]))
            return g_str_has_suffix(path, ".yaml");
    return false;
}

static void load_file(struct templates *templates, struct loading *loading, const char *folder,
                      const char *path)
{
    char *full = g_build_filename(folder, path, NULL);
    char *source = NULL;
    const struct yaml_node *root = open_file(templates, loading, full, &source);

    if (root)
        g_ptr_array_add(templates->templates, template_read(loading, root));
    g_free(source);
    g_free(full);
}

/* false: some style is broken. */
static bool load_styles(struct templates *templates, struct loading *loading, const char *folder,
                        char **paths)
{
    GPtrArray *roots = g_ptr_array_new();
    bool good = true;

    for (size_t i = 0; paths[i]; i++) {
        const struct yaml_node *root;
        char *full, *source = NULL;

        if (!g_str_has_prefix(paths[i], "styles/") || !g_str_has_suffix(paths[i], ".yaml"))
            continue;
        full = g_build_filename(folder, paths[i], NULL);
        root = open_file(templates, loading, full, &source);
        if (root)
            g_ptr_array_add(roots, (gpointer)root);
        good = good && root;
        g_free(source);
        g_free(full);
    }
    if (!style_sheets_read(templates->arena, (const struct yaml_node *const *)roots->pdata,
                           roots->len, templates->sheets, loading->findings))
        good = false;
    g_ptr_array_free(roots, TRUE);
    return good;
}

static void check_name(GHashTable *seen, const char *name, struct place place,
                       struct findings *findings)
{
    char *key = text_fold_key(name);
    const struct place *before = g_hash_table_lookup(seen, key);
    struct place *copy;

    if (before) {
        char *where = g_strdup_printf("%s:%u", before->file, before->line);

        finding_add(findings, FINDING_TEMPLATE_DUPLICATE, place, name, where);
        g_free(where);
        g_free(key);
        return;
    }
    copy = g_new(struct place, 1);
    *copy = place;
    g_hash_table_insert(seen, key, copy);
}

static gint compare_ids(gconstpointer a, gconstpointer b)
{
    const struct template *const *one = a, *const *other = b;

    return g_strcmp0((*one)->head.id, (*other)->head.id);
}

/* Names are what `render` and the 公示 row call a template by: each must mean one. */
static void check_names(const struct templates *templates, struct findings *findings)
{
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    for (guint i = 0; i < templates->templates->len; i++) {
        const struct template_head *head = template_head(templates->templates->pdata[i]);

        if (head->id)
            check_name(seen, head->id, head->place, findings);
        if (head->title)
            check_name(seen, head->title, head->place, findings);
        for (size_t k = 0; head->aliases && head->aliases[k]; k++)
            check_name(seen, head->aliases[k], head->place, findings);
    }
    g_hash_table_destroy(seen);
}

static void close_file(gpointer file)
{
    yaml_close(file);
}

static const char *const *keep_names(struct arena *arena, const char *const *names)
{
    size_t count = g_strv_length((char **)names);
    const char **kept = arena_array(arena, count + 1, sizeof(*kept));

    for (size_t i = 0; i < count; i++)
        kept[i] = arena_text(arena, names[i]);
    return kept;
}

struct templates *templates_load(const char *folder, const struct template_world *world,
                                 struct findings *findings)
{
    size_t errors = read_errors(findings);
    char **paths = file_list(folder, findings);
    struct templates *templates;
    struct loading loading;

    if (!paths)
        return NULL;
    templates = g_new0(struct templates, 1);
    templates->arena = arena_new();
    templates->files = g_ptr_array_new_with_free_func(close_file);
    templates->sheets = g_ptr_array_new();
    templates->templates = g_ptr_array_new();
    templates->world.schemas = world->schemas;
    templates->world.settings = keep_names(templates->arena, world->settings);
    templates->world.formats = keep_names(templates->arena, world->formats);
    templates->world.pictures = arena_text(templates->arena, world->pictures);
    loading = (struct loading){.arena = templates->arena,
                               .world = &templates->world,
                               .sheets = templates->sheets,
                               .findings = findings};
    loading.broken_sheet = !load_styles(templates, &loading, folder, paths);
    for (size_t i = 0; paths[i]; i++)
        if (is_template(paths[i]))
            load_file(templates, &loading, folder, paths[i]);
    g_strfreev(paths);
    g_ptr_array_sort(templates->templates, compare_ids);
    check_names(templates, findings);
    if (read_errors(findings) == errors)
        return templates;
    templates_free(templates);
    return NULL;
}

void templates_free(struct templates *templates)
{
    if (!templates)
        return;
    g_ptr_array_free(templates->files, TRUE);
    g_ptr_array_free(templates->sheets, TRUE);
    g_ptr_array_free(templates->templates, TRUE);
    arena_free(templates->arena);
    g_free(templates);
}

static bool is_called(const struct template_head *head, const char *key)
{
    bool called = false;
    const char *names[] = {head->id, head->title};

    for (size_t i = 0; !called && i < G_N_ELEMENTS(names) + g_strv_length((char **)head->aliases);
         i++) {
        char *name = text_fold_key(
            i < G_N_ELEMENTS(names) ? names[i] : head->aliases[i - G_N_ELEMENTS(names)]);

        called = strcmp(name, key) == 0;
        g_free(name);
    }
    return called;
}

const struct template *templates_find(const struct templates *templates, const char *name,
                                      struct findings *findings)
{
    char *key = text_fold_key(name);
    const struct template *found = NULL;
    GPtrArray *names;

    for (guint i = 0; !found && i < templates->templates->len; i++)
        if (is_called(template_head(templates->templates->pdata[i]), key))
            found = templates->templates->pdata[i];
    g_free(key);
    if (found)
        return found;
    names = g_ptr_array_new();
    for (guint i = 0; i < templates->templates->len; i++) {
        const struct template_head *head = template_head(templates->templates->pdata[i]);

        g_ptr_array_add(names, (gpointer)head->id);
        g_ptr_array_add(names, (gpointer)head->title);
    }
    suggest(findings, FINDING_TEMPLATE_UNKNOWN, (struct place){0}, name,
            (const char *const *)names->pdata, names->len);
    g_ptr_array_free(names, TRUE);
    return NULL;
}
