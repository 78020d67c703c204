/* mem.h: the only place that asks the system for memory */
/* Rank: base. */
#ifndef SLA_BASE_MEM_H
#define SLA_BASE_MEM_H

#include <stddef.h>

/*
 * None of these returns NULL: when memory runs out (or a size overflows) they
 * print one line and exit with status 4, through exit(3) so that temporary
 * files are removed. The caller owns what it gets and gives it to mem_free().
 */
void *mem_alloc(size_t size);
void *mem_calloc(size_t count, size_t size);
/* Resizes p (or NULL) to hold count elements of size bytes each. */
void *mem_grow(void *p, size_t count, size_t size);
char *mem_dupz(const char *text);
void mem_free(void *p);

/*
 * Makes room for one more element of an array: doubles *cap when count has
 * reached it. Returns the array, moved or not.
 */
void *mem_push(void *array, size_t count, size_t *cap, size_t size);

#endif
