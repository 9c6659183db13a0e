/* Unzips (libzip) and parses (Expat) one part after the other, counting what comes out. */
#include "ledger/book_package.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

enum {
    BLOCK = 64 << 10,
    /* A county's persons in one sheet are 200 MiB of XML. */
    BYTES_LIMIT = 1 << 30,   /* of all parts together */
    RATIO_LIMIT = 300,       /* sheets of blanks reach 100; deflate could give 1032 */
    RATIO_FREE = 64 << 20,   /* what any part may come to, whatever its ratio */
    TOKEN_LIMIT = 256 << 10, /* one tag or comment; Expat begins it anew with every block */
    DEPTH_LIMIT = 64
};

struct package {
    zip_t *zip;
    size_t left; /* bytes that may still come out */
};

/* One part on its way. */
struct parsing {
    struct place place;
    const char *part;
    XML_Parser parser;
    const struct xml_reader *reader;
    void *data;
    struct findings *findings;
    size_t depth;
    bool stopped; /* a finding has been added */
};

struct package *package_open(const char *bytes, size_t size, const char *path,
                             struct findings *findings)
{
    zip_error_t error;
    zip_source_t *source;
    zip_t *zip;
    struct package *package;

    zip_error_init(&error);
    source = zip_source_buffer_create(bytes, size, 0, &error);
    zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    zip_error_fini(&error);
    if (!zip) {
        zip_source_free(source);
        finding_add(findings, FINDING_BOOK_NOT_XLSX, (struct place){.file = path});
        return NULL;
    }
    package = g_new0(struct package, 1);
    *package = (struct package){.zip = zip, .left = BYTES_LIMIT};
    return package;
}

void package_close(struct package *package)
{
    if (!package)
        return;
    zip_discard(package->zip);
    g_free(package);
}

bool package_has(const struct package *package, const char *part)
{
    return zip_name_locate(package->zip, part, ZIP_FL_NOCASE) >= 0;
}

const char *xml_local(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon ? colon + 1 : name;
}

const char *xml_attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        if (strcmp(xml_local(attributes[i]), name) == 0)
            return attributes[i + 1];
    }
    return NULL;
}

bool xml_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void stop(struct parsing *parsing)
{
    parsing->stopped = true;
    XML_StopParser(parsing->parser, XML_FALSE);
}

static void take_start(void *data, const char *name, const char **attributes)
{
    struct parsing *parsing = data;

    if (parsing->stopped)
        return;
    if (++parsing->depth > DEPTH_LIMIT) {
        finding_add(parsing->findings, FINDING_BOOK_TOO_LARGE, parsing->place, parsing->part);
        stop(parsing);
    } else if (parsing->reader->start(parsing->data, xml_local(name),
                                      (const char *const *)attributes) != 0) {
        stop(parsing);
    }
}

static void take_end(void *data, const char *name)
{
    struct parsing *parsing = data;

    if (parsing->stopped)
        return;
    parsing->depth--;
    if (parsing->reader->end(parsing->data, xml_local(name)) != 0)
        stop(parsing);
}

static void take_text(void *data, const char *text, int length)
{
    struct parsing *parsing = data;

    if (!parsing->stopped && parsing->reader->text &&
        parsing->reader->text(parsing->data, text, (size_t)length) != 0)
        stop(parsing);
}

/* No workbook has a document type; entities could only come from one. */
static void take_doctype(void *data, const char *name, const char *system, const char *public,
                         int internal)
{
    struct parsing *parsing = data;

    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    finding_add(parsing->findings, FINDING_BOOK_DOCTYPE, parsing->place, parsing->part);
    stop(parsing);
}

static int report_damage(const struct parsing *parsing, const char *reason)
{
    return finding_add(parsing->findings, FINDING_BOOK_DAMAGED, parsing->place, parsing->part,
                       reason);
}

static int report_too_large(const struct parsing *parsing)
{
    return finding_add(parsing->findings, FINDING_BOOK_TOO_LARGE, parsing->place, parsing->part);
}

/* The bytes that Expat holds back because their tag or comment has not ended. */
static size_t bytes_held(const struct parsing *parsing, size_t fed)
{
    const XML_Index index = XML_GetCurrentByteIndex(parsing->parser);

    return index < 0 ? 0 : fed - MIN(fed, (size_t)index);
}

static int parse_block(struct parsing *parsing, size_t size, size_t fed)
{
    if (XML_ParseBuffer(parsing->parser, (int)size, size == 0) != XML_STATUS_OK) {
        if (!parsing->stopped)
            report_damage(parsing, XML_ErrorString(XML_GetErrorCode(parsing->parser)));
        return -1;
    }
    if (bytes_held(parsing, fed) > TOKEN_LIMIT)
        return report_too_large(parsing);
    return 0;
}

static int read_blocks(struct package *package, zip_file_t *file, size_t stored,
                       struct parsing *parsing)
{
    size_t fed = 0;

    for (;;) {
        void *block = XML_GetBuffer(parsing->parser, BLOCK);
        const zip_int64_t got = block ? zip_fread(file, block, BLOCK) : -1;

        if (!block)
            return report_too_large(parsing);
        if (got < 0)
            return report_damage(parsing, zip_file_strerror(file));
        fed += (size_t)got;
        if ((size_t)got > package->left || (fed > RATIO_FREE && fed / RATIO_LIMIT > stored))
            return report_too_large(parsing);
        package->left -= (size_t)got;
        if (parse_block(parsing, (size_t)got, fed) != 0)
            return -1;
        if (got == 0)
            return 0;
    }
}

static int parse_part(struct package *package, zip_file_t *file, size_t stored,
                      struct parsing *parsing)
{
    int result;

    parsing->parser = XML_ParserCreate(NULL);
    if (!parsing->parser)
        return report_too_large(parsing);
    XML_SetUserData(parsing->parser, parsing);
    XML_SetElementHandler(parsing->parser, take_start, take_end);
    XML_SetCharacterDataHandler(parsing->parser, take_text);
    XML_SetStartDoctypeDeclHandler(parsing->parser, take_doctype);
    result = read_blocks(package, file, stored, parsing);
    XML_ParserFree(parsing->parser);
    return result;
}

int package_read(struct package *package, const char *part, const struct xml_reader *reader,
                 void *data, struct place place, struct findings *findings)
{
    struct parsing parsing = {
        .place = place, .part = part, .reader = reader, .data = data, .findings = findings};
    const zip_int64_t index = zip_name_locate(package->zip, part, ZIP_FL_NOCASE);
    zip_stat_t stat;
    zip_file_t *file;
    int result;

    if (index < 0 || zip_stat_index(package->zip, (zip_uint64_t)index, 0, &stat) != 0 ||
        !(stat.valid & ZIP_STAT_COMP_SIZE))
        return report_damage(&parsing, "missing");
    file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    if (!file)
        return report_damage(&parsing, zip_strerror(package->zip));
    result = parse_part(package, file, stat.comp_size, &parsing);
    zip_fclose(file);
    return result;
}
