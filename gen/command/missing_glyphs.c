/* Tracing a character without a glyph back to the ledgers' cells. */
#include "command/missing_glyphs.h"

#include <string.h>

static void trace(const struct ledgers *ledgers, const struct query_read *read,
                  const char *character, const char *code, struct findings *findings)
{
    const struct ledger *ledger = ledgers_find(ledgers, read->table);
    if (!ledger)
        return;
    size_t field = (size_t)(read->field - ledger->schema->fields);
    for (size_t row = 0; row < rowset_rows(ledger->rows); row++) {
        struct value value = rowset_at(ledger->rows, row, field);
        if (value.type == VALUE_TEXT && strstr(value.text, character))
            finding_add(findings, FINDING_RENDER_NO_GLYPH,
                        ledgers_place(ledgers, ledger, row, field), character, code);
    }
}

void missing_glyphs_trace(const struct ledgers *ledgers, const struct query_read *reads,
                          size_t nread, size_t first, GHashTable *traced, struct findings *findings)
{
    const size_t end = findings_count(findings);
    for (size_t i = first; i < end; i++) {
        const struct finding *finding = findings_at(findings, i);
        if ((finding->code != FINDING_FONT_NO_GLYPH &&
             finding->code != FINDING_FONT_NO_GLYPH_ROW) ||
            !g_hash_table_add(traced, g_strdup(finding->args[0])))
            continue;
        /* adding findings may move those already there */
        char *character = g_strdup(finding->args[0]), *code = g_strdup(finding->args[1]);
        for (size_t k = 0; k < nread; k++)
            trace(ledgers, &reads[k], character, code, findings);
        g_free(code);
        g_free(character);
    }
}
