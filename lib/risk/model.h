/* model.h: the model file: written by training, read for scoring */
/* Rank: risk. */
#ifndef SLA_RISK_MODEL_H
#define SLA_RISK_MODEL_H

#include "base/buf.h"
#include "risk/booster.h"
#include "risk/habits.h"
#include "risk/history.h"
#include "risk/recipe.h"
#include "sla/risk_record.h"

struct model {
	enum label label;
	char policy[65];                     /* SHA-256 in hex; empty: none */
	float low[FEATURES], high[FEATURES]; /* where 98 of 100 values of the training lay */
	struct recipe recipe;                /* its calibration alone */
	struct booster *booster;
	struct habits habits;
};

/*
 * Trains on all tickets of the history whose outcome is known before `now`, and appends the model
 * file. policy: its hash or NULL. -1 after a diagnostic.
 */
int model_train(const struct history *history, const struct habits *habits, int64_t now,
    const char *policy, struct buf *out);

/*
 * Reads a model file. It is refused where it was made by other features or under another policy.
 * NULL after a diagnostic. The caller frees it.
 */
struct model *model_load(const char *path, const char *policy);
void model_free(struct model *model);

/* How one sample was judged. */
struct score {
	double p;
	float parts[FAMILIES]; /* what each family adds to the log odds */
};

/* By sample; the caller gives it to mem_free(). NULL after a diagnostic. */
struct score *model_score(const struct model *model, const struct history *history);

/* Warns where many of the samples lie outside of what the model was trained on. */
void model_check_drift(const struct model *model, const struct history *history);

/* The probability of the resolve clock and its reasons in words, in place of those it has. */
void model_tell(struct risk *risk, const struct score *score, const struct analysis *analysis,
    struct arena *arena);

#endif
