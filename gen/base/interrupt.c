/* Holding back the signals that end a run. */
#include "base/interrupt.h"

#include <signal.h>
#include <stddef.h>

static const int held[] = {SIGINT, SIGTERM, SIGHUP};

void interrupt_hold(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
        sigaddset(&set, held[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

bool interrupt_pending(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigpending(&set);
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
        if (sigismember(&set, held[i]) == 1)
            return true;
    return false;
}
