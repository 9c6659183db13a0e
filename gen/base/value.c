/* Values, and row sets that pack them: rows of 8 bytes a value and a tag byte, each text stored
 * once. */
#include "base/value.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

struct value value_null(enum value_state why)
{
    return (struct value){.type = VALUE_NULL, .state = why};
}

struct value value_integer(int64_t integer)
{
    return (struct value){.type = VALUE_INTEGER, .state = STATE_VALUE, .integer = integer};
}

struct value value_real(double real)
{
    return (struct value){.type = VALUE_REAL, .state = STATE_VALUE, .real = real};
}

struct value value_text(const char *text)
{
    return (struct value){
        .type = VALUE_TEXT, .state = STATE_VALUE, .text = text, .length = strlen(text)};
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (a->type != b->type || a->state != b->state)
        return false;
    switch (a->type) {
    case VALUE_NULL:
        return true;
    case VALUE_INTEGER:
        return a->integer == b->integer;
    case VALUE_REAL:
        return a->real == b->real;
    case VALUE_TEXT:
        return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
    }
    return false;
}

/* Rows stand in chunks that never move once full, so growing copies next to nothing. The first
 * chunk grows from a few rows, because most row sets (a card's) stay that small. */
enum { CHUNK_FIRST = 4, CHUNK_ROWS = 64 };

union packed {
    int64_t integer;
    double real;
    const char *text; /* in the pool */
};

struct slot {
    const char *text; /* in the pool; NULL: free */
    uint32_t hash, length;
};

/* One row: ncolumn packed values, then as many tags. */
struct rowset {
    size_t ncolumn, nrow;
    size_t row_size; /* bytes, a multiple of sizeof(union packed) */
    char **names;
    GPtrArray *chunks; /* char * */
    struct arena *pool;
    struct slot *slots;  /* hash of the pool's texts, open addressing */
    size_t nslot, ntext; /* nslot: 0 or a power of two */
};

static unsigned char pack_tag(const struct value *value)
{
    return (unsigned char)(value->type | value->state << 2);
}

struct rowset *rowset_new(size_t ncolumn, const char *const *names)
{
    struct rowset *rows = g_new0(struct rowset, 1);
    const size_t unit = sizeof(union packed);

    rows->ncolumn = ncolumn;
    rows->row_size = MAX(ncolumn * unit + (ncolumn + unit - 1) / unit * unit, unit);
    rows->names = g_new0(char *, ncolumn + 1);
    for (size_t i = 0; i < ncolumn; i++)
        rows->names[i] = g_strdup(names[i]);
    rows->chunks = g_ptr_array_new_with_free_func(g_free);
    rows->pool = arena_new();
    return rows;
}

void rowset_free(struct rowset *rows)
{
    if (!rows)
        return;
    g_strfreev(rows->names);
    g_ptr_array_free(rows->chunks, TRUE);
    arena_free(rows->pool);
    g_free(rows->slots);
    g_free(rows);
}

/* The slot that holds the text, or the free one where it belongs. */
static struct slot *find_slot(const struct rowset *rows, const char *text, size_t length,
                              uint32_t hash)
{
    size_t at = hash & (rows->nslot - 1);

    for (; rows->slots[at].text; at = (at + 1) & (rows->nslot - 1)) {
        const struct slot *slot = &rows->slots[at];

        if (slot->hash == hash && slot->length == length && memcmp(slot->text, text, length) == 0)
            break;
    }
    return &rows->slots[at];
}

static void grow_slots(struct rowset *rows)
{
    struct slot *old = rows->slots;
    const size_t nold = rows->nslot;

    rows->nslot = nold ? nold * 2 : 16;
    rows->slots = g_new0(struct slot, rows->nslot);
    for (size_t i = 0; i < nold; i++) {
        if (old[i].text)
            *find_slot(rows, old[i].text, old[i].length, old[i].hash) = old[i];
    }
    g_free(old);
}

static const char *intern(struct rowset *rows, const char *text, size_t length)
{
    const uint32_t hash = text_hash(text, length);
    struct slot *slot;

    if (length > UINT32_MAX)
        g_error("rowset: a text of %zu bytes", length);
    if (rows->ntext >= rows->nslot / 4 * 3)
        grow_slots(rows);
    slot = find_slot(rows, text, length, hash);
    if (!slot->text) {
        slot->text = arena_text_length(rows->pool, text, length);
        slot->hash = hash;
        slot->length = (uint32_t)length;
        rows->ntext++;
    }
    return slot->text;
}

static char *row_at(const struct rowset *rows, size_t row)
{
    char *chunk = g_ptr_array_index(rows->chunks, row / CHUNK_ROWS);

    return chunk + row % CHUNK_ROWS * rows->row_size;
}

static inline union packed pack(struct rowset *rows, const struct value *value)
{
    union packed packed = {0};

    switch (value->type) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        packed.integer = value->integer;
        break;
    case VALUE_REAL:
        packed.real = value->real;
        break;
    case VALUE_TEXT:
        packed.text = intern(rows, value->text, value->length);
        break;
    }
    return packed;
}

static inline void put(struct rowset *rows, char *row, size_t column, const struct value *value)
{
    const union packed packed = pack(rows, value);

    memcpy(row + column * sizeof packed, &packed, sizeof packed);
    row[rows->ncolumn * sizeof packed + column] = (char)pack_tag(value);
}

static void make_room(struct rowset *rows)
{
    const size_t within = rows->nrow % CHUNK_ROWS;

    if (within == 0) {
        const size_t capacity = rows->nrow ? CHUNK_ROWS : CHUNK_FIRST;

        g_ptr_array_add(rows->chunks, g_malloc_n(capacity, rows->row_size));
    } else if (rows->nrow == within && within >= CHUNK_FIRST && (within & (within - 1)) == 0) {
        gpointer *first = &g_ptr_array_index(rows->chunks, 0);

        *first = g_realloc_n(*first, within * 2, rows->row_size);
    }
}

void rowset_append(struct rowset *rows, const struct value *row)
{
    char *place;

    make_room(rows);
    place = row_at(rows, rows->nrow);
    for (size_t i = 0; i < rows->ncolumn; i++)
        put(rows, place, i, &row[i]);
    rows->nrow++;
}

void rowset_replace(struct rowset *rows, size_t row, size_t column, const struct value *value)
{
    g_assert(row < rows->nrow && column < rows->ncolumn);
    put(rows, row_at(rows, row), column, value);
}

size_t rowset_rows(const struct rowset *rows)
{
    return rows->nrow;
}

size_t rowset_columns(const struct rowset *rows)
{
    return rows->ncolumn;
}

const char *rowset_name(const struct rowset *rows, size_t column)
{
    g_assert(column < rows->ncolumn);
    return rows->names[column];
}

size_t rowset_find(const struct rowset *rows, const char *name)
{
    for (size_t i = 0; i < rows->ncolumn; i++) {
        if (strcmp(rows->names[i], name) == 0)
            return i;
    }
    return SIZE_MAX;
}

struct value rowset_at(const struct rowset *rows, size_t row, size_t column)
{
    const char *place;
    union packed packed;
    unsigned char tag;

    g_assert(row < rows->nrow && column < rows->ncolumn);
    place = row_at(rows, row);
    memcpy(&packed, place + column * sizeof packed, sizeof packed);
    tag = (unsigned char)place[rows->ncolumn * sizeof packed + column];
    switch ((enum value_type)(tag & 3)) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        return value_integer(packed.integer);
    case VALUE_REAL:
        return value_real(packed.real);
    case VALUE_TEXT:
        return value_text(packed.text);
    }
    return value_null((enum value_state)(tag >> 2));
}

/* Each text is in the pool once, so that equal values have equal bits. */
bool rowset_same(const struct rowset *rows, size_t a, size_t b, size_t ncolumn)
{
    const char *row = row_at(rows, a), *other = row_at(rows, b);
    const size_t tags = rows->ncolumn * sizeof(union packed);

    return memcmp(row, other, ncolumn * sizeof(union packed)) == 0 &&
           memcmp(row + tags, other + tags, ncolumn) == 0;
}

uint64_t rowset_hash(const struct rowset *rows, size_t row, size_t ncolumn)
{
    const char *place = row_at(rows, row);
    const size_t tags = rows->ncolumn * sizeof(union packed);
    uint64_t hash = ncolumn;

    for (size_t i = 0; i < ncolumn; i++) {
        uint64_t bits;

        memcpy(&bits, place + i * sizeof bits, sizeof bits);
        hash = (hash ^ bits ^ (unsigned char)place[tags + i]) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return hash;
}
