/* conventions.c: the policy's "conventions": how clocks are started, stopped and paused */
#include "base/buf.h"
#include "policy/loader.h"

#include <string.h>

static const char *const reopen_words[] = {[REOPEN_CONTINUE] = "continue",
    [REOPEN_RESTART] = "restart",
    [REOPEN_COUNT_CLOSED] = "count_closed",
    NULL};

static const char *const priority_words[] = {[PRIORITY_CARRY] = "carry",
    [PRIORITY_RESTART] = "restart",
    [PRIORITY_RETROACTIVE] = "retroactive",
    NULL};

static const char *const response_words[] = {[RESPONSE_NONE] = "none",
    [RESPONSE_STATUS] = "status",
    [RESPONSE_ASSIGNED] = "assigned",
    [RESPONSE_AUTO] = "auto",
    [RESPONSE_INTERNAL] = "internal",
    [RESPONSE_BOT] = "bot",
    [RESPONSE_PUBLIC] = "public",
    [RESPONSE_HUMAN] = "human",
    NULL};

void
conventions_default(struct conventions *conventions)
{
	unsigned waiting = 0;
	int state;

	for (state = 1; state < STATES; state++)
		if (state_is_waiting((enum state)state))
			waiting |= 1u << state;
	*conventions = (struct conventions){.reopen = REOPEN_CONTINUE,
	    .priority_change = PRIORITY_CARRY,
	    .first_response = RESPONSE_PUBLIC};
	conventions->pause[METRIC_PLAN] = conventions->pause[METRIC_RESOLVE] = waiting;
}

/* The index of the string in a list that ends with NULL; 0 after a fault. */
static int
read_choice(struct loader *loader, const struct json *value, const char *const *words)
{
	const char *text = json_text(value);
	struct buf list = {0};
	int i;

	for (i = 0; text != NULL && words[i] != NULL; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	for (i = 0; words[i] != NULL; i++)
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	loader_fault(loader, value, "\"%s\" must be one of: %s", json_key(value), buf_z(&list));
	buf_free(&list);
	return 0;
}

static void
read_reopen(struct loader *loader, const struct json *value, void *into)
{
	((struct conventions *)into)->reopen =
	    (enum reopen)read_choice(loader, value, reopen_words);
}

static void
read_priority_change(struct loader *loader, const struct json *value, void *into)
{
	((struct conventions *)into)->priority_change =
	    (enum priority_change)read_choice(loader, value, priority_words);
}

static void
read_first_response(struct loader *loader, const struct json *value, void *into)
{
	enum response least = (enum response)read_choice(loader, value, response_words);

	((struct conventions *)into)->first_response = least;
}

/* An array of states as a mask. A clock stands anyway in a state that ends the ticket. */
static unsigned
read_states(struct loader *loader, const struct json *value)
{
	const struct json *child;
	unsigned mask = 0;
	int state;

	if (!loader_is(loader, value, JSON_ARRAY))
		return 0;
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		if (!loader_is(loader, child, JSON_TEXT))
			continue;
		state = word_value(WORDS_STATE, slice_z(json_text(child)));
		if (state == STATE_NONE)
			loader_fault(loader, child, "\"%s\" is no state that sla-stream(5) knows",
			    json_text(child));
		else if (state_is_ended((enum state)state))
			loader_fault(loader, child,
			    "a ticket that is %s does not pause: that is what \"reopen\" is for",
			    json_text(child));
		mask |= 1u << state;
	}
	return mask;
}

static void
read_pause(struct loader *loader, const struct json *value, void *into)
{
	struct conventions *conventions = into;
	const struct json *child;
	int metric;

	if (json_type(value) == JSON_ARRAY) {
		conventions->pause[METRIC_PLAN] = read_states(loader, value);
		conventions->pause[METRIC_RESOLVE] = conventions->pause[METRIC_PLAN];
		return;
	}
	if (json_type(value) != JSON_OBJECT) {
		loader_fault(loader, value,
		    "\"pause\" must be an array of states, or an object with one for each metric");
		return;
	}
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		metric = word_value(WORDS_METRIC, slice_z(json_key(child)));
		if (metric == METRIC_NONE)
			loader_fault(loader, child, "\"%s\" is no metric", json_key(child));
		else
			conventions->pause[metric] = read_states(loader, child);
	}
}

static const struct member_reader convention_members[] = {
    {"reopen", read_reopen},
    {"priority_change", read_priority_change},
    {"first_response", read_first_response},
    {"pause", read_pause},
    {NULL, NULL},
};

void
conventions_read(struct loader *loader, const struct json *value, void *into)
{
	(void)into;
	loader_object(loader, value, convention_members, &loader->policy->conventions);
}
