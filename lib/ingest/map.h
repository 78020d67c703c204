/* map.h: a map file, which says what the columns of an export mean: sla-map(5) */
/* Rank: ingest. */
#ifndef SLA_INGEST_MAP_H
#define SLA_INGEST_MAP_H

#include "base/arena.h"
#include "base/slice.h"
#include "data/ticket.h"
#include "ingest/dates.h"
#include "ingest/json_path.h"
#include "time/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A record of the store has 64 cells: the part of the map, and its columns and constants. */
#define MAP_SLOTS     63
/* The path that is the name of the file itself. */
#define MAP_FILE_PATH "@file"
/* Parts and lookups of one map. */
#define MAP_PARTS     40
/* Lookups that one column goes through, and such lists in a map. */
#define MAP_TRIES     4
#define MAP_REFS      32

/* ROW_FACT: it adds to what is known of a ticket; ROW_LOOKUP: it names what ids stand for. */
enum row_kind { ROW_SNAPSHOT, ROW_TICKET, ROW_EVENT, ROW_FACT, ROW_LOOKUP };

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

/* What a number counts, where it is not the unit that the field has. */
enum map_unit { UNIT_NONE, UNIT_SECONDS, UNIT_MINUTES, UNIT_HOURS, UNIT_CLOCK };

/* A text that stands for another one: "*" for any, "" for none; text NULL: no value. */
struct map_rule {
	const char *word, *text;
};

/* One way to the value of a column; of several the first that has one counts. */
struct map_expr {
	const size_t *paths; /* of the part; values of several are joined */
	size_t npaths;
	const char *with; /* between those, and between an array's */
	enum json_pick pick;
	const char **patterns; /* {} is the value, * any text; the first that fits counts */
	size_t npatterns;
	struct map_rule *values;
	size_t nvalues;
	const char *split; /* characters between several values of a text; NULL: one */
	const char *constant;
	int ref;      /* of struct map; -1 where the text is no id */
	bool neutral; /* gives words of sla-stream(5) */
};

/* One column that is read, or one constant. */
struct map_slot {
	enum field field;
	enum cell_type type;
	enum map_table table;
	enum metric metric; /* FIELD_PSA_MET, FIELD_PSA_DUE, FIELD_DUE */
	enum map_unit unit;
	const char *name;     /* of the field, as in the map: "owner", "psa.reopens" */
	const char *constant; /* its text; NULL for a column */
	struct map_expr *exprs;
	size_t nexprs;
	const char *column;   /* of a plain one its name, else that of the first: for messages */
	bool plain;           /* one column, taken as it is */
	bool optional;        /* the header may lack it */
	const char **missing; /* words that mean "no value" here, beside those of the part */
	size_t nmissing;
	const struct date_format *dates; /* those of the part where the column names none */
	size_t ndates;
};

/* What must hold for a row to be taken: all conditions of a part. */
struct map_condition {
	size_t path;
	enum { WHEN_PRESENT, WHEN_ABSENT, WHEN_ONE_OF, WHEN_NONE_OF } test;
	const char **words; /* globs */
	size_t nwords;
};

/* One kind of rows among the files of a system, or one lookup. */
struct map_part {
	const char *name; /* as in `files` or `lookups`; NULL where the map is one part */
	enum row_kind rows;
	const char *in;      /* the list of an envelope that has its records; NULL: any */
	const char *each;    /* path to nested rows; NULL: the record is the row */
	const char **detect; /* members that its records have */
	size_t ndetect;
	struct map_condition *when;
	size_t nwhen;
	const char **missing;
	size_t nmissing;
	unsigned has;           /* bit 1 << enum evidence */
	bool client_is_contact; /* `by` tells the role: the ticket's contact is the client */
	enum map_table fills;   /* of a lookup: the table that gets its values */
	bool filled;            /* a table's columns are words of it */
	const char **paths;     /* every column that is looked at, once */
	size_t npaths, room;
	struct map_slot slots[MAP_SLOTS];
	size_t nslots;
	int slot_of[FIELDS]; /* the (first) slot of a field, -1 where it has none */
};

/* The lookups that an id goes through, one after the other. */
struct map_ref {
	size_t n;
	struct {
		size_t part;
		bool role; /* its role is wanted, not its value */
	} tries[MAP_TRIES];
};

struct map {
	const char *name;  /* for messages: the path, or the name of a built-in map */
	struct slice text; /* of the whole map, with what it extends */
	const char *source, *about;
	char delimiter;       /* 0: found in the header */
	const char *encoding; /* a name for iconv(3), NULL: found in the bytes */
	const struct zone *zone;
	enum date_order order; /* of all dates by "auto"; 0: told from the values of each column */
	bool any_case;         /* names of JSON members are compared without regard to case */
	struct map_part *parts[MAP_PARTS]; /* those of files, then the lookups */
	size_t nparts;
	struct map_ref refs[MAP_REFS];
	size_t nrefs;
	bool by_board; /* a state is told by "board/status" */
	struct {
		struct map_entry *entries;
		size_t n;
		bool given;
		bool filled; /* a lookup adds to it */
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

/* That of the first entry with a '*' that the word fits, or MAP_UNMAPPED. */
int map_glob_value(const struct map *map, enum map_table table, const char *word);

/* The value of a word of sla-stream(5) itself, 0 where it is none of that table. */
int map_own_value(enum map_table table, struct slice word);

/* Whether the word (without blanks around it) says that there is no value. */
bool map_is_missing(const struct map_part *part, const struct map_slot *slot, struct slice word);

/* The member of the map that holds the table: "states". */
const char *map_table_name(enum map_table table);

/* A map whose one part takes every file, so that nothing need be told apart. */
static inline bool
map_is_single(const struct map *map)
{
	return map->nparts == 1 && map->parts[0]->name == NULL;
}

#endif
