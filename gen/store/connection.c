/* A store's connection to SQLite: to memory of its own while it is filled, to its image from then
 * on. */
#include "store/inside.h"

/* The longest text or row; also what replace() and group_concat() may build. */
enum { LONGEST_TEXT = 64 << 20 };

/* Pages are used where they lie: without this, SQLite copies each page that it reads. */
static void read_image(struct store *store)
{
    const unsigned flags = SQLITE_DESERIALIZE_READONLY;
    const struct image *image = &store->image;
    char *sql;

    if (sqlite3_deserialize(store->db, "main", image->bytes, image->size, image->size, flags) !=
        SQLITE_OK)
        g_error("store: cannot read an image: %s", sqlite3_errmsg(store->db));
    sql = g_strdup_printf("PRAGMA mmap_size = %lld; PRAGMA query_only = 1", image->size);
    store_execute(store, sql);
    g_free(sql);
}

void store_connect(struct store *store)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;

    if (sqlite3_open_v2(":memory:", &store->db, flags, NULL) != SQLITE_OK)
        g_error("store: cannot open a database in memory");
    store_execute(store, "PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY");
    if (store->image.bytes)
        read_image(store);
    /* "x" is a name, never a text; no virtual tables; nothing attached. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_drop_modules(store->db, NULL);
    sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, LONGEST_TEXT);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
    collations_install(store->collations, store->db);
    functions_install(store);
    authorizer_install(store);
}

bool store_is_shared(const struct store *store)
{
    return store->image.bytes || store->tables->len == 0;
}

void store_freeze(struct store *store)
{
    struct image image = {0};

    image.bytes = sqlite3_serialize(store->db, "main", &image.size, 0);
    if (!image.bytes && image.size > 0) { /* SQLite's pieces of memory end at 2 GiB */
        store_execute(store, "PRAGMA query_only = 1");
        return;
    }
    sqlite3_close(store->db);
    store->image = image;
    store_connect(store);
}
