/* conventions.c: the policy's "conventions": how clocks are started, stopped and paused */
#include "base/buf.h"
#include "policy/loader.h"
#include "policy/presets.h"

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

static const char *const start_words[] = {[START_OPENED] = "opened",
    [START_FIRST_BUSINESS_INSTANT] = "first_business_instant",
    [START_STATUS] = "status",
    NULL};

static const char *const deadline_words[] = {
    [DEADLINE_CLOSING] = "closing", [DEADLINE_NEXT_OPENING] = "next_opening", NULL};

static const char *const zero_words[] = {[ZERO_IMMEDIATELY] = "immediately",
    [ZERO_FIRST_BUSINESS_INSTANT] = "first_business_instant",
    NULL};

static const char *const update_words[] = {[UPDATE_AGENT] = "agent", [UPDATE_ANY] = "any", NULL};

static const char *const days_words[] = {"same_time", "end_of_day", NULL};

enum choice {
	REOPEN,
	PRIORITY_CHANGE,
	FIRST_RESPONSE,
	START,
	DEADLINE,
	ZERO_TARGET,
	UPDATE_RESTART,
	BUSINESS_DAYS,
	CHOICES
};

/* The members that are one word of a few. */
static const struct {
	const char *key;
	const char *const *words; /* by the value of the enum */
} choices[CHOICES] = {
    [REOPEN] = {"reopen", reopen_words},
    [PRIORITY_CHANGE] = {"priority_change", priority_words},
    [FIRST_RESPONSE] = {"first_response", response_words},
    [START] = {"start", start_words},
    [DEADLINE] = {"deadline", deadline_words},
    [ZERO_TARGET] = {"zero_target", zero_words},
    [UPDATE_RESTART] = {"update_restart", update_words},
    [BUSINESS_DAYS] = {"business_days", days_words},
};

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

static void
set_choice(struct conventions *conventions, enum choice choice, int value)
{
	switch (choice) {
	case REOPEN:
		conventions->reopen = (enum reopen)value;
		break;
	case PRIORITY_CHANGE:
		conventions->priority_change = (enum priority_change)value;
		break;
	case FIRST_RESPONSE:
		conventions->first_response = (enum response)value;
		break;
	case START:
		conventions->start = (enum clock_start)value;
		break;
	case DEADLINE:
		conventions->deadline = (enum deadline)value;
		break;
	case ZERO_TARGET:
		conventions->zero_target = (enum zero_target)value;
		break;
	case UPDATE_RESTART:
		conventions->update_restart = (enum update_restart)value;
		break;
	default:
		conventions->end_of_day = value != 0;
		break;
	}
}

/* The member of that name, CHOICES where it is none of them. */
static enum choice
find_choice(const char *key)
{
	int i = 0;

	while (i < CHOICES && strcmp(choices[i].key, key) != 0)
		i++;
	return (enum choice)i;
}

/* The index of the word in a list that ends with NULL, -1 where it is not there. */
static int
find_word(const char *const *words, const char *word)
{
	int i;

	for (i = 0; word != NULL && words[i] != NULL; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

static void
refuse_word(struct loader *loader, const struct json *value, const char *words)
{
	loader_fault(loader, value, "\"%s\" must be one of: %s", json_key(value), words);
}

static void
read_choice(struct loader *loader, const struct json *value, void *into)
{
	enum choice choice = find_choice(json_key(value));
	const char *const *words = choices[choice].words;
	int found = find_word(words, json_text(value)), i;
	struct buf list = {0};

	if (found != -1) {
		set_choice(into, choice, found);
		return;
	}
	for (i = 0; words[i] != NULL; i++)
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	refuse_word(loader, value, buf_z(&list));
	buf_free(&list);
}

/* The states between blanks as a mask; false where one is no state that can pause. */
static bool
states_mask(const char *text, unsigned *mask)
{
	struct slice word;
	int state;

	*mask = 0;
	if (strcmp(text, "none") == 0)
		return true;
	for (; *text != '\0'; text += word.n + strspn(text + word.n, " ")) {
		word = (struct slice){text, strcspn(text, " ")};
		state = word_value(WORDS_STATE, word);
		if (state == STATE_NONE || state_is_ended((enum state)state))
			return false;
		*mask |= 1u << state;
	}
	return true;
}

bool
conventions_set(struct conventions *conventions, const char *member, const char *word)
{
	static const char pause[] = "pause.";
	enum choice choice = find_choice(member);
	int value;

	if (choice != CHOICES) {
		value = find_word(choices[choice].words, word);
		if (value != -1)
			set_choice(conventions, choice, value);
		return value != -1;
	}
	if (strncmp(member, pause, sizeof(pause) - 1) != 0)
		return false;
	value = word_value(WORDS_METRIC, slice_z(member + sizeof(pause) - 1));
	return value != METRIC_NONE && states_mask(word, &conventions->pause[value]);
}

/* Before the members beside it, wherever it stands. */
static void
read_preset(struct loader *loader, const struct json *value, struct conventions *conventions)
{
	const char *name = json_text(value);
	struct buf list = {0};
	size_t i;

	if (name != NULL && conventions_preset(name, conventions))
		return;
	for (i = 0; conventions_preset_name(i) != NULL; i++)
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", conventions_preset_name(i));
	refuse_word(loader, value, buf_z(&list));
	buf_free(&list);
}

static void
skip_preset(struct loader *loader, const struct json *value, void *into)
{
	(void)loader;
	(void)value;
	(void)into;
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
    {"preset", skip_preset},
    {"reopen", read_choice},
    {"priority_change", read_choice},
    {"first_response", read_choice},
    {"pause", read_pause},
    {"start", read_choice},
    {"deadline", read_choice},
    {"zero_target", read_choice},
    {"update_restart", read_choice},
    {"business_days", read_choice},
    {NULL, NULL},
};

void
conventions_read(struct loader *loader, const struct json *value, void *into)
{
	struct conventions *conventions = &loader->policy->conventions;
	const struct json *preset = json_get(value, "preset");

	(void)into;
	if (preset != NULL)
		read_preset(loader, preset, conventions);
	loader_object(loader, value, convention_members, conventions);
}
