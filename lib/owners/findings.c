/* findings.c: the findings as an output of their own */
#include "owners/findings.h"

#include "data/ticket_json.h"
#include "out/csv_writer.h"
#include "out/json_writer.h"
#include "out/text.h"
#include "owners/findings_ci.h"
#include "time/instant.h"

const char findings_format_names[] = "ndjson, csv, text, junit, sarif, github";

static void
write_evidence(struct json_writer *w, const struct finding *finding)
{
	size_t i;

	jsonw_open(w, "evidence", '[');
	for (i = 0; i < finding->nevidence; i++) {
		jsonw_begin(w, NULL);
		json_add_instant(w->out, finding->evidence[i]);
	}
	jsonw_close(w, ']');
}

static void
write_json(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    const struct finding *finding)
{
	struct json_writer w = json_writer_to(out);

	jsonw_open(&w, NULL, '{');
	jsonw_i64(&w, "v", 1);
	jsonw_text(&w, "source", ticket->source);
	jsonw_text(&w, "ticket", ticket->id);
	jsonw_text(&w, "rule", finding->rule);
	jsonw_text(&w, "severity", severity_word(finding->severity));
	jsonw_begin(&w, "since");
	json_add_instant(out, finding->since);
	jsonw_text(&w, "who", finding->who);
	jsonw_text(&w, "text", finding->text);
	write_evidence(&w, finding);
	jsonw_text(&w, "client", ticket->client);
	jsonw_text(&w, "priority", word_of(WORDS_PRIORITY, (int)ownership->head.priority));
	jsonw_text(&w, "state", word_of(WORDS_STATE, (int)ownership->head.state));
	jsonw_text(&w, "owner", ownership->head.owner);
	jsonw_text(&w, "team", ownership->head.team);
	jsonw_begin(&w, "as_of");
	json_add_instant(out, ownership->head.as_of);
	jsonw_close(&w, '}');
	buf_addc(out, '\n');
}

static void
ndjson_ticket(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    struct findings_style *style)
{
	size_t i;

	(void)style;
	for (i = 0; i < ownership->findings.count; i++)
		write_json(out, ticket, ownership, &ownership->findings.list[i]);
}

static const char *
or_nothing(const char *text)
{
	return text != NULL ? text : "";
}

static void
csv_begin(struct buf *out)
{
	static const char *const names[] = {"source", "ticket", "rule", "severity", "since", "who",
	    "text", "client", "priority", "state", "owner", "team"};
	struct csv_writer w = csv_writer_to(out, false);
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		csvw_text(&w, names[i]);
	csvw_end(&w);
}

static void
csv_ticket(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    struct findings_style *style)
{
	const struct record_head *head = &ownership->head;
	struct csv_writer w = csv_writer_to(out, !style->raw);
	const struct finding *one;
	char since[21];
	size_t i, j;

	for (i = 0; i < ownership->findings.count; i++) {
		one = &ownership->findings.list[i];
		instant_format(one->since, since);
		const char *const cells[] = {ticket->source, ticket->id, one->rule,
		    severity_word(one->severity), since, one->who, one->text, ticket->client,
		    word_of(WORDS_PRIORITY, (int)head->priority),
		    word_of(WORDS_STATE, (int)head->state), head->owner, head->team};
		for (j = 0; j < sizeof(cells) / sizeof(cells[0]); j++)
			csvw_text(&w, or_nothing(cells[j]));
		csvw_end(&w);
	}
}

static enum text_tone
tone_of(enum severity severity)
{
	return severity >= SEVERITY_HIGH  ? TEXT_BAD
	    : severity == SEVERITY_MEDIUM ? TEXT_WARN
					  : TEXT_PLAIN;
}

/* Who the ticket is with, and what it is about where that is known. */
static void
text_head(struct buf *out, const struct ticket *ticket, const struct record_head *head)
{
	text_add_safe(out, slice_z(ticket->id), true);
	buf_addf(out, " %s %s, ", or_nothing(word_of(WORDS_PRIORITY, (int)head->priority)),
	    or_nothing(word_of(WORDS_STATE, (int)head->state)));
	text_add_safe(out, slice_z(head->owner != NULL ? head->owner : "no owner"), true);
	if (head->team != NULL) {
		buf_addz(out, " in ");
		text_add_safe(out, slice_z(head->team), true);
	}
	if (ticket->client != NULL) {
		buf_addz(out, ", for ");
		text_add_safe(out, slice_z(ticket->client), true);
	}
	if (ticket->title != NULL) {
		buf_addz(out, ": ");
		text_add_safe(out, slice_z(ticket->title), true);
	}
	buf_addc(out, '\n');
}

static void
text_finding(struct buf *out, const struct finding *one, bool colour)
{
	char since[21];

	instant_format(one->since, since);
	buf_addz(out, "  ");
	text_tone_on(out, tone_of(one->severity), colour);
	buf_addf(out, "%-8s", severity_word(one->severity));
	text_tone_off(out, tone_of(one->severity), colour);
	buf_addf(out, " %-22s %s  ", one->rule, since);
	text_add_safe(out, slice_z(one->text), true);
	buf_addc(out, '\n');
}

/* Grouped by ticket, so that a stream of any length needs the memory of one; the worst first. */
static void
text_ticket(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    struct findings_style *style)
{
	const struct findings *findings = &ownership->findings;
	int severity;
	size_t i;

	text_head(out, ticket, &ownership->head);
	for (severity = SEVERITY_CRITICAL; severity > SEVERITY_NONE; severity--)
		for (i = 0; i < findings->count; i++)
			if ((int)findings->list[i].severity == severity)
				text_finding(out, &findings->list[i], style->colour);
	for (i = 0; i < findings->count; i++)
		style->counts[findings->list[i].severity]++;
	style->tickets++;
}

/* Nothing where nothing was found, so that a mailer need not send it. */
static void
text_end(struct buf *out, const struct findings_style *style)
{
	const char *comma = "";
	int64_t all = 0;
	int severity;

	if (style->tickets == 0)
		return;
	for (severity = SEVERITY_CRITICAL; severity > SEVERITY_NONE; severity--)
		all += style->counts[severity];
	buf_addf(out, "%lld finding%s in %lld ticket%s:", (long long)all, all == 1 ? "" : "s",
	    (long long)style->tickets, style->tickets == 1 ? "" : "s");
	for (severity = SEVERITY_CRITICAL; severity > SEVERITY_NONE; severity--) {
		if (style->counts[severity] == 0)
			continue;
		buf_addf(out, "%s %lld %s", comma, (long long)style->counts[severity],
		    severity_word((enum severity)severity));
		comma = ",";
	}
	buf_addc(out, '\n');
}

static const struct findings_format formats[] = {
    {"ndjson", NULL, ndjson_ticket, NULL},
    {"csv", csv_begin, csv_ticket, NULL},
    {"text", NULL, text_ticket, text_end},
    {"junit", junit_begin, junit_ticket, junit_end},
    {"sarif", sarif_begin, sarif_ticket, sarif_end},
    {"github", NULL, github_ticket, NULL},
};

const struct findings_format *
findings_format(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (text_same(formats[i].name, name))
			return &formats[i];
	return NULL;
}
