/* Audiences: names, folders, stores. */
#include "base/audience.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void audience_names_lead_back(void **state)
{
    (void)state;
    for (int i = 0; i < AUDIENCES; i++) {
        enum audience audience;

        assert_true(audience_parse(audience_name((enum audience)i), &audience));
        assert_int_equal(audience, i);
    }
}

static void audience_parse_refuses_others(void **state)
{
    const char *const others[] = {"", "Public", "public ", "公开", "private"};
    enum audience audience;

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(audience_parse(others[i], &audience));
}

static void audience_folders_and_privacy_are_those_of_the_design(void **state)
{
    (void)state;
    assert_string_equal(audience_folder(AUDIENCE_PUBLIC), "公开");
    assert_string_equal(audience_folder(AUDIENCE_HOUSEHOLD), "入户");
    assert_string_equal(audience_folder(AUDIENCE_INTERNAL), "内部");
    assert_string_equal(audience_folder(AUDIENCE_OFFICIAL), "公文");
    assert_false(audience_is_private(AUDIENCE_PUBLIC));
    assert_true(audience_is_private(AUDIENCE_HOUSEHOLD));
    assert_true(audience_is_private(AUDIENCE_INTERNAL));
    assert_false(audience_is_private(AUDIENCE_OFFICIAL));
}

static void audience_official_reads_the_public_store(void **state)
{
    (void)state;
    assert_int_equal(audience_store(AUDIENCE_OFFICIAL), AUDIENCE_PUBLIC);
    assert_int_equal(audience_store(AUDIENCE_PUBLIC), AUDIENCE_PUBLIC);
    assert_int_equal(audience_store(AUDIENCE_HOUSEHOLD), AUDIENCE_HOUSEHOLD);
    assert_int_equal(audience_store(AUDIENCE_INTERNAL), AUDIENCE_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(audience_names_lead_back),
        cmocka_unit_test(audience_parse_refuses_others),
        cmocka_unit_test(audience_folders_and_privacy_are_those_of_the_design),
        cmocka_unit_test(audience_official_reads_the_public_store),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
