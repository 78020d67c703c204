/* presets.h: the conventions of known service desks, each cell with its source */
/* Rank: policy. */
#ifndef SLA_POLICY_PRESETS_H
#define SLA_POLICY_PRESETS_H

#include "base/buf.h"
#include "policy/policy.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Sets one member from its word, or "pause.METRIC" from states between blanks, "none" where
 * there are none. False where there is no such member or word.
 */
bool conventions_set(struct conventions *conventions, const char *member, const char *word);

/*
 * Sets what the preset of that name has a source for; all else is left as it is. False, leaving
 * *conventions alone, where there is none of that name.
 */
bool conventions_preset(const char *name, struct conventions *conventions);

/* The name of the preset with that index, NULL behind the last one. */
const char *conventions_preset_name(size_t i);

/* One cell: a member of "conventions", or "pause.METRIC". */
struct preset_cell {
	const char *member;
	const char *word;   /* NULL: unverified, the default is kept */
	const char *source; /* URL or repository and path; of an unverified one a remark or NULL */
};

/* The cell with that index, false behind the last one or where there is no such preset. */
bool preset_cell(const char *name, size_t i, struct preset_cell *cell);

/* Appends the preset's cells as lines for people; nothing where there is none of that name. */
void presets_print(struct buf *out, const char *name);

#endif
