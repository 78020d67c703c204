/* gate.h: conditions on a report's numbers under which the program is to fail */
/* Rank: report. */
#ifndef SLA_REPORT_GATE_GATE_H
#define SLA_REPORT_GATE_GATE_H

#include "base/buf.h"
#include "report/standing.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The language, sla-report(1) has it in words:
 *
 *	either     = both { "or" both }
 *	both       = one { "and" one }
 *	one        = "not" one | "(" either ")" | comparison
 *	comparison = NAME ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) VALUE
 *
 * A NAME is a measure (gates_list() has them) or a filter: client, owner, priority, source, team,
 * type. The filters of a chain of "and" choose the tickets that its measures are taken from.
 */
struct gates;
struct report;

enum gate_outcome { GATE_PASSED, GATE_TRIPPED, GATE_NOT_JUDGED };

struct gates *gates_new(void);
void gates_free(struct gates *gates); /* NULL is fine */

/* Adds a gate. 0; or -1 after DIAG_USAGE, which tells the column of the fault. Copies text. */
int gates_add(struct gates *gates, const char *text);

size_t gates_count(const struct gates *gates);
/* As it was added. */
const char *gates_text(const struct gates *gates, size_t gate);

/* Whether a measure is told by the histories of tickets alone: history.h. */
bool gates_want_history(const struct gates *gates);

/* The selections that the gates ask for, by the words of their filters; NULL beyond the last. */
const char *gates_selection(const struct gates *gates, size_t i);

/* Gives what the filters choose its names in a report. Called by report_new(). */
void gates_bind(struct gates *gates, struct report *report);

/* Chooses the selections that a ticket is in. */
void gates_choose(struct gates *gates, const struct standing *standing);
/* Their names, as report_name() gives them; *n of them, valid until the next choice. */
const uint32_t *gates_chosen(const struct gates *gates, size_t *n);

/*
 * Judges a gate of the report's options by its numbers. Appends to words the parts that made the
 * outcome, each with its value: those that hold where it tripped, those without evidence where it
 * cannot be judged. A measure that cannot be judged makes neither side of a comparison true
 * (Kleene's logic).
 */
enum gate_outcome gates_judge(const struct report *report, size_t gate, struct buf *words);

/* Judges all and says what tripped (DIAG_GATE_TRIPPED, status 1) or could not be judged. */
void gates_tell(const struct report *report);

/* The measures, a line each: name, unit, what it is, with TAB between. */
void gates_list(struct buf *out);

#endif
