/* The SQL functions that write words, read dates, mask texts and take IDs apart. */
#include "store/expression.h"

/* domain.md 7.1, every amount; of two forms allowed there the one we always write. */
static void amounts_are_written_in_capitals(void **state)
{
    (void)state;
    check("'人民币' || 大写金额(1409.50)", "人民币壹仟肆佰零玖元伍角;");
    check("'人民币' || 大写金额(6007.14)", "人民币陆仟零柒元壹角肆分;");
    check("'人民币' || 大写金额(1680.32)", "人民币壹仟陆佰捌拾元零叁角贰分;");
    check("'人民币' || 大写金额(107000.53)", "人民币壹拾万柒仟元零伍角叁分;");
    check("'人民币' || 大写金额(16409.02)", "人民币壹万陆仟肆佰零玖元零贰分;");
    check("'人民币' || 大写金额(325.04)", "人民币叁佰贰拾伍元零肆分;");
    check("'人民币' || 大写金额(10010001)", "人民币壹仟零壹万零壹元整;");
    check("'人民币' || 大写金额(100000000)", "人民币壹亿元整;");
    check("'人民币' || 大写金额(0.05)", "人民币伍分;");
    check("'人民币' || 大写金额(0.50)", "人民币伍角;");
    check("'人民币' || 大写金额(3576000)", "人民币叁佰伍拾柒万陆仟元整;");
    check("'人民币' || 大写金额(积(357.6, 10000, 2))", "人民币叁佰伍拾柒万陆仟元整;");
    check("'人民币' || 大写金额(积(3069.7, 10000, 2))", "人民币叁仟零陆拾玖万柒仟元整;");
    check("'人民币' || 大写金额(20)", "人民币贰拾元整;");
    check("'人民币' || 大写金额(15.60)", "人民币壹拾伍元陆角;");
    check("大写金额(0)", "零元整;");
    check("大写金额(-1.005)", "负壹元零壹分;");
    check("大写金额(1e12)", "壹万亿元整;");
    check("大写金额(NULL)", "<1>;");
    check("大写金额('十')", "sql-not-number");
    check("大写金额(1e18)", "sql-overflow");
}

static void numbers_are_written_as_read(void **state)
{
    (void)state;
    check("中文数字(123)", "一百二十三;");
    check("中文数字(12)", "十二;");
    check("中文数字(10010)", "一万零一十;");
    check("中文数字(-3.14)", "负三点一四;");
    check("中文数字(NULL)", "<1>;");
}

/* domain.md 7.2. */
static void dates_are_written_in_characters(void **state)
{
    (void)state;
    check("大写日期('2026-01-15')", "贰零贰陆年零壹月壹拾伍日;");
    check("大写日期('2026-10-20')", "贰零贰陆年零壹拾月零贰拾日;");
    check("大写日期('2026-12-10')", "贰零贰陆年壹拾贰月零壹拾日;");
    check("中文日期('2026-11-21')", "二〇二六年十一月二十一日;");
    check("中文日期('2026-11')", "二〇二六年十一月;");
    check("中文日期(2026)", "二〇二六年;");
    check("大写日期(2026)", "贰零贰陆年;");
    check("中文日期(NULL)", "<1>;");
    check("中文日期('2026-02-30')", "sql-not-date");
    check("中文日期(20261121)", "sql-not-date");
    check("大写日期(2026.5)", "sql-not-date");
}

static void texts_are_masked(void **state)
{
    (void)state;
    check("遮证件('990101198001010014')", "990101********0014;");
    check("遮电话('13900000001、0990-6200101')", "139****0001、099*****0101;");
    check("遮账号('6217000010001234567')", "***************4567;");
    check("遮姓名('欧阳平安')", "欧**;");
    check("遮姓名('张三')", "张*;");
    check("遮证件('123')", "***;");
    check("遮电话(NULL)", "<1>;");
}

static void ids_are_taken_apart(void **state)
{
    (void)state;
    check("证件出生('990101198001010014')", "1980-01-01;");
    check("证件性别('990101198001010014')", "男;");
    check("证件性别('990101198512300224')", "女;");
    check("证件地区('99010119800101009X')", "990101;");
    check("证件有效('99010119800101009X')", "1;");
    check("年龄(证件出生('990101201506010030'))", "10;");
    /* a wrong check character, no such day, masked, too short, nothing */
    check("证件有效('990101198001010015')", "0;");
    check("证件出生('990101198001010015')", "<1>;");
    check("证件有效('990101198002300014')", "0;");
    check("证件性别('990101********0014')", "<1>;");
    check("证件地区('990101')", "<1>;");
    check("证件有效('')", "0;");
    check("证件有效(NULL)", "<1>;");
    check("证件出生(NULL)", "<1>;");
}

static void ages_count_on_the_reference_date(void **state)
{
    (void)state;
    check("年龄('2008-01-01')", "18;");
    check("年龄('2008-01-02')", "17;");
    check("年龄('2008')", "<1>;");
    check("年龄('2027-01-01')", "<1>;");
    check("年龄(NULL)", "<1>;");
    check("未成年(NULL, '2008-01-01')", "0;");
    check("未成年(NULL, '2008-01-02')", "1;");
    check("未成年(NULL, '2008-01')", "1;");
    check("未成年(NULL, '2007')", "0;");
    check("未成年(NULL, '2007-12')", "0;");
    check("未成年(NULL, NULL)", "1;");
    check("未成年('990101198001010014', NULL)", "0;");
    check("未成年('990101201506010030', NULL)", "1;");
    check("未成年('990101198001010014', '2015-06-01')", "1;");
    check("未成年('990101201506010030', '1980-01-01')", "1;");
    check("未成年('无', NULL)", "1;");
    check("年龄('2000-02-29', '2018-02-28')", "17;");
    check("年龄('2000-02-29', '2018-03-01')", "18;");
    check("年龄('2000-02-29', '2018')", "<1>;");
    check("年龄('2000-02-29', NULL)", "<1>;");
    check("年龄('2000-02-29', '去年')", "sql-not-date");
}

static void ages_fall_into_bands(void **state)
{
    (void)state;
    check("年龄段(0, 7, 16, 60)", "0—6岁;");
    check("年龄段(6, 7, 16, 60)", "0—6岁;");
    check("年龄段(7, 7, 16, 60)", "7—15岁;");
    check("年龄段(59, 7, 16, 60)", "16—59岁;");
    check("年龄段(60, 7, 16, 60)", "60岁及以上;");
    check("年龄段(7, 7, 8)", "7岁;");
    check("年龄段(0, 1)", "0岁;");
    check("年龄段(年龄('2015-06-01'), 7, 16)", "7—15岁;");
    check("年龄段(NULL, 7)", "<1>;");
    check("年龄段(5, 16, 7)", "sql-bounds");
    check("年龄段(5)", "sql-bounds");
    check("年龄段(5, '7')", "sql-bounds");
    check("年龄段()", "sql-bounds");
    check("年龄段('5', 7)", "sql-not-number");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_written_in_capitals),
        cmocka_unit_test(numbers_are_written_as_read),
        cmocka_unit_test(dates_are_written_in_characters),
        cmocka_unit_test(texts_are_masked),
        cmocka_unit_test(ids_are_taken_apart),
        cmocka_unit_test(ages_count_on_the_reference_date),
        cmocka_unit_test(ages_fall_into_bands),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}
