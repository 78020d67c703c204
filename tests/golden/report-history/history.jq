# Each row of the picture against the events. Rows: ticket, from, to, whose, held by, clock.
def instant: (.[:10] + "T" + .[11:16] + ":00Z") | fromdate;
# The last value that an event of that kind set, not after $at; null: none.
def last($events; $kind; $at): [$events[] | select(.kind == $kind and (.at | fromdate) <= $at)] | last;

def expected($ticket; $at; $row):
	(last($ticket.events; "owner"; $at)) as $owner
	| (last($ticket.events; "team"; $at).to) as $team
	| ([$ticket.events[] | select(.state != null and (.at | fromdate) <= $at)] | last.state // "new") as $state
	| ($ticket.risk.clocks.resolve) as $clock
	| (if $owner == null and $row[3] == "not known" then ["not known", "-"]
	   elif $owner.to != null then ["a person's", $owner.to]
	   elif $team != null then ["in a team's queue", $team]
	   else ["nobody's", "-"] end)
	+ [if $state | test("^(waiting_|on_hold|scheduled)") then "clock paused"
	   elif $clock.breached != null and ($clock.breached | fromdate) <= $at then "running past its target"
	   else "clock running" end];

[inputs] as $tickets
| ($tickets | map({key: .id, value: .}) | from_entries) as $by_id
| ($rows | map({id: (.[0] | sub("^[0-9]+\\. "; "")), row: .})) as $all
| [$all[] | $by_id[.id] as $ticket | .row as $row | ($row[1] | instant) as $from | ($row[2] | instant) as $to
   | ([$from] + [($ticket.events[].at, $ticket.risk.clocks.resolve.breached) | select(. != null) | fromdate
	| select($from < . and . < $to)] | unique[]) as $at
   | {row: $row, at: ($at | todate), want: expected($ticket; $at; $row)}] as $checks
| "\($all | map(.id) | unique | length) tickets, \($all | length) rows, \($checks | length) instants",
  ($checks[] | select(.row[3:6] != .want) | "not so: \(.)"),
  # The rows of a ticket follow each other from its opening to the as-of instant, and add up by cause.
  ($all | group_by(.id)[] | .[0].id as $id | map(.row) as $mine | $by_id[$id] as $ticket
   | select(($mine[0][1] | instant) != ($ticket.opened | fromdate) or $mine[-1][2] != "2016-03-20 12:00Z" or
	any(range(1; $mine | length); $mine[.][1] != $mine[. - 1][2] and
	  ($mine[.][1] as $next | all($ticket.events[] | select(.kind == "reopened") | .at[:16]; . != ($next | sub(" "; "T")[:16])))) or
	([["a person's", "owned"], ["not known", "unknown"], ["nobody's", "nobody"], ["in a team's queue", "queue"]]
	 | any(.[]; . as $one | ($mine | map(select(.[3] == $one[0]) | (.[2] | instant) - (.[1] | instant)) | add // 0)
		!= $ticket.ownership.causes[$one[1]])))
   | "\($id): the rows do not add up"),
  ($checks | group_by(.want[0])[] | "\(.[0].want[0]): \(length)"),
  ($checks | group_by(.want[2])[] | "\(.[0].want[2]): \(length)")
