/* Decides who counts as a minor, and how old people are. */
#include "store/age.h"

#include <stddef.h>
#include <string.h>

#include "ledger/field.h"

static bool is_grown_up(const struct age_basis *basis, struct date birth)
{
    if (!basis->on.day)
        return false;
    if (!birth.month)
        birth.month = 12;
    for (int last = 31; !birth.day; last--) {
        const struct date try = {birth.year, birth.month, last};

        if (date_valid(try))
            birth = try;
    }
    return date_age(birth, basis->on) >= AGE_GROWN_UP;
}

bool age_is_minor(const struct age_basis *basis, const char *id, const char *birth)
{
    struct date date;
    bool proven = false;

    if (id && strlen(id) == 18 && idcard_birth(id, &date)) {
        if (!is_grown_up(basis, date))
            return true;
        proven = true;
    }
    if (birth && date_parse_iso(birth, &date)) {
        if (!is_grown_up(basis, date))
            return true;
        proven = true;
    }
    return !proven;
}

int age_years(const struct age_basis *basis, const char *birth)
{
    struct date date;

    if (!basis->on.day || !date_parse_iso(birth, &date))
        return -1;
    return date_age(date, basis->on);
}
