/* Orders texts as Chinese readers expect: names by reading, numbers by size, places by their list.
 */
#include "store/collation.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "base/text.h"

enum collation_kind { PINYIN, NATURAL, PLACES, STROKES, KINDS };

static const char *const names[KINDS + 1] = {"拼音", "自然序", "地名序", "笔画", NULL};

struct collation {
    struct collations *owner;
    enum collation_kind kind;
    GHashTable *keys; /* GBytes of a text to GBytes */
};

struct collations {
    UCollator *pinyin;
    UCollator *strokes; /* NULL until 笔画 is asked for: ICU reads its tables for a while */
    GHashTable *ranks;  /* place's name to its rank, a GUINT_TO_POINTER */
    struct collation list[KINDS];
};

/* Keys are dropped when there are so many, so that a run over many texts stays in bounds. */
enum { KEYS_KEPT = 500000 };

const char *const *collation_names(void)
{
    return names;
}

/* ICU's key, without its NUL: bytes that are never 0. */
static void append_collator_key(UCollator *collator, GString *key, const char *text, size_t length)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar *wide = g_new(UChar, length + 1);
    const gsize before = key->len;
    int32_t count, size;

    u_strFromUTF8WithSub(wide, (int32_t)length + 1, &count, text, (int32_t)length, 0xFFFD, NULL,
                         &error);
    size = ucol_getSortKey(collator, wide, count, NULL, 0);
    g_string_set_size(key, before + (gsize)size);
    ucol_getSortKey(collator, wide, count, (uint8_t *)key->str + before, size);
    g_string_truncate(key, before + (gsize)size - 1);
    g_free(wide);
}

static void append_icu_key(const struct collations *collations, GString *key, const char *text,
                           size_t length)
{
    append_collator_key(collations->pinyin, key, text, length);
}

static const struct surname *find_surname(const char *text)
{
    for (const struct surname *surname = surnames; surname->name; surname++) {
        if (g_str_has_prefix(text, surname->name))
            return surname;
    }
    return NULL;
}

/* Surname's reading, surname, rest: so homophones (解 谢) do not mix. */
static void append_pinyin_key(const struct collations *collations, GString *key, const char *text)
{
    const struct surname *surname = find_surname(text);
    size_t length;

    if (surname) {
        length = strlen(surname->name);
        append_icu_key(collations, key, surname->as, strlen(surname->as));
    } else {
        if (!text_is_han(text_character(text, &length)))
            length = strlen(text);
        append_icu_key(collations, key, text, length);
    }
    g_string_append_c(key, '\0');
    g_string_append_len(key, text, (gssize)length);
    g_string_append_c(key, '\0');
    append_icu_key(collations, key, text + length, strlen(text + length));
}

/* 0 to 9, or a unit (10 100 1000 10000); -1: no numeral. */
static int numeral(uint32_t character)
{
    static const char *const digits = "〇一二三四五六七八九";
    static const struct {
        uint32_t character;
        int value;
    } others[] = {{0x96F6, 0} /* 零 */,   {0x4E24, 2} /* 两 */,    {0x5341, 10} /* 十 */,
                  {0x767E, 100} /* 百 */, {0x5343, 1000} /* 千 */, {0x4E07, 10000} /* 万 */};
    size_t length;
    int value = 0;

    for (const char *at = digits; *at; at += length, value++) {
        if (text_character(at, &length) == character)
            return value;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        if (others[i].character == character)
            return others[i].value;
    }
    return -1;
}

static uint64_t add_digit(uint64_t number, int digit)
{
    return number > (UINT64_MAX - 9) / 10 ? UINT64_MAX : number * 10 + (uint64_t)digit;
}

/* Reads Chinese numerals: 十二, 一百零三, and digit by digit 二〇一八. Bytes read, 0: none. */
static size_t read_numerals(const char *text, uint64_t *number)
{
    uint64_t section = 0, pending = 0; /* below 万; digits not yet given a unit */
    size_t at = 0, length;
    bool open = false; /* pending holds digits */

    *number = 0;
    for (int value; (value = numeral(text_character(text + at, &length))) >= 0; at += length) {
        if (value < 10) {
            pending = add_digit(pending, value);
            open = true;
            continue;
        }
        if (!open && (value < 10000 || section == 0)) /* 十二 is 一十二 */
            pending = 1;
        if (value == 10000) {
            *number = (section + pending) * 10000;
            section = 0;
        } else if (pending < 10000) {
            section += pending * (uint64_t)value;
        }
        pending = 0;
        open = false;
    }
    *number = pending > UINT64_MAX / 2 ? UINT64_MAX : *number + section + pending;
    return at;
}

/* Reads digits of either width. Bytes read, 0: none. */
static size_t read_digits(const char *text, uint64_t *number)
{
    size_t at = 0, length;

    *number = 0;
    for (;; at += length) {
        uint32_t character = text_character(text + at, &length);

        if (character >= 0xFF10 && character <= 0xFF19)
            character -= 0xFF10 - '0';
        if (character < '0' || character > '9')
            return at;
        *number = add_digit(*number, (int)(character - '0'));
    }
}

static void append_big_endian(GString *key, uint64_t number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        g_string_append_c(key, (char)(number >> shift & 0xFF));
}

/* Pieces: 1 and a number, or 2 and ICU's key of what stands between numbers and a 0. */
static void append_natural_key(const struct collations *collations, GString *key, const char *text)
{
    while (*text) {
        uint64_t number;
        size_t length = read_digits(text, &number);

        if (!length)
            length = read_numerals(text, &number);
        if (length) {
            g_string_append_c(key, 1);
            append_big_endian(key, number);
            text += length;
            continue;
        }
        const char *end = text;

        while (*end && !read_digits(end, &number) && !read_numerals(end, &number))
            end = g_utf8_next_char(end);
        g_string_append_c(key, 2);
        append_icu_key(collations, key, text, (size_t)(end - text));
        g_string_append_c(key, '\0');
        text = end;
    }
}

static void append_place_key(const struct collations *collations, GString *key, const char *text)
{
    gpointer rank;

    if (!g_hash_table_lookup_extended(collations->ranks, text, NULL, &rank))
        rank = GUINT_TO_POINTER(UINT32_MAX);
    append_big_endian(key, GPOINTER_TO_UINT(rank));
    append_pinyin_key(collations, key, text);
}

static GBytes *make_key(const struct collation *collation, const char *text)
{
    GString *key = g_string_new(NULL);

    switch (collation->kind) {
    case PINYIN:
        append_pinyin_key(collation->owner, key, text);
        break;
    case NATURAL:
        append_natural_key(collation->owner, key, text);
        break;
    case PLACES:
        append_place_key(collation->owner, key, text);
        break;
    case STROKES:
        append_collator_key(collation->owner->strokes, key, text, strlen(text));
        break;
    case KINDS:
        break;
    }
    return g_string_free_to_bytes(key);
}

static GBytes *find_key(struct collation *collation, const void *text, int length)
{
    GBytes *name = g_bytes_new_static(text, (gsize)length);
    GBytes *key = g_hash_table_lookup(collation->keys, name);

    if (!key) {
        char *copy = g_strndup(text, (gsize)length);

        key = make_key(collation, copy);
        g_hash_table_insert(collation->keys, g_bytes_new_take(copy, (gsize)length), key);
    }
    g_bytes_unref(name);
    return key;
}

static int compare_bytes(const void *a, size_t na, const void *b, size_t nb)
{
    const size_t common = MIN(na, nb);
    const int order = common ? memcmp(a, b, common) : 0;

    return order ? order : (na > nb) - (na < nb);
}

static int compare(void *data, int na, const void *a, int nb, const void *b)
{
    struct collation *collation = data;
    GBytes *key_a, *key_b;
    int order;

    if (g_hash_table_size(collation->keys) > KEYS_KEPT)
        g_hash_table_remove_all(collation->keys);
    key_a = find_key(collation, a, na);
    key_b = find_key(collation, b, nb);
    order = g_bytes_compare(key_a, key_b);
    return order ? order : compare_bytes(a, (size_t)na, b, (size_t)nb);
}

/* A lower rank, if the name has one already, stays. */
static void rank_place(GHashTable *ranks, const struct rowset *rows, size_t row, size_t column,
                       uint32_t rank)
{
    const struct value name = rowset_at(rows, row, column);
    gpointer before;

    if (name.type != VALUE_TEXT)
        return;
    if (g_hash_table_lookup_extended(ranks, name.text, NULL, &before) &&
        GPOINTER_TO_UINT(before) <= rank)
        return;
    g_hash_table_insert(ranks, g_strdup(name.text), GUINT_TO_POINTER(rank));
}

static void rank_places(GHashTable *ranks, const struct ledgers *ledgers)
{
    const struct ledger *ledger = NULL;

    for (size_t i = 0; i < ledgers->count; i++) {
        if (strcmp(ledgers->list[i].schema->name, "村") == 0)
            ledger = &ledgers->list[i];
    }
    if (!ledger)
        return;

    const size_t order = schema_field(ledger->schema, "排序");
    const size_t places[] = {schema_field(ledger->schema, "行政村"),
                             schema_field(ledger->schema, "乡镇")};

    for (size_t row = 0; order != SIZE_MAX && row < rowset_rows(ledger->rows); row++) {
        const struct value rank = rowset_at(ledger->rows, row, order);

        if (rank.type != VALUE_INTEGER || rank.integer < 0 || rank.integer >= UINT32_MAX)
            continue;
        for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
            if (places[i] != SIZE_MAX)
                rank_place(ranks, ledger->rows, row, places[i], (uint32_t)rank.integer);
        }
    }
}

struct collations *collations_new(const struct ledgers *ledgers, struct findings *findings)
{
    UErrorCode error = U_ZERO_ERROR;
    /* zh-u-co-pinyin by its old name: to know the new one, ICU reads tables for 15 ms */
    UCollator *pinyin = ucol_open("zh@collation=pinyin", &error);
    struct collations *collations;

    if (U_FAILURE(error)) {
        finding_add(findings, FINDING_STORE_COLLATOR, (struct place){0}, u_errorName(error));
        return NULL;
    }
    collations = g_new0(struct collations, 1);
    collations->pinyin = pinyin;
    collations->ranks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    rank_places(collations->ranks, ledgers);
    for (enum collation_kind kind = 0; kind < KINDS; kind++) {
        collations->list[kind] = (struct collation){
            .owner = collations,
            .kind = kind,
            .keys =
                g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref,
                                      (GDestroyNotify)g_bytes_unref),
        };
    }
    return collations;
}

void collations_free(struct collations *collations)
{
    if (!collations)
        return;
    for (enum collation_kind kind = 0; kind < KINDS; kind++)
        g_hash_table_destroy(collations->list[kind].keys);
    g_hash_table_destroy(collations->ranks);
    ucol_close(collations->pinyin);
    if (collations->strokes)
        ucol_close(collations->strokes);
    g_free(collations);
}

static void install(struct collations *collations, sqlite3 *db, enum collation_kind kind)
{
    sqlite3_create_collation_v2(db, names[kind], SQLITE_UTF8, &collations->list[kind], compare,
                                NULL);
}

/* SQLite meets a name it does not know. Where ICU has no strokes, the name stays unknown. */
static void install_strokes(void *data, sqlite3 *db, int encoding, const char *name)
{
    struct collations *collations = data;
    UErrorCode error = U_ZERO_ERROR;

    (void)encoding;
    if (strcmp(name, names[STROKES]) != 0)
        return;
    if (!collations->strokes)
        collations->strokes = ucol_open("zh@collation=stroke", &error);
    if (U_SUCCESS(error))
        install(collations, db, STROKES);
}

void collations_install(struct collations *collations, sqlite3 *db)
{
    for (enum collation_kind kind = 0; kind < STROKES; kind++)
        install(collations, db, kind);
    sqlite3_collation_needed(db, collations, install_strokes);
}
