/* Small workbooks, part by part, for the tests of reading them. */
#ifndef MINGBAI_TESTS_BOOK_MAKER_H
#define MINGBAI_TESTS_BOOK_MAKER_H

#include <glib.h>
#include <zip.h>

#define RELATIONSHIPS                                                                              \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

/* What is between the tags of each part; NULL: the usual. */
struct book_texts {
    const char *sheets;     /* of <sheets>; the usual is one, 表一 */
    const char *properties; /* workbookPr */
    const char *formats;    /* of numFmts and cellXfs */
    const char *strings;    /* of <sst> */
    const char *data[3];    /* <sheetData>'s of sheet1 to sheet3 */
    const char *whole;      /* sheet1.xml as a whole */
    const char *part, *raw; /* one more part */
};

static inline void add_part(zip_t *zip, const char *name, char *text)
{
    zip_source_t *source = zip_source_buffer(zip, text, strlen(text), 0);

    assert_non_null(source);
    assert_true(zip_file_add(zip, name, source, 0) >= 0);
}

static inline const char *or_text(const char *text, const char *usual)
{
    return text ? text : usual;
}

/* Writes the workbook to path. */
static inline void make_book(const char *path, const struct book_texts *texts)
{
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    char *text;

    assert_non_null(zip);
#define PART(name, ...)                                                                            \
    (text = g_strdup_printf(__VA_ARGS__), g_ptr_array_add(parts, text), add_part(zip, name, text))
    PART("_rels/.rels",
         RELATIONSHIPS "<Relationship Id=\"r1\" Type=\"" OFFICE
                       "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    PART("xl/_rels/workbook.xml.rels", RELATIONSHIPS
         "<Relationship Id=\"s1\" Type=\"" OFFICE "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
         "<Relationship Id=\"s2\" Type=\"" OFFICE
         "worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
         "<Relationship Id=\"s3\" Type=\"" OFFICE
         "worksheet\" Target=\"../xl/worksheets/sheet3.xml\"/>"
         "<Relationship Id=\"c1\" Type=\"" OFFICE "chartsheet\" Target=\"chartsheets/sheet1.xml\"/>"
         "<Relationship Id=\"o1\" Type=\"" OFFICE
         "worksheet\" TargetMode=\"External\" Target=\"file:///etc/passwd\"/>"
         "<Relationship Id=\"t\" Type=\"" OFFICE "styles\" Target=\"styles.xml\"/>"
         "<Relationship Id=\"u\" Type=\"" OFFICE
         "sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>");
    PART("xl/workbook.xml",
         "<workbook xmlns:r=\"x\"><workbookPr %s/><sheets>%s</sheets></workbook>",
         or_text(texts->properties, ""),
         or_text(texts->sheets, "<sheet name=\"表一\" sheetId=\"9\" r:id=\"s1\"/>"));
    PART("xl/styles.xml", "<styleSheet>%s</styleSheet>", or_text(texts->formats, ""));
    PART("xl/sharedStrings.xml", "<sst>%s</sst>", or_text(texts->strings, ""));
    for (size_t i = 0; i < G_N_ELEMENTS(texts->data); i++) {
        char *name = g_strdup_printf("xl/worksheets/sheet%zu.xml", i + 1);

        if (i == 0 && texts->whole)
            PART(name, "%s", texts->whole);
        else
            PART(name, "<worksheet><sheetData>%s</sheetData></worksheet>",
                 or_text(texts->data[i], ""));
        g_free(name);
    }
    if (texts->part)
        PART(texts->part, "%s", texts->raw);
#undef PART
    assert_int_equal(zip_close(zip), 0);
    g_ptr_array_free(parts, TRUE);
}

#endif
