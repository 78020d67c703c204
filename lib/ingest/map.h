/* map.h: a map file, which says what the columns of an export mean: sla-map(5) */
/* Rank: ingest. */
#ifndef SLA_INGEST_MAP_H
#define SLA_INGEST_MAP_H

#include "base/arena.h"
#include "base/slice.h"
#include "data/ticket.h"
#include "ingest/dates.h"
#include "time/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As many columns and constants as a record of the store has bits for. */
#define MAP_SLOTS 64

enum row_kind { ROW_SNAPSHOT, ROW_TICKET, ROW_EVENT };

enum field {
#define FIELD(id, word, type, table, rows) FIELD_##id,
#include "ingest/fields.def"
#undef FIELD
	FIELD_PSA,     /* psa.NAME */
	FIELD_PSA_MET, /* psa.sla.METRIC.met */
	FIELD_PSA_DUE, /* psa.sla.METRIC.due */
	FIELD_DUE,     /* due.METRIC */
	FIELDS
};

enum cell_type { CELL_TEXT, CELL_WORD, CELL_DATE, CELL_NUMBER, CELL_BOOLEAN };

enum map_table {
	TABLE_NONE,
	TABLE_STATES,
	TABLE_PRIORITIES,
	TABLE_CHANNELS,
	TABLE_KINDS,
	TABLE_ROLES,
	TABLE_VISIBILITIES,
	TABLE_METRICS, /* no member of the map: the words of sla-stream(5) themselves */
	TABLE_BOOLEANS,
	TABLES
};

/* What a word that the table lacks gives; 0 is a word that has an entry but no meaning (null). */
#define MAP_UNMAPPED (-1)

struct map_entry {
	const char *word;
	int value; /* of the vocabulary; for booleans 1 and 2 */
};

/* One column that is read, or one constant. */
struct map_slot {
	enum field field;
	enum cell_type type;
	enum map_table table;
	enum metric metric;   /* FIELD_PSA_MET, FIELD_PSA_DUE, FIELD_DUE */
	const char *name;     /* of the field, as in the map: "owner", "psa.reopens" */
	const char *column;   /* as in the header; NULL for a constant */
	const char *constant; /* its text; NULL for a column */
	bool optional;        /* the header may lack it */
	const char **missing; /* words that mean "no value" here, beside those of the map */
	size_t nmissing;
	const struct date_format *dates; /* those of the map where the column names none */
	size_t ndates;
};

struct map {
	const char *name; /* for messages: the path, or the name of a built-in map */
	const char *source, *about;
	enum row_kind rows;
	char delimiter;       /* 0: found in the header */
	const char *encoding; /* a name for iconv(3), NULL: found in the bytes */
	unsigned has;         /* bit 1 << enum evidence */
	const struct zone *zone;
	enum date_order order; /* of all dates by "auto"; 0: told from the values of each column */
	const char **missing;
	size_t nmissing;
	const char **detect; /* members that a file of this system has, for detect_source() */
	size_t ndetect;
	struct map_slot slots[MAP_SLOTS];
	size_t nslots;
	int slot_of[FIELDS]; /* the (first) slot of a field, -1 where it has none */
	struct {
		struct map_entry *entries;
		size_t n;
		bool given;
	} tables[TABLES];
	struct zone *own_zone; /* to free; NULL for UTC */
	struct arena arena;    /* everything else lives here */
};

/*
 * All three give NULL after reporting every fault as DIAG_BAD_MAP with its line
 * and column. The caller owns the map: map_free(). name must outlive it.
 */
struct map *map_parse(const char *name, struct slice text);
struct map *map_load(const char *path);
struct map *map_builtin(const char *name);
void map_free(struct map *map);

/*
 * In place of what the map says: the zone of dates that name none, and the order of those by "auto"
 * ("dmy" or "mdy"). -1 after a diagnostic, DIAG_USAGE, where there is no such zone or order.
 */
int map_set_zone(struct map *map, const char *name);
int map_set_order(struct map *map, const char *order);

/* The name of built-in map i, counted from 0; NULL behind the last. */
const char *map_builtin_name(size_t i);
/* Its text, as --print-map shows it; empty where there is none of that name. */
struct slice map_builtin_text(const char *name);

/* The value of a word (without blanks around it), 0 for null, or MAP_UNMAPPED. */
int map_value(const struct map *map, enum map_table table, struct slice word);

/* Whether the word (without blanks around it) says that there is no value. */
bool map_is_missing(const struct map *map, const struct map_slot *slot, struct slice word);

/* The member of the map that holds the table: "states". */
const char *map_table_name(enum map_table table);

#endif
