#pragma once

// glibc declares it for GNU programs, which Swift's Glibc module leaves out. `actions` are posix_spawn_file_actions_t:
// that type, included here, would not be the one that Swift knows.
int posix_spawn_file_actions_addclosefrom_np(void *actions, int from);
