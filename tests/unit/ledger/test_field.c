/* Tests of reading cells by type: the dirt of domain.md section 5, row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "ledger/field.h"

/* A cell that can be read: as which text (numbers printed plainly), and by which repair. */
struct good {
    const char *text, *value;
    enum repair repair;
};

struct bad {
    const char *text;
    enum finding_code code;
    const char *detail;
};

struct outcome {
    GString *store, *detail, *value;
    struct value raw;
    enum finding_code code, warning;
    enum repair repair;
};

static void parse(struct outcome *outcome, const struct field *field, int scale, const char *text)
{
    struct field_context context = {.field = field, .scale = scale};
    *outcome = (struct outcome){
        .store = g_string_new(NULL), .detail = g_string_new(NULL), .value = g_string_new(NULL)};
    outcome->code = field_parse(&context, text, outcome->store, &outcome->raw, &outcome->repair,
                                outcome->detail, &outcome->warning);
    switch (outcome->raw.type) {
    case VALUE_NULL:
        g_string_printf(outcome->value, "NULL %d", outcome->raw.state);
        break;
    case VALUE_INTEGER:
        g_string_printf(outcome->value, "%" G_GINT64_FORMAT, outcome->raw.integer);
        break;
    case VALUE_REAL:
        g_string_printf(outcome->value, "%.15g", outcome->raw.real);
        break;
    case VALUE_TEXT:
        assert_int_equal(outcome->raw.length, strlen(outcome->raw.text));
        g_string_assign(outcome->value, outcome->raw.text);
        break;
    }
}

static void drop(struct outcome *outcome)
{
    g_string_free(outcome->store, TRUE);
    g_string_free(outcome->detail, TRUE);
    g_string_free(outcome->value, TRUE);
}

static void assert_good(const struct field *field, int scale, const struct good *cases,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct outcome outcome;
        parse(&outcome, field, scale, cases[i].text);
        if (outcome.code != FINDING_CODES || strcmp(outcome.value->str, cases[i].value) != 0 ||
            outcome.repair != cases[i].repair || outcome.warning != FINDING_CODES)
            fail_msg("%s: %s, repair %d, code %s", cases[i].text, outcome.value->str,
                     outcome.repair,
                     outcome.code == FINDING_CODES ? "-" : finding_name(outcome.code));
        drop(&outcome);
    }
}

static void assert_bad(const struct field *field, int scale, const struct bad *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct outcome outcome;
        parse(&outcome, field, scale, cases[i].text);
        assert_string_equal(outcome.value->str, "NULL 3");
        if (outcome.code != cases[i].code || strcmp(outcome.detail->str, cases[i].detail) != 0)
            fail_msg("%s: %s (%s)", cases[i].text,
                     outcome.code == FINDING_CODES ? "-" : finding_name(outcome.code),
                     outcome.detail->str);
        drop(&outcome);
    }
}

#define GOOD(field, scale, cases) assert_good(field, scale, cases, G_N_ELEMENTS(cases))
#define BAD(field, scale, cases)  assert_bad(field, scale, cases, G_N_ELEMENTS(cases))

static const struct field idcard = {.name = "证件号码", .type = FIELD_IDCARD, .mask = MASK_ID};
static const struct field phone = {.name = "电话", .type = FIELD_PHONE};
static const struct field integer = {.name = "人口",
                                     .type = FIELD_INTEGER,
                                     .unit = "人",
                                     .has_minimum = true,
                                     .has_maximum = true,
                                     .maximum = 50};
static const struct field money = {.name = "金额", .type = FIELD_MONEY, .unit = "元", .places = 2};
static const struct field name = {.name = "姓名", .type = FIELD_STRING, .mask = MASK_NAME};
static const struct field account = {.name = "卡号", .type = FIELD_STRING, .mask = MASK_ACCOUNT};
static const struct field remark = {.name = "备注", .type = FIELD_STRING, .open_text = true};
static const struct field key = {.name = "户编号", .type = FIELD_STRING};
static const struct field date = {.name = "日期", .type = FIELD_DATE};
static const struct field year = {.name = "年度", .type = FIELD_YEAR};
static const struct field area = {.name = "村", .type = FIELD_AREA};

static const char *const cause_codes[] = {"因病", "因残", "缺劳动力", "其他", NULL};
static const struct synonym cause_synonyms[] = {
    {"缺劳力", "缺劳动力"}, {"其它", "其他"}, {NULL, NULL}};
static const struct field causes = {.name = "致贫原因",
                                    .type = FIELD_CODE,
                                    .codes = cause_codes,
                                    .synonyms = cause_synonyms,
                                    .multiple = true};
static const struct field open_code = {
    .name = "类别", .type = FIELD_CODE, .codes = cause_codes, .show = {SHOW_FULL}};
static const struct synonym safe_synonyms[] = {{"不安全", "是"}, {"安全", "否"}, {NULL, NULL}};
static const struct field boolean = {.name = "参保", .type = FIELD_BOOLEAN};
static const struct field danger = {
    .name = "危房", .type = FIELD_BOOLEAN, .synonyms = safe_synonyms};

static void field_idcard_is_normalised(void **state)
{
    static const struct good cases[] = {
        {"990101198001010014", "990101198001010014", REPAIR_NONE},
        {"99010119800101009X", "99010119800101009X", REPAIR_NONE},
        {" 990101198001010014 ", "990101198001010014", REPAIR_NONE},
        {"'990101198001010014", "990101198001010014", REPAIR_PREFIX},
        {"\t990101198001010014\n", "990101198001010014", REPAIR_PREFIX},
        {"G990101198001010014", "990101198001010014", REPAIR_PREFIX},
        {"990101 19800101 0014", "990101198001010014", REPAIR_PREFIX},
        {"99010119800101009x", "99010119800101009X", REPAIR_CHECK_X},
        {"99010119800101009×", "99010119800101009X", REPAIR_CHECK_X},
        {"99010119800101009*", "99010119800101009X", REPAIR_CHECK_X},
        {"99010119800101009Ｘ", "99010119800101009X", REPAIR_WIDTH},
        {"９９０１０１１９８００１０１００１４", "990101198001010014", REPAIR_WIDTH},
        {"99010119800101001443", "990101198001010014", REPAIR_DISABLED_CARD},
        {"99010119800101009x43", "99010119800101009X", REPAIR_DISABLED_CARD},
        {"", "NULL 1", REPAIR_NONE},
        {" \t", "NULL 1", REPAIR_NONE},
        {"无", "NULL 2", REPAIR_NONE},
        {"/", "NULL 2", REPAIR_NONE},
    };
    (void)state;
    GOOD(&idcard, 0, cases);
}

static void field_idcard_tells_its_faults_apart(void **state)
{
    static const struct bad cases[] = {
        {"5.3262E+17", FINDING_VALUE_LOST_DIGITS, ""},
        {"990101198001010000", FINDING_VALUE_LOST_DIGITS, ""},
        {"99010119800101000000", FINDING_VALUE_LOST_DIGITS, ""},
        {"990101198001010015", FINDING_VALUE_ID_CHECK, ""},
        {"990101198002300014", FINDING_VALUE_ID_DATE, ""},
        {"990101198013010014", FINDING_VALUE_ID_DATE, ""},
        {"990101198000010014", FINDING_VALUE_ID_DATE, ""},
        {"99010119800101001", FINDING_VALUE_ID_LENGTH, "17"},
        {"990101800101001", FINDING_VALUE_ID_LENGTH, "15"},
        {"99010119800101001499", FINDING_VALUE_ID_LENGTH, "20"},
        {"990101********0014", FINDING_VALUE_WRONG_TYPE, "身份证号"},
        {"张三", FINDING_VALUE_WRONG_TYPE, "身份证号"},
        {"=A1", FINDING_VALUE_FORMULA, ""},
        {"#N/A", FINDING_VALUE_FORMULA, ""},
        {"##########", FINDING_VALUE_FORMULA, ""},
    };
    (void)state;
    BAD(&idcard, 0, cases);
}

static void field_idcard_that_rightly_ends_in_zeros_is_read(void **state)
{
    (void)state;
    char id[19] = "990101198001010000";
    size_t found = 0;
    for (int order = 0; order < 10; order++) {
        id[14] = (char)('0' + order);
        struct outcome outcome;
        parse(&outcome, &idcard, 0, id);
        bool right = idcard_check(id) == '0';
        assert_int_equal(outcome.code, right ? FINDING_CODES : FINDING_VALUE_LOST_DIGITS);
        found += right ? 1 : 0;
        drop(&outcome);
    }
    assert_int_equal(found, 1);
}

static void idcard_says_birth_and_sex(void **state)
{
    struct date birth;
    (void)state;
    assert_true(idcard_birth("990101198512300224", &birth));
    assert_int_equal(birth.year, 1985);
    assert_int_equal(birth.month, 12);
    assert_int_equal(birth.day, 30);
    assert_int_equal(idcard_sex("990101198512300224"), 2);
    assert_int_equal(idcard_sex("990101198001010014"), 1);
    assert_false(idcard_birth("990101190002290014", &birth));
    assert_int_equal(idcard_check("99010119800101009"), 'X');
    assert_int_equal(idcard_check("99010120150603003"), '1');
}

static void field_phone_is_normalised(void **state)
{
    static const struct good cases[] = {
        {"13800000000", "13800000000", REPAIR_NONE},
        {"13800000000.0", "13800000000", REPAIR_PREFIX},
        {"１３８００００００００", "13800000000", REPAIR_WIDTH},
        {"138-0000-0000", "13800000000", REPAIR_NONE},
        {"138 0000 0000", "13800000000", REPAIR_NONE},
        {"+86 13800000000", "13800000000", REPAIR_NONE},
        {"13800000000/13900000001", "13800000000、13900000001", REPAIR_NONE},
        {"13800000000、13900000001；0744-2345678", "13800000000、13900000001、0744-2345678",
         REPAIR_NONE},
        {"13800000000 13900000001", "13800000000、13900000001", REPAIR_NONE},
        {"13800000000\n13900000001", "13800000000、13900000001", REPAIR_NONE},
        {"13800000000,13800000000", "13800000000", REPAIR_NONE},
        {"0744-2345678", "0744-2345678", REPAIR_NONE},
        {"(0744)2345678", "0744-2345678", REPAIR_NONE},
        {"07442345678", "0744-2345678", REPAIR_NONE},
        {"010-62345678", "010-62345678", REPAIR_NONE},
        {"02162345678", "021-62345678", REPAIR_NONE},
        {"0744-2345678-801", "0744-2345678-801", REPAIR_NONE},
        {"0744-2345678转801", "0744-2345678-801", REPAIR_NONE},
        {"2345678", "2345678", REPAIR_NONE},
        {"12317", "12317", REPAIR_NONE},
        {"110", "110", REPAIR_NONE},
        {"400-800-1234", "4008001234", REPAIR_NONE},
        {"无", "NULL 2", REPAIR_NONE},
    };
    static const struct bad wrong[] = {
        {"1380000000", FINDING_VALUE_PHONE, "10"},
        {"138000000000", FINDING_VALUE_PHONE, "12"},
        {"12800000000", FINDING_VALUE_PHONE, "11"},
        {"1.38E+10", FINDING_VALUE_LOST_DIGITS, ""},
        {"0744-123456", FINDING_VALUE_PHONE, "10"},
        {"13800000000（张三）", FINDING_VALUE_PHONE, "11"},
        {"13800000000转801", FINDING_VALUE_PHONE, "14"},
        {"13800000000/139", FINDING_VALUE_PHONE, "3"},
        {"张三", FINDING_VALUE_PHONE, "0"},
        {"、", FINDING_VALUE_WRONG_TYPE, "电话号码"},
    };
    (void)state;
    GOOD(&phone, 0, cases);
    BAD(&phone, 0, wrong);
}

static void field_integer_reads_units_and_numerals(void **state)
{
    static const struct good cases[] = {
        {"3", "3", REPAIR_NONE},        {" 12 ", "12", REPAIR_NONE},
        {"3.0", "3", REPAIR_NONE},      {"３", "3", REPAIR_WIDTH},
        {"3口人", "3", REPAIR_UNIT},    {"3 人", "3", REPAIR_UNIT},
        {"三", "3", REPAIR_SYNONYM},    {"两口人", "2", REPAIR_UNIT},
        {"十二", "12", REPAIR_SYNONYM}, {"四十", "40", REPAIR_SYNONYM},
        {"约5", "5", REPAIR_ABOUT},     {"5左右", "5", REPAIR_ABOUT},
        {"0", "0", REPAIR_NONE},        {"—", "NULL 2", REPAIR_NONE},
    };
    static const struct bad wrong[] = {
        {"3.5", FINDING_VALUE_WRONG_TYPE, "整数"},  {"1  4 人", FINDING_VALUE_TWO_NUMBERS, ""},
        {"十几", FINDING_VALUE_WRONG_TYPE, "整数"}, {"3户", FINDING_VALUE_UNIT, "户 ≠ 人"},
        {"51", FINDING_VALUE_RANGE, "0～50"},       {"-1", FINDING_VALUE_RANGE, "0～50"},
        {"一百二十", FINDING_VALUE_RANGE, "0～50"}, {"=SUM(A1:A9)", FINDING_VALUE_FORMULA, ""},
        {"#REF!", FINDING_VALUE_FORMULA, ""},       {"×××", FINDING_VALUE_WRONG_TYPE, "整数"},
    };
    (void)state;
    GOOD(&integer, 0, cases);
    BAD(&integer, 0, wrong);
}

static void field_money_is_exact(void **state)
{
    static const struct good cases[] = {
        {"300", "300", REPAIR_NONE},
        {"300元", "300", REPAIR_UNIT},
        {"¥300.5", "300.5", REPAIR_UNIT},
        {"10,000.00", "10000", REPAIR_NONE},
        {"１，２３４．５０", "1234.5", REPAIR_WIDTH},
        {"1,234,567.89", "1234567.89", REPAIR_NONE},
        {"约3000", "3000", REPAIR_ABOUT},
        {"大约 3000 元左右", "3000", REPAIR_ABOUT},
        {"3069.7万元", "30697000", REPAIR_SCALED},
        {"三万元", "30000", REPAIR_SCALED},
        {"12000元/年", "12000", REPAIR_UNIT},
        {"-500", "-500", REPAIR_NONE},
        {"−500", "-500", REPAIR_NONE},
        {"0.01", "0.01", REPAIR_NONE},
        {"无", "NULL 2", REPAIR_NONE},
    };
    static const struct good scaled[] = {
        {"3069.7", "30697000", REPAIR_SCALED}, {"0.000001", "0.01", REPAIR_SCALED},
        {"500元", "500", REPAIR_UNIT},         {"约1.5", "15000", REPAIR_ABOUT},
        {"2万元", "20000", REPAIR_SCALED},
    };
    static const struct bad wrong[] = {
        {"300元/月", FINDING_VALUE_UNIT, "元/月 ≠ 元"},
        {"1,23", FINDING_VALUE_WRONG_TYPE, "金额"},
        {"1234,567", FINDING_VALUE_WRONG_TYPE, "金额"},
        {"1,2345", FINDING_VALUE_WRONG_TYPE, "金额"},
        {",123", FINDING_VALUE_WRONG_TYPE, "金额"},
        {"10 000", FINDING_VALUE_TWO_NUMBERS, ""},
        {"1.2.3", FINDING_VALUE_WRONG_TYPE, "金额"},
        {"五千多", FINDING_VALUE_WRONG_TYPE, "金额"},
        {"1.2345678", FINDING_VALUE_TOO_PRECISE, ""},
        {"1234567890123456", FINDING_VALUE_TOO_PRECISE, ""},
        {"1.2E+05", FINDING_VALUE_LOST_DIGITS, ""},
        {"5%", FINDING_VALUE_WRONG_TYPE, "金额"},
    };
    static const struct field in_10k = {.type = FIELD_MONEY, .unit = "万元"};
    static const struct good down[] = {{"12345.6元", "1.23456", REPAIR_SCALED},
                                       {"3.5", "3.5", REPAIR_NONE}};
    static const struct bad too_fine[] = {{"0.001元", FINDING_VALUE_TOO_PRECISE, ""}};
    (void)state;
    GOOD(&money, 0, cases);
    GOOD(&money, 4, scaled);
    BAD(&money, 0, wrong);
    GOOD(&in_10k, 0, down);
    BAD(&in_10k, 0, too_fine);
}

static void field_decimal_reads_its_unit(void **state)
{
    static const struct field land = {.type = FIELD_DECIMAL, .unit = "亩"};
    static const struct field road = {.type = FIELD_DECIMAL, .unit = "公里"};
    static const struct good acres[] = {{"2.5亩", "2.5", REPAIR_UNIT}, {"三亩", "3", REPAIR_UNIT}};
    static const struct bad others[] = {{"2公顷", FINDING_VALUE_UNIT, "公顷 ≠ 亩"}};
    static const struct good roads[] = {{"1.5km", "1.5", REPAIR_UNIT},
                                        {"800米", "0.8", REPAIR_SCALED}};
    (void)state;
    GOOD(&land, 0, acres);
    BAD(&land, 0, others);
    GOOD(&road, 0, roads);
}

static void field_name_is_normalised(void **state)
{
    static const struct good cases[] = {
        {"张三", "张三", REPAIR_NONE},
        {"张　三", "张三", REPAIR_PREFIX},
        {"王  五", "王五", REPAIR_PREFIX},
        {"买买提·艾力", "买买提·艾力", REPAIR_NONE},
        {"买买提•艾力", "买买提·艾力", REPAIR_SEPARATOR},
        {"买买提.艾力", "买买提·艾力", REPAIR_SEPARATOR},
        {"买买提・艾力", "买买提·艾力", REPAIR_SEPARATOR},
        {"买买提‧艾力", "买买提·艾力", REPAIR_SEPARATOR},
        {"John Smith", "John Smith", REPAIR_NONE},
        {"J. Smith", "J. Smith", REPAIR_NONE},
        {"𬱖䶮", "𬱖䶮", REPAIR_NONE},
        {"张三.", "张三.", REPAIR_NONE},
        {"/", "NULL 2", REPAIR_NONE},
    };
    (void)state;
    GOOD(&name, 0, cases);
    struct outcome outcome;
    parse(&outcome, &name, 0, "王?");
    assert_int_equal(outcome.code, FINDING_CODES);
    assert_int_equal(outcome.warning, FINDING_VALUE_NAME_DAMAGED);
    assert_string_equal(outcome.value->str, "王?");
    drop(&outcome);
}

static void field_text_is_kept_and_formulas_are_told(void **state)
{
    static const char *const formulas[] = {"=SUM(A1:A9)", "#N/A", "#REF!", "########", "'=1+1"};
    static const struct good cases[] = {
        {"住址：3组\r\n老屋", "住址：3组\n老屋", REPAIR_NONE},
        {"<b>甲</b>", "<b>甲</b>", REPAIR_NONE},
        {" 甲 乙 ", "甲 乙", REPAIR_NONE},
        {"'甲", "甲", REPAIR_PREFIX},
        {"１２ 号", "１２ 号", REPAIR_NONE},
        {"无", "NULL 2", REPAIR_NONE},
        {"—", "NULL 2", REPAIR_NONE},
        {"5.3E+17", "5.3E+17", REPAIR_NONE},
        {"#1号楼", "#1号楼", REPAIR_NONE},
        {"=", "=", REPAIR_NONE},
    };
    (void)state;
    GOOD(&remark, 0, cases);
    for (size_t i = 0; i < G_N_ELEMENTS(formulas); i++) {
        struct outcome outcome;
        parse(&outcome, &remark, 0, formulas[i]);
        assert_int_equal(outcome.code, FINDING_CODES);
        assert_int_equal(outcome.warning, FINDING_VALUE_FORMULA_TEXT);
        assert_string_equal(outcome.value->str, formulas[i] + (formulas[i][0] == '\'' ? 1 : 0));
        drop(&outcome);
    }
    static const char *const placeholders[] = {"(略)", "（略）", "×××", "[email protected]"};
    for (size_t i = 0; i < G_N_ELEMENTS(placeholders); i++) {
        struct outcome outcome;
        parse(&outcome, &remark, 0, placeholders[i]);
        assert_int_equal(outcome.warning, FINDING_VALUE_PLACEHOLDER);
        drop(&outcome);
    }
}

/* domain.md 5 row 35: what a spreadsheet could not work out is nobody's name or number. */
static void field_formulas_are_refused_but_in_remarks(void **state)
{
    static const struct bad wrong[] = {{"=SUM(A1:A9)", FINDING_VALUE_FORMULA, ""},
                                       {"#N/A", FINDING_VALUE_FORMULA, ""},
                                       {"#REF!", FINDING_VALUE_FORMULA, ""},
                                       {"########", FINDING_VALUE_FORMULA, ""}};
    (void)state;
    BAD(&name, 0, wrong);
    BAD(&key, 0, wrong);
    BAD(&money, 0, wrong);
    BAD(&idcard, 0, wrong);
    BAD(&causes, 0, wrong);
}

/* domain.md 5 row 5. */
static void field_old_ids_are_lengthened_where_the_schema_says_so(void **state)
{
    static const struct field converting = {
        .name = "证件号码", .type = FIELD_IDCARD, .mask = MASK_ID, .old_id = true};
    static const struct good cases[] = {
        {"990101800101001", "990101198001010014", REPAIR_OLD_ID},
        {"'990101800101001", "990101198001010014", REPAIR_OLD_ID},
        {"990101198001010014", "990101198001010014", REPAIR_NONE},
    };
    static const struct bad wrong[] = {{"990101800230001", FINDING_VALUE_ID_DATE, ""},
                                       {"990101800101996", FINDING_VALUE_ID_LENGTH, "15"},
                                       {"99010180010100", FINDING_VALUE_ID_LENGTH, "14"}};
    static const struct bad not_said[] = {{"990101800101001", FINDING_VALUE_ID_LENGTH, "15"}};
    (void)state;
    GOOD(&converting, 0, cases);
    BAD(&converting, 0, wrong);
    BAD(&idcard, 0, not_said);
}

/* domain.md 5 row 31. */
static void field_two_numbers_in_a_cell_are_refused(void **state)
{
    static const struct bad wrong[] = {{"1  4 人", FINDING_VALUE_TWO_NUMBERS, ""},
                                       {"1 4", FINDING_VALUE_TWO_NUMBERS, ""},
                                       {"1 a", FINDING_VALUE_WRONG_TYPE, "整数"}};
    static const struct good cases[] = {{"4 人", "4", REPAIR_UNIT}};
    (void)state;
    BAD(&integer, 0, wrong);
    GOOD(&integer, 0, cases);
}

/* domain.md 5 row 32. */
static void field_document_numbers_keep_their_brackets(void **state)
{
    static const char *const lost[] = {"晋农函202561号", "依据国开办发201811号执行"};
    static const struct good cases[] = {
        {"晋农函〔2025〕61号", "晋农函〔2025〕61号", REPAIR_NONE},
        {"幸福路2025号", "幸福路2025号", REPAIR_NONE},
        {"20256101号", "20256101号", REPAIR_NONE},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lost); i++) {
        struct outcome outcome;
        parse(&outcome, &remark, 0, lost[i]);
        assert_int_equal(outcome.warning, FINDING_VALUE_DOCUMENT_NUMBER);
        assert_string_equal(outcome.value->str, lost[i]);
        drop(&outcome);
    }
    GOOD(&remark, 0, cases);
}

/* domain.md 5 row 15. */
static void field_private_characters_are_refused(void **state)
{
    static const struct bad wrong[] = {{"王\xEE\x94\x80", FINDING_VALUE_PRIVATE_USE, "U+E500"},
                                       {"\xF3\xB0\x80\x80", FINDING_VALUE_PRIVATE_USE, "U+F0000"}};
    (void)state;
    BAD(&name, 0, wrong);
    BAD(&remark, 0, wrong);
    BAD(&area, 0, wrong);
}

static void field_key_and_account_keep_every_digit(void **state)
{
    static const struct good keys[] = {
        {"0012", "0012", REPAIR_NONE},
        {"'0012", "0012", REPAIR_PREFIX},
        {"００１２", "0012", REPAIR_WIDTH},
        {"HB-001", "HB-001", REPAIR_NONE},
    };
    static const struct bad keys_lost[] = {{"5.3E+17", FINDING_VALUE_LOST_DIGITS, ""}};
    static const struct good accounts[] = {
        {"6222 0000 0000 0000 123", "6222000000000000123", REPAIR_PREFIX},
        {"6200000000000000000", "NULL 3", REPAIR_NONE},
    };
    static const struct bad lost[] = {{"6.222E+18", FINDING_VALUE_LOST_DIGITS, ""},
                                      {"6222000000000010000", FINDING_VALUE_LOST_DIGITS, ""}};
    (void)state;
    GOOD(&key, 0, keys);
    BAD(&key, 0, keys_lost);
    assert_good(&account, 0, accounts, 1);
    BAD(&account, 0, lost);
}

static void field_date_keeps_its_precision(void **state)
{
    static const struct good cases[] = {
        {"2018/7/5", "2018-07-05", REPAIR_NONE},
        {"2018.7.5", "2018-07-05", REPAIR_NONE},
        {"20180705", "2018-07-05", REPAIR_NONE},
        {"2018年7月5日", "2018-07-05", REPAIR_NONE},
        {"2018年07月", "2018-07", REPAIR_NONE},
        {"2018.7", "2018-07", REPAIR_NONE},
        {"2018", "2018", REPAIR_NONE},
        {"43286", "2018-07-05", REPAIR_DATE},
        {"18.7.5", "2018-07-05", REPAIR_DATE},
        {"二〇一八年七月", "2018-07", REPAIR_NONE},
        {"2018/7/5 0:00", "2018-07-05", REPAIR_NONE},
        {"/", "NULL 2", REPAIR_NONE},
    };
    static const struct bad wrong[] = {
        {"2018-02-30", FINDING_VALUE_DATE, ""},    {"长期", FINDING_VALUE_DATE, ""},
        {"2025616", FINDING_VALUE_DATE_MARKS, ""}, {"2021723", FINDING_VALUE_DATE_MARKS, ""},
        {"202561", FINDING_VALUE_DATE_MARKS, ""},  {"=TODAY()", FINDING_VALUE_FORMULA, ""}};
    (void)state;
    GOOD(&date, 0, cases);
    BAD(&date, 0, wrong);
}

static void field_year_is_an_integer(void **state)
{
    static const struct good cases[] = {
        {"2018", "2018", REPAIR_NONE},       {"2018年", "2018", REPAIR_NONE},
        {"2018年度", "2018", REPAIR_NONE},   {"2018.0", "2018", REPAIR_NONE},
        {"２０１８", "2018", REPAIR_WIDTH},  {"二〇一八年", "2018", REPAIR_NONE},
        {"2018-07-05", "2018", REPAIR_DATE},
    };
    static const struct bad wrong[] = {{"18", FINDING_VALUE_WRONG_TYPE, "年份"},
                                       {"43286", FINDING_VALUE_WRONG_TYPE, "年份"},
                                       {"去年", FINDING_VALUE_WRONG_TYPE, "年份"}};
    (void)state;
    GOOD(&year, 0, cases);
    BAD(&year, 0, wrong);
}

static void field_boolean_knows_how_clerks_say_yes(void **state)
{
    static const struct good cases[] = {
        {"是", "1", REPAIR_NONE}, {"1", "1", REPAIR_NONE},      {"√", "1", REPAIR_NONE},
        {"Y", "1", REPAIR_NONE},  {"已参加", "1", REPAIR_NONE}, {"有", "1", REPAIR_NONE},
        {"１", "1", REPAIR_NONE}, {"否", "0", REPAIR_NONE},     {"0", "0", REPAIR_NONE},
        {"×", "0", REPAIR_NONE},  {"N", "0", REPAIR_NONE},      {"未参加", "0", REPAIR_NONE},
        {"无", "0", REPAIR_NONE}, {"/", "NULL 2", REPAIR_NONE}, {"", "NULL 1", REPAIR_NONE},
    };
    static const struct good dangers[] = {{"不安全", "1", REPAIR_SYNONYM},
                                          {"安 全", "0", REPAIR_SYNONYM}};
    static const struct bad wrong[] = {{"不安全", FINDING_VALUE_WRONG_TYPE, "是或否"},
                                       {"2", FINDING_VALUE_WRONG_TYPE, "是或否"}};
    (void)state;
    GOOD(&boolean, 0, cases);
    GOOD(&danger, 0, dangers);
    BAD(&boolean, 0, wrong);
}

static void field_codes_keep_the_clerks_order(void **state)
{
    static const struct good cases[] = {
        {"因病", "因病", REPAIR_NONE},
        {" 因 病", "因病", REPAIR_NONE},
        {"缺劳力", "缺劳动力", REPAIR_SYNONYM},
        {"因残,因病", "因残、因病", REPAIR_NONE},
        {"因残、因病；因残", "因残、因病", REPAIR_NONE},
        {"其它|缺劳力/因病", "其他、缺劳动力、因病", REPAIR_SYNONYM},
        {"无", "NULL 2", REPAIR_NONE},
    };
    /* A hidden column never tells its text, not even by the nearest code. */
    static const struct bad hidden[] = {
        {"因兵", FINDING_VALUE_CODE, "可填 因病、因残、缺劳动力、其他"},
        {"因病、因兵", FINDING_VALUE_CODE, "可填 因病、因残、缺劳动力、其他"},
        {"，", FINDING_VALUE_CODE, "可填 因病、因残、缺劳动力、其他"}};
    static const struct bad open[] = {
        {"缺劳动", FINDING_VALUE_CODE, "“缺劳动”，是不是 缺劳动力"},
        {"因病、因残", FINDING_VALUE_CODE, "“因病、因残”，可填 因病、因残、缺劳动力、其他"}};
    static const char *const none_codes[] = {"有", "无", NULL};
    static const struct field with_none = {.type = FIELD_CODE, .codes = none_codes};
    static const struct good nones[] = {{"无", "无", REPAIR_NONE}, {"/", "NULL 2", REPAIR_NONE}};
    (void)state;
    GOOD(&causes, 0, cases);
    BAD(&causes, 0, hidden);
    BAD(&open_code, 0, open);
    GOOD(&with_none, 0, nones);
}

static void field_area_has_no_spaces(void **state)
{
    static const struct good cases[] = {{"石门村", "石门村", REPAIR_NONE},
                                        {" 石门 村", "石门村", REPAIR_PREFIX},
                                        {"一‘组’", "一组", REPAIR_PREFIX},
                                        {"３组", "3组", REPAIR_WIDTH},
                                        {"/", "NULL 2", REPAIR_NONE}};
    static const struct bad wrong[] = {{"#REF!", FINDING_VALUE_FORMULA, ""}};
    (void)state;
    GOOD(&area, 0, cases);
    BAD(&area, 0, wrong);
}

static void field_detail_shows_only_what_is_public(void **state)
{
    static const struct field shown = {.type = FIELD_INTEGER, .show = {SHOW_FULL}};
    static const struct field masked = {.type = FIELD_INTEGER, .show = {SHOW_MASK}};
    static const struct bad open[] = {{"甲乙", FINDING_VALUE_WRONG_TYPE, "整数“甲乙”"},
                                      {"一二三四五六七八九十一二三四五六七八九十末",
                                       FINDING_VALUE_WRONG_TYPE,
                                       "整数“一二三四五六七八九十一二三四五六七八九十…”"}};
    static const struct bad closed[] = {{"甲乙", FINDING_VALUE_WRONG_TYPE, "整数"}};
    (void)state;
    BAD(&shown, 0, open);
    BAD(&masked, 0, closed);
    assert_int_equal(masked.show[AUDIENCE_HOUSEHOLD], SHOW_HIDE);
}

static void field_mask_never_tells_too_much(void **state)
{
    static const struct {
        enum mask mask;
        const char *text;
        bool minor;
        const char *masked;
    } cases[] = {
        {MASK_NONE, "张三", false, "张三"},
        {MASK_ID, "990101198001010014", false, "990101********0014"},
        {MASK_ID, "9901011980", false, "**********"},
        {MASK_PHONE, "13800001234", false, "138****1234"},
        {MASK_PHONE, "13800001234、2345678", false, "138****1234、*******"},
        {MASK_PHONE, "0744-2345678", false, "074*****5678"},
        {MASK_ACCOUNT, "6222000000000000123", false, "***************0123"},
        {MASK_ACCOUNT, "1234", false, "****"},
        {MASK_NAME, "张三", false, "张*"},
        {MASK_NAME, "阿卜杜热合曼·阿卜杜喀迪尔", false, "阿**"},
        {MASK_NAME, "𬱖", false, "*"},
        {MASK_NAME, "", false, ""},
        {MASK_MINOR, "张三", false, "张三"},
        {MASK_MINOR, "张小三", true, "张**"},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GString *out = g_string_new(">");
        field_mask(out, cases[i].mask, cases[i].text, cases[i].minor);
        assert_string_equal(out->str + 1, cases[i].masked);
        g_string_free(out, TRUE);
    }
}

static void field_random_cells_never_break_it(void **state)
{
    static const char *const pieces[] = {"9",    "0",      "1",    "990101198001010014",
                                         "X",    "x",      "×",    "*",
                                         "G",    "'",      "\t",   " ",
                                         "　",   ".",      ",",    "，",
                                         "-",    "/",      "、",   "元",
                                         "万元", "约",     "左右", "三",
                                         "十",   "百",     "年",   "月",
                                         "日",   "E+",     "=",    "#",
                                         "(",    "转",     "+86",  "无",
                                         "因病", "缺劳力", "•",    "\r",
                                         "\n",   "?",      "𬱖"};
    static const struct field *const fields[] = {&idcard,  &phone,  &integer,   &money,  &name,
                                                 &account, &remark, &key,       &date,   &year,
                                                 &area,    &causes, &open_code, &boolean};
    GRand *random = g_rand_new_with_seed(20260921);
    (void)state;
    for (size_t round = 0; round < 20000; round++) {
        GString *text = g_string_new(NULL);
        for (gint32 left = g_rand_int_range(random, 0, 12); left > 0; left--)
            g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        struct outcome outcome;
        parse(&outcome, fields[round % G_N_ELEMENTS(fields)], round % 3 == 0 ? 4 : 0, text->str);
        assert_int_equal(outcome.raw.state == STATE_INVALID, outcome.code != FINDING_CODES);
        assert_int_equal(outcome.raw.state == STATE_VALUE, outcome.raw.type != VALUE_NULL);
        assert_true(g_utf8_validate(outcome.value->str, -1, NULL));
        assert_true(g_utf8_validate(outcome.detail->str, -1, NULL));
        assert_null(strpbrk(outcome.detail->str, "\r\n"));
        drop(&outcome);
        g_string_free(text, TRUE);
    }
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field_idcard_is_normalised),
        cmocka_unit_test(field_idcard_tells_its_faults_apart),
        cmocka_unit_test(field_idcard_that_rightly_ends_in_zeros_is_read),
        cmocka_unit_test(idcard_says_birth_and_sex),
        cmocka_unit_test(field_phone_is_normalised),
        cmocka_unit_test(field_integer_reads_units_and_numerals),
        cmocka_unit_test(field_money_is_exact),
        cmocka_unit_test(field_decimal_reads_its_unit),
        cmocka_unit_test(field_name_is_normalised),
        cmocka_unit_test(field_text_is_kept_and_formulas_are_told),
        cmocka_unit_test(field_formulas_are_refused_but_in_remarks),
        cmocka_unit_test(field_old_ids_are_lengthened_where_the_schema_says_so),
        cmocka_unit_test(field_two_numbers_in_a_cell_are_refused),
        cmocka_unit_test(field_document_numbers_keep_their_brackets),
        cmocka_unit_test(field_private_characters_are_refused),
        cmocka_unit_test(field_key_and_account_keep_every_digit),
        cmocka_unit_test(field_date_keeps_its_precision),
        cmocka_unit_test(field_year_is_an_integer),
        cmocka_unit_test(field_boolean_knows_how_clerks_say_yes),
        cmocka_unit_test(field_codes_keep_the_clerks_order),
        cmocka_unit_test(field_area_has_no_spaces),
        cmocka_unit_test(field_detail_shows_only_what_is_public),
        cmocka_unit_test(field_mask_never_tells_too_much),
        cmocka_unit_test(field_random_cells_never_break_it),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
