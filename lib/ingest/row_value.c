/* row_value.c: the text that a column of a map gives for a row */
#include "ingest/rows.h"

#include <string.h>

/* Behind the literal text that the pattern begins with. */
static const char *
literal_end(const char *p)
{
	while (*p != '\0' && *p != '*' && !(p[0] == '{' && p[1] == '}'))
		p++;
	return p;
}

static const char *
find(const char *p, size_t n, struct slice what)
{
	const char *end = p + n;

	if (what.n == 0)
		return p;
	for (; (size_t)(end - p) >= what.n; p++) {
		p = memchr(p, *what.p, (size_t)(end - p) - what.n + 1);
		if (p == NULL)
			return NULL;
		if (bytes_same(p, what.p, what.n))
			return p;
	}
	return NULL;
}

/*
 * Whether the text fits: each literal where it first comes, one at the end only there, so that
 * a text is gone over once. *found is what stands for {}.
 */
static bool
fits(const char *pattern, struct slice text, struct slice *found)
{
	const char *at = text.p, *end = text.p + text.n, *hit;
	bool anchored = true, capture = false;
	struct slice piece;

	for (;;) {
		piece.p = pattern;
		pattern = literal_end(pattern);
		piece.n = (size_t)(pattern - piece.p);
		if (*pattern == '\0' && !anchored && piece.n <= (size_t)(end - at))
			hit = bytes_same(end - piece.n, piece.p, piece.n) ? end - piece.n : NULL;
		else
			hit = find(at, (size_t)(end - at), piece);
		if (hit == NULL || (anchored && hit != at))
			return false;
		if (capture)
			*found = (struct slice){at, (size_t)(hit - at)};
		at = hit + piece.n;
		if (*pattern == '\0')
			return !anchored || at == end;
		capture = *pattern == '{';
		pattern += capture ? 2 : 1;
		anchored = false;
		if (*pattern == '\0') {
			if (capture)
				*found = (struct slice){at, (size_t)(end - at)};
			return true;
		}
	}
}

/* False where no pattern fits; one may find an empty value. */
static bool
capture(const struct map_expr *expr, struct slice *text)
{
	struct slice found = {NULL, 0};
	size_t i;

	for (i = 0; i < expr->npatterns; i++)
		if (fits(expr->patterns[i], *text, &found)) {
			*text = slice_trim(found);
			return true;
		}
	text->n = 0;
	return false;
}

/* One column of the row; *there is set where the row has it. */
static struct slice
path_text(struct ingest *ingest, size_t part, const struct map_expr *expr, size_t path,
    const struct row_source *row, bool *there)
{
	const char *name = ingest->map->parts[part]->paths[path];
	struct slice text = {NULL, 0};
	size_t column;

	if (strcmp(name, MAP_FILE_PATH) == 0) {
		*there = true;
		return slice_trim(slice_z(ingest->file));
	}
	if (row->csv != NULL) {
		column = ingest->parts[part].columns[path];
		*there |= column != SIZE_MAX;
		return column != SIZE_MAX ? slice_trim(row->csv->fields[column]) : text;
	}
	text = slice_trim(json_path_text(row->json, name, expr->with, expr->pick));
	*there = *there || text.n > 0 || json_path_has(row->json, name);
	return text;
}

static struct slice
joined(struct ingest *ingest, size_t part, const struct map_expr *expr,
    const struct row_source *row, bool *there)
{
	struct slice text;
	size_t i;

	if (expr->npaths == 1)
		return path_text(ingest, part, expr, expr->paths[0], row, there);
	buf_clear(&ingest->scratch);
	for (i = 0; i < expr->npaths; i++) {
		text = path_text(ingest, part, expr, expr->paths[i], row, there);
		if (text.n > 0 && ingest->scratch.n > 0)
			buf_addz(&ingest->scratch, expr->with);
		buf_adds(&ingest->scratch, text);
	}
	return buf_slice(&ingest->scratch);
}

/* What the rules make of a text: the word itself, else any, or none. */
static bool
apply_rules(const struct map_expr *expr, struct slice *text)
{
	const char *other = text->n > 0 ? "*" : "";
	const struct map_rule *rule = NULL;
	size_t i;

	for (i = 0; i < expr->nvalues; i++) {
		if (slice_eqz(*text, expr->values[i].word)) {
			rule = &expr->values[i];
			break;
		}
		if (strcmp(expr->values[i].word, other) == 0)
			rule = &expr->values[i];
	}
	if (rule == NULL)
		return false;
	*text = slice_z(rule->text);
	return true;
}

/* A text with several values in it, as the values of a list. */
static struct slice
split(struct ingest *ingest, const char *between, struct slice text)
{
	struct buf *buf = &ingest->list;
	size_t i;

	buf_clear(buf);
	buf_adds(buf, text);
	for (i = 0; i < text.n; i++)
		if (strchr(between, buf->p[i]) != NULL && buf->p[i] != '\0')
			buf->p[i] = LIST_SEPARATOR;
	return (struct slice){buf->p, text.n};
}

static struct row_text
expr_value(struct ingest *ingest, size_t part, const struct map_slot *slot,
    const struct map_expr *expr, const struct row_source *row)
{
	struct row_text value = {.ref = expr->ref};

	if (expr->constant != NULL) {
		value.text = slice_z(expr->constant);
		value.neutral = expr->neutral;
		value.there = true;
		return value;
	}
	value.text = joined(ingest, part, expr, row, &value.there);
	if (map_is_missing(ingest->map->parts[part], slot, value.text))
		value.text.n = 0;
	if (expr->npatterns > 0)
		value.there = capture(expr, &value.text);
	if (expr->nvalues > 0)
		value.neutral = apply_rules(expr, &value.text) && expr->neutral;
	if (expr->split != NULL && value.text.n > 0)
		value.text = split(ingest, expr->split, value.text);
	return value;
}

struct row_text
row_value(
    struct ingest *ingest, size_t part, const struct map_slot *slot, const struct row_source *row)
{
	struct row_text value = {.ref = -1};
	bool there = false;
	size_t i;

	for (i = 0; i < slot->nexprs && value.text.n == 0; i++) {
		value = expr_value(ingest, part, slot, &slot->exprs[i], row);
		there |= value.there;
	}
	value.there = there;
	return value;
}

static bool
is_one_of(const struct map_condition *condition, struct slice text, struct buf *scratch)
{
	size_t i;

	buf_clear(scratch);
	buf_adds(scratch, text);
	for (i = 0; i < condition->nwords; i++)
		if (glob_match(condition->words[i], buf_z(scratch)))
			return true;
	return false;
}

static bool
condition_holds(struct ingest *ingest, size_t part, const struct map_condition *condition,
    const struct row_source *row)
{
	static const struct map_expr plain = {.with = ", "};
	bool there = false;
	struct slice text = path_text(ingest, part, &plain, condition->path, row, &there);

	switch (condition->test) {
	case WHEN_PRESENT:
		return text.n > 0;
	case WHEN_ABSENT:
		return text.n == 0;
	case WHEN_ONE_OF:
		return is_one_of(condition, text, &ingest->scratch);
	case WHEN_NONE_OF:
		return !is_one_of(condition, text, &ingest->scratch);
	}
	return true;
}

bool
row_holds(struct ingest *ingest, size_t part, const struct row_source *row)
{
	const struct map_part *p = ingest->map->parts[part];
	size_t i;

	for (i = 0; i < p->nwhen; i++)
		if (!condition_holds(ingest, part, &p->when[i], row))
			return false;
	return true;
}
