/* What the files that read cells share; nobody else includes it. */
#ifndef MINGBAI_LEDGER_FIELD_READ_H
#define MINGBAI_LEDGER_FIELD_READ_H

#include "base/decimal.h"
#include "ledger/field.h"

/* A reader's way to say that the cell could be read. */
#define READ_OK FINDING_CODES

/* One cell on its way. Readers fill value, repair, warning, and detail where it can say more than
 * the code does. */
struct reading {
    const struct field_context *context;
    const struct field *field;
    const char *text; /* stripped, not empty */
    GString *store;   /* the place of a value's text; empty at first */
    struct value value;
    enum repair repair;
    enum finding_code warning;
    GString *detail;
};

enum finding_code read_string(struct reading *reading);
enum finding_code read_area(struct reading *reading);
enum finding_code read_integer(struct reading *reading);
enum finding_code read_decimal(struct reading *reading);
enum finding_code read_date(struct reading *reading);
enum finding_code read_year(struct reading *reading);
enum finding_code read_boolean(struct reading *reading);
enum finding_code read_code(struct reading *reading);
enum finding_code read_idcard(struct reading *reading);
enum finding_code read_phone(struct reading *reading);

/* value-wrong-type: detail is the type's Chinese name, and the text where everybody may see it. */
enum finding_code refuse_type(struct reading *reading);
/* Appends “text”, cut short, when the public may see the column in full; true if it did. */
bool detail_text(struct reading *reading, const char *text);
/* 5.3262E+17: digits that a spreadsheet has thrown away. */
bool is_scientific(const char *text);
/* A text of ASCII digits only, at least one. */
bool is_digits(const char *text);
/* Whether the text's bytes show that it holds nothing the readers of texts change or warn of: no
 * white space or line end, quote, apostrophe, ? or point, nothing full-width, none of the scripts
 * and signs among which the others are. Most cells; false says nothing. */
bool is_plain(const char *text);
/* Appends text with digits folded and no white space, apostrophes or quotes; sets repair if that
 * changed anything. */
void append_bare(struct reading *reading, GString *out, const char *text);
/* The same without looking whether it is plain; append_name_any() likewise. */
void append_bare_any(struct reading *reading, GString *out, const char *text);
/* Appends a person's name: 张　三 is 张三, 买买提•艾力 is 买买提·艾力; only between Han (domain.md
 * 5 rows 12, 13). Warns of lost characters. */
void append_name_any(struct reading *reading, const char *text);
/* Appends any other text: line ends become LF, full-width keys (户编号) are folded. */
void append_free_any(struct reading *reading, const char *text);
/* A number of ASCII digits, perhaps with a point, in the schema's unit: its own decimal. false: it
 * is written otherwise, or is wrong; read_amount_any() tells. */
bool read_amount_clean(const struct reading *reading, decimal *number);
enum finding_code read_amount_any(struct reading *reading, decimal *number);
/* One mobile number in 11 ASCII digits; false says nothing. */
bool is_clean_mobile(const char *text);
enum finding_code read_phones_any(struct reading *reading);

#endif
