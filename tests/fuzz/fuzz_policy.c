/* fuzz_policy.c: any bytes as a policy, or as the roster of one */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "policy/policy.h"

/* Faults are what is expected here: their messages go nowhere. */
static char folder[] = "/tmp/fuzz_policy.XXXXXX";
static char roster_path[sizeof(folder) + sizeof("/r.csv")];

static const char roster_policy[] =
    "{\"calendars\":{\"b\":{\"tz\":\"Europe/Berlin\",\"hours\":\"24x7\"}},\"roster\":\"r.csv\"}";

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
clean_up(void)
{
	unlink(roster_path);
	rmdir(folder);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	if (mkdtemp(folder) == NULL)
		abort();
	memcpy(roster_path, folder, sizeof(folder) - 1);
	memcpy(roster_path + sizeof(folder) - 1, "/r.csv", sizeof("/r.csv"));
	atexit(clean_up);
	return 0;
}

static void
write_roster(const uint8_t *data, size_t size)
{
	int fd = open(roster_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd == -1 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
}

/* Everything that a policy answers, for a ticket that knows little. */
static void
ask(const struct policy *policy)
{
	static const char *categories[] = {"a", ""};
	struct ticket ticket = {.client = "Acme", .category = categories, .ncategory = 2};
	struct facts facts = {.ticket = &ticket, .priority = PRIORITY_P1, .state = STATE_OPEN};
	const struct target *target;
	struct calendar *calendar;
	int64_t limit = 0;

	target = policy_target(policy, &facts, 1700000000);
	calendar = target != NULL ? target->calendar : policy_calendar(policy, "a");
	if (calendar != NULL && calendar_between(calendar, 1700000000, 1710000000) < 0)
		abort();
	if (policy_hash(policy) == NULL || strlen(policy_hash(policy)) != 64)
		abort();
	policy_threshold(policy, "silent", &facts, &limit);
	policy_targets_vary(policy);
	policy_person(policy, " ANN ");
}

/* What begins as JSON does is a policy, other bytes are a roster. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};
	struct policy *policy;
	const char *where = "/tmp/fuzz_policy.none";

	if (size == 0 || data[0] != '{') {
		write_roster(data, size);
		text = slice_z(roster_policy);
		where = folder;
	}
	policy = policy_parse("fuzz.json", where, text);
	if (policy != NULL)
		ask(policy);
	policy_free(policy);
	return 0;
}
