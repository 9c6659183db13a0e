/* The parts of a workbook besides its sheets: relations, the list of sheets, styles, strings. */
#include <stdlib.h>
#include <string.h>

#include "ledger/book_inside.h"

/* A relation of the part `from`: of a known kind, its target within the package. */
struct relation {
    const char *id, *kind, *target;
};

/* Several readers gather into this. */
struct gathering {
    struct book *book;
    struct findings *findings;
    const char *folder; /* of the part whose relations are read, "" or with / at its end */
    GArray *relations;  /* struct relation */
    GString *text;      /* of the shared string being read */
    bool in_text, in_string, in_forms;
    unsigned phonetic; /* depth in rPh, which repeats the text in kana or pinyin */
    GHashTable *codes; /* numFmtId to the code's form, owned */
    struct place place;
};

static int too_large(const struct gathering *gathering, const char *what)
{
    return finding_add(gathering->findings, FINDING_BOOK_TOO_LARGE, gathering->place, what);
}

/* Target as OPC resolves it: /xl/a.xml, worksheets/a.xml, ../a.xml. Only a name to look up. */
static const char *resolve(struct arena *arena, const char *folder, const char *target)
{
    char *joined = g_strconcat("/", target[0] == '/' ? "" : folder, target, NULL);
    char *plain = g_canonicalize_filename(joined, "/");
    const char *name = arena_text(arena, plain + strspn(plain, "/"));

    g_free(joined);
    g_free(plain);
    return name;
}

static int nothing_ends(void *data, const char *name)
{
    (void)data;
    (void)name;
    return 0;
}

static int relation_start(void *data, const char *name, const char *const *attributes)
{
    struct gathering *gathering = data;
    const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    struct arena *arena = gathering->book->arena;
    struct relation relation;

    /* what is linked from outside is never opened */
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        (mode && strcmp(mode, "External") == 0))
        return 0;
    if (gathering->relations->len >= 4 * BOOK_SHEETS_LIMIT)
        return too_large(gathering, "relationships");
    relation.id = arena_text(arena, id);
    relation.kind = arena_text(arena, strrchr(type, '/') ? strrchr(type, '/') + 1 : type);
    relation.target = resolve(arena, gathering->folder, target);
    g_array_append_val(gathering->relations, relation);
    return 0;
}

/* Reads the relations of a part, "" for the package; none are an empty list. */
static int read_relations(struct gathering *gathering, const char *part)
{
    static const struct xml_reader reader = {relation_start, nothing_ends, NULL};
    const char *slash = strrchr(part, '/');
    const size_t length = slash ? (size_t)(slash + 1 - part) : 0;
    struct book *book = gathering->book;
    char *name;
    int result = 0;

    gathering->folder = arena_text_length(book->arena, part, length);
    g_array_set_size(gathering->relations, 0);
    name = g_strdup_printf("%s_rels/%s.rels", gathering->folder, part + length);
    if (package_has(book->package, name))
        result = package_read(book->package, name, &reader, gathering, gathering->place,
                              gathering->findings);
    g_free(name);
    return result;
}

static const struct relation *relation_at(const struct gathering *gathering, guint index)
{
    return &g_array_index(gathering->relations, struct relation, index);
}

static const struct relation *relation_by_id(const struct gathering *gathering, const char *id)
{
    for (guint i = 0; i < gathering->relations->len; i++) {
        if (strcmp(relation_at(gathering, i)->id, id) == 0)
            return relation_at(gathering, i);
    }
    return NULL;
}

/* The first one of the kind, or NULL. */
static const struct relation *relation_of(const struct gathering *gathering, const char *kind)
{
    for (guint i = 0; i < gathering->relations->len; i++) {
        if (strcmp(relation_at(gathering, i)->kind, kind) == 0)
            return relation_at(gathering, i);
    }
    return NULL;
}

/* The sheet's relation stands in r:id, beside sheetId and a name. */
static const char *relation_id(const char *const *attributes)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        const char *colon = strchr(attributes[i], ':');

        if (colon && strcmp(colon + 1, "id") == 0)
            return attributes[i + 1];
    }
    return NULL;
}

static int book_start(void *data, const char *name, const char *const *attributes)
{
    struct gathering *gathering = data;
    struct book *book = gathering->book;
    const char *title = xml_attribute(attributes, "name"), *id = relation_id(attributes);
    const char *state = xml_attribute(attributes, "state");
    const struct relation *relation;
    struct sheet_entry entry;

    if (strcmp(name, "workbookPr") == 0)
        book->since_1904 = xml_true(xml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0)
        return 0;
    if (book->sheets->len >= BOOK_SHEETS_LIMIT)
        return too_large(gathering, "sheets");
    relation = id ? relation_by_id(gathering, id) : NULL;
    if (!title || !relation)
        return finding_add(gathering->findings, FINDING_BOOK_DAMAGED, gathering->place,
                           title ? title : "sheet", "no part");
    entry.public.name = arena_text(book->arena, title);
    entry.public.hidden = state && strcmp(state, "visible") != 0;
    entry.public.chart = strcmp(relation->kind, "worksheet") != 0;
    entry.part = relation->target;
    g_array_append_val(book->sheets, entry);
    return 0;
}

static int style_start(void *data, const char *name, const char *const *attributes)
{
    struct gathering *gathering = data;
    const char *id = xml_attribute(attributes, "numFmtId");
    const char *code = xml_attribute(attributes, "formatCode");
    const unsigned number = id ? (unsigned)strtoul(id, NULL, 10) : 0;
    struct number_form form, *kept;

    if (strcmp(name, "cellXfs") == 0)
        gathering->in_forms = true;
    if (strcmp(name, "numFmt") == 0 && id && code) {
        if (g_hash_table_size(gathering->codes) >= BOOK_FORMS_LIMIT)
            return too_large(gathering, "styles");
        form = number_form_of_code(code);
        g_hash_table_insert(gathering->codes, GUINT_TO_POINTER(number),
                            g_memdup2(&form, sizeof form));
    }
    if (strcmp(name, "xf") == 0 && gathering->in_forms) {
        if (gathering->book->forms->len >= BOOK_FORMS_LIMIT)
            return too_large(gathering, "styles");
        kept = g_hash_table_lookup(gathering->codes, GUINT_TO_POINTER(number));
        form = kept ? *kept : number_form_of_id(number);
        g_array_append_val(gathering->book->forms, form);
    }
    return 0;
}

static int style_end(void *data, const char *name)
{
    struct gathering *gathering = data;

    if (strcmp(name, "cellXfs") == 0)
        gathering->in_forms = false;
    return 0;
}

static int string_start(void *data, const char *name, const char *const *attributes)
{
    struct gathering *gathering = data;

    (void)attributes;
    if (strcmp(name, "si") == 0) {
        if (gathering->book->strings->len >= BOOK_STRINGS_LIMIT)
            return too_large(gathering, "sharedStrings");
        gathering->in_string = true;
        g_string_truncate(gathering->text, 0);
    }
    gathering->phonetic += strcmp(name, "rPh") == 0;
    gathering->in_text = strcmp(name, "t") == 0 && gathering->in_string && !gathering->phonetic;
    return 0;
}

static int string_end(void *data, const char *name)
{
    struct gathering *gathering = data;
    const char *text = book_long_text;

    gathering->in_text = false;
    gathering->phonetic -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") != 0)
        return 0;
    gathering->in_string = false;
    if (gathering->text->len <= BOOK_CELL_LIMIT) {
        book_text_unescape(gathering->text);
        text =
            arena_text_length(gathering->book->arena, gathering->text->str, gathering->text->len);
    }
    g_ptr_array_add(gathering->book->strings, (gpointer)text);
    return 0;
}

static int string_text(void *data, const char *text, size_t length)
{
    struct gathering *gathering = data;

    if (gathering->in_text)
        book_text_append(gathering->text, text, length);
    return 0;
}

/* A part that a workbook need not have. */
static int read_optional(struct gathering *gathering, const char *kind,
                         const struct xml_reader *reader)
{
    const struct relation *relation = relation_of(gathering, kind);
    struct book *book = gathering->book;

    return relation ? package_read(book->package, relation->target, reader, gathering,
                                   gathering->place, gathering->findings)
                    : 0;
}

static int read_all(struct gathering *gathering)
{
    static const struct xml_reader workbook = {book_start, nothing_ends, NULL};
    static const struct xml_reader styles = {style_start, style_end, NULL};
    static const struct xml_reader strings = {string_start, string_end, string_text};
    struct book *book = gathering->book;
    const struct relation *document;
    const char *part;

    if (read_relations(gathering, "") != 0)
        return -1;
    document = relation_of(gathering, "officeDocument");
    if (!document)
        return finding_add(gathering->findings, FINDING_BOOK_NOT_XLSX, gathering->place);
    part = document->target;
    if (read_relations(gathering, part) != 0 ||
        package_read(book->package, part, &workbook, gathering, gathering->place,
                     gathering->findings) != 0 ||
        read_optional(gathering, "styles", &styles) != 0 ||
        read_optional(gathering, "sharedStrings", &strings) != 0)
        return -1;
    if (book->sheets->len == 0) /* a text document, slides */
        return finding_add(gathering->findings, FINDING_BOOK_NOT_XLSX, gathering->place);
    return 0;
}

int book_read_parts(struct book *book, struct findings *findings)
{
    struct gathering gathering = {.book = book,
                                  .findings = findings,
                                  .relations = g_array_new(FALSE, FALSE, sizeof(struct relation)),
                                  .text = g_string_new(NULL),
                                  .codes = g_hash_table_new_full(NULL, NULL, NULL, g_free),
                                  .place = {.file = book->path}};
    const int result = read_all(&gathering);

    g_array_free(gathering.relations, TRUE);
    g_string_free(gathering.text, TRUE);
    g_hash_table_destroy(gathering.codes);
    return result;
}
