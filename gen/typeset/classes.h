/* What a character is to the line builder, and the rules between two neighbours. Pure functions.
 * Sources: W3C CLREQ, "Prohibition Rules for Line Start and Line End" (basic level), "Prohibition
 * Rules for Unbreakable Marks", "Punctuation Width Adjustment", "Line Adjustment"; GB/T 15834-2011
 * 5.1. */
#ifndef MINGBAI_TYPESET_CLASSES_H
#define MINGBAI_TYPESET_CLASSES_H

#include <stdbool.h>
#include <stdint.h>

enum char_class {
    CLASS_IDEOGRAPH,   /* Han and all else that stands on the em square */
    CLASS_OPEN,        /* （《「『【〔“‘ */
    CLASS_CLOSE,       /* ）》」』】〕”’ */
    CLASS_PAUSE,       /* ，、；： */
    CLASS_STOP,        /* 。．？！ */
    CLASS_MIDDLE,      /* · ～ – ／ */
    CLASS_DASH,        /* — … */
    CLASS_SUFFIX,      /* ％ ℃ ℉ */
    CLASS_PREFIX,      /* ￥ ＋ － № */
    CLASS_WIDE_DIGIT,  /* ０ to ９ */
    CLASS_DIGIT,       /* 0 to 9 */
    CLASS_LATIN,       /* letters, and signs that join words: - / * @ + */
    CLASS_UNIT,        /* % ° ‰: after a number */
    CLASS_BOX,         /* ☐ ☑ ☒ before what they are ticked for */
    CLASS_LATIN_OPEN,  /* ( [ { */
    CLASS_LATIN_CLOSE, /* ) ] } , . ; : ! ? */
    CLASS_SPACE,
    CLASS_WIDE_SPACE,
    CLASS_NEWLINE
};

enum char_class class_of(uint32_t character);
bool class_is_western(enum char_class class); /* its runs are words: no break, no stretch inside */
bool class_is_mark(enum char_class class);    /* does not count as a character of a line */

/* May a line end after before and the next begin with after? */
bool break_allowed(uint32_t before, enum char_class before_class, uint32_t after,
                   enum char_class after_class);
/* Check boxes ☐ ☑ ☒, which no free font has: drawn as paths. □ U+25A1 is a character of its own. */
enum { EMPTY_BOX = 0x2610, TICKED_BOX = 0x2611, CROSSED_BOX = 0x2612 };
bool character_is_box(uint32_t character);
/* Do the two take the quarter em between Han and Latin? */
bool gap_between(enum char_class before, enum char_class after);

/* How the space between two may grow when a line is stretched, in the order of use. */
enum stretch { STRETCH_NEVER, STRETCH_SPACE, STRETCH_GAP, STRETCH_ANY };
enum stretch stretch_between(enum char_class before, enum char_class after);

/* What of a character may shrink when a line is squeezed, in the order of use. */
enum squeeze {
    SQUEEZE_SPACE,
    SQUEEZE_MIDDLE,
    SQUEEZE_BRACKET,
    SQUEEZE_PAUSE,
    SQUEEZE_GAP,
    SQUEEZE_STOP,
    SQUEEZES,
    SQUEEZE_NEVER = SQUEEZES
};
enum squeeze squeeze_of(enum char_class class);

#endif
