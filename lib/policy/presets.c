/* presets.c: the conventions of known service desks, each cell with its source */
#include "policy/presets.h"

#include "policy/loader.h"

#include <string.h>

enum column {
	REOPEN,
	PRIORITY_CHANGE,
	FIRST_RESPONSE,
	PAUSE_PICKUP,
	PAUSE_FIRST_RESPONSE,
	PAUSE_PLAN,
	PAUSE_NEXT_RESPONSE,
	PAUSE_UPDATE,
	PAUSE_RESOLVE,
	PAUSE_TEAM,
	START,
	DEADLINE,
	ZERO_TARGET,
	UPDATE_RESTART,
	BUSINESS_DAYS,
	COLUMNS
};

static const char *const members[COLUMNS] = {
    [REOPEN] = "reopen",
    [PRIORITY_CHANGE] = "priority_change",
    [FIRST_RESPONSE] = "first_response",
    [PAUSE_PICKUP] = "pause.pickup",
    [PAUSE_FIRST_RESPONSE] = "pause.first_response",
    [PAUSE_PLAN] = "pause.plan",
    [PAUSE_NEXT_RESPONSE] = "pause.next_response",
    [PAUSE_UPDATE] = "pause.update",
    [PAUSE_RESOLVE] = "pause.resolve",
    [PAUSE_TEAM] = "pause.team",
    [START] = "start",
    [DEADLINE] = "deadline",
    [ZERO_TARGET] = "zero_target",
    [UPDATE_RESTART] = "update_restart",
    [BUSINESS_DAYS] = "business_days",
};

/* Without a word: unverified, with a remark or without. */
struct cell {
	const char *word, *source;
};

struct preset {
	const char *name;
	struct cell cells[COLUMNS];
};

#define WAITING "waiting_client waiting_vendor on_hold scheduled"

/* Where several cells have one source. */
#define ZENDESK_POLICIES \
	"handbook.gitlab.com/handbook/security/customer-support-operations/zendesk/sla-policies/"
#define SERVICENOW                                                                          \
	"github ServiceNow/ServiceNowDocs cb48b5c3 markdown/it-service-management/service-" \
	"level-management/"
#define AUTOTASK_MAP                                                                       \
	"autotask.net/help/content/4_admin/2FeaturesSettings/ServiceDeskTickets/SLAAdmin/" \
	"SLAstatusmapping.htm"
#define CONNECTWISE   "portal.cwkanban.com/knowledgebase/22/Using-Service-Level-Agreements.html"
#define GLPI_LEVEL    "github glpi-project/glpi src/LevelAgreement.php"
#define ZAMMAD_SPEC   "github zammad/zammad 1aa4e68c spec/models/ticket/escalation_examples.rb"
#define ZNUNY_SUSPEND "github znuny/Znuny4OTRS-EscalationSuspend README"
#define RT_SET_DUE    "github bestpractical/rt lib/RT/Action/SLA_SetDue.pm"
#define RT_SLA        "github bestpractical/rt docs/customizing/sla.pod"

static const struct preset presets[] = {
    {"zendesk",
	{[PRIORITY_CHANGE] = {NULL, "the targets are updated; how is not said"},
	    [FIRST_RESPONSE] = {"public", ZENDESK_POLICIES},
	    [PAUSE_UPDATE] = {"none", ZENDESK_POLICIES " (periodic update)"},
	    [PAUSE_RESOLVE] = {"waiting_client", ZENDESK_POLICIES " (requester wait time)"},
	    [DEADLINE] = {NULL, "the library zendesk/biz has next_opening"}}},
    {"jira",
	{[REOPEN] = {"restart",
	     "confluence.atlassian.com/display/SERVICEDESK010/Reporting+on+SLAs"},
	    [FIRST_RESPONSE] = {NULL, "each goal has conditions of its own"},
	    [PAUSE_RESOLVE] = {NULL, "each goal has conditions of its own"}}},
    {"servicenow",
	{[REOPEN] = {NULL, "by each definition's reset condition"},
	    [PRIORITY_CHANGE] = {"restart",
		SERVICENOW "t_UseSLARetroactiveStartAndPause.md"
			   " (retroactive where the definition has Retroactive start)"},
	    [FIRST_RESPONSE] = {NULL, "by each definition's stop condition"},
	    [PAUSE_RESOLVE] = {NULL, "by each definition's pause condition"}}},
    {"connectwise",
	{[REOPEN] = {NULL, "resolved tickets go back freely; what is counted is not said"},
	    [FIRST_RESPONSE] = {"status", CONNECTWISE},
	    [PAUSE_RESOLVE] = {NULL, "statuses that do not escalate are the desk's choice"}}},
    {"autotask",
	{[FIRST_RESPONSE] = {"status", AUTOTASK_MAP},
	    [PAUSE_PLAN] = {"waiting_client", AUTOTASK_MAP},
	    [PAUSE_RESOLVE] = {"waiting_client", AUTOTASK_MAP}}},
    {"halo",
	{[PRIORITY_CHANGE] = {NULL, "it can be forbidden"},
	    [FIRST_RESPONSE] = {"public", "alliedesm.com/halo/halo-sla-management (a partner)"}}},
    {"freshdesk",
	{[PRIORITY_CHANGE] = {NULL, "recalculated unless edited by hand; how is not said"},
	    [PAUSE_RESOLVE] = {NULL, "each status has a switch"}}},
    {"glpi",
	{[REOPEN] = {"continue", "github.com/glpi-project/glpi/issues/23359"},
	    [PRIORITY_CHANGE] = {NULL, "pauses were lost: glpi issues 15605 and 6902"},
	    [FIRST_RESPONSE] = {"assigned", GLPI_LEVEL " (time to own)"},
	    [PAUSE_RESOLVE] = {"waiting_client waiting_vendor on_hold", GLPI_LEVEL " (pending)"},
	    [START] = {"opened", GLPI_LEVEL},
	    [BUSINESS_DAYS] = {"same_time",
		GLPI_LEVEL " (end_of_day where the level has end_of_working_day)"}}},
    {"zammad",
	{[REOPEN] = {"continue", "github zammad/zammad 0d1d8651 test/unit/ticket_sla_test.rb"},
	    [PRIORITY_CHANGE] = {NULL, "recalculated; how is not said"},
	    [FIRST_RESPONSE] = {"public",
		"github zammad/zammad 0d1d8651 test/unit/ticket_sla_test.rb"},
	    [PAUSE_FIRST_RESPONSE] = {WAITING, ZAMMAD_SPEC},
	    [PAUSE_NEXT_RESPONSE] = {WAITING, ZAMMAD_SPEC},
	    [PAUSE_RESOLVE] = {WAITING, ZAMMAD_SPEC},
	    [DEADLINE] = {"next_opening",
		"github zammad/zammad 1aa4e68c spec/lib/escalation_spec.rb (biz 1.8.2 and later)"},
	    [UPDATE_RESTART] = {"any",
		"github zammad/zammad 0d1d8651 test/unit/ticket_sla_test.rb"}}},
    {"znuny",
	{[FIRST_RESPONSE] = {"public", "github znuny/manual source/admin/queues/index.rst"},
	    [PAUSE_FIRST_RESPONSE] = {"none", ZNUNY_SUSPEND},
	    [PAUSE_UPDATE] = {"none", ZNUNY_SUSPEND},
	    [PAUSE_RESOLVE] = {"none", ZNUNY_SUSPEND}}},
    {"rt",
	{[FIRST_RESPONSE] = {"public", RT_SET_DUE},
	    [PAUSE_RESOLVE] = {NULL, "IgnoreOnStatuses hides the due date while time is counted"},
	    [ZERO_TARGET] = {"first_business_instant",
		"github bestpractical/rt 72106ba9 t/sla/timezone.t"}}},
};

#define NPRESETS (sizeof(presets) / sizeof(presets[0]))

static const struct preset *
find_preset(const char *name)
{
	size_t i;

	for (i = 0; i < NPRESETS; i++)
		if (strcmp(presets[i].name, name) == 0)
			return &presets[i];
	return NULL;
}

const char *
conventions_preset_name(size_t i)
{
	return i < NPRESETS ? presets[i].name : NULL;
}

bool
conventions_preset(const char *name, struct conventions *conventions)
{
	const struct preset *preset = find_preset(name);
	int i;

	for (i = 0; preset != NULL && i < COLUMNS; i++)
		if (preset->cells[i].word != NULL)
			conventions_set(conventions, members[i], preset->cells[i].word);
	return preset != NULL;
}

bool
preset_cell(const char *name, size_t i, struct preset_cell *cell)
{
	const struct preset *preset = find_preset(name);

	if (preset == NULL || i >= COLUMNS)
		return false;
	*cell = (struct preset_cell){members[i], preset->cells[i].word, preset->cells[i].source};
	return true;
}

void
presets_print(struct buf *out, const char *name)
{
	struct preset_cell cell;
	size_t i;

	for (i = 0; preset_cell(name, i, &cell); i++) {
		buf_addf(out, "%-21s ", cell.member);
		if (cell.word != NULL)
			buf_addf(out, "%s\n%22s%s\n", cell.word, "", cell.source);
		else if (cell.source != NULL)
			buf_addf(out, "unverified: %s\n", cell.source);
		else
			buf_addz(out, "unverified\n");
	}
}
