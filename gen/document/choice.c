/* Writes the boxes of a check cell. */
#include "document/choice.h"

#include <string.h>

static const char EMPTY_BOX[] = "☐", TICKED_BOX[] = "☑", BETWEEN[] = "　", ROOM[] = "________";

const char *const *choice_codes(const struct binding *binding, const struct piece *piece)
{
    static const char *const YES_NO[] = {"是", "否", NULL};
    struct kind kind = {.type = FIELD_STRING};
    const struct field *origin;
    const struct set *set;
    struct found found;

    if (!binding_find(binding, piece, NULL, &found))
        return NULL;
    set = binding_set(binding, &found, NULL);
    if (!set || !set->query)
        return NULL;
    binding_kind(binding, set, found.column, &kind);
    origin = query_column(set->query, found.column)->origin;
    return kind.type == FIELD_BOOLEAN ? YES_NO : origin ? origin->codes : NULL;
}

/* The boxes of one cell while they are written. */
struct boxes {
    size_t count;
    struct form_option *options;
    bool *ticked;
    bool other;      /* the box of other values is one of them: the last */
    GString *others; /* values no other box stands for, joined by 、 */
};

static void find_boxes(const struct scope *scope, const struct form_cell *cell, struct boxes *boxes)
{
    const struct form_check *check = &cell->check;
    const char *const *codes =
        check->noption ? NULL : choice_codes(scope->binding, &cell->phrase->pieces[0]);
    size_t count = check->noption;

    while (codes && codes[count])
        count++;
    boxes->options = g_new0(struct form_option, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct form_option option =
            codes ? (struct form_option){.value = codes[i], .text = codes[i]} : check->options[i];

        /* 其他 may be a code by itself: it is one box, and the last. */
        if (g_strcmp0(option.text, check->other) != 0)
            boxes->options[boxes->count++] = option;
    }
    boxes->other = check->other != NULL;
    if (boxes->other)
        boxes->options[boxes->count++] =
            (struct form_option){.value = check->other, .text = check->other};
    boxes->ticked = g_new0(bool, boxes->count + 1);
    boxes->others = g_string_new(NULL);
}

static bool tick(struct boxes *boxes, const char *value)
{
    for (size_t i = 0; i < boxes->count; i++) {
        if (strcmp(boxes->options[i].value, value) != 0)
            continue;
        boxes->ticked[i] = true;
        return true;
    }
    return false;
}

static void tick_all(struct boxes *boxes, const char *text)
{
    char **values;

    if (tick(boxes, text))
        return;
    values = g_strsplit(text, "、", -1);
    for (size_t i = 0; values[i]; i++)
        if (!tick(boxes, values[i]))
            g_string_append_printf(boxes->others, "%s%s", boxes->others->len ? "、" : "",
                                   values[i]);
    g_strfreev(values);
}

static void write_boxes(const struct boxes *boxes, bool blank, GString *out)
{
    for (size_t i = 0; i < boxes->count; i++) {
        const bool other = boxes->other && i + 1 == boxes->count;
        const bool named = other && boxes->others->len > 0;

        g_string_append_printf(out, "%s%s%s", i ? BETWEEN : "",
                               boxes->ticked[i] || named ? TICKED_BOX : EMPTY_BOX,
                               boxes->options[i].text);
        if (named)
            g_string_append_printf(out, "（%s）", boxes->others->str);
        else if (other && blank)
            g_string_append(out, ROOM);
    }
}

const char *choice_text(struct scope *scope, const struct form_cell *cell)
{
    const struct piece *piece = &cell->phrase->pieces[0];
    struct boxes boxes = {0};
    struct format format;
    struct value value;
    GString *known, *out;
    const char *text;

    if (!scope_value(scope, piece, &value, &format))
        return ""; /* checked when prepared */
    find_boxes(scope, cell, &boxes);
    known = g_string_new(NULL);
    format_value(known, format, &value);
    switch (value.state) {
    case STATE_VALUE:
        tick_all(&boxes, known->str);
        g_string_truncate(known, 0);
        break;
    case STATE_NONE:
    case STATE_SUPPRESSED: /* 无 is a box of its own, among the others or behind them */
        if (tick(&boxes, known->str))
            g_string_truncate(known, 0);
        else
            g_string_prepend(known, TICKED_BOX);
        break;
    case STATE_EMPTY:
        g_string_truncate(known, 0);
        scope_tally(scope, piece->name, piece->place, value.state);
        break;
    case STATE_INVALID:
        scope_tally(scope, piece->name, piece->place, value.state);
        break;
    }
    if (boxes.others->len > 0 && !boxes.other)
        scope_unticked(scope, piece->name, piece->place);
    out = g_string_new(NULL);
    write_boxes(&boxes, value.state == STATE_EMPTY, out);
    if (known->len > 0)
        g_string_append_printf(out, "%s%s", BETWEEN, known->str);
    text = arena_text(scope->arena, out->str);
    g_string_free(out, TRUE);
    g_string_free(known, TRUE);
    g_string_free(boxes.others, TRUE);
    g_free(boxes.options);
    g_free(boxes.ticked);
    return text;
}
