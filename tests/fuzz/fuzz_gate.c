/* fuzz_gate.c: any bytes as a gate, judged with no ticket and with some */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
judge(const struct report *report)
{
	struct buf words = {0};
	enum gate_outcome outcome = gates_judge(report, 0, &words);

	/* What tripped or could not be judged has a reason, what passed has none. */
	if ((outcome == GATE_PASSED) != (words.n == 0))
		abort();
	buf_free(&words);
}

static void
take(struct report *report, const char *owner, enum priority priority, enum clock_state state)
{
	struct ticket ticket = {.source = "s", .id = "i", .client = owner, .has = ~0U};
	struct ownership ownership = {
	    .head = {.state = STATE_OPEN, .owner = owner, .team = "Desk", .priority = priority},
	    .life = 100,
	    .causes = {50, 0, 50}};
	struct risk risk = {.head = ownership.head};

	risk.clocks[METRIC_RESOLVE].state = state;
	report_add(report, &ticket, &ownership, &risk);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gates *gates = gates_new();
	struct report_options options = report_defaults();
	char *text = mem_alloc(size + 1);
	struct report *report;

	memcpy(text, data, size);
	text[size] = '\0';
	if (gates_add(gates, text) == 0) {
		if (strcmp(gates_text(gates, 0), text) != 0)
			abort();
		options.gates = gates;
		report = report_new(&options);
		judge(report);
		take(report, "Ann", PRIORITY_P1, CLOCK_BREACHED);
		take(report, NULL, PRIORITY_NONE, CLOCK_UNKNOWN);
		judge(report);
		report_free(report);
	}
	mem_free(text);
	gates_free(gates);
	return 0;
}
