/* lock.h: one process at a time */
/* Rank: base. */
#ifndef SLA_BASE_LOCK_H
#define SLA_BASE_LOCK_H

/*
 * Takes the lock that a file stands for, which is made (mode 0600) where it is missing and
 * stays: a lock is held by a process, not by the file. The descriptor, for lock_drop(); -1
 * after a diagnostic, which says who has it.
 */
int lock_take(const char *path);
void lock_drop(int lock); /* -1 is fine */

#endif
