/* generate.c: a made-up export in the form of the servicenow-log map, the same for the same seed */
#include "base/diag.h"
#include "base/num.h"
#include "base/output.h"
#include "time/instant.h"

#define TICKETS      200000
#define MEAN_ROWS    8
#define FIRST_OPENED INT64_C(1420070400) /* 2015-01-01T00:00:00Z */
#define PERIOD       INT64_C(39312000)   /* seconds in which all are opened: 455 days */
#define NOBODY       0

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
struct random {
	uint64_t state;
};

/* A ticket while its rows are written; the counts and people are those of the last row. */
struct ticket {
	int64_t number, rows;
	int64_t opened, updated, resolved, closed;
	uint32_t group, resolver;
	int64_t handoffs, reopened;
	bool moved;
	const char *state;
	/* The columns that are the same in each row: made_sla to sys_created_at, contact_type to
	 * priority, knowledge to closed_at. */
	struct buf before, between, behind;
};

static const char header[] =
    "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,"
    "opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,"
    "location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,"
    "assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,"
    "closed_code,resolved_by,resolved_at,closed_at\n";

static uint32_t
below(struct random *random, uint32_t limit)
{
	uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	z ^= z >> 31;
	return (uint32_t)((z >> 32) * limit >> 32);
}

static bool
chance(struct random *random, uint32_t percent)
{
	return below(random, 100) < percent;
}

/* d/m/yyyy HH:MM */
static void
add_date(struct buf *out, int64_t instant)
{
	struct civil civil;
	char time[6] = "00:00";

	instant_to_civil(instant, &civil);
	time[0] = (char)('0' + civil.hour / 10);
	time[1] = (char)('0' + civil.hour % 10);
	time[3] = (char)('0' + civil.minute / 10);
	time[4] = (char)('0' + civil.minute % 10);
	buf_add_i64(out, civil.day);
	buf_addc(out, '/');
	buf_add_i64(out, civil.month);
	buf_addc(out, '/');
	buf_add_i64(out, civil.year);
	buf_addc(out, ' ');
	buf_addz(out, time);
}

/* "Word 17,", or "?," for nobody. */
static void
add_name(struct buf *out, const char *word, uint32_t number)
{
	if (number == NOBODY) {
		buf_add(out, "?,", 2);
		return;
	}
	buf_addz(out, word);
	buf_addc(out, ' ');
	buf_add_i64(out, number);
	buf_addc(out, ',');
}

static void
fix_columns(struct ticket *ticket, struct random *random)
{
	static const char *const levels[] = {"2 - Medium,2 - Medium,3 - Moderate,",
	    "2 - Medium,2 - Medium,3 - Moderate,", "2 - Medium,2 - Medium,3 - Moderate,",
	    "3 - Low,3 - Low,4 - Low,", "2 - Medium,1 - High,2 - High,",
	    "1 - High,1 - High,1 - Critical,"};
	struct buf *out = &ticket->before;

	buf_clear(out);
	buf_addz(out, chance(random, 58) ? "true," : "false,");
	add_name(out, "Caller", 1 + below(random, 4500));
	add_name(out, "Opened by ", 1 + below(random, 150));
	add_date(out, ticket->opened);
	buf_addc(out, ',');
	if (chance(random, 33)) {
		buf_addz(out, "?,?,");
	} else {
		add_name(out, "Created by", 1 + below(random, 145));
		add_date(out, ticket->opened + 60 * (int64_t)below(random, 15));
		buf_addc(out, ',');
	}
	out = &ticket->between;
	buf_clear(out);
	buf_addz(out, "Phone,");
	add_name(out, "Location", 1 + below(random, 200));
	add_name(out, "Category", 1 + below(random, 56));
	add_name(out, "Subcategory", 1 + below(random, 290));
	add_name(out, "Symptom", chance(random, 24) ? NOBODY : 1 + below(random, 580));
	buf_addz(out, "?,");
	buf_addz(out, levels[below(random, sizeof(levels) / sizeof(levels[0]))]);
	out = &ticket->behind;
	buf_clear(out);
	buf_addz(out, chance(random, 25) ? "true,true," : "false,false,");
	buf_addz(out, "Do Not Notify,?,?,?,?,");
	add_name(out, "code", 1 + below(random, 11));
	add_name(out, "Resolved by", 1 + below(random, 180));
	add_date(out, ticket->resolved);
	buf_addc(out, ',');
	add_date(out, ticket->closed);
	buf_addc(out, '\n');
}

static void
begin_ticket(struct ticket *ticket, struct random *random, int64_t index, int64_t tickets)
{
	int64_t life = 60 * (int64_t)(60 + below(random, 600) * below(random, 60));

	ticket->number = 45 + index;
	ticket->opened = FIRST_OPENED + num_muldiv(PERIOD, index, tickets) / 60 * 60;
	ticket->updated = ticket->opened + 60 * (int64_t)below(random, 20);
	ticket->resolved = ticket->updated + life;
	ticket->closed = ticket->resolved + 5 * SECONDS_PER_DAY;
	ticket->group = 1 + below(random, 80);
	ticket->resolver = chance(random, 40) ? NOBODY : 1 + below(random, 230);
	ticket->handoffs = ticket->reopened = 0;
	ticket->state = "New";
	fix_columns(ticket, random);
}

/* What the next row shows: the last two are Resolved and Closed, before them work goes on. */
static void
change(struct ticket *ticket, struct random *random, int64_t row)
{
	int64_t left = ticket->rows - row; /* this one included */
	bool resolved = ticket->state[0] == 'R';

	if (left <= 2) {
		ticket->state = left == 2 ? "Resolved" : "Closed";
		ticket->updated = left == 2 ? ticket->resolved : ticket->closed;
		return;
	}
	ticket->updated += (ticket->resolved - ticket->updated) / (left * 60) * 60;
	if (resolved)
		ticket->reopened++;
	ticket->state = resolved || !chance(random, 15) ? "Active" : "Awaiting User Info";
	if (!resolved && chance(random, 1))
		ticket->state = "Resolved";
	if (chance(random, 18)) {
		ticket->group = chance(random, 5) ? NOBODY : 1 + below(random, 80);
		ticket->resolver = NOBODY;
		ticket->handoffs++;
	}
	if (chance(random, 25))
		ticket->resolver = 1 + below(random, 230);
}

static void
write_row(const struct ticket *ticket, struct random *random, int64_t row, struct buf *out)
{
	buf_addz(out, ticket->number < 1000000 ? "INC0" : "INC");
	buf_add_i64(out, ticket->number < 1000000 ? 100000 + ticket->number : ticket->number);
	buf_addc(out, ',');
	buf_addz(out, ticket->state);
	buf_addz(out, ticket->state[0] == 'C' ? ",false," : ",true,");
	buf_add_i64(out, ticket->handoffs);
	buf_addc(out, ',');
	buf_add_i64(out, ticket->reopened);
	buf_addc(out, ',');
	buf_add_i64(out, row);
	buf_addc(out, ',');
	buf_adds(out, buf_slice(&ticket->before));
	add_name(out, "Updated by", 1 + below(random, 900));
	add_date(out, ticket->updated);
	buf_addc(out, ',');
	buf_adds(out, buf_slice(&ticket->between));
	add_name(out, "Group", ticket->group);
	add_name(out, "Resolver", ticket->resolver);
	buf_adds(out, buf_slice(&ticket->behind));
}

/* rows 0: a different number for each ticket, about MEAN_ROWS. */
static void
generate(struct output *output, struct random *random, int64_t tickets, int64_t rows)
{
	struct ticket ticket = {0};
	int64_t i, row;

	buf_addz(&output->buf, header);
	for (i = 0; i < tickets && !output->failed; i++) {
		ticket.rows = rows > 0 ? rows : 2 + below(random, 2 * MEAN_ROWS - 3);
		begin_ticket(&ticket, random, i, tickets);
		for (row = 0; row < ticket.rows && !output->failed; row++) {
			if (row > 0)
				change(&ticket, random, row);
			write_row(&ticket, random, row, &output->buf);
			output_flush(output);
		}
	}
	buf_free(&ticket.before);
	buf_free(&ticket.between);
	buf_free(&ticket.behind);
}

/* generate [tickets [seed [rows of each ticket]]] */
int
main(int argc, char **argv)
{
	int64_t numbers[3] = {TICKETS, 1, 0};
	struct output output;
	struct random random;
	int i;

	diag_start("generate");
	for (i = 1; i < argc; i++)
		if (i > 3 || !num_i64(slice_z(argv[i]), &numbers[i - 1]) || numbers[i - 1] < 0) {
			diag(DIAG_USAGE, NOWHERE, "generate [tickets [seed [rows]]]");
			return diag_finish();
		}
	if (output_open(&output, NULL) == -1)
		return diag_finish();
	random.state = (uint64_t)numbers[1];
	generate(&output, &random, numbers[0], numbers[2]);
	output_commit(&output);
	return diag_finish();
}
