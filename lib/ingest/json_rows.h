/* json_rows.h: the records of a JSON export, one at a time, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_JSON_ROWS_H
#define SLA_INGEST_JSON_ROWS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/input.h"
#include "base/slice.h"
#include "data/charset.h"

#include <stdbool.h>
#include <stdint.h>

/* Containers around a record: {"data":{"getTicketList":{"tickets":[ is the deepest known. */
#define JSON_ROWS_DEPTH 6
/* A longer name of a list is not told from others. */
#define JSON_ROWS_NAME  48

/* What the names of members say; ASCII letters of either case are the same. */
struct json_names {
	const struct slice *ids; /* an object with such a member is a record, no envelope */
	size_t nids;
	const struct slice *lists; /* members that hold records, beside the known ones */
	size_t nlists;
	bool all; /* of an envelope with several lists all are wanted, not only the first */
};

/*
 * Zero-initialise with input and names set; json_rows_free() at the end. Only the
 * record that is being read is kept, so that an array may be of any length.
 */
struct json_rows {
	struct input *input;
	struct charset *charset; /* through which the input comes; NULL: as it is, in UTF-8 */
	struct json_names names;
	struct buf buf;
	size_t at;            /* of buf: what is not yet consumed */
	int64_t line, column; /* of that byte; 0 before the first */
	bool ended;
	bool failed; /* the input could not be read: reported */
	size_t depth;
	struct {
		bool object, filled;       /* filled: a value came before */
		char name[JSON_ROWS_NAME]; /* of the member that it is; empty: none */
	} open[JSON_ROWS_DEPTH];
	bool began;         /* line and column count */
	int64_t found_line; /* where the record of json_rows_next() begins */
	int64_t found_column;
	const char *in;              /* the name of the list that the record is from; empty: none */
	char single[JSON_ROWS_NAME]; /* of a record that is no list's */
	size_t list;       /* counts the lists, so that two with one name are told apart */
	const char *error; /* static text, at line and column */
};

enum json_result { JSON_ROWS_END, JSON_ROWS_RECORD, JSON_ROWS_FAILED };

/* Whether the input begins as JSON does: with a bracket or a brace, in UTF-8 or UTF-16. */
bool json_rows_fit(struct slice start);

/*
 * The next record's text, which is not yet checked, valid until the next call. Taken from a
 * bare array, an envelope ({"data":[..]} and its like, nested too), single objects, and any of
 * these one behind the other. JSON_ROWS_FAILED with error set where the structure around the
 * records is broken or the input ends inside a value. 
 */
enum json_result json_rows_next(struct json_rows *rows, struct slice *record);

void json_rows_free(struct json_rows *rows);

#endif
