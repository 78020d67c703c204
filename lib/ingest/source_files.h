/* source_files.h: the map files of lib/ingest/sources, compiled in */
/* Rank: ingest. */
#ifndef SLA_INGEST_SOURCE_FILES_H
#define SLA_INGEST_SOURCE_FILES_H

#include <stddef.h>

/*
 * One built-in map: text is the bytes of sources/NAME.json, size of them, and
 * one NUL byte more that size does not count.  Nobody frees any of it.
 */
struct source_file {
	const char *name;
	const unsigned char *text;
	size_t size;
};

/*
 * Every built-in map in the order of their names, ended by {NULL, NULL, 0}.
 * The Makefile generates the table from the folder sources.
 */
extern const struct source_file source_files[];

#endif
