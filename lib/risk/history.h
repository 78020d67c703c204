/* history.h: the whole desk's past: samples of tickets, and how such tickets fared by then */
/* Rank: risk. */
#ifndef SLA_RISK_HISTORY_H
#define SLA_RISK_HISTORY_H

#include "base/intern.h"
#include "risk/features.h"
#include "risk/load.h"

/* Which verdict is learned. */
enum label { LABEL_CLOCK, LABEL_PSA };

/* One ticket, as far as the others are to know of it. */
struct past {
	uint32_t id;           /* in history.ids */
	uint32_t keys[RATES];  /* whom its outcome counts for; INTERN_NONE: nobody */
	int64_t opened, ended; /* ended: first resolved or closed, else the last event */
	int64_t last;          /* its last event */
	int64_t known;         /* since when the outcome is known; INSTANT_NONE: it is not */
	enum priority opened_as, ended_as;
	bool missed;
	bool over; /* it has ended: its life is known from then on */
};

/* One ticket at one instant. */
struct sample {
	size_t ticket; /* in history.tickets */
	int64_t at, landmark;
	enum priority priority;
	uint32_t keys[RATES];
	uint32_t owner, team; /* in history.owners and history.teams */
	double pace,
	    used;     /* the rivals: the pace rule, and percent elapsed (negative: no target) */
	int64_t lead; /* working seconds to the breach, else to the due instant, of the resolve
			 clock as it turned out; 0: past; -1: there is none */
	float x[FEATURES];
};

/* Zero-initialise, set the label and the landmarks; history_free(). */
struct history {
	enum label label;
	const int64_t *landmarks;
	size_t nlandmarks;
	struct intern ids;   /* of the tickets */
	struct intern texts; /* keys of the tallies */
	struct load owners, teams;
	struct past *tickets;
	size_t ntickets, tickets_cap;
	struct sample *samples;
	size_t nsamples, samples_cap;
};

/*
 * Takes in a ticket. landmarks: samples of it at opened + landmark, each before its first end
 * and not before its first event other than an inferred opening. none of them: one sample as of
 * the analysis, if the ticket is open then; its landmark is its age.
 */
void history_add(struct history *history, const struct analysis *analysis, struct arena *arena);

/* Fills in what the desk tells of every sample: once, after the last ticket. */
void history_finish(struct history *history);
void history_free(struct history *history);

#endif
