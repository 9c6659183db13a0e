/* The verbs, one file each. */
#ifndef MINGBAI_COMMAND_VERBS_H
#define MINGBAI_COMMAND_VERBS_H

#include "command/options.h"

extern const struct verb verb_render, verb_check, verb_merge, verb_compare, verb_list, verb_new,
    verb_doctor, verb_help, verb_version;

#endif
