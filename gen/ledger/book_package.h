/* The parts of a workbook: the zip file around them and the XML in them, read within bounds.
 * Nothing outside the bytes given is ever opened: no entity, no link, no address. Internal to
 * ledger/. */
#ifndef MINGBAI_LEDGER_BOOK_PACKAGE_H
#define MINGBAI_LEDGER_BOOK_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/findings.h"

/* What a reader of a part does with its elements, their names and those of their attributes as
 * written. Each returns 0, or -1, with a finding, to stop. */
struct xml_reader {
    int (*start)(void *data, const char *name, const char *const *attributes);
    int (*end)(void *data, const char *name);
    int (*text)(void *data, const char *text, size_t length); /* in pieces */
};

struct package;

/* bytes live as long as the package. path names the file in findings. NULL with book-not-xlsx. */
struct package *package_open(const char *bytes, size_t size, const char *path,
                             struct findings *findings);
void package_close(struct package *package); /* NULL is allowed */
bool package_has(const struct package *package, const char *part);
/* Reads the part; place is the file, or its sheet. -1 with book-damaged (the zip or the XML, or no
 * such part), book-doctype (a document type declaration, where entities come from), book-too-large
 * (over a fixed size for all parts together, over a ratio to what is stored, or nested beyond
 * measure), or as reader said. */
int package_read(struct package *package, const char *part, const struct xml_reader *reader,
                 void *data, struct place place, struct findings *findings);

/* The name without its prefix: x:row is row. */
const char *xml_local(const char *name);
/* The value of the attribute of that local name, or NULL. */
const char *xml_attribute(const char *const *attributes, const char *name);
bool xml_true(const char *value); /* 1 or true; NULL is false */

#endif
