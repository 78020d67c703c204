/* match.c: whether a ticket fits the "match" of a target, compiled once */
#include "policy/match.h"

#include "policy/loader.h"

#include <string.h>

/* Where the value of a member comes from. */
enum origin { FROM_TICKET, FROM_OWNER, FROM_TEAM, FROM_CATEGORY, FROM_WORD };

struct member {
	const char *name;
	enum origin origin;
	size_t offset;         /* FROM_TICKET: of the text in struct ticket */
	enum vocabulary words; /* FROM_WORD */
	bool varies;           /* events change it */
};

#define TEXT(member)                                                            \
	{                                                                       \
#member, FROM_TICKET, offsetof(struct ticket, member), 0, false \
	}

static const struct member members[] = {
    TEXT(source),
    TEXT(id),
    TEXT(title),
    TEXT(client),
    TEXT(contact),
    TEXT(type),
    {"team", FROM_TEAM, 0, 0, true},
    {"owner", FROM_OWNER, 0, 0, true},
    {"priority", FROM_WORD, 0, WORDS_PRIORITY, true},
    {"state", FROM_WORD, 0, WORDS_STATE, true},
    TEXT(agreement),
    TEXT(board),
    TEXT(site),
    {"category", FROM_CATEGORY, 0, 0, false},
    {"channel", FROM_WORD, 0, WORDS_CHANNEL, false},
    TEXT(severity),
    TEXT(impact),
    TEXT(parent),
    TEXT(merged_into),
};

#define NMEMBERS (sizeof(members) / sizeof(members[0]))

struct pattern {
	const char *text;
	size_t n;
	enum { UNKNOWN, LITERAL, GLOB } kind;
};

/* One member that must fit one of its patterns. */
struct condition {
	const struct member *member;
	unsigned fits; /* FROM_WORD: bit 1 << value for each value that does, bit 0 unknown */
	const struct pattern *patterns;
	size_t npatterns;
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* As glob_match() has it for text without `*` and `?`, but quicker. */
static bool
literal_fits(const struct pattern *pattern, const char *text)
{
	size_t i;

	for (i = 0; i < pattern->n; i++)
		if (lower(pattern->text[i]) != lower(text[i]))
			return false;
	return text[i] == '\0';
}

/* What is not known fits the empty pattern only: `*` means any known value. */
static bool
text_fits(const struct condition *condition, const char *text)
{
	bool unknown = text == NULL || *text == '\0', fits = false;
	const struct pattern *pattern;
	size_t i;

	for (i = 0; i < condition->npatterns && !fits; i++) {
		pattern = &condition->patterns[i];
		if (unknown || pattern->kind == UNKNOWN)
			fits = unknown && pattern->kind == UNKNOWN;
		else if (pattern->kind == LITERAL)
			fits = literal_fits(pattern, text);
		else
			fits = glob_match(pattern->text, text);
	}
	return fits;
}

static bool
category_fits(const struct condition *condition, const struct ticket *ticket)
{
	size_t i;

	for (i = 0; i < ticket->ncategory; i++)
		if (text_fits(condition, ticket->category[i]))
			return true;
	return ticket->ncategory == 0 && text_fits(condition, NULL);
}

static int
word_now(const struct member *member, const struct facts *facts)
{
	switch (member->words) {
	case WORDS_PRIORITY:
		return (int)facts->priority;
	case WORDS_STATE:
		return (int)facts->state;
	default:
		return (int)facts->ticket->channel;
	}
}

static bool
condition_fits(const struct condition *condition, const struct facts *facts)
{
	const struct member *member = condition->member;
	const char *text = NULL;

	switch (member->origin) {
	case FROM_WORD:
		return (condition->fits >> word_now(member, facts) & 1) != 0;
	case FROM_CATEGORY:
		return category_fits(condition, facts->ticket);
	case FROM_OWNER:
		return text_fits(condition, facts->owner);
	case FROM_TEAM:
		return text_fits(condition, facts->team);
	case FROM_TICKET:
		memcpy(&text, (const char *)facts->ticket + member->offset, sizeof(text));
		break;
	}
	return text_fits(condition, text);
}

bool
match_fits(const struct match *match, const struct facts *facts)
{
	size_t i;

	for (i = 0; i < match->nconditions; i++)
		if (!condition_fits(&match->conditions[i], facts))
			return false;
	return true;
}

bool
match_fits_client(const struct match *match, const char *client)
{
	const struct member *member;
	size_t i;

	for (i = 0; i < match->nconditions; i++) {
		member = match->conditions[i].member;
		if (member->origin == FROM_TICKET &&
		    member->offset == offsetof(struct ticket, client))
			return text_fits(&match->conditions[i], client);
	}
	return true;
}

/*
 * Whether what fits `narrow` fits `wide`. A glob without `?` may be held against another one's
 * text: there its `*` can only fit `*`, as everything else of it stands for itself.
 */
static bool
pattern_covers(const struct pattern *wide, const struct pattern *narrow)
{
	if (wide->kind == UNKNOWN || narrow->kind == UNKNOWN)
		return wide->kind == narrow->kind;
	if (wide->kind == LITERAL)
		return narrow->kind == LITERAL && literal_fits(wide, narrow->text);
	if (narrow->kind == LITERAL || strchr(wide->text, '?') == NULL)
		return glob_match(wide->text, narrow->text);
	return strcmp(wide->text, narrow->text) == 0;
}

static bool
covered_by_any(const struct condition *wide, const struct pattern *narrow)
{
	size_t i;

	for (i = 0; i < wide->npatterns; i++)
		if (pattern_covers(&wide->patterns[i], narrow))
			return true;
	return false;
}

static bool
condition_covers(const struct condition *wide, const struct condition *narrow)
{
	size_t i;

	if (wide->member->origin == FROM_WORD)
		return (narrow->fits & ~wide->fits) == 0;
	for (i = 0; i < narrow->npatterns; i++)
		if (!covered_by_any(wide, &narrow->patterns[i]))
			return false;
	return true;
}

/* Whether any value fits, and none, as of ["*", ""]. */
static bool
takes_all(const struct condition *condition)
{
	static const struct pattern any = {"*", 1, GLOB}, unknown = {"", 0, UNKNOWN};
	const struct member *member = condition->member;
	int i;

	if (member->origin != FROM_WORD)
		return covered_by_any(condition, &any) && covered_by_any(condition, &unknown);
	for (i = 1; word_of(member->words, i) != NULL; i++)
		if ((condition->fits >> i & 1) == 0)
			return false;
	return (condition->fits & 1) != 0;
}

bool
match_covers(const struct match *wide, const struct match *narrow)
{
	const struct condition *condition;
	bool covered;
	size_t i, k;

	for (i = 0; i < wide->nconditions; i++) {
		condition = &wide->conditions[i];
		covered = takes_all(condition);
		for (k = 0; k < narrow->nconditions && !covered; k++)
			covered = narrow->conditions[k].member == condition->member &&
			    condition_covers(condition, &narrow->conditions[k]);
		if (!covered)
			return false;
	}
	return true;
}

static const struct member *
find_member(const char *name)
{
	size_t i;

	for (i = 0; i < NMEMBERS; i++)
		if (strcmp(members[i].name, name) == 0)
			return &members[i];
	return NULL;
}

/* The values of a closed vocabulary that fit: a pattern that fits none is a slip of the pen. */
static void
add_words(struct loader *loader, const struct json *value, struct condition *condition)
{
	const char *pattern = json_text(value), *word;
	unsigned fits = *pattern == '\0' ? 1 : 0;
	int i;

	for (i = 1; (word = word_of(condition->member->words, i)) != NULL; i++)
		if (glob_match(pattern, word))
			fits |= 1u << i;
	if (fits == 0)
		loader_fault(loader, value, "\"%s\" is no %s that sla-stream(5) knows", pattern,
		    condition->member->name);
	condition->fits |= fits;
}

static void
add_pattern(struct loader *loader, const struct json *value, struct condition *condition,
    struct pattern *pattern)
{
	const char *text = json_text(value);

	if (text == NULL) {
		loader_fault(
		    loader, value, "a pattern must be a string; \"\" fits what is not known");
		return;
	}
	if (condition->member->origin == FROM_WORD) {
		add_words(loader, value, condition);
		return;
	}
	pattern->text = arena_textz(&loader->policy->arena, text);
	pattern->n = strlen(text);
	pattern->kind = *text == '\0' ? UNKNOWN : strpbrk(text, "*?") != NULL ? GLOB : LITERAL;
	condition->npatterns++;
}

/* One string, or an array of them. */
static void
compile_condition(struct loader *loader, const struct json *value, struct condition *condition)
{
	size_t n = json_type(value) == JSON_ARRAY ? json_count(value) : 1;
	struct pattern *patterns = arena_calloc(&loader->policy->arena, n + 1, sizeof(*patterns));
	const struct json *child;

	condition->patterns = patterns;
	if (n == 0)
		loader_fault(loader, value, "names no pattern, so no ticket fits it");
	if (json_type(value) != JSON_ARRAY) {
		add_pattern(loader, value, condition, patterns);
		return;
	}
	for (child = json_first(value); child != NULL; child = json_next(child))
		add_pattern(loader, child, condition, &patterns[condition->npatterns]);
}

/* Members of closed vocabularies go first: they are the quickest to say no. */
void
match_compile(struct loader *loader, const struct json *value, struct match *match)
{
	struct condition *conditions;
	const struct member *member;
	const struct json *child;
	int words;

	*match = (struct match){0};
	if (value == NULL || !loader_is(loader, value, JSON_OBJECT))
		return;
	conditions =
	    arena_calloc(&loader->policy->arena, json_count(value) + 1, sizeof(*conditions));
	for (words = 1; words >= 0; words--) {
		for (child = json_first(value); child != NULL; child = json_next(child)) {
			member = find_member(json_key(child));
			if (member == NULL && words)
				loader_fault(loader, child,
				    "\"%s\" is no ticket member that can be matched",
				    json_key(child));
			if (member == NULL || (member->origin == FROM_WORD) != (words == 1))
				continue;
			conditions[match->nconditions].member = member;
			compile_condition(loader, child, &conditions[match->nconditions++]);
			match->varies |= member->varies;
		}
	}
	match->conditions = conditions;
}
