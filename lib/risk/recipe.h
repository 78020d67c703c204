/* recipe.h: chooses how a model is fitted, by rolling origins inside the training period */
/* Rank: risk. */
#ifndef SLA_RISK_RECIPE_H
#define SLA_RISK_RECIPE_H

#include "out/json_writer.h"
#include "risk/train.h"
#include "stat/skill.h"

#define RECIPE_ORIGINS 3

/* What the rolling origins showed. */
struct proof {
	int64_t step;       /* seconds between them; the last is so long before `now` */
	size_t rows;        /* judged; 0: there was too little, the recipe is the standing one */
	struct skill skill; /* by what was known at each origin */
};

/*
 * From RECIPE_ORIGINS instants before `now`, a tenth of the period apart, a model is learned from
 * what was before, and judges the tickets opened in the two tenths after. By the mean squared error
 * there are chosen: for how long verdicts tell how lives are judged, over the verdicts that came in
 * the last tenth; whether openings fade; and whether the probabilities are left as they are,
 * shifted, or shaped too: what is fitted to the earlier origins has to help at the last. Nothing
 * from `now` on is looked at. -1 after a diagnostic.
 */
int recipe_choose(
    struct recipe *recipe, struct proof *proof, const struct history *history, int64_t now);

/* In words, a line for people. */
void recipe_to_text(const struct recipe *recipe, struct buf *out);
/* As a member `recipe` of the object that is open. */
void recipe_to_json(const struct recipe *recipe, struct json_writer *w);

#endif
