/* report.h: what a leader reads, made of tickets one by one */
/* Rank: report. */
#ifndef SLA_REPORT_REPORT_H
#define SLA_REPORT_REPORT_H

#include "base/buf.h"
#include "data/baseline.h"
#include "data/ticket.h"
#include "report/commitments.h"
#include "report/gate/gate.h"
#include "report/window.h"
#include "sla/ownership.h"
#include "sla/risk_record.h"

#include <stdbool.h>
#include <stdint.h>

enum report_view {
	REPORT_SUMMARY,
	REPORT_WORKLIST,
	REPORT_OWNERS,
	REPORT_TEAMS,
	REPORT_TREND,
	REPORT_CLIENTS,
	REPORT_ATTRIBUTION,
	REPORT_HANDOFFS,
	REPORT_COMMUNICATION,
	REPORT_CONSISTENCY,
	REPORT_REWORK,
	REPORT_CONVENTIONS,
	REPORT_BUDGET,
	REPORT_CONFORMANCE,
	REPORT_QBR,
	REPORT_VIEWS
};
enum report_format {
	REPORT_TEXT,
	REPORT_MD,
	REPORT_HTML,
	REPORT_MAIL,
	REPORT_CSV,
	REPORT_JSON,
	REPORT_NDJSON,
	REPORT_PROMETHEUS,
	REPORT_JUNIT,
	REPORT_XLSX,
	REPORT_FORMATS
};

/* Those of any report: `qbr` is of one client's alone. */
#define REPORT_ALL_VIEWS ((1U << REPORT_VIEWS) - 1 - (1U << REPORT_QBR))
/* Those of a report that nobody asked for more. */
#define REPORT_COMMON_VIEWS \
	(1U << REPORT_SUMMARY | 1U << REPORT_WORKLIST | 1U << REPORT_OWNERS | 1U << REPORT_TEAMS)
#define REPORT_LIMIT 20 /* tickets on the worklist unless told otherwise */
#define REPORT_WIDTH 80 /* columns where there is no terminal to ask */

struct trace;

struct report_options {
	unsigned views; /* bit 1 << enum report_view */
	enum report_format format;
	int64_t limit;     /* tickets on the worklist; 0: all that need someone */
	int width;         /* of text, in columns; less than 40 counts as 40 */
	bool colour, utf8; /* of text: the caller has asked the terminal and the locale */
	const struct baseline *baseline; /* of the worklist, by worklist_baseline(); NULL: none */
	bool new_only;                   /* the worklist leaves out what the baseline has */
	bool write_baseline;             /* report_write_baseline() is to follow */
	bool csv_raw;                    /* no ' in front of text that looks like a formula */
	int64_t as_of;
	bool partial; /* to be written as a piece: it keeps what every view needs */
	const char *mail_to, *mail_from, *subject; /* of a mail; only mail_to must be given */
	int64_t since, until;       /* what happened in [since, until); INSTANT_NONE: open */
	enum period period;         /* of the trend; whole ones of it are compared with as many */
	const struct zone *zone;    /* by which days and periods begin; outlives the report */
	bool compare;               /* with the time before; needs since */
	struct gates *gates;        /* takes the tickets, too; NULL: none */
	const struct policy *terms; /* whose budgets and costs are told; NULL: none are */
	const char *policy;      /* policy_title(); NULL: the records alone tell, by their hash */
	const char *policy_hash; /* policy_hash() of that one; NULL: without one */
	const char *client;      /* only this client's tickets; NULL: all */
	bool last_period;        /* since and until are those that report_settle() chose */
	bool period_given;       /* not the default */
	const struct commitments *commitments; /* outlive the report; NULL: none were given */
	struct trace *trace;                   /* is told each ticket that is counted; NULL: none */
};

struct report;

/*
 * Whether the records were made with different policies, or with another one than that of the
 * options. The views tell of the records then, and budgets and costs are those of the options.
 */
bool report_policies_differ(const struct report *report);

/* Names for --help and the options: NULL beyond the last; of a name: -1 where it is none. */
const char *report_view_name(int view);
const char *report_format_name(int format);
int report_view_of(const char *name);
int report_format_of(const char *name);

/*
 * What --view and -f take. views: bits 1 << enum report_view; *all where it is "all", which leaves
 * REPORT_ALL_VIEWS to be added to. False, or -1, after DIAG_USAGE.
 */
bool report_views_read(const char *list, unsigned *views, bool *all);
int report_format_read(const char *word, enum report_format *format);
/* What --period takes, into options. -1 after DIAG_USAGE. */
int report_period_read(const char *word, struct report_options *options);

/* REPORT_COMMON_VIEWS as text, all time by months, UTC; as_of is left to the caller. */
struct report_options report_defaults(void);

/* NULL, or what is wrong with the options taken together: one line for a usage error. */
const char *report_options_check(const struct report_options *options);

/* The options' terms, policy, gates and baseline must outlive the report. The caller frees it with report_free(). */
struct report *report_new(const struct report_options *options);

/*
 * Once as_of is known, before report_new(): the view `qbr` compares, and where no since is given it
 * is of the last whole quarter, or other period that was given, before as_of, by the zone's clocks.
 */
void report_settle(struct report_options *options);

/*
 * Takes one ticket: ownership or risk NULL where it is not computed. Nothing is kept of them but
 * numbers, names, and a copy of what the worklist shows. The order of tickets does not matter to
 * any byte of the report. All facts are those of the records' heads, as of then.
 */
void report_add(struct report *report, const struct ticket *ticket,
    const struct ownership *ownership, const struct risk *risk);

/* Takes a ticket that was opened after the as-of instant: counted, not looked at. */
void report_add_later(struct report *report, const struct ticket *ticket);

/* Tickets that were refused here or upstream, as the stream's counts say; once, at the end. */
void report_refused(struct report *report, int64_t refused);

/* An input and its SHA-256 in hex, to be named at the report's end. Copies the texts. */
void report_input(struct report *report, const char *name, const char *digest);
/* Whether the report will name them: to take digests costs time. */
bool report_wants_digests(const struct report_options *options);

/*
 * Whether any ticket was of the options' client; true without one. False after DIAG_USAGE that names
 * clients like it.
 */
bool report_has_client(const struct report *report);

/*
 * False after DIAG_INPUT_REFUSED where all that came was refused: such a report would look like one
 * of a quiet night.
 */
bool report_has_tickets(const struct report *report);

/*
 * Appends the whole report to out. Returns 0; -1 where the options do not do, or, after a
 * diagnostic, where the system fails: nothing of out is to be used then.
 */
int report_render(const struct report *report, struct buf *out);

void report_free(struct report *report);

#endif
