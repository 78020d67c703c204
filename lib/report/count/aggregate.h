/* aggregate.h: the numbers behind a report, by dimension */
/* Rank: report. */
#ifndef SLA_REPORT_COUNT_AGGREGATE_H
#define SLA_REPORT_COUNT_AGGREGATE_H

#include "report/budget.h"
#include "report/count/group.h"
#include "report/count/ticket_ids.h"
#include "report/noted.h"
#include "report/report.h"
#include "report/worklist.h"

/* What a key is made of. */
enum key_part {
	KEY_NONE,
	/* Names: enum known, and from KNOWN_NAME on the number in report->names. */
	KEY_CLIENT,
	KEY_OWNER,
	KEY_TEAM,
	KEY_TO, /* whom a pair of owners or teams gives to */
	KEY_RULE,
	KEY_RULES,     /* a struct rule_set */
	KEY_VARIANT,   /* the path of a ticket: variants.h */
	KEY_SELECTION, /* of no subject: a ticket may be in several */
	KEY_CURRENCY,  /* by which effort is priced; KNOWN_NOT: the policy has no cost for it */
	KEY_PRIORITY,  /* enum priority */
	KEY_BUDGET,    /* the number of one of report->terms, from 1 */
	KEY_SPAN,      /* enum budget_span */
	KEY_DAY,       /* term_day() */
	/* By when it happened. */
	KEY_PERIOD,  /* period_at() of the options' period */
	KEY_WEEK,    /* period_at() of PERIOD_WEEK */
	KEY_WEEKDAY, /* 1 Monday to 7 */
	KEY_HOUR,    /* 1 to 24: the hours from 0:00, 1:00 ... */
	KEY_KINDS
};

enum dimension {
#define DIMENSION(id, name, first, second, third, families) BY_##id,
#include "report/count/dimensions.def"
#undef DIMENSION
	DIMENSIONS
};

/* Instead of a client, where nobody never stands: those of all clients. */
#define ALL_CLIENTS ((uint32_t)KNOWN_NOBODY)

/* The time that is asked for, and the time before it that it is compared with. */
enum { WINDOW_ASKED, WINDOW_BEFORE, WINDOWS };

struct report_input {
	char *name, *digest;
};

struct report {
	struct report_options options;
	uint64_t wanted;               /* bit 1 << enum dimension: those that the views read */
	uint64_t readers[FAMILY_BITS]; /* of them those that count the family of that bit */
	struct window windows[WINDOWS];
	struct intern names; /* of all parts that are names */
	struct groups groups[WINDOWS][DIMENSIONS];
	struct intern policies; /* hashes that the records carry */
	bool without_policy;    /* some record carries none */
	struct term *terms;     /* the budgets, in the policy's order */
	size_t nterms, terms_cap;
	bool priced;                   /* the policy has costs */
	size_t variant_steps[WINDOWS]; /* to which paths are told apart: variants.h */
	struct worklist worklist;
	struct lane lane;      /* of the ticket that is added next */
	struct ticket_ids ids; /* of a piece only */
	struct noted noted;    /* where the views or the piece want them */
	struct intern clients; /* whose tickets were not taken */
	struct report_input *inputs;
	size_t ninputs, inputs_cap;
	int64_t later, refused;
};

/* False for a ticket that is not of the options' client, which is remembered. */
bool report_takes(struct report *report, const struct ticket *ticket);
/* The inputs that are to be named, in their order: *n of them in arena. */
const struct report_input *
report_inputs(const struct report *report, struct arena *arena, size_t *n);
void report_forget_inputs(struct report *report);

const char *dimension_name(enum dimension dimension);
/* KEY_NONE where it has no part i. */
enum key_part dimension_part(enum dimension dimension, int i);
bool key_part_is_name(enum key_part part);
/* The largest number that a part can be: of a name only those below KNOWN_NAME. */
int64_t key_part_most(enum key_part part);

/*
 * Whom and what a number is about: a value for each part, and when it happened. INSTANT_NONE: it is
 * a fact of the as-of instant, which is told whatever time is asked for.
 */
struct subject {
	uint32_t parts[KEY_KINDS];
	int64_t at;
};

/* Adds a budget as the next of the terms; its name is copied. The as-of instant must be known. */
void report_add_term(struct report *report, const struct budget *budget);

/* The dimensions that views read (bits 1 << enum report_view), as bits 1 << enum dimension. */
uint64_t report_dimensions(unsigned views);

/* The value of a part that is a name. */
uint32_t report_name(struct report *report, enum known known, const char *name);
/* NULL for nobody and for what is not known. */
const char *report_name_of(const struct report *report, uint32_t value);

/* Whether the views read the dimension. */
bool report_wants(const struct report *report, enum dimension dimension);

/* The dimensions of the window that holds an instant, by enum dimension; NULL where none does. */
struct groups *report_window(struct report *report, int64_t at);

/*
 * Gives the subject's group of every wanted dimension that counts the family to `add`, in the
 * window that holds its instant; the parts that tell of time are filled in here. Facts of the as-of
 * instant have no part in dimensions of time.
 */
void report_tally(struct report *report, enum family family, const struct subject *subject,
    void (*add)(struct group *group, const void *what), const void *what);

/* The groups of a dimension, and the one of a key of one part; NULL where nothing was counted. */
const struct groups *report_groups(const struct report *report, enum dimension dimension);
const struct group *
report_group(const struct report *report, int window, enum dimension dimension, uint32_t value);
/* The one group of all tickets. */
const struct group *report_all(const struct report *report);

/* The ticket as of then, as a subject of what is told as of the as-of instant. */
struct subject report_subject(struct report *report, const struct standing *standing);

/* What is counted of one ticket; the subject is the ticket as of then. */
void count_standing(
    struct report *report, const struct subject *subject, const struct standing *standing);
void count_holders(
    struct report *report, const struct subject *subject, const struct standing *standing);
void count_account(
    struct report *report, const struct subject *subject, const struct standing *standing);
void count_attribution(
    struct report *report, const struct subject *subject, const struct standing *standing);
void count_budgets(
    struct report *report, const struct subject *subject, const struct standing *standing);
void
count_costs(struct report *report, const struct subject *subject, const struct standing *standing);
void
count_review(struct report *report, const struct subject *subject, const struct standing *standing);
/* Puts it on the lists of report->noted that it belongs on. */
void note_ticket(struct report *report, const struct standing *standing);
void count_findings(struct report *report, const struct standing *standing);

#endif
