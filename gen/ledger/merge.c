/* Merging a ledger's files, and proving that nothing was lost or counted twice. */
#include "ledger/merge.h"

#include <string.h>

#include "base/total.h"
#include "ledger/plain.h"

struct merging {
    const struct ledgers *ledgers;
    const struct ledger *of;
    size_t ledger, nread; /* fields but derived ones */
    struct plain *plain;
    GString *text;
    struct merged *merged;
};

static bool is_summed(const struct field *field)
{
    return field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL ||
           field->type == FIELD_MONEY;
}

/* The file's or sheet's name, lent until the next call. */
static struct value file_name(struct merging *merging, size_t file)
{
    const struct place place = ledger_file_place(&merging->ledgers->files[file]);

    g_string_truncate(merging->text, 0);
    place_append(merging->text, &place);
    return value_text(merging->text->str);
}

/* --- the rows */

static void merge_rows(struct merging *merging)
{
    const struct schema *schema = merging->of->schema;
    const size_t nread = merging->nread, nrow = rowset_rows(merging->of->rows);
    const char **names = g_new(const char *, nread + 2);
    struct value *values = g_new(struct value, nread + 2);
    GString **stores = g_new(GString *, nread);

    for (size_t f = 0; f < nread; f++) {
        names[f] = schema->fields[f].name;
        stores[f] = g_string_new(NULL);
    }
    names[nread] = "来源文件";
    names[nread + 1] = "来源行";
    merging->merged->rows = rowset_new(nread + 2, names);
    for (size_t row = 0; row < nrow; row++) {
        const struct row_origin origin = merging->of->origins[row];

        for (size_t f = 0; f < nread; f++)
            values[f] = plain_value(merging->plain, merging->ledger, row, f, stores[f]);
        values[nread] = file_name(merging, origin.file);
        values[nread + 1] = value_integer(origin.line);
        rowset_append(merging->merged->rows, values);
    }
    for (size_t f = 0; f < nread; f++)
        g_string_free(stores[f], TRUE);
    g_free(stores);
    g_free(values);
    g_free(names);
}

/* --- the sources */

/* What a source, or all of them together, come to. */
struct tally {
    bool used;
    bool own;    /* a file of this ledger: read is known */
    bool source; /* not of the merged rows: repeated and faulty are known */
    size_t read, counted, repeated, faulty;
    decimal *sums; /* one a summed field */
};

struct sums {
    size_t count;
    size_t *fields;   /* of the schema */
    bool *whole;      /* integers */
    struct tally *of; /* one a file of the ledgers */
    size_t nfile;
};

/* Whether any cell of the column is not blank. */
static bool is_filled(const struct rowset *rows, size_t column)
{
    for (size_t row = 0; row < rowset_rows(rows); row++) {
        const struct value value = rowset_at(rows, row, column);

        if (value.state == STATE_VALUE || value.state == STATE_INVALID)
            return true;
    }
    return false;
}

static struct sums sums_new(const struct merging *merging)
{
    const struct schema *schema = merging->of->schema;
    struct sums sums = {.fields = g_new(size_t, merging->nread),
                        .whole = g_new(bool, merging->nread),
                        .nfile = merging->ledgers->nfile};

    for (size_t f = 0; f < merging->nread; f++) {
        if (!is_summed(&schema->fields[f]) || !is_filled(merging->of->rows, f))
            continue;
        sums.whole[sums.count] = schema->fields[f].type == FIELD_INTEGER;
        sums.fields[sums.count++] = f;
    }
    sums.of = g_new0(struct tally, sums.nfile);
    for (size_t i = 0; i < sums.nfile; i++)
        sums.of[i].sums = g_new0(decimal, sums.count);
    return sums;
}

static void sums_free(struct sums *sums)
{
    for (size_t i = 0; i < sums->nfile; i++)
        g_free(sums->of[i].sums);
    g_free(sums->of);
    g_free(sums->whole);
    g_free(sums->fields);
}

/* Adds up by origin, from the ledger itself: the merged rows have to come to the same. */
static void sums_fill(const struct merging *merging, struct sums *sums)
{
    const struct ledgers *ledgers = merging->ledgers;

    for (size_t i = 0; i < sums->nfile; i++) {
        const struct ledger_file *file = &ledgers->files[i];

        sums->of[i].own = file->ledger && strcmp(file->ledger, merging->of->schema->name) == 0;
        sums->of[i].used = sums->of[i].own;
        sums->of[i].source = true;
        sums->of[i].read = file->rows_read;
    }
    for (size_t i = 0; i < ledgers->nrepeated; i++) {
        if (ledgers->repeated[i].ledger == merging->ledger)
            sums->of[ledgers->repeated[i].origin.file].repeated++;
    }
    for (size_t row = 0; row < rowset_rows(merging->of->rows); row++) {
        struct tally *tally = &sums->of[merging->of->origins[row].file];

        tally->used = true;
        tally->counted++;
        for (size_t i = 0; i < sums->count; i++) {
            const struct value value = rowset_at(merging->of->rows, row, sums->fields[i]);
            decimal number;

            if (total_number(&value, &number))
                tally->sums[i] += number;
            else
                tally->faulty += value.state == STATE_INVALID;
        }
    }
}

enum { SOURCE_FILE, SOURCE_READ, SOURCE_COUNTED, SOURCE_REPEATED, SOURCE_SUMS };

static struct value sum_value(const struct sums *sums, size_t index, decimal sum)
{
    return sums->whole[index] ? value_integer((int64_t)(sum / DECIMAL_ONE))
                              : value_real(decimal_to_real(sum));
}

static void append_tally(struct merging *merging, const struct sums *sums, struct value name,
                         const struct tally *tally)
{
    const size_t faulty = SOURCE_SUMS + sums->count;
    struct value *values = g_new(struct value, faulty + 1);

    values[SOURCE_FILE] = name;
    values[SOURCE_READ] =
        tally->own ? value_integer((int64_t)tally->read) : value_null(STATE_EMPTY);
    values[SOURCE_COUNTED] = value_integer((int64_t)tally->counted);
    values[SOURCE_REPEATED] =
        tally->source ? value_integer((int64_t)tally->repeated) : value_null(STATE_EMPTY);
    for (size_t i = 0; i < sums->count; i++)
        values[SOURCE_SUMS + i] = sum_value(sums, i, tally->sums[i]);
    values[faulty] =
        tally->source ? value_integer((int64_t)tally->faulty) : value_null(STATE_EMPTY);
    rowset_append(merging->merged->sources, values);
    g_free(values);
}

/* Of the numbers that stand in the column of the merged rows, exactly. */
static decimal merged_sum(const struct rowset *rows, size_t column)
{
    decimal sum = 0, number;

    for (size_t row = 0; row < rowset_rows(rows); row++) {
        const struct value value = rowset_at(rows, row, column);

        if (total_number(&value, &number))
            sum += number;
    }
    return sum;
}

/* The last three rows: what all sources come to, what the merged rows do, and the difference. */
static void append_balance(struct merging *merging, const struct sums *sums)
{
    struct merged *merged = merging->merged;
    struct tally all = {.own = true, .source = true, .sums = g_new0(decimal, sums->count)};
    struct tally table = {.counted = rowset_rows(merged->rows),
                          .sums = g_new0(decimal, sums->count)};
    struct tally gap = {.sums = g_new0(decimal, sums->count)};

    merged->balanced = true;
    for (size_t i = 0; i < sums->nfile; i++) {
        const struct tally *tally = &sums->of[i];

        all.counted += tally->counted;
        all.repeated += tally->repeated;
        all.faulty += tally->faulty;
        all.read += tally->own ? tally->read : 0;
        for (size_t k = 0; k < sums->count; k++)
            all.sums[k] += tally->sums[k];
        if (tally->own && tally->read != tally->counted + tally->repeated)
            merged->balanced = false;
    }
    for (size_t k = 0; k < sums->count; k++) {
        table.sums[k] = merged_sum(merged->rows, sums->fields[k]);
        gap.sums[k] = table.sums[k] - all.sums[k];
        merged->balanced = merged->balanced && gap.sums[k] == 0;
    }
    gap.counted = table.counted - all.counted;
    merged->balanced = merged->balanced && gap.counted == 0;
    append_tally(merging, sums, value_text("各来源之和"), &all);
    append_tally(merging, sums, value_text("合并表合计"), &table);
    append_tally(merging, sums, value_text("相差"), &gap);
    g_free(gap.sums);
    g_free(table.sums);
    g_free(all.sums);
}

static void list_sources(struct merging *merging)
{
    const struct schema *schema = merging->of->schema;
    struct sums sums = sums_new(merging);
    const char **names = g_new(const char *, SOURCE_SUMS + sums.count + 1);

    sums_fill(merging, &sums);
    names[SOURCE_FILE] = "来源文件";
    names[SOURCE_READ] = "读入行";
    names[SOURCE_COUNTED] = "计入行";
    names[SOURCE_REPEATED] = "重复行";
    for (size_t i = 0; i < sums.count; i++)
        names[SOURCE_SUMS + i] = schema->fields[sums.fields[i]].name;
    names[SOURCE_SUMS + sums.count] = "有误格";
    merging->merged->sources = rowset_new(SOURCE_SUMS + sums.count + 1, names);
    for (size_t i = 0; i < sums.nfile; i++) {
        if (sums.of[i].used)
            append_tally(merging, &sums, file_name(merging, i), &sums.of[i]);
    }
    append_balance(merging, &sums);
    g_free(names);
    sums_free(&sums);
}

/* --- what stands there twice */

static void append_repeat(struct merging *merging, const char *what, struct row_origin origin,
                          struct row_origin other, struct value differing)
{
    GString *first = g_string_new(file_name(merging, origin.file).text);
    const struct value values[] = {value_text(what),           value_text(first->str),
                                   value_integer(origin.line), file_name(merging, other.file),
                                   value_integer(other.line),  differing};

    rowset_append(merging->merged->repeats, values);
    g_string_free(first, TRUE);
}

static char *differing_fields(const struct merging *merging, size_t row, size_t other)
{
    GString *names = g_string_new(NULL), *a = g_string_new(NULL), *b = g_string_new(NULL);

    for (size_t f = 0; f < merging->nread; f++) {
        g_string_truncate(a, 0);
        g_string_truncate(b, 0);
        plain_append(a, merging->plain, merging->ledger, row, f);
        plain_append(b, merging->plain, merging->ledger, other, f);
        if (!g_string_equal(a, b))
            g_string_append_printf(names, "%s%s", names->len ? "、" : "",
                                   merging->of->schema->fields[f].name);
    }
    g_string_free(a, TRUE);
    g_string_free(b, TRUE);
    return g_string_free(names, FALSE);
}

static void list_repeats(struct merging *merging)
{
    static const char *const names[] = {"情形",       "来源文件", "来源行",
                                        "另一处文件", "另一处行", "不同的列"};
    const struct ledgers *ledgers = merging->ledgers;

    merging->merged->repeats = rowset_new(G_N_ELEMENTS(names), names);
    for (size_t i = 0; i < ledgers->nrepeated; i++) {
        const struct repeated_row *repeated = &ledgers->repeated[i];

        if (repeated->ledger == merging->ledger)
            append_repeat(merging, "各列相同，只计一次", repeated->origin, repeated->same_as,
                          value_null(STATE_EMPTY));
    }
    for (size_t i = 0; i < ledgers->nclash; i++) {
        const struct key_clash *clash = &ledgers->clashes[i];

        if (clash->ledger == merging->ledger) {
            char *differing = differing_fields(merging, clash->row, clash->other);

            append_repeat(merging, "主键相同，内容不同", merging->of->origins[clash->row],
                          merging->of->origins[clash->other], value_text(differing));
            g_free(differing);
        }
    }
}

struct merged *merge_ledger(const struct ledgers *ledgers, size_t ledger)
{
    const struct ledger *of = &ledgers->list[ledger];
    struct merging merging = {.ledgers = ledgers,
                              .of = of,
                              .ledger = ledger,
                              .nread = of->schema->nfield - of->schema->nderived,
                              .plain = plain_new(ledgers),
                              .text = g_string_new(NULL),
                              .merged = g_new0(struct merged, 1)};

    merge_rows(&merging);
    list_sources(&merging);
    list_repeats(&merging);
    plain_free(merging.plain);
    g_string_free(merging.text, TRUE);
    return merging.merged;
}

void merged_free(struct merged *merged)
{
    if (!merged)
        return;
    rowset_free(merged->rows);
    rowset_free(merged->sources);
    rowset_free(merged->repeats);
    g_free(merged);
}
