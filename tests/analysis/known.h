/* known.h - what analysers, which see one file at a time, cannot know: a failure is never OK. It
 * is included ahead of each source. */
#ifndef ANALYSIS_KNOWN_H
#define ANALYSIS_KNOWN_H

#include "base/error.h"

static inline poupa_status known_failure(poupa_status status)
{
    if (status == POUPA_OK)
        __builtin_unreachable();
    return status;
}

#define poupa__error(...) known_failure(poupa__error(__VA_ARGS__))
#define poupa__error_memory(...) known_failure(poupa__error_memory(__VA_ARGS__))
#define poupa__error_cancelled(...) known_failure(poupa__error_cancelled(__VA_ARGS__))

#endif
