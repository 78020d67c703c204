/* view.h: a view as data, which every renderer can draw */
/* Rank: report. */
#ifndef SLA_REPORT_VIEW_VIEW_H
#define SLA_REPORT_VIEW_VIEW_H

#include "report/count/aggregate.h"

#define VIEW_SECTIONS  24  /* more than any view has */
#define INTERVAL_COUNT 100 /* from here on a share is given without its interval */

enum cell_type {
	CELL_NULL,       /* nothing to say here: null, empty, "-" */
	CELL_NOT_JUDGED, /* the evidence is missing: null, empty, "?" with a footnote */
	CELL_SPECIAL,    /* words instead of a name, "(nobody)": null or empty for machines */
	CELL_TEXT,
	CELL_INT,
	CELL_SECONDS,  /* elapsed: 2d 3h */
	CELL_WORK,     /* working seconds: 51h 20m */
	CELL_PERMILLE, /* 51.3 % */
	CELL_CHANGE,   /* of a share, in per mille of the whole: +3.1 */
	CELL_MONEY,    /* in thousandths of a currency's unit: 80.50 */
	CELL_RATIO,    /* per thousand: 1.25 */
	CELL_INSTANT,
	CELL_DUE, /* an instant, and how far it is from as-of */
	CELL_BAR  /* per mille, for the eye alone */
};

enum tone { TONE_PLAIN, TONE_BOLD, TONE_GOOD, TONE_WARN, TONE_BAD };

struct cell {
	enum cell_type type;
	enum tone tone;
	int64_t number;
	const char *text;
	const char *name; /* TEXT, SPECIAL: what machines read instead; NULL: the text, null */
	bool key;         /* one of the few figures that a page for people begins with */
};

/*
 * The picture of a section, for renderers that can draw one; the table always stays beside it. What
 * feeds it are the columns that have a part in it. A cell that is null or not judged leaves a gap.
 */
enum chart {
	CHART_NONE,
	CHART_BARS,    /* a bar a row and value */
	CHART_STACKED, /* a bar a row, its values the parts; drawn as shares of their sum */
	CHART_LINE,    /* rows in order of time, a line a value; a sparkline in text and md */
	CHART_HEAT,    /* a square a row and value, the darker the more */
	CHART_NETWORK, /* an edge a row, from LABEL to TARGET, as wide as VALUE is large */
	CHART_TIMELINE /* a lane for each LABEL, in it [FROM, TO) in the colour of its KIND */
};

enum part {
	PART_NONE,
	PART_LABEL, /* names the row; where no column has it, the first does */
	PART_TARGET,
	PART_VALUE, /* of one type in all of a chart's columns */
	PART_FROM,
	PART_TO,
	PART_KIND, /* a few words that come again, each with one tone; SPECIAL: that nothing is */
	PART_NOTE  /* TIMELINE: said of the stretch where there is room */
};

enum column_for { FOR_ALL, FOR_PEOPLE, FOR_MACHINES };

struct column {
	const char *name;  /* the member in JSON, the heading in CSV */
	const char *title; /* for people */
	enum column_for reader;
	int group;      /* text, md: the table it stands in; 0: in all of them */
	int line;       /* cards: the line it stands on, from 1 */
	bool number;    /* set flush right */
	bool keep;      /* text: neither cut nor narrowed */
	enum part part; /* in the section's chart */
	enum tone tone; /* of PART_VALUE in the chart: what much of it means */
};

enum shape {
	SHAPE_FACTS, /* columns name and value; JSON: an object */
	SHAPE_KEYED, /* JSON: an object of objects by the first cell's name, which is static */
	SHAPE_TABLE, /* JSON: an array of objects */
	SHAPE_CARDS  /* a table with long texts: text draws some lines a row */
};

struct section {
	const char *name, *title;
	enum shape shape;
	const struct column *columns;
	size_t ncolumns, nkeys;    /* the first nkeys columns name the row */
	const char *const *groups; /* titles of the columns' groups from 1; NULL: one table */
	int ngroups;
	struct cell *cells; /* nrows times ncolumns */
	size_t nrows, cap;
	const char *empty; /* said where there is no row */
	enum chart chart;
	bool list;    /* its rows are tickets or the like, one by one: no time series */
	bool picture; /* text, md: left out, for its table is only what the picture is made of */
};

struct view {
	const char *name, *title;
	const char **notes;
	size_t nnotes;
	struct section sections[VIEW_SECTIONS];
	size_t nsections;
	int main; /* the section that is the view's CSV; -1: all, as name,value */
	struct arena *arena;
};

/* Adds an empty section; nkeys is 1 until changed. */
struct section *view_section(struct view *view, const char *name, const char *title,
    enum shape shape, const struct column *columns, size_t ncolumns);
/* Adds a row of CELL_NULL; valid until the next one. */
struct cell *view_row(struct view *view, struct section *section);
/* A section of SHAPE_FACTS, and a row of one. */
struct section *view_facts(struct view *view, const char *name, const char *title);
void view_fact(struct view *view, struct section *section, const char *name, const char *title,
    struct cell value);
/* Adds a line below the title. text must live as long as the view. */
void view_note(struct view *view, const char *text);

struct cell cell_text(const char *text); /* NULL: CELL_NULL */
struct cell cell_named(const char *name, const char *text);
struct cell cell_special(const char *text);
struct cell cell_int(int64_t number);
/* CELL_NULL where number is negative. */
struct cell cell_of(enum cell_type type, int64_t number);
struct cell cell_instant(enum cell_type type, int64_t instant);
/* The same as one of the figures that a page begins with. */
struct cell cell_key(struct cell cell);
/* A count that is bad news above zero. */
struct cell cell_alarm(int64_t number, enum tone tone);
/* part of whole per mille, rounded down; where whole is 0: not judged if `unknown`, else null. */
struct cell cell_share(int64_t part, int64_t whole, bool unknown);
/* The change from `before` to `now`, two shares; null where one of them is none. */
struct cell cell_change(const struct cell *now, const struct cell *before);
/* part per thousand of whole, rounded down; as cell_share() where whole is 0. */
struct cell cell_ratio(int64_t part, int64_t whole, bool unknown);
/*
 * The 95 % interval of cell_share() by stat/interval.h as words, "65 - 82 %", for people; null
 * where it is narrow enough to leave out: from INTERVAL_COUNT on, and where whole is 0.
 */
struct cell cell_interval(struct view *view, int64_t part, int64_t whole);
/* A quantile of the spread, as cell_share() where it is empty. */
struct cell
cell_quantile(enum cell_type type, const struct histogram *spread, int per_mille, bool unknown);

/* Fill an empty view; a row each in report.c. */
void view_conformance(struct view *view, const struct report *report);
void view_conventions(struct view *view, const struct report *report);
void view_summary(struct view *view, const struct report *report);
void view_worklist(struct view *view, const struct report *report);
void view_owners(struct view *view, const struct report *report);
void view_teams(struct view *view, const struct report *report);
void view_clients(struct view *view, const struct report *report);
void view_handoffs(struct view *view, const struct report *report);
void view_communication(struct view *view, const struct report *report);
void view_consistency(struct view *view, const struct report *report);
void view_rework(struct view *view, const struct report *report);
void view_attribution(struct view *view, const struct report *report);
void view_budget(struct view *view, const struct report *report);
void view_qbr(struct view *view, const struct report *report);
void view_trend(struct view *view, const struct report *report);

#endif
