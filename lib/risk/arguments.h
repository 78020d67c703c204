/* arguments.h: what the options of the model and its proof take */
/* Rank: risk. */
#ifndef SLA_RISK_ARGUMENTS_H
#define SLA_RISK_ARGUMENTS_H

#include "risk/backtest.h"

#include <stdbool.h>

#define LANDMARKS_MOST  64
#define LANDMARKS_USUAL 12

/* Half an hour, then from an hour to a week. */
extern const int64_t landmarks_usual[LANDMARKS_USUAL];

/* "30m,1h,2h": rising ages with a unit s, m or h; at most `most`. False after a diagnostic. */
bool landmarks_read(int64_t *landmarks, size_t most, size_t *nlandmarks, const char *value);

/* A share between 0 and 1, or an instant. False after a diagnostic. */
bool split_read(struct backtest *backtest, const char *value);

#endif
