/* Tests of reading workbooks: what cells say, and files that are damaged or mean harm. */
#include "ledger/book.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "book_maker.h"
#include "ledger/book_number.h"

static const char file_name[] = "a.xlsx";

struct fixture {
    char *folder, *path;
    struct findings *findings;
    struct book *book;
    struct csv_table *table;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);

    fixture->folder = g_dir_make_tmp("mingbai-book-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, file_name, NULL);
    fixture->findings = findings_new();
    *state = fixture;
    return fixture->folder ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    csv_table_free(fixture->table);
    book_free(fixture->book);
    findings_free(fixture->findings);
    g_remove(fixture->path);
    g_rmdir(fixture->folder);
    g_free(fixture->path);
    g_free(fixture->folder);
    g_free(fixture);
    return 0;
}

/* Opens what stands in the file and reads one sheet of it; NULL if either fails. */
static struct csv_table *read_sheet(struct fixture *fixture, size_t index)
{
    csv_table_free(fixture->table);
    book_free(fixture->book);
    fixture->table = NULL;
    fixture->book = book_open(fixture->folder, file_name, fixture->findings);
    if (fixture->book && index < book_sheets(fixture->book))
        fixture->table = book_table(fixture->book, index, fixture->findings);
    return fixture->table;
}

static struct csv_table *read_texts(struct fixture *fixture, const struct book_texts *texts)
{
    make_book(fixture->path, texts);
    return read_sheet(fixture, 0);
}

static struct csv_table *read_data(struct fixture *fixture, const char *data)
{
    return read_texts(fixture, &(struct book_texts){.data = {data}});
}

static void assert_row(const struct csv_table *table, size_t index, const char *joined)
{
    GString *cells = g_string_new(NULL);

    assert_non_null(table);
    assert_true(index < table->nrow);
    assert_int_equal(table->rows[index].line, index + 1);
    for (uint32_t i = 0; i < table->rows[index].ncell; i++)
        g_string_append_printf(cells, "%s%s", i > 0 ? "|" : "", table->rows[index].cells[i]);
    assert_string_equal(cells->str, joined);
    g_string_free(cells, TRUE);
}

/* The one finding there is; it is forgotten. */
static void assert_refused(struct fixture *fixture, enum finding_code code, const char *where)
{
    const struct finding *finding;
    GString *place = g_string_new(NULL);

    assert_null(fixture->table);
    assert_int_equal(findings_count(fixture->findings), 1);
    finding = findings_at(fixture->findings, 0);
    assert_string_equal(finding_name(finding->code), finding_name(code));
    place_append(place, &finding->place);
    assert_string_equal(place->str, where);
    g_string_free(place, TRUE);
    findings_free(fixture->findings);
    fixture->findings = findings_new();
}

static void book_reads_every_way_to_write_a_text(void **state)
{
    const struct csv_table *table = read_texts(
        *state,
        &(struct book_texts){
            .strings =
                "<si><t>张如意</t></si>"
                "<si><r><rPr><b/></rPr><t>石</t></r><r><t xml:space=\"preserve\">门 村</t></r>"
                "<rPh sb=\"0\" eb=\"1\"><t>shi</t></rPh></si>"
                "<si/>"
                "<si><t>a_x000D_\nb_x005F_x0041_ _x0000_ _xZZZZ_</t></si>"
                "<si><t>&lt;&amp;&#x9FBB;</t></si>",
            .data = {"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                     "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c>"
                     "<c r=\"E1\" t=\"s\"><v>4</v></c></row>"
                     "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>一</t></r><r><t>组</t></r>"
                     "<rPh><t>yi</t></rPh></is></c><c r=\"B2\" t=\"str\"><f>A1&amp;B1</f>"
                     "<v> x </v></c><c r=\"C2\" t=\"inlineStr\"><is><t/></is></c>"
                     "<c r=\"D2\" t=\"e\"><v>#N/A</v></c><c r=\"E2\" t=\"b\"><v>1</v></c>"
                     "<c r=\"F2\" t=\"b\"><v>0</v></c><c r=\"G2\" t=\"d\">"
                     "<v>2018-07-05T00:00:00</v></c><c r=\"H2\" t=\"d\"><v>2018-07-05T13:30:00</v>"
                     "</c></row>"}});

    assert_row(table, 0, "张如意|石门 村||a\nb_x0041_ _x0000_ _xZZZZ_|<&\u9FBB");
    assert_row(table, 1, "一组| x ||#N/A|TRUE|FALSE|2018-07-05|2018-07-05 13:30:00");
    assert_int_equal(table->nrow, 2);
    assert_string_equal(table->sheet, "表一");
}

static void book_takes_the_values_saved_with_formulas(void **state)
{
    const struct csv_table *table = read_data(
        *state,
        "<row r=\"1\"><c r=\"A1\"><f>SUM(B1:B2)</f><v>0.30000000000000004</v></c>"
        "<c r=\"B1\"><f t=\"shared\" si=\"0\">1+1</f><v></v></c><c r=\"C1\"><f si=\"0\"/></c>"
        "<c r=\"D1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"E1\"><v>1</v></c></row>");

    assert_row(table, 0, "0.3|=1+1|=||1");
}

static void book_keeps_rows_and_columns_in_their_places(void **state)
{
    const struct csv_table *table =
        read_data(*state, "<row><c><v>1</v></c><c s=\"7\"/><c><v>3</v></c></row>"
                          "<row r=\"4\" hidden=\"1\"><c r=\"AB4\"><v>4</v></c><c r=\"AD4\"/></row>"
                          "<row r=\"5\"><c r=\"A5\"/></row><row r=\"9\"/>");

    assert_int_equal(table->nrow, 4);
    assert_row(table, 0, "1||3");
    assert_row(table, 1, "");
    assert_int_equal(table->rows[2].ncell, 0);
    assert_row(table, 3, "|||||||||||||||||||||||||||4");
    assert_int_equal(read_data(*state, "<row r=\"3\"><c r=\"B3\"/></row>")->nrow, 0);
}

static void book_reads_numbers_as_they_are_shown(void **state)
{
    static const struct {
        const char *code, *number, *text;
        bool since_1904;
    } cases[] = {
        {"General", "12.5", "12.5", false},
        {"G/通用格式", "-3", "-3", false},
        {"General", "1.1000000000000001", "1.1", false},
        {"General", "1E-4", "0.0001", false},
        {"General", "1.5E-7", "0.00000015", false},
        {"0.00E+00", "1250", "1250", false},
        {"General", "123456789012345", "123456789012345", false},
        {"@", "5.3262419900101E+17", "5.32624199001010E+17", false},
        {"0", "990101199001011234", "9.90101199001011E+17", false},
        {"General", "-0", "-0", false},
        {"General", "-0.0E0", "0", false},
        {"General", "12a", "12a", false},
        {"yyyy-mm-dd", "nan", "nan", false},
        {"0.00%", "0.07", "7%", false},
        {"0000", "7", "0007", false},
        {"0000;@", "12345", "12345", false},
        {"yyyy\"年\"m\"月\"d\"日\"", "43286", "2018-07-05", false},
        {"[$-804]yyyy/m/d;@", "43286.75", "2018-07-05", false},
        {"yyyy/m/d h:mm", "43286.5625", "2018-07-05 13:30", false},
        {"yyyy/m/d h:mm", "43286.999999999", "2018-07-06", false},
        {"yyyy\"年\"m\"月\"", "43282", "2018-07", false},
        {"yyyy\"年\"m\"月\"", "43286", "2018-07-05", false},
        {"yyyy", "43101", "2018", false},
        {"yyyy", "43286", "2018-07-05", false},
        {"m\"月\"d\"日\"", "43286", "2018-07-05", false},
        {"yyyy-mm-dd", "41824", "2018-07-05", true},
        {"yyyy-mm-dd", "1", "1900-01-01", false},
        {"yyyy-mm-dd", "59", "1900-02-28", false},
        {"yyyy-mm-dd", "60", "60", false},
        {"yyyy-mm-dd", "61", "1900-03-01", false},
        {"yyyy-mm-dd", "0", "0", false},
        {"yyyy-mm-dd", "20180705", "20180705", false},
        {"yyyy-mm-dd", "-5", "-5", false},
        {"h:mm:ss", "0.5625", "13:30", false},
        {"h:mm:ss AM/PM", "0.25001157407", "06:00:01", false},
        {"[h]:mm", "1.5", "1.5", false},
        {"0\"年m月\"", "3", "3", false},
        {"0.0\\d", "3.5", "3.5", false},
        {"#,##0.00_);[Red]\\(#,##0.00\\)", "1234.5", "1234.5", false},
        {"[Red]0;[Magenta]0", "4", "4", false},
        {"\"", "4", "4", false},
        {"[", "4", "4", false},
    };
    GString *out = g_string_new(NULL);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_string_truncate(out, 0);
        number_append(out, cases[i].number, number_form_of_code(cases[i].code),
                      cases[i].since_1904);
        assert_string_equal(out->str, cases[i].text);
    }
    g_string_free(out, TRUE);
}

static void book_knows_formats_by_number_and_by_code(void **state)
{
    const struct book_texts texts = {
        .properties = "date1904=\"1\"",
        .formats =
            "<numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;"
            "d&quot;日&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"10\"/></cellStyleXfs>"
            "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"31\"/>"
            "<xf numFmtId=\"58\"/><xf numFmtId=\"176\"/><xf numFmtId=\"9\"/><xf/></cellXfs>",
        .data = {"<row><c><v>41824</v></c><c s=\"1\"><v>41824</v></c><c s=\"2\"><v>41824</v></c>"
                 "<c s=\"3\"><v>41824</v></c><c s=\"4\"><v>41824</v></c><c s=\"5\"><v>0.5</v></c>"
                 "<c s=\"6\"><v>1</v></c><c s=\"700\"><v>1</v></c></row>"}};

    assert_row(read_texts(*state, &texts), 0,
               "41824|2018-07-05|2018-07-05|2018-07-05|2018-07-05|50%|1|1");
}

static void book_tells_its_sheets_apart(void **state)
{
    struct fixture *fixture = *state;
    const struct book_texts texts = {
        .sheets = "<sheet name=\"户\" sheetId=\"1\" r:id=\"s2\"/>"
                  "<sheet name=\"图\" sheetId=\"2\" r:id=\"c1\"/>"
                  "<sheet name=\"旧\" sheetId=\"3\" state=\"veryHidden\" r:id=\"s1\"/>"
                  "<sheet name=\"人\" sheetId=\"4\" state=\"visible\" r:id=\"s3\"/>",
        .data = {NULL, "<row><c><v>2</v></c></row>", "<row><c><v>3</v></c></row>"}};

    assert_row(read_texts(fixture, &texts), 0, "2");
    assert_int_equal(book_sheets(fixture->book), 4);
    assert_true(book_sheet(fixture->book, 1)->chart);
    assert_true(book_sheet(fixture->book, 2)->hidden);
    assert_false(book_sheet(fixture->book, 3)->hidden);
    assert_row(read_sheet(fixture, 3), 0, "3");
    assert_string_equal(fixture->table->sheet, "人");
}

static void book_notes_hidden_rows_and_old_code_points(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    assert_row(read_data(fixture,
                         "<row hidden=\"1\"/><row><c t=\"str\"><v>张三</v></c><c t=\"str\">"
                         "<v>&#xE863;&#xE864;</v></c></row><row hidden=\"true\"><c><v>1</v></c>"
                         "</row><row hidden=\"0\"><c><v>2</v></c></row>"),
               1, "张三|\u4DAE\u9FBB");
    assert_int_equal(findings_count(fixture->findings), 2);
    finding = findings_at(fixture->findings, 0);
    assert_int_equal(finding->code, FINDING_CSV_PRIVATE_USE);
    assert_string_equal(finding->args[0], "2");
    assert_string_equal(finding->args[1], "U+E863 → \u4DAE U+4DAE");
    assert_int_equal(finding->place.line, 2);
    assert_int_equal(finding->place.column, 2);
    finding = findings_at(fixture->findings, 1);
    assert_int_equal(finding->code, FINDING_BOOK_ROWS_HIDDEN);
    assert_string_equal(finding->args[0], "1");
    assert_int_equal(finding->place.line, 3);
    assert_string_equal(finding->place.sheet, "表一");
}

static void put_file(const struct fixture *fixture, const char *bytes, size_t size)
{
    assert_true(g_file_set_contents(fixture->path, bytes, (gssize)size, NULL));
}

static void book_refuses_what_is_no_workbook(void **state)
{
    struct fixture *fixture = *state;
    static const char compound[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0";
    static const char locked[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
                                 "E\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

    put_file(fixture, "户编号,姓名\n", 18);
    assert_null(read_sheet(fixture, 0));
    assert_refused(fixture, FINDING_BOOK_NOT_XLSX, file_name);
    put_file(fixture, "", 0);
    assert_null(read_sheet(fixture, 0));
    assert_refused(fixture, FINDING_BOOK_NOT_XLSX, file_name);
    put_file(fixture, compound, sizeof compound);
    assert_null(read_sheet(fixture, 0));
    assert_refused(fixture, FINDING_BOOK_NOT_XLSX, file_name);
    put_file(fixture, locked, sizeof locked - 1);
    assert_null(read_sheet(fixture, 0));
    assert_refused(fixture, FINDING_BOOK_LOCKED, file_name);
    read_texts(fixture, &(struct book_texts){.sheets = ""});
    assert_refused(fixture, FINDING_BOOK_NOT_XLSX, file_name);
}

static void book_refuses_damaged_parts(void **state)
{
    static const char cell[] = "a.xlsx〔表一〕", sheet[] = "a.xlsx〔表一〕";
    static const struct {
        const char *data, *where;
    } cases[] = {
        {"<row><c></row>", sheet},
        {"<row r=\"2\"/><row r=\"2\"/>", "a.xlsx〔表一〕:2"},
        {"<row r=\"0\"/>", cell},
        {"<row r=\"1048577\"/>", cell},
        {"<row r=\"99999999999999999999\"/>", cell},
        {"<row r=\"3\"><c r=\"3\"><v>1</v></c></row>", "a.xlsx〔表一〕:3"},
        {"<row r=\"3\"><c r=\"D3\" t=\"s\"><v>0</v></c></row>", "a.xlsx〔表一〕D3"},
        {"<row r=\"3\"><c r=\"D3\" t=\"s\"><v>-1</v></c></row>", "a.xlsx〔表一〕D3"},
        {"<row r=\"3\"><c r=\"D3\" t=\"s\"><v>x</v></c></row>", "a.xlsx〔表一〕D3"},
        {"<row>\xFF</row>", sheet},
        {"<row>&anything;</row>", sheet},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_null(read_data(fixture, cases[i].data));
        assert_refused(fixture, FINDING_BOOK_DAMAGED, cases[i].where);
    }
    read_texts(fixture, &(struct book_texts){
                            .sheets = "<sheet name=\"表一\" sheetId=\"1\" r:id=\"none\"/>"});
    assert_refused(fixture, FINDING_BOOK_DAMAGED, file_name);
    /* a link out of the workbook is no part of it */
    read_texts(fixture,
               &(struct book_texts){.sheets = "<sheet name=\"表一\" sheetId=\"1\" r:id=\"o1\"/>"});
    assert_refused(fixture, FINDING_BOOK_DAMAGED, file_name);
}

static void book_refuses_entities(void **state)
{
    struct fixture *fixture = *state;
    static const char inside[] =
        "<!DOCTYPE x [<!ENTITY a \"AAAAAAAAAA\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><worksheet><sheetData><row><c t=\"inlineStr\">"
        "<is><t>&c;</t></is></c></row></sheetData></worksheet>";
    static const char outside[] =
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row>"
        "<c t=\"inlineStr\"><is><t>&a;</t></is></c></row></sheetData></worksheet>";
    static const char remote[] =
        "<!DOCTYPE worksheet SYSTEM \"http://127.0.0.1:9/x.dtd\"><worksheet/>";

    read_texts(fixture, &(struct book_texts){.whole = inside});
    assert_refused(fixture, FINDING_BOOK_DOCTYPE, "a.xlsx〔表一〕");
    read_texts(fixture, &(struct book_texts){.whole = outside});
    assert_refused(fixture, FINDING_BOOK_DOCTYPE, "a.xlsx〔表一〕");
    read_texts(fixture, &(struct book_texts){.whole = remote});
    assert_refused(fixture, FINDING_BOOK_DOCTYPE, "a.xlsx〔表一〕");
}

static char *repeat(const char *before, const char *piece, size_t count, const char *after)
{
    GString *text = g_string_new(before);

    for (size_t i = 0; i < count; i++)
        g_string_append(text, piece);
    g_string_append(text, after);
    return g_string_free(text, FALSE);
}

static void book_refuses_bombs(void **state)
{
    static const struct {
        const char *before, *piece;
        size_t count;
        const char *after;
        enum finding_code code;
        const char *where;
    } cases[] = {
        /* 80 MiB of blanks out of 80 KiB */
        {"<row><c><v>1</v></c>", "                ", 5 << 20, "</row>", FINDING_BOOK_TOO_LARGE,
         "a.xlsx〔表一〕"},
        {"<row>", "<c><v>1</v></c>", 1000000, "</row>", FINDING_CSV_TOO_MANY_COLUMNS,
         "a.xlsx〔表一〕:1"},
        {"<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>", "", 0, "", FINDING_CSV_TOO_MANY_COLUMNS,
         "a.xlsx〔表一〕:3"},
        {"<row><c r=\"ZZZZZZZZZZZZZZ3\"/></row>", "", 0, "", FINDING_CSV_TOO_MANY_COLUMNS,
         "a.xlsx〔表一〕:1"},
        {"<row><c r=\"B1\" t=\"inlineStr\"><is><t>", "0123456789abcdef", 10000,
         "</t></is></c></row>", FINDING_BOOK_CELL_TOO_LONG, "a.xlsx〔表一〕B1"},
        {"<row>", "<a>", 100000, "", FINDING_BOOK_TOO_LARGE, "a.xlsx〔表一〕"},
        {"<!--", "0123456789abcdef", 100000, "-->", FINDING_BOOK_TOO_LARGE, "a.xlsx〔表一〕"},
        {"<row r=\"", "0123456789abcdef", 100000, "\"/>", FINDING_BOOK_TOO_LARGE, "a.xlsx〔表一〕"},
    };
    struct fixture *fixture = *state;
    char *strings = repeat("<si><t>", "0123456789abcdef", 10000, "</t></si>");

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *data = repeat(cases[i].before, cases[i].piece, cases[i].count, cases[i].after);

        assert_null(read_data(fixture, data));
        assert_refused(fixture, cases[i].code, cases[i].where);
        g_free(data);
    }
    read_texts(fixture,
               &(struct book_texts){.strings = strings,
                                    .data = {"<row><c r=\"C1\" t=\"s\"><v>0</v></c></row>"}});
    assert_refused(fixture, FINDING_BOOK_CELL_TOO_LONG, "a.xlsx〔表一〕C1");
    g_free(strings);
}

/* One long string that every cell shares, and cells far to the right: little to read, much to keep.
 */
static void book_bounds_what_it_keeps(void **state)
{
    struct fixture *fixture = *state;
    char *strings = repeat("<si><t>", "0123456789abcdef", 8000, "</t></si>");
    char *shared = repeat("", "<row><c t=\"s\"><v>0</v></c></row>", 5000, "");
    char *wide = repeat("", "<row><c r=\"XFD1\"><v>1</v></c></row>", 3000, "");

    read_texts(fixture, &(struct book_texts){.strings = strings, .data = {shared}});
    assert_refused(fixture, FINDING_BOOK_TOO_LARGE, "a.xlsx〔表一〕A4195");
    read_data(fixture, wide);
    assert_refused(fixture, FINDING_BOOK_TOO_LARGE, "a.xlsx〔表一〕XFD2561");
    g_free(strings);
    g_free(shared);
    g_free(wide);
}

/* Bytes changed, cut off or doubled anywhere: a table or a finding, never anything else. */
static void book_survives_any_damage(void **state)
{
    struct fixture *fixture = *state;
    GRand *random = g_rand_new_with_seed(20260101);
    size_t refused = 0;
    char *sound, *bytes;
    gsize size;

    read_texts(
        fixture,
        &(struct book_texts){
            .strings = "<si><t>张如意</t></si><si><r><t>石门</t></r></si>",
            .formats = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>",
            .data = {"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"0\">"
                     "<v>43286</v></c></row><row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c></row>"}});
    assert_non_null(fixture->table);
    assert_true(g_file_get_contents(fixture->path, &sound, &size, NULL));
    for (int i = 0; i < 600; i++) {
        const gsize kept = i % 5 ? size : (gsize)g_rand_int_range(random, 1, (gint32)size);

        bytes = g_memdup2(sound, size);
        for (int k = g_rand_int_range(random, 0, 6); k >= 0; k--)
            bytes[g_rand_int_range(random, 0, (gint32)size)] = (char)g_rand_int(random);
        put_file(fixture, bytes, kept);
        if (read_sheet(fixture, 0) == NULL) {
            refused++;
            assert_true(findings_count(fixture->findings) > 0 || book_sheets(fixture->book) == 0);
        }
        g_free(bytes);
    }
    assert_true(refused > 300);
    g_free(sound);
    g_rand_free(random);
}

/* The same with bytes of the XML, which a sound zip then holds. */
static void book_survives_any_xml(void **state)
{
    static const char sound[] = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" "
                                "t=\"s\"><v>0</v></c><c r=\"B1\" s=\"0\"><v>43286"
                                "</v></c></row><row r=\"3\"><c r=\"A3\" "
                                "t=\"inlineStr\"><is><t>a_x000D_</t></is></c><c><f>1</f>"
                                "</c></row></sheetData></worksheet>";
    static const char pieces[][12] = {
        "<",   ">",    "/",    "\"",    "9",   "r=",  "<row>",     "</row>",
        "<c>", "</c>", "&#0;", "&amp;", "<v>", "_x0", "<![CDATA[", "\xE4\xB8"};
    struct fixture *fixture = *state;
    GRand *random = g_rand_new_with_seed(20260102);
    size_t refused = 0;

    for (int i = 0; i < 400; i++) {
        GString *text = g_string_new(sound);

        for (int k = g_rand_int_range(random, 0, 3); k >= 0; k--) {
            const gint32 at = g_rand_int_range(random, 0, (gint32)text->len);

            g_string_erase(text, at, g_rand_int_range(random, 0, 2));
            g_string_insert(text, at, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        }
        if (read_texts(fixture, &(struct book_texts){.strings = "<si><t>张</t></si>",
                                                     .whole = text->str}) == NULL) {
            refused++;
            assert_int_equal(findings_count(fixture->findings), refused);
        }
        g_string_free(text, TRUE);
    }
    assert_true(refused > 200 && refused < 400);
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(book_reads_every_way_to_write_a_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(book_takes_the_values_saved_with_formulas, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(book_keeps_rows_and_columns_in_their_places, set_up,
                                        tear_down),
        cmocka_unit_test(book_reads_numbers_as_they_are_shown),
        cmocka_unit_test_setup_teardown(book_knows_formats_by_number_and_by_code, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(book_tells_its_sheets_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(book_notes_hidden_rows_and_old_code_points, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(book_refuses_what_is_no_workbook, set_up, tear_down),
        cmocka_unit_test_setup_teardown(book_refuses_damaged_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(book_refuses_entities, set_up, tear_down),
        cmocka_unit_test_setup_teardown(book_refuses_bombs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(book_bounds_what_it_keeps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(book_survives_any_damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(book_survives_any_xml, set_up, tear_down),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
