/* account.c: what the ownership record and the rules read beyond the ledger */
#include "sla/account.h"

void
account_build(struct account *account, const struct timeline *timeline, const struct policy *policy,
    const struct ledger *ledger, const struct clock *resolve, struct arena *arena)
{
	dialogue_build(&account->dialogue, timeline, policy, arena);
	communication_of(
	    &account->communication, &account->dialogue, timeline, ledger, policy, arena);
	concentration_build(&account->concentration, timeline, arena);
	rework_build(&account->rework, timeline, ledger, resolve);
	attribution_build(&account->attribution, timeline, ledger, resolve);
	escalation_find(&account->escalation, timeline, ledger, resolve);
}
