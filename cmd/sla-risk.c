/* sla-risk.c: replays the SLA clocks and says which running one will be missed, and why */
#include "cli/options.h"
#include "cli/stage.h"
#include "risk/pace.h"
#include "sla/risk_record.h"

static void
annotate(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	struct buf *json = context;
	struct risk risk;

	risk_of(&risk, analysis);
	pace_judge(&risk, analysis, record->arena);
	buf_clear(json);
	risk_to_json(&risk, json);
	stream_write_annotated(out, record, "risk", buf_slice(json));
}

static void
pass(void *context, struct record *record, struct buf *out)
{
	(void)context;
	stream_write_line(out, record);
}

int
main(int argc, char **argv)
{
	static const struct program program = {.name = "sla-risk",
	    .synopsis = "sla-risk [-qv] [-I format] [-n instant] [-o file] [-p policy] "
			"[--rejects file] [--seal] [file ...]\n",
	    .shared = "Inoprs"};
	struct buf json = {0};
	struct stage stage = {
	    .context = &json, .each = annotate, .later = pass, .writes_stream = true};
	struct stage_run run = {0};
	struct options options;
	int status = options_read(&options, &program, argc, argv);

	if (status == -1)
		status = stage_run(&stage, &options, &run);
	buf_free(&json);
	return status;
}
