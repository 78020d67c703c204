/* policy.c: policies from files, from text, and none at all */
#include "policy/policy.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/input.h"
#include "base/mem.h"
#include "policy/candidates.h"
#include "policy/loader.h"
#include "policy/presets.h"

#include <string.h>

#define NO_POLICY "no policy: PSA due dates"

/* The calendars before what names them; the roster is read last, by policy_parse(). */
static const struct {
	const char *key;
	void (*read)(struct loader *loader, const struct json *value, void *into);
} sections[] = {
    {"calendars", calendars_read},
    {"targets", targets_read},
    {"conventions", conventions_read},
    {"thresholds", thresholds_read},
    {"budgets", budgets_read},
    {"costs", costs_read},
};

#define NSECTIONS (sizeof(sections) / sizeof(sections[0]))

/* The order of the file does not matter, so the members are only known here, and read later. */
static void
note(struct loader *loader, const struct json *value, void *into)
{
	(void)loader;
	(void)value;
	(void)into;
}

static const struct member_reader members[] = {
    {"calendars", note},
    {"targets", note},
    {"conventions", note},
    {"roster", note},
    {"thresholds", note},
    {"budgets", note},
    {"costs", note},
    {NULL, NULL},
};

static struct policy *
new_policy(const char *title)
{
	struct policy *policy = mem_calloc(1, sizeof(*policy));

	policy->title = arena_textz(&policy->arena, title);
	conventions_default(&policy->conventions);
	policy->candidates = candidates_new();
	calendars_start(policy);
	return policy;
}

/* Of the policy's bytes; with other files of all hashes in hex, one behind the other. */
static void
seal(struct loader *loader)
{
	struct policy *policy = loader->policy;
	struct buf hashes = {0};

	hash_sha256(loader->text, policy->hash);
	if (loader->hashes.n == 0)
		return;
	buf_addz(&hashes, policy->hash);
	buf_adds(&hashes, buf_slice(&loader->hashes));
	hash_sha256(buf_slice(&hashes), policy->hash);
	buf_free(&hashes);
}

static void
read_sections(struct loader *loader)
{
	const struct json *value;
	size_t i;

	if (!loader_object(loader, loader->root, members, NULL))
		return;
	for (i = 0; i < NSECTIONS; i++) {
		value = json_get(loader->root, sections[i].key);
		if (value != NULL)
			sections[i].read(loader, value, NULL);
	}
	value = json_get(loader->root, "roster");
	if (value != NULL)
		roster_read(loader, value);
	if (loader->strict && loader->faults == 0)
		check_promises(loader);
	seal(loader);
}

static struct policy *
parse(const char *name, const char *folder, struct slice text, bool strict)
{
	struct loader loader = {.file = name, .folder = folder, .text = text, .strict = strict};
	struct json_error error;

	loader.policy = new_policy(name);
	loader.root = json_parse(&loader.scratch, text, &error);
	if (loader.root != NULL) {
		read_sections(&loader);
	} else {
		diag(DIAG_BAD_POLICY, place_of(name, text, error.at), "%s", error.what);
		loader.faults++;
	}
	arena_free(&loader.scratch);
	buf_free(&loader.hashes);
	if (loader.faults == 0)
		return loader.policy;
	policy_free(loader.policy);
	return NULL;
}

struct policy *
policy_parse(const char *name, const char *folder, struct slice text)
{
	return parse(name, folder, text, false);
}

static struct policy *
load(const char *path, bool strict)
{
	const char *slash = strrchr(path, '/');
	struct policy *policy = NULL;
	struct buf text = {0}, folder = {0};

	if (slash == path)
		buf_addz(&folder, "/.");
	else if (slash != NULL)
		buf_add(&folder, path, (size_t)(slash - path));
	if (input_slurp(path, FILE_LIMIT, &text) == 0)
		policy = parse(path, buf_z(&folder), buf_slice(&text), strict);
	buf_free(&text);
	buf_free(&folder);
	return policy;
}

struct policy *
policy_load(const char *path)
{
	return load(path, false);
}

int
policy_check(const char *path)
{
	struct policy *policy = load(path, true);
	int result = policy != NULL ? 0 : -1;

	policy_free(policy);
	return result;
}

struct policy *
policy_none(void)
{
	return new_policy(NO_POLICY);
}

void
policy_free(struct policy *policy)
{
	size_t i;

	if (policy == NULL)
		return;
	for (i = 0; i < policy->ncalendars; i++)
		calendar_free(policy->calendars[i]);
	for (i = 0; i < policy->nzones; i++)
		zone_free(policy->zones[i]);
	mem_free(policy->calendars);
	mem_free(policy->zones);
	candidates_free(policy->candidates);
	intern_free(&policy->calendar_names);
	mem_free(policy->persons);
	mem_free(policy->person_of);
	intern_free(&policy->person_names);
	arena_free(&policy->arena);
	mem_free(policy);
}

const char *
policy_hash(const struct policy *policy)
{
	return policy->hash[0] != '\0' ? policy->hash : NULL;
}

const char *
policy_title(const struct policy *policy)
{
	return policy->title;
}

const char *
policy_calendar_name(const struct policy *policy, size_t i)
{
	return i < policy->calendar_names.count ? intern_text(&policy->calendar_names, (uint32_t)i)
						: NULL;
}

const struct zone *
policy_zone(const struct policy *policy, size_t i)
{
	if (i < policy->nzones)
		return policy->zones[i];
	return i == policy->nzones ? zone_utc() : NULL;
}

bool
policy_use_preset(struct policy *policy, const char *preset)
{
	struct buf text = {0};

	if (!conventions_preset(preset, &policy->conventions))
		return false;
	buf_addf(&text, "%s convention:%s", policy->title, preset);
	policy->title = arena_text(&policy->arena, buf_slice(&text));
	if (policy->hash[0] != '\0') {
		buf_clear(&text);
		buf_addf(&text, "%s convention:%s", policy->hash, preset);
		hash_sha256(buf_slice(&text), policy->hash);
	}
	buf_free(&text);
	return true;
}

const struct conventions *
policy_conventions(const struct policy *policy)
{
	return &policy->conventions;
}

struct calendar *
policy_calendar(const struct policy *policy, const char *name)
{
	struct calendar *calendar;

	return calendars_find(policy, name, &calendar) ? calendar : NULL;
}
