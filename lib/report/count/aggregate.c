/* aggregate.c: tickets into groups, and the dimensions that there are */
#include "report/count/aggregate.h"

#include "base/mem.h"
#include "report/trace.h"
#include "sla/variant.h"
#include "time/instant.h"

static const struct {
	const char *name;
	enum key_part parts[KEY_PARTS];
	unsigned families;
	bool timed; /* some part tells of time */
} dimensions[DIMENSIONS] = {
#define DIMENSION(id, name, first, second, third, families)                    \
	[BY_##id] = {name, {KEY_##first, KEY_##second, KEY_##third}, families, \
	    KEY_##first >= KEY_PERIOD || KEY_##second >= KEY_PERIOD || KEY_##third >= KEY_PERIOD},
#include "report/count/dimensions.def"
#undef DIMENSION
};

const char *
dimension_name(enum dimension dimension)
{
	return dimensions[dimension].name;
}

enum key_part
dimension_part(enum dimension dimension, int i)
{
	return dimensions[dimension].parts[i];
}

bool
key_part_is_name(enum key_part part)
{
	return part > KEY_NONE && part < KEY_PRIORITY;
}

int64_t
key_part_most(enum key_part part)
{
	switch (part) {
	case KEY_PRIORITY:
		return PRIORITIES - 1;
	case KEY_BUDGET:
		return UINT32_MAX;
	case KEY_SPAN:
		return BUDGET_SPANS - 1;
	case KEY_DAY:
		return BUDGET_DAYS;
	case KEY_PERIOD:
	case KEY_WEEK:
		return UINT32_MAX;
	case KEY_WEEKDAY:
		return 7;
	case KEY_HOUR:
		return 24;
	default:
		return KNOWN_NAME - 1;
	}
}

uint32_t
report_name(struct report *report, enum known known, const char *name)
{
	if (known != KNOWN_NAME)
		return (uint32_t)known;
	return (uint32_t)KNOWN_NAME + intern_add(&report->names, slice_z(name));
}

const char *
report_name_of(const struct report *report, uint32_t value)
{
	return value < (uint32_t)KNOWN_NAME ? NULL
					    : intern_text(&report->names, value - KNOWN_NAME);
}

bool
report_wants(const struct report *report, enum dimension dimension)
{
	return (report->wanted >> dimension & 1) != 0;
}

struct groups *
report_window(struct report *report, int64_t at)
{
	if (at == INSTANT_NONE || window_holds(&report->windows[WINDOW_ASKED], at))
		return report->groups[WINDOW_ASKED];
	if (report->options.compare && window_holds(&report->windows[WINDOW_BEFORE], at))
		return report->groups[WINDOW_BEFORE];
	return NULL;
}

static void
tell_time(struct subject *subject, const struct report_options *options)
{
	struct civil civil;

	zone_local(options->zone, subject->at, &civil);
	subject->parts[KEY_PERIOD] = period_at(options->period, options->zone, subject->at);
	subject->parts[KEY_WEEK] = period_at(PERIOD_WEEK, options->zone, subject->at);
	subject->parts[KEY_WEEKDAY] =
	    (uint32_t)instant_weekday(instant_days(civil.year, civil.month, civil.day)) + 1;
	subject->parts[KEY_HOUR] = (uint32_t)civil.hour + 1;
}

static struct key
key_of(enum dimension dimension, const struct subject *subject)
{
	struct key key;
	int i;

	for (i = 0; i < KEY_PARTS; i++)
		key.parts[i] = subject->parts[dimensions[dimension].parts[i]];
	return key;
}

/* The ticket at hand is in the selections that the gates have chosen for it. */
static void
tally_selections(const struct report *report, struct groups *groups,
    void (*add)(struct group *group, const void *what), const void *what)
{
	const uint32_t *names;
	size_t i, n;

	names = gates_chosen(report->options.gates, &n);
	for (i = 0; i < n; i++)
		add(groups_at(groups, (struct key){.parts = {names[i]}}), what);
}

void
report_tally(struct report *report, enum family family, const struct subject *subject,
    void (*add)(struct group *group, const void *what), const void *what)
{
	struct groups *window = report_window(report, subject->at);
	struct subject full = *subject;
	uint64_t left;
	int i;

	if (window == NULL)
		return;
	for (left = report->readers[__builtin_ctz((unsigned)family)]; left != 0; left &= left - 1) {
		i = __builtin_ctzll(left);
		if (dimensions[i].timed && !instant_in_range(subject->at))
			continue;
		if (dimensions[i].timed && full.parts[KEY_PERIOD] == 0)
			tell_time(&full, &report->options);
		if (i == BY_SELECTION)
			tally_selections(report, &window[i], add, what);
		else
			add(groups_at(&window[i], key_of((enum dimension)i, &full)), what);
	}
}

const struct groups *
report_groups(const struct report *report, enum dimension dimension)
{
	return &report->groups[WINDOW_ASKED][dimension];
}

const struct group *
report_group(const struct report *report, int window, enum dimension dimension, uint32_t value)
{
	return groups_find(&report->groups[window][dimension], (struct key){.parts = {value}});
}

const struct group *
report_all(const struct report *report)
{
	return report_group(report, WINDOW_ASKED, BY_ALL, 0);
}

static void
add_policy(struct report *report, const struct record_head *head)
{
	if (head == NULL)
		return;
	if (head->policy == NULL)
		report->without_policy = true;
	else
		intern_add(&report->policies, slice_z(head->policy));
}

/* A window that is open at its end is compared up to the as-of instant. */
static void
set_windows(struct report *report)
{
	const struct report_options *options = &report->options;
	struct window asked = {options->since, options->until};

	report->windows[WINDOW_ASKED] = asked;
	if (!options->compare)
		return;
	if (asked.until == INSTANT_NONE)
		asked.until = options->as_of;
	report->windows[WINDOW_BEFORE] = window_before(&asked, options->period, options->zone);
}

/* The last instant of the time asked for. */
static int64_t
last_told(const struct report_options *options)
{
	bool cut = options->until != INSTANT_NONE && options->until <= options->as_of;

	return cut ? options->until - 1 : options->as_of;
}

void
report_add_term(struct report *report, const struct budget *budget)
{
	struct term *term;

	report->terms =
	    mem_push(report->terms, report->nterms, &report->terms_cap, sizeof(*report->terms));
	term = &report->terms[report->nterms++];
	*term = (struct term){.budget = *budget};
	term->budget.name =
	    intern_text(&report->names, intern_add(&report->names, slice_z(budget->name)));
	term_set(term, report->options.zone, last_told(&report->options));
}

static void
take_terms(struct report *report, const struct policy *policy)
{
	size_t i;

	for (i = 0; policy_budget(policy, i) != NULL; i++)
		report_add_term(report, policy_budget(policy, i));
	report->priced = policy_has_costs(policy);
}

/* The dimensions that the views read, and to which of them each family goes. */
static void
choose_dimensions(struct report *report)
{
	const struct report_options *options = &report->options;
	int i, bit;

	report->wanted = report_dimensions(
	    options->partial ? REPORT_ALL_VIEWS | 1U << REPORT_QBR : options->views);
	if (options->gates != NULL)
		report->wanted |= UINT64_C(1) << BY_SELECTION;
	for (i = 0; i < DIMENSIONS; i++)
		for (bit = 0; bit < FAMILY_BITS; bit++)
			if (report_wants(report, (enum dimension)i) &&
			    (dimensions[i].families >> bit & 1) != 0)
				report->readers[bit] |= UINT64_C(1) << i;
}

struct report *
report_new(const struct report_options *options)
{
	struct report *report = mem_calloc(1, sizeof(*report));
	int i, k;

	report->options = *options;
	if (report->options.width < 40)
		report->options.width = 40;
	report->worklist = (struct worklist){.limit = options->limit,
	    .baseline = options->baseline,
	    .new_only = options->new_only,
	    .keeps_lines = options->write_baseline};
	noted_start(&report->noted, options->limit);
	choose_dimensions(report);
	set_windows(report);
	for (k = 0; k < WINDOWS; k++) {
		report->variant_steps[k] = VARIANT_STEPS;
		for (i = 0; i < DIMENSIONS; i++)
			layout_of(&report->groups[k][i].layout, dimensions[i].families);
	}
	if (options->terms != NULL)
		take_terms(report, options->terms);
	if (options->gates != NULL)
		gates_bind(options->gates, report);
	if (options->trace != NULL)
		trace_bind(options->trace, report);
	return report;
}

/* Of whom nothing is known, neither owner nor team is a subject. */
struct subject
report_subject(struct report *report, const struct standing *standing)
{
	const struct record_head *head = standing->head;

	return (struct subject){.at = INSTANT_NONE,

	    .parts = {[KEY_CLIENT] = report_name(report,
			  standing->ticket->client != NULL ? KNOWN_NAME : KNOWN_NOT,
			  standing->ticket->client),
		[KEY_OWNER] =
		    report_name(report, standing->owner_known, head != NULL ? head->owner : NULL),
		[KEY_TEAM] =
		    report_name(report, standing->team_known, head != NULL ? head->team : NULL),
		[KEY_PRIORITY] = head != NULL ? (uint32_t)head->priority : PRIORITY_NONE}};
}

static bool
keeps_worklist(const struct report_options *options)
{
	return options->partial || options->write_baseline ||
	    (options->views & (1U << REPORT_WORKLIST)) != 0;
}

void
report_add(struct report *report, const struct ticket *ticket, const struct ownership *ownership,
    const struct risk *risk)
{
	struct standing standing;
	struct subject subject;

	if (!report_takes(report, ticket))
		return;
	if (report->options.trace != NULL)
		trace_ticket(report->options.trace, ticket);
	standing_of(&standing, ticket, ownership, risk);
	if (report->options.gates != NULL)
		gates_choose(report->options.gates, &standing);
	add_policy(report, ownership != NULL ? &ownership->head : NULL);
	add_policy(report, risk != NULL ? &risk->head : NULL);
	subject = report_subject(report, &standing);
	count_standing(report, &subject, &standing);
	count_budgets(report, &subject, &standing);
	count_review(report, &subject, &standing);
	if (ownership != NULL) {
		count_holders(report, &subject, &standing);
		count_findings(report, &standing);
		count_attribution(report, &subject, &standing);
		count_account(report, &subject, &standing);
		count_costs(report, &subject, &standing);
	}
	if (report->options.partial)
		ticket_ids_add(&report->ids, ticket->source, ticket->id);
	if (keeps_worklist(&report->options) && standing_needs_someone(&standing))
		worklist_add(&report->worklist, &standing, &report->lane);
	report->lane = (struct lane){.spans = NULL};
	if ((report->options.views & (1U << REPORT_QBR)) != 0 ||
	    (report->options.partial && report->options.client != NULL))
		note_ticket(report, &standing);
}

void
report_add_later(struct report *report, const struct ticket *ticket)
{
	if (!report_takes(report, ticket))
		return;
	if (report->options.partial)
		ticket_ids_add(&report->ids, ticket->source, ticket->id);
	if (report->options.trace != NULL) {
		trace_ticket(report->options.trace, ticket);
		trace_later(report->options.trace);
	}
	report->later++;
}

void
report_refused(struct report *report, int64_t refused)
{
	report->refused = refused;
}

void
report_free(struct report *report)
{
	int i, k;

	if (report == NULL)
		return;
	for (k = 0; k < WINDOWS; k++)
		for (i = 0; i < DIMENSIONS; i++)
			groups_free(&report->groups[k][i]);
	mem_free(report->terms);
	intern_free(&report->names);
	intern_free(&report->policies);
	intern_free(&report->clients);
	report_forget_inputs(report);
	noted_free(&report->noted);
	worklist_free(&report->worklist);
	ticket_ids_free(&report->ids);
	mem_free(report);
}
