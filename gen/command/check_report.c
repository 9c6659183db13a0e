/* Brings findings back to the rows they speak of, and writes what each village has to mend. */
#include "command/check_report.h"

#include <string.h>

#include "command/hold.h"
#include "command/tables.h"
#include "ledger/plain.h"

/* A finding that asks for something to be done, and the row it speaks of. */
struct fault {
    size_t finding;
    size_t ledger;     /* SIZE_MAX: no row of a ledger */
    size_t row, field; /* field SIZE_MAX: the row as a whole */
};

struct village {
    const char *name; /* NULL: what belongs to none */
    GArray *faults;   /* struct fault */
    GArray *
        *rows; /* one a ledger: its rows of this village, size_t; NULL: nothing is wrong there */
};

struct report {
    const struct ledgers *ledgers;
    const struct findings *findings;
    const struct plain *plain;
    GArray *faults;      /* struct fault */
    GPtrArray *villages; /* in the order met; the first has no name */
    GHashTable *named;   /* the same by name */
    GString *text;
    struct findings *told; /* where what was written is told */
};

/* --- from a finding to its row */

static void append_key(GString *out, const struct place *place)
{
    g_string_printf(out, "%s\x1f%s\x1f%u", place->file ? place->file : "",
                    place->sheet ? place->sheet : "", place->line);
}

/* The field whose cell of that row stands at the place; SIZE_MAX: none. */
static size_t field_at(const struct report *report, size_t ledger, size_t row,
                       const struct place *place)
{
    const struct ledger *of = &report->ledgers->list[ledger];

    for (size_t field = 0; place->column && field < of->schema->nfield; field++)
        if (ledgers_place(report->ledgers, of, row, field).column == place->column)
            return field;
    return SIZE_MAX;
}

/* A line may fill two ledgers: the one that has a cell at the place is meant. */
static void settle(const struct report *report, struct fault *fault, size_t ledger, size_t row)
{
    const struct place *place = &findings_at(report->findings, fault->finding)->place;
    const size_t field = field_at(report, ledger, row, place);

    if (fault->ledger != SIZE_MAX && (fault->field != SIZE_MAX || field == SIZE_MAX))
        return;
    fault->ledger = ledger;
    fault->row = row;
    fault->field = field;
}

static GHashTable *collect_faults(struct report *report)
{
    GHashTable *by_line =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);

    for (size_t i = 0; i < findings_count(report->findings); i++) {
        const struct finding *finding = findings_at(report->findings, i);
        const struct fault fault = {i, SIZE_MAX, 0, SIZE_MAX};
        const guint number = report->faults->len;
        GArray *here;

        if (finding_level_of(finding->code) == LEVEL_NOTE)
            continue;
        g_array_append_val(report->faults, fault);
        if (!finding->place.file || !finding->place.line)
            continue;
        append_key(report->text, &finding->place);
        here = g_hash_table_lookup(by_line, report->text->str);
        if (!here) {
            here = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(by_line, g_strdup(report->text->str), here);
        }
        g_array_append_val(here, number);
    }
    return by_line;
}

static void find_rows(struct report *report)
{
    GHashTable *by_line = collect_faults(report);

    for (size_t ledger = 0; ledger < report->ledgers->count; ledger++) {
        const struct ledger *of = &report->ledgers->list[ledger];

        for (size_t row = 0; row < rowset_rows(of->rows); row++) {
            const struct place place = ledgers_place(report->ledgers, of, row, SIZE_MAX);
            const GArray *here;

            append_key(report->text, &place);
            here = g_hash_table_lookup(by_line, report->text->str);
            for (guint i = 0; here && i < here->len; i++)
                settle(report,
                       &g_array_index(report->faults, struct fault, g_array_index(here, guint, i)),
                       ledger, row);
        }
    }
    g_hash_table_destroy(by_line);
}

/* --- by village */

static struct village *village_of(struct report *report, const char *name)
{
    struct village *village = g_hash_table_lookup(report->named, name ? name : "");

    if (village)
        return village;
    village = g_new0(struct village, 1);
    village->name = name;
    village->faults = g_array_new(FALSE, FALSE, sizeof(struct fault));
    village->rows = g_new0(GArray *, report->ledgers->count);
    g_ptr_array_add(report->villages, village);
    g_hash_table_insert(report->named, (gpointer)(name ? name : ""), village);
    return village;
}

static void village_free(struct village *village, size_t count)
{
    g_array_free(village->faults, TRUE);
    for (size_t i = 0; i < count; i++)
        if (village->rows[i])
            g_array_free(village->rows[i], TRUE);
    g_free(village->rows);
    g_free(village);
}

static int compare_faults(const void *a, const void *b)
{
    const struct fault *one = a, *other = b;

    if (one->ledger != other->ledger)
        return one->ledger < other->ledger ? -1 : 1;
    if (one->row != other->row)
        return one->row < other->row ? -1 : 1;
    return (one->finding > other->finding) - (one->finding < other->finding);
}

static void sort_out(struct report *report)
{
    village_of(report, NULL);
    for (guint i = 0; i < report->faults->len; i++) {
        const struct fault *fault = &g_array_index(report->faults, struct fault, i);
        const bool placed = fault->ledger != SIZE_MAX;
        const struct ledger *ledger = placed ? &report->ledgers->list[fault->ledger] : NULL;
        struct village *village =
            village_of(report, placed ? hold_village(report->ledgers, ledger, fault->row) : NULL);

        g_array_append_val(village->faults, *fault);
        if (placed && village->name && !village->rows[fault->ledger])
            village->rows[fault->ledger] = g_array_new(FALSE, FALSE, sizeof(size_t));
    }
    for (guint i = 0; i < report->villages->len; i++)
        g_array_sort(((struct village *)report->villages->pdata[i])->faults, compare_faults);
    for (size_t ledger = 0; ledger < report->ledgers->count; ledger++) {
        const struct ledger *of = &report->ledgers->list[ledger];

        for (size_t row = 0; row < rowset_rows(of->rows); row++) {
            struct village *village = village_of(report, hold_village(report->ledgers, of, row));

            if (village->rows[ledger])
                g_array_append_val(village->rows[ledger], row);
        }
    }
}

/* --- tables */

static struct value text_or_nothing(const char *text)
{
    return text && *text ? value_text(text) : value_null(STATE_EMPTY);
}

static struct value number_or_nothing(uint32_t number)
{
    return number ? value_integer(number) : value_null(STATE_EMPTY);
}

static struct value level_word(const struct finding *finding)
{
    return value_text(finding_level_of(finding->code) == LEVEL_ERROR ? "错误" : "提醒");
}

/* What is wrong, one line a finding. */
static struct rowset *list_faults(const struct report *report, const struct village *village)
{
    static const char *const NAMES[] = {"级别", "文件", "工作表", "行",  "列",
                                        "列名", "问题", "改法",   "代码"};
    struct rowset *rows = rowset_new(G_N_ELEMENTS(NAMES), NAMES);
    GString *hint = g_string_new(NULL);

    for (int level = LEVEL_ERROR; level > LEVEL_NOTE; level--) {
        for (guint i = 0; i < village->faults->len; i++) {
            const struct fault *fault = &g_array_index(village->faults, struct fault, i);
            const struct finding *finding = findings_at(report->findings, fault->finding);

            if ((int)finding_level_of(finding->code) != level)
                continue;
            g_string_truncate(report->text, 0);
            g_string_truncate(hint, 0);
            finding_message(report->text, finding, false);
            finding_hint(hint, finding, false);
            rowset_append(rows,
                          (const struct value[]){
                              level_word(finding), text_or_nothing(finding->place.file),
                              text_or_nothing(finding->place.sheet),
                              number_or_nothing(finding->place.line),
                              number_or_nothing(finding->place.column),
                              text_or_nothing(finding->place.field), value_text(report->text->str),
                              text_or_nothing(hint->str), value_text(finding_called(finding))});
        }
    }
    g_string_free(hint, TRUE);
    return rows;
}

/* Fields that some file of the ledger has a column for. */
static GArray *fields_of(const struct report *report, size_t ledger)
{
    const struct ledger *of = &report->ledgers->list[ledger];
    GArray *fields = g_array_new(FALSE, FALSE, sizeof(size_t));

    for (size_t field = 0; field < of->schema->nfield; field++) {
        bool has = of->columns[field] != 0;

        for (size_t i = 0; i < report->ledgers->nfile && !has; i++) {
            const struct ledger_file *file = &report->ledgers->files[i];

            has = file->ledger && strcmp(file->ledger, of->schema->name) == 0 &&
                  file->columns[field] != 0;
        }
        if (has)
            g_array_append_val(fields, field);
    }
    return fields;
}

/* Columns of a ledger's copy before its fields. */
enum { COPY_FILE, COPY_LINE, COPY_REASON, COPY_FIELDS };

/* The first fault of the village that is not before that row. */
static guint first_fault(const struct village *village, size_t ledger, size_t row)
{
    const struct fault wanted = {0, ledger, row, 0};
    guint low = 0, high = village->faults->len;

    while (low < high) {
        const guint middle = low + (high - low) / 2;

        if (compare_faults(&g_array_index(village->faults, struct fault, middle), &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The reasons of a row, one after another, and the cells they speak of. */
static void add_reasons(const struct report *report, const struct village *village, size_t ledger,
                        size_t row, const GArray *fields, uint32_t at, GString *reasons,
                        GArray *marks)
{
    for (guint i = first_fault(village, ledger, row); i < village->faults->len; i++) {
        const struct fault *fault = &g_array_index(village->faults, struct fault, i);
        const struct finding *finding = findings_at(report->findings, fault->finding);

        if (fault->ledger != ledger || fault->row != row)
            break;
        g_string_append(reasons, reasons->len > 0 ? "\n" : "");
        if (finding->place.field)
            g_string_append_printf(reasons, "%s：", finding->place.field);
        finding_message(reasons, finding, false);
        for (guint k = 0; k < fields->len; k++) {
            const struct cell_mark mark = {at, k + COPY_FIELDS};

            if (g_array_index(fields, size_t, k) == fault->field)
                g_array_append_val(marks, mark);
        }
    }
}

static int compare_marks(const void *a, const void *b)
{
    const struct cell_mark *one = a, *other = b;

    if (one->row != other->row)
        return one->row < other->row ? -1 : 1;
    return (one->column > other->column) - (one->column < other->column);
}

/* The village's rows of a ledger as they are in their files, the reasons before them. */
static struct rowset *copy_ledger(const struct report *report, const struct village *village,
                                  size_t ledger, GArray *marks)
{
    const struct ledger *of = &report->ledgers->list[ledger];
    GArray *fields = fields_of(report, ledger);
    const guint ncolumn = fields->len + COPY_FIELDS;
    const char **names = g_new(const char *, ncolumn);
    struct value *values = g_new(struct value, ncolumn);
    GString **texts = g_new(GString *, ncolumn);
    struct rowset *rows;

    names[COPY_FILE] = "文件";
    names[COPY_LINE] = "行";
    names[COPY_REASON] = "问题";
    for (guint i = 0; i < ncolumn; i++)
        texts[i] = g_string_new(NULL);
    for (guint i = 0; i < fields->len; i++)
        names[i + COPY_FIELDS] = of->schema->fields[g_array_index(fields, size_t, i)].name;
    rows = rowset_new(ncolumn, names);
    for (guint i = 0; i < village->rows[ledger]->len; i++) {
        const size_t row = g_array_index(village->rows[ledger], size_t, i);
        const struct place place = ledgers_place(report->ledgers, of, row, SIZE_MAX);

        values[COPY_FILE] = text_or_nothing(place.file);
        values[COPY_LINE] = number_or_nothing(place.line);
        for (guint k = 0; k < fields->len; k++)
            values[k + COPY_FIELDS] =
                plain_value(report->plain, ledger, row, g_array_index(fields, size_t, k), texts[k]);
        g_string_truncate(report->text, 0);
        add_reasons(report, village, ledger, row, fields, i, report->text, marks);
        values[COPY_REASON] = text_or_nothing(report->text->str);
        rowset_append(rows, values);
    }
    g_array_sort(marks, compare_marks);
    for (guint i = 0; i < ncolumn; i++)
        g_string_free(texts[i], TRUE);
    g_free(texts);
    g_free(values);
    g_free(names);
    g_array_free(fields, TRUE);
    return rows;
}

static void free_rows(void *rows)
{
    rowset_free(rows);
}

static int write_village(const struct report *report, const struct options *options,
                         const struct village *village)
{
    GArray *tables = g_array_new(FALSE, TRUE, sizeof(struct table));
    GPtrArray *rows = g_ptr_array_new_with_free_func(free_rows);
    GPtrArray *marks = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    struct table table = {.name = "问题", .rows = list_faults(report, village), .main = true};
    int status;

    g_ptr_array_add(rows, (gpointer)table.rows);
    g_array_append_val(tables, table);
    for (size_t ledger = 0; ledger < report->ledgers->count; ledger++) {
        GArray *here;

        if (!village->rows[ledger])
            continue;
        here = g_array_new(FALSE, FALSE, sizeof(struct cell_mark));
        table = (struct table){.name = report->ledgers->list[ledger].schema->title,
                               .rows = copy_ledger(report, village, ledger, here)};
        table.marks = (const struct cell_mark *)(void *)here->data;
        table.nmark = here->len;
        g_ptr_array_add(rows, (gpointer)table.rows);
        g_ptr_array_add(marks, here);
        g_array_append_val(tables, table);
    }
    status = tables_write(options, TABLES_FAULTS, village->name,
                          (const struct table *)(void *)tables->data, tables->len, report->told);
    g_array_free(tables, TRUE);
    g_ptr_array_free(rows, TRUE);
    g_ptr_array_free(marks, TRUE);
    return status;
}

static GPtrArray *villages_with_faults(const struct report *report)
{
    GPtrArray *villages = g_ptr_array_new();

    for (guint i = 0; i < report->villages->len; i++) {
        struct village *village = report->villages->pdata[i];

        if (village->faults->len > 0)
            g_ptr_array_add(villages, village);
    }
    return villages;
}

/* All findings of one name. */
struct kind {
    const struct finding *first;
    int64_t *counts, all; /* one a village */
};

static void free_kind(void *data)
{
    g_free(((struct kind *)data)->counts);
    g_free(data);
}

/* By the names of findings, in the order of their first; lent to names. */
static GPtrArray *count_kinds(const struct report *report, const GPtrArray *villages)
{
    GPtrArray *kinds = g_ptr_array_new_with_free_func(free_kind);
    GHashTable *named = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < villages->len; i++) {
        const struct village *village = villages->pdata[i];

        for (guint k = 0; k < village->faults->len; k++) {
            const struct finding *finding = findings_at(
                report->findings, g_array_index(village->faults, struct fault, k).finding);
            struct kind *kind = g_hash_table_lookup(named, finding_called(finding));

            if (!kind) {
                kind = g_new0(struct kind, 1);
                kind->first = finding;
                kind->counts = g_new0(int64_t, villages->len);
                g_ptr_array_add(kinds, kind);
                g_hash_table_insert(named, (gpointer)finding_called(finding), kind);
            }
            kind->counts[i]++;
            kind->all++;
        }
    }
    g_hash_table_destroy(named);
    return kinds;
}

/* Errors first, then what there is most of. */
static int compare_kinds(const void *a, const void *b)
{
    const struct kind *one = *(struct kind *const *)a, *other = *(struct kind *const *)b;
    const int level =
        (int)finding_level_of(other->first->code) - (int)finding_level_of(one->first->code);

    if (level != 0)
        return level;
    if (one->all != other->all)
        return one->all > other->all ? -1 : 1;
    return strcmp(finding_called(one->first), finding_called(other->first));
}

/* Codes down, villages across. */
static struct rowset *count_codes(const struct report *report)
{
    GPtrArray *villages = villages_with_faults(report);
    GPtrArray *kinds = count_kinds(report, villages);
    const guint ncolumn = villages->len + 4;
    const char **names = g_new(const char *, ncolumn);
    struct value *values = g_new(struct value, ncolumn);
    struct rowset *rows;

    names[0] = "代码";
    names[1] = "级别";
    names[2] = "问题（举一处）";
    for (guint i = 0; i < villages->len; i++) {
        const struct village *village = villages->pdata[i];

        names[i + 3] = village->name ? village->name : "不属于哪个村";
    }
    names[ncolumn - 1] = "合计";
    rows = rowset_new(ncolumn, names);
    g_ptr_array_sort(kinds, compare_kinds);
    for (guint k = 0; k < kinds->len; k++) {
        const struct kind *kind = kinds->pdata[k];

        g_string_truncate(report->text, 0);
        finding_message(report->text, kind->first, false);
        values[0] = value_text(finding_called(kind->first));
        values[1] = level_word(kind->first);
        values[2] = value_text(report->text->str);
        for (guint i = 0; i < villages->len; i++)
            values[i + 3] =
                kind->counts[i] ? value_integer(kind->counts[i]) : value_null(STATE_EMPTY);
        values[ncolumn - 1] = value_integer(kind->all);
        rowset_append(rows, values);
    }
    g_free(values);
    g_free(names);
    g_ptr_array_free(kinds, TRUE);
    g_ptr_array_free(villages, TRUE);
    return rows;
}

static int write_summary(const struct report *report, const struct options *options)
{
    const struct village *none = report->villages->pdata[0];
    struct rowset *counts = count_codes(report), *others = list_faults(report, none);
    const struct table tables[] = {{.name = "汇总", .rows = counts, .main = true},
                                   {.name = "不属于哪个村的", .rows = others}};
    const int status =
        tables_write(options, TABLES_FAULTS, "汇总", tables, G_N_ELEMENTS(tables), report->told);

    rowset_free(counts);
    rowset_free(others);
    return status;
}

int check_report_write(const struct options *options, const struct ledgers *ledgers,
                       struct findings *findings)
{
    struct plain *plain = plain_new(ledgers);
    struct report report = {.ledgers = ledgers,
                            .findings = findings,
                            .plain = plain,
                            .faults = g_array_new(FALSE, FALSE, sizeof(struct fault)),
                            .villages = g_ptr_array_new(),
                            .named = g_hash_table_new(g_str_hash, g_str_equal),
                            .text = g_string_new(NULL),
                            .told = findings_new()};
    int status;

    find_rows(&report);
    sort_out(&report);
    status = write_summary(&report, options);
    for (guint i = 1; i < report.villages->len && status == 0; i++) {
        const struct village *village = report.villages->pdata[i];

        if (village->faults->len > 0)
            status = write_village(&report, options, village);
    }
    for (guint i = 0; i < report.villages->len; i++)
        village_free(report.villages->pdata[i], ledgers->count);
    findings_move(findings, report.told);
    findings_free(report.told);
    g_ptr_array_free(report.villages, TRUE);
    g_hash_table_destroy(report.named);
    g_array_free(report.faults, TRUE);
    g_string_free(report.text, TRUE);
    plain_free(plain);
    return status;
}
