/* money.c: the shape of the policy's "budgets" and "costs", which sla-report will read */
#include "policy/loader.h"

#include <string.h>

static void
check_match(struct loader *loader, const struct json *value, void *into)
{
	struct match match;

	(void)into;
	match_compile(loader, value, &match);
}

static void
check_name(struct loader *loader, const struct json *value, void *into)
{
	(void)into;
	loader_text(loader, value);
}

static void
check_period(struct loader *loader, const struct json *value, void *into)
{
	static const char *const periods[] = {"week", "month", "quarter", "year"};
	const char *text = json_text(value);
	size_t i;

	(void)into;
	for (i = 0; text != NULL && i < sizeof(periods) / sizeof(periods[0]); i++)
		if (strcmp(periods[i], text) == 0)
			return;
	loader_fault(loader, value, "\"period\" must be one of: week, month, quarter, year");
}

static void
check_metric(struct loader *loader, const struct json *value, void *into)
{
	const char *text = json_text(value);

	(void)into;
	if (text == NULL || word_value(WORDS_METRIC, slice_z(text)) == METRIC_NONE)
		loader_fault(loader, value, "\"metric\" must be a metric, as \"resolve\"");
}

/* "5%" or "0.5%": at most 100, at most one decimal, since shares are per mille. */
static bool
is_share(const char *text)
{
	size_t whole = strspn(text, "0123456789"), behind = 0;
	const char *at = text + whole;

	if (whole == 0 || whole > 3 || (whole > 1 && text[0] == '0'))
		return false;
	if (*at == '.') {
		behind = strspn(at + 1, "0123456789");
		if (behind != 1)
			return false;
		at += 2;
	}
	if (whole == 3 && (strncmp(text, "100", 3) != 0 || (behind == 1 && text[4] != '0')))
		return false;
	return strcmp(at, "%") == 0;
}

static void
check_allowed(struct loader *loader, const struct json *value, void *into)
{
	const char *text = json_text(value);

	(void)into;
	if (text == NULL || !is_share(text))
		loader_fault(loader, value,
		    "\"allowed\" must be a share from \"0%%\" to \"100%%\", as \"5%%\" or \"0.5%%\"");
}

static void
check_currency(struct loader *loader, const struct json *value, void *into)
{
	const char *text = json_text(value);

	(void)into;
	if (text == NULL || strlen(text) != 3 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
		loader_fault(loader, value,
		    "\"currency\" must be three capital letters of ISO 4217, as \"EUR\"");
}

static void
check_per_hour(struct loader *loader, const struct json *value, void *into)
{
	double number;

	(void)into;
	if (!json_double(value, &number) || number < 0 || number > 1e9)
		loader_fault(loader, value, "\"per_hour\" must be a number that is not negative");
}

static const struct member_reader budget_members[] = {
    {"name", check_name},
    {"match", check_match},
    {"period", check_period},
    {"metric", check_metric},
    {"allowed", check_allowed},
    {NULL, NULL},
};

static const struct member_reader cost_members[] = {
    {"name", check_name},
    {"match", check_match},
    {"currency", check_currency},
    {"per_hour", check_per_hour},
    {NULL, NULL},
};

/* Each object of the array must have all members but name and match, the table's first two. */
static void
check_list(struct loader *loader, const struct json *value, const struct member_reader *readers)
{
	const struct member_reader *reader;
	const struct json *child;

	if (!loader_is(loader, value, JSON_ARRAY))
		return;
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		if (!loader_object(loader, child, readers, NULL))
			continue;
		for (reader = readers + 2; reader->key != NULL; reader++)
			if (json_get(child, reader->key) == NULL)
				loader_fault(loader, child, "\"%s\" is missing", reader->key);
	}
}

void
budgets_check(struct loader *loader, const struct json *value, void *into)
{
	(void)into;
	check_list(loader, value, budget_members);
}

void
costs_check(struct loader *loader, const struct json *value, void *into)
{
	(void)into;
	check_list(loader, value, cost_members);
}
