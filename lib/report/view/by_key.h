/* by_key.h: tables with a row for each client, owner, team or priority */
/* Rank: report. */
#ifndef SLA_REPORT_VIEW_BY_KEY_H
#define SLA_REPORT_VIEW_BY_KEY_H

#include "report/view/view.h"

/* A row that is to be filled. */
struct key_row {
	struct view *view;
	const struct report *report;
	const struct group *group;
	const struct group *before; /* of the same key, in the time before; or NULL */
	uint32_t value;             /* the key */
};

/*
 * What such a table shows. Its first two columns are the key and, for machines, the kind of the key
 * ("team", "none", "unknown" …): columns[0] and [1] only keep their places.
 */
struct key_table {
	const char *name, *title; /* of the section */
	const struct column *columns;
	size_t ncolumns;
	const char *const *groups; /* titles of the columns' groups; NULL: one table */
	int ngroups;
	enum chart chart;
	int order[3]; /* counts, the largest first; then by name, the unnamed last */
	bool (*keeps)(const struct group *group); /* false: no row */
	/* Fills the cells of a row from the third on; cells[-2] is the key's. */
	void (*fill)(const struct key_row *row, struct cell *cells);
};

/* Adds the table of a dimension of one part. */
struct section *by_key_section(struct view *view, const struct report *report,
    enum dimension dimension, const struct key_table *table);

/* The name of a key of BY_CLIENT, BY_OWNER, BY_TEAM or BY_PRIORITY as a cell. */
struct cell by_key_cell(const struct report *report, enum dimension dimension, uint32_t value);

#endif
