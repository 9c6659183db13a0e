/* Findings: what was found, kept in the order in which it was added. */
#include "base/findings.h"

#include <string.h>

#include "base/text.h"

struct entry {
    const char *name;
    enum finding_level level;
    enum finding_exit exit;
    const char *text[2], *hint[2]; /* Chinese, English */
};

static const struct entry entries[FINDING_CODES] = {
#define FINDING(id, code, level, exit_status, zh, en, hint_zh, hint_en)                            \
    [FINDING_##id] = {code, level, exit_status, {zh, en}, {hint_zh, hint_en}},
#include "base/finding_codes.def"
#undef FINDING
};

struct findings {
    GPtrArray *list; /* struct finding *, owned */
};

static void finding_free(gpointer data)
{
    struct finding *finding = data;

    g_free((char *)finding->place.file);
    g_free((char *)finding->place.sheet);
    g_free((char *)finding->place.field);
    g_free(finding->name);
    g_strfreev(finding->args);
    g_free(finding->snippet);
    g_free(finding);
}

struct findings *findings_new(void)
{
    struct findings *findings = g_new0(struct findings, 1);

    findings->list = g_ptr_array_new_with_free_func(finding_free);
    return findings;
}

void findings_free(struct findings *findings)
{
    if (!findings)
        return;
    g_ptr_array_free(findings->list, TRUE);
    g_free(findings);
}

/* The number n of a {n} at text, or 0. */
static size_t placeholder(const char *text)
{
    if (text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}')
        return (size_t)(text[1] - '0');
    return 0;
}

/* How many arguments the texts of a code speak of. */
static size_t arguments_needed(enum finding_code code)
{
    const struct entry *entry = &entries[code];
    const char *const texts[] = {entry->text[0], entry->text[1], entry->hint[0], entry->hint[1]};
    size_t most = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (const char *at = texts[i]; *at; at++)
            most = MAX(most, placeholder(at));
    }
    return most;
}

int finding_add_list(struct findings *findings, enum finding_code code, struct place place,
                     const char *const *args, size_t narg)
{
    struct finding *finding = g_new0(struct finding, 1);

    finding->code = code;
    finding->place = place;
    finding->place.file = g_strdup(place.file);
    finding->place.sheet = g_strdup(place.sheet);
    finding->place.field = g_strdup(place.field);
    finding->narg = narg;
    finding->args = g_new0(char *, narg + 1);
    for (size_t i = 0; i < narg; i++)
        finding->args[i] = g_strdup(args[i + 1]);
    g_ptr_array_add(findings->list, finding);
    if (narg < arguments_needed(code))
        finding_add(findings, FINDING_BUG_MESSAGE, place, entries[code].name);
    return -1;
}

void finding_snippet(struct findings *findings, const char *snippet, size_t caret_at,
                     size_t caret_length)
{
    struct finding *last;

    g_assert(findings->list->len);
    last = g_ptr_array_index(findings->list, findings->list->len - 1);
    g_free(last->snippet);
    last->snippet = g_strdup(snippet);
    last->caret_at = caret_at;
    last->caret_length = caret_length;
}

void finding_rename(struct findings *findings, const char *name)
{
    struct finding *last;

    g_assert(findings->list->len);
    last = g_ptr_array_index(findings->list, findings->list->len - 1);
    g_free(last->name);
    last->name = g_strdup(name);
}

void findings_below(struct findings *findings, const char *folder)
{
    for (guint i = 0; i < findings->list->len; i++) {
        struct finding *finding = g_ptr_array_index(findings->list, i);
        char *file = (char *)finding->place.file;

        if (!file)
            continue;
        finding->place.file = g_build_filename(folder, file, NULL);
        g_free(file);
    }
}

void findings_move(struct findings *into, struct findings *from)
{
    g_ptr_array_extend_and_steal(into->list, from->list);
    from->list = g_ptr_array_new_with_free_func(finding_free);
}

size_t findings_count(const struct findings *findings)
{
    return findings->list->len;
}

const struct finding *findings_at(const struct findings *findings, size_t index)
{
    g_assert(index < findings->list->len);
    return g_ptr_array_index(findings->list, index);
}

size_t findings_of_level(const struct findings *findings, enum finding_level level)
{
    size_t count = 0;

    for (size_t i = 0; i < findings_count(findings); i++)
        count += finding_level_of(findings_at(findings, i)->code) == level;
    return count;
}

int findings_exit(const struct findings *findings)
{
    int worst = 0;

    /* The statuses are numbered by weight: 70 outweighs 3, 3 outweighs 2, 2 outweighs 1. */
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct entry *entry = &entries[findings_at(findings, i)->code];

        if (entry->level == LEVEL_ERROR)
            worst = MAX(worst, (int)entry->exit);
    }
    return worst;
}

const char *finding_name(enum finding_code code)
{
    return entries[code].name;
}

const char *finding_called(const struct finding *finding)
{
    return finding->name ? finding->name : finding_name(finding->code);
}

enum finding_level finding_level_of(enum finding_code code)
{
    return entries[code].level;
}

enum finding_exit finding_exit_of(enum finding_code code)
{
    return entries[code].exit;
}

bool finding_lookup(const char *name, enum finding_code *code)
{
    for (size_t i = 0; i < FINDING_CODES; i++) {
        if (strcmp(entries[i].name, name) == 0) {
            *code = (enum finding_code)i;
            return true;
        }
    }
    return false;
}

/* Appends text with its {n} replaced; an argument that is not there shows as blank, or as {n} if
 * blank is NULL. */
static void substitute(GString *out, const char *text, size_t narg, char *const *args,
                       const char *blank)
{
    while (*text) {
        const size_t n = placeholder(text);

        if (n && (n <= narg || blank)) {
            g_string_append(out, n <= narg ? args[n - 1] : blank);
            text += 3;
        } else {
            g_string_append_c(out, *text++);
        }
    }
}

/* 1 is A, 27 is AA. */
static void append_letters(GString *out, uint32_t column)
{
    char letters[8];
    size_t at = sizeof letters;

    for (; column > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    g_string_append_len(out, letters + at, (gssize)(sizeof letters - at));
}

void place_append_cell(GString *out, const struct place *place)
{
    append_letters(out, place->column);
    g_string_append_printf(out, "%" G_GUINT32_FORMAT, place->line);
}

void place_append(GString *out, const struct place *place)
{
    if (!place->file)
        return;
    g_string_append(out, place->file);
    if (place->sheet)
        g_string_append_printf(out, "〔%s〕", place->sheet);
    if (place->sheet && place->line && place->column) {
        place_append_cell(out, place);
        return;
    }
    if (place->line)
        g_string_append_printf(out, ":%" G_GUINT32_FORMAT, place->line);
    if (place->line && place->column)
        g_string_append_printf(out, ":%" G_GUINT32_FORMAT, place->column);
}

static void format_place(GString *out, const struct place *place, bool english)
{
    if (!place->file)
        return;
    g_string_append_c(out, ' ');
    place_append(out, place);
    if (place->field)
        g_string_append_printf(out, english ? " (%s)" : "（%s）", place->field);
}

static void append_spaces(GString *out, size_t count)
{
    while (count--)
        g_string_append_c(out, ' ');
}

/* The row with its line number, and the caret under the fault. */
static void format_snippet(GString *out, const struct finding *finding)
{
    const size_t length = strlen(finding->snippet);
    const size_t at = MIN(finding->caret_at, length);
    const size_t caret = MIN(finding->caret_length, length - at);
    char *line = g_strdup(finding->snippet);
    char margin[32];
    size_t width;

    /* A line break or tab within a cell would tear row and caret apart. */
    for (char *control = line; *control; control++) {
        if (g_ascii_iscntrl(*control))
            *control = ' ';
    }
    g_snprintf(margin, sizeof margin, "    %" G_GUINT32_FORMAT " | ", finding->place.line);
    g_string_append_printf(out, "%s%s\n", margin, line);
    if (finding->caret_length) {
        append_spaces(out, strlen(margin) + text_display_width(line, at));
        width = text_display_width(line + at, caret);
        for (size_t i = 0; i < MAX(width, 1); i++)
            g_string_append_c(out, '^');
        g_string_append_c(out, '\n');
    }
    g_free(line);
}

void finding_message(GString *out, const struct finding *finding, bool english)
{
    substitute(out, entries[finding->code].text[english], finding->narg, finding->args, NULL);
}

void finding_hint(GString *out, const struct finding *finding, bool english)
{
    substitute(out, entries[finding->code].hint[english], finding->narg, finding->args, NULL);
}

void finding_format(GString *out, const struct finding *finding, bool english)
{
    static const char *const levels[][2] = {
        [LEVEL_NOTE] = {"说明", "note"},
        [LEVEL_WARNING] = {"提醒", "warning"},
        [LEVEL_ERROR] = {"错误", "error"},
    };
    const struct entry *entry = &entries[finding->code];

    g_string_append(out, levels[entry->level][english]);
    format_place(out, &finding->place, english);
    g_string_append(out, english ? ": " : "：");
    finding_message(out, finding, english);
    g_string_append_printf(out, " [%s]\n", finding_called(finding));
    if (finding->snippet)
        format_snippet(out, finding);
    if (*entry->hint[english]) {
        g_string_append(out, english ? "    fix: " : "    改法：");
        finding_hint(out, finding, english);
        g_string_append_c(out, '\n');
    }
}

void finding_explain(GString *out, enum finding_code code, bool english)
{
    const struct entry *entry = &entries[code];
    const char *blank = english ? "…" : "……";

    substitute(out, entry->text[english], 0, NULL, blank);
    g_string_append_c(out, '\n');
    if (*entry->hint[english]) {
        g_string_append(out, english ? "fix: " : "改法：");
        substitute(out, entry->hint[english], 0, NULL, blank);
        g_string_append_c(out, '\n');
    }
}
