/* conformance_judges.h: the function of each rule of the process, inside lib/sla */
/* Rank: sla. */
#ifndef SLA_SLA_CONFORMANCE_JUDGES_H
#define SLA_SLA_CONFORMANCE_JUDGES_H

#include "sla/conformance.h"

/* Each looks at one ticket that has the evidence; the table is in conformance.c. */
enum conformity conform_owner_before_work(const struct conforming *one);
enum conformity conform_owner_before_word(const struct conforming *one);
enum conformity conform_owner_before_end(const struct conforming *one);
enum conformity conform_answer_before_end(const struct conforming *one);
enum conformity conform_work_before_end(const struct conforming *one);
enum conformity conform_question_before_waiting(const struct conforming *one);
enum conformity conform_client_answered(const struct conforming *one);
enum conformity conform_word_at_end(const struct conforming *one);
enum conformity conform_resolved_before_closed(const struct conforming *one);
enum conformity conform_begun_before_closed(const struct conforming *one);
enum conformity conform_stays_closed(const struct conforming *one);
enum conformity conform_priority_kept(const struct conforming *one);
enum conformity conform_due_kept(const struct conforming *one);
enum conformity conform_ended_by_owner(const struct conforming *one);

#endif
