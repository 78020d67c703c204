/* piece_note.c: a ticket that a client's review names as a line of a piece */
#include "report/piece/piece_text.h"

enum note_text { NOTE_SOURCE, NOTE_ID, NOTE_TITLE, NOTE_RULE, NOTE_FINDING, NOTE_TEXTS };

static const char *const text_names[NOTE_TEXTS] = {"source", "id", "title", "rule", "finding"};

enum note_number {
	NOTE_KIND,
	NOTE_RANK,
	NOTE_AMOUNT,
	NOTE_MORE,
	NOTE_AT,
	NOTE_PRIORITY,
	NOTE_STATE,
	NOTE_METRIC,
	NOTE_MISSED_FOR,
	NOTE_RUNNING,
	NOTE_ATTRIBUTED,
	NOTE_ACCEPTANCE_KNOWN,
	NOTE_NUMBERS
};

/* Enumerations have a largest value; INT64_MAX is any number. */
static const struct {
	const char *name;
	int64_t least, most;
} numbers[NOTE_NUMBERS] = {
    [NOTE_KIND] = {"kind", 0, NOTED_KINDS - 1},
    [NOTE_RANK] = {"rank", 0, PRIORITIES},
    [NOTE_AMOUNT] = {"amount", -1, INT64_MAX},
    [NOTE_MORE] = {"more", -1, INT64_MAX},
    [NOTE_AT] = {"at", INT64_MIN, INT64_MAX},
    [NOTE_PRIORITY] = {"priority", 0, PRIORITIES - 1},
    [NOTE_STATE] = {"state", 0, STATES - 1},
    [NOTE_METRIC] = {"metric", 0, METRICS - 1},
    [NOTE_MISSED_FOR] = {"missed_for", 0, MISSED_OTHERWISE},
    [NOTE_RUNNING] = {"running", 0, 1},
    [NOTE_ATTRIBUTED] = {"attributed", 0, 1},
    [NOTE_ACCEPTANCE_KNOWN] = {"acceptance_known", 0, 1},
};

void
piece_put_note(struct buf *out, enum noted_kind kind, const struct note *note)
{
	const char *const texts[NOTE_TEXTS] = {
	    note->source, note->id, note->title, note->rule, note->finding};
	const int64_t values[NOTE_NUMBERS] = {(int64_t)kind, note->rank, note->amount, note->more,
	    note->at, (int64_t)note->priority, (int64_t)note->state, (int64_t)note->metric,
	    (int64_t)note->missed_for, note->running, note->attributed, note->acceptance_known};
	struct json_writer w = json_writer_to(out);
	int i;

	jsonw_open(&w, NULL, '{');
	jsonw_open(&w, "note", '{');
	for (i = 0; i < NOTE_NUMBERS; i++)
		piece_put_number(&w, numbers[i].name, values[i]);
	jsonw_open(&w, "went", '[');
	for (i = 0; i < WHEREABOUTS; i++)
		piece_put_number(&w, NULL, note->went[i]);
	jsonw_close(&w, ']');
	for (i = 0; i < NOTE_TEXTS; i++)
		if (texts[i] != NULL)
			jsonw_text(&w, text_names[i], texts[i]);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
}

static bool
get_went(struct note *note, const struct json *value)
{
	const struct json *one = json_first(value);
	int i;

	for (i = 0; i < WHEREABOUTS; i++, one = json_next(one))
		if (!piece_get_number(one, &note->went[i]))
			return false;
	return one == NULL;
}

const char *
piece_get_note(struct note *note, enum noted_kind *kind, const struct json *value)
{
	const char *texts[NOTE_TEXTS];
	int64_t n[NOTE_NUMBERS];
	int i;

	for (i = 0; i < NOTE_NUMBERS; i++)
		if (!piece_get_number(json_get(value, numbers[i].name), &n[i]) ||
		    n[i] < numbers[i].least || n[i] > numbers[i].most)
			return "a ticket of a review with a number that is none";
	for (i = 0; i < NOTE_TEXTS; i++)
		texts[i] = json_text(json_get(value, text_names[i]));
	if (texts[NOTE_SOURCE] == NULL || texts[NOTE_ID] == NULL)
		return "a ticket of a review that lacks something";
	*kind = (enum noted_kind)n[NOTE_KIND];
	*note = (struct note){.rank = n[NOTE_RANK],
	    .amount = n[NOTE_AMOUNT],
	    .more = n[NOTE_MORE],
	    .at = n[NOTE_AT],
	    .source = texts[NOTE_SOURCE],
	    .id = texts[NOTE_ID],
	    .title = texts[NOTE_TITLE],
	    .rule = texts[NOTE_RULE],
	    .finding = texts[NOTE_FINDING],
	    .priority = (enum priority)n[NOTE_PRIORITY],
	    .state = (enum state)n[NOTE_STATE],
	    .metric = (enum metric)n[NOTE_METRIC],
	    .missed_for = (enum missed_for)n[NOTE_MISSED_FOR],
	    .running = n[NOTE_RUNNING] != 0,
	    .attributed = n[NOTE_ATTRIBUTED] != 0,
	    .acceptance_known = n[NOTE_ACCEPTANCE_KNOWN] != 0};
	return get_went(note, json_get(value, "went")) ? NULL
						       : "a ticket of a review without its times";
}
