/* rules_judges.h: the function of each rule of the table, inside lib/owners */
/* Rank: owners. */
#ifndef SLA_OWNERS_RULES_JUDGES_H
#define SLA_OWNERS_RULES_JUDGES_H

#include "owners/rules.h"

/* Each looks at one ticket and adds its findings; the definitions stand in the table, rules.c. */
void judge_orphaned(struct judging *judging);
void judge_not_accepted(struct judging *judging);
void judge_ping_pong(struct judging *judging);
void judge_too_many_handoffs(struct judging *judging);
void judge_late_handoff(struct judging *judging);
void judge_hot_potato(struct judging *judging);
void judge_absent_owner(struct judging *judging);
void judge_diffused(struct judging *judging);
void judge_resolved_by_other(struct judging *judging);
void judge_reopened_unowned(struct judging *judging);
void judge_escalated_late(struct judging *judging);
void judge_due_moved(struct judging *judging);
void judge_silent(struct judging *judging);
void judge_hollow_response(struct judging *judging);
void judge_client_waiting(struct judging *judging);
void judge_promise_missed(struct judging *judging);
void judge_closed_without_word(struct judging *judging);
void judge_pause_without_question(struct judging *judging);
void judge_pause_after_reply(struct judging *judging);
void judge_pause_near_deadline(struct judging *judging);
void judge_pause_flip_flop(struct judging *judging);
void judge_no_history(struct judging *judging);
void judge_time_travel(struct judging *judging);
void judge_unknown_person(struct judging *judging);

#endif
