/* habits.c: how long the desk's work usually rests, and how long it takes */
#include "risk/habits.h"

#include "base/mem.h"
#include "data/stream.h"
#include "risk/arguments.h"
#include "sla/stall.h"

void
habits_begin(struct habits *habits, const int64_t *landmarks, size_t nlandmarks)
{
	*habits = (struct habits){stall_table_new(), finish_new(landmarks, nlandmarks)};
}

void
habits_free(struct habits *habits)
{
	stall_table_free(habits->stalls);
	finish_free(habits->finish);
	*habits = (struct habits){0};
}

void
habits_add(struct habits *habits, const struct analysis *analysis, struct arena *arena)
{
	struct dwell *dwells;
	size_t i, n = dwells_find(&dwells, &analysis->timeline, &analysis->ledger, arena);

	for (i = 0; i < n; i++)
		stall_table_add(habits->stalls, dwells[i].state, dwells[i].priority, dwells[i].team,
		    dwells[i].rested);
	finish_add(habits->finish, analysis);
}

int
habits_learn(struct habits *habits, const char *path, const struct policy *policy, int64_t now)
{
	char *files[] = {mem_dupz(path)};
	struct stream_reader *reader;
	struct rejects rejects;
	struct analysis analysis;
	struct record record;
	int got = -1;

	habits_begin(habits, landmarks_usual, LANDMARKS_USUAL);
	if (rejects_open(&rejects, NULL) == -1) {
		mem_free(files[0]);
		return -1;
	}
	reader = stream_reader_new(files, 1, STREAM_GUESS, &rejects);
	while ((got = stream_next(reader, &record)) == 1)
		if (stream_read_events(reader, &record) &&
		    analysis_build(
			&analysis, &record.ticket, policy, now, 1u << METRIC_RESOLVE, record.arena))
			habits_add(habits, &analysis, record.arena);
	stream_reader_free(reader);
	rejects_close(&rejects);
	mem_free(files[0]);
	if (got == 0)
		finish_settle(habits->finish, now);
	return got;
}

void
habits_to_json(const struct habits *habits, struct json_writer *w)
{
	stall_table_to_json(habits->stalls, w, "stalls");
	finish_to_json(habits->finish, w, "finish");
}

bool
habits_from_json(struct habits *habits, const struct json *object)
{
	habits->stalls = stall_table_from_json(json_get(object, "stalls"));
	habits->finish = finish_from_json(json_get(object, "finish"));
	return habits->stalls != NULL && habits->finish != NULL;
}

void
habits_tell(struct risk *risk, const struct habits *habits, const struct analysis *analysis,
    struct arena *arena)
{
	risk_of(risk, analysis, habits->stalls, arena);
	if (habits->finish != NULL)
		finish_expect(habits->finish, analysis, &risk->finish);
}
