/* people.c: the people of a roster by name */
#include "base/buf.h"
#include "base/mem.h"
#include "policy/roster.h"

#define USUAL_NAME 256

/* The form in which names are compared: no blanks at the ends, ASCII letters small. */
static void
fold(struct slice name, char *folded)
{
	size_t i;

	for (i = 0; i < name.n; i++)
		folded[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] - 'A' + 'a')
								 : name.p[i];
}

uint32_t
roster_add_name(struct policy *policy, struct slice name, uint32_t person)
{
	size_t known = policy->person_names.count;
	struct buf folded = {0};
	uint32_t number;

	name = slice_trim(name);
	buf_reserve(&folded, name.n + 1);
	fold(name, folded.p);
	number = intern_add(&policy->person_names, (struct slice){folded.p, name.n});
	buf_free(&folded);
	if (number < known)
		return policy->person_of[number];
	policy->person_of =
	    mem_push(policy->person_of, known, &policy->person_of_cap, sizeof(*policy->person_of));
	policy->person_of[number] = person;
	return person;
}

const struct person *
policy_person(const struct policy *policy, const char *name)
{
	struct slice trimmed = slice_trim(slice_z(name));
	char usual[USUAL_NAME], *folded = usual;
	uint32_t number;

	if (trimmed.n > sizeof(usual))
		folded = mem_alloc(trimmed.n);
	fold(trimmed, folded);
	number = intern_find(&policy->person_names, (struct slice){folded, trimmed.n});
	if (folded != usual)
		mem_free(folded);
	return number != INTERN_NONE ? &policy->persons[policy->person_of[number]] : NULL;
}

int
policy_team_tier(const struct policy *policy, const char *team)
{
	const struct person *person;
	int tier = 0;
	size_t i;

	for (i = 0; team != NULL && i < policy->npersons; i++) {
		person = &policy->persons[i];
		if (!text_same(person->team, team))
			continue;
		if (person->tier == 0 || (tier != 0 && person->tier != tier))
			return 0;
		tier = person->tier;
	}
	return tier;
}

bool
policy_has_roster(const struct policy *policy)
{
	return policy->has_roster;
}
