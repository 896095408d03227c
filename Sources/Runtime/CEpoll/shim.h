#pragma once

// Swift's Glibc module leaves these out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

/// Names the calling thread; Linux keeps the first 15 bytes. (`prctl` is variadic, which Swift does not import.)
static inline void parley_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
