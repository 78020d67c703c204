# Promises kept by metric and priority in two windows, from the annotated tickets.
def ended: if .risk.state | . == "resolved" or . == "closed" or . == "cancelled" then
  .risk.clocks.resolve.stopped // .resolved // .closed else null end;
def inside($from; $to): . >= $from and . < $to;
def when($last): if .state == "met" then .stopped elif .state == "breached" then .breached
  elif .state == "unknown" then $last else null end;
def share($part; $whole): if $whole > 0 then ($part * 1000 / $whole | floor) else null end;
[.[] | .risk as $r | (ended // $r.as_of) as $last
 | $r.clocks | to_entries[] | {metric: .key, priority: $r.priority, state: .value.state, at: (.value | when($last))}]
| ("resolve", "first_response") as $metric | (null, "P1", "P2", "P3", "P4", "P5") as $priority
| map(select(.metric == $metric and ($priority == null or .priority == $priority) and .at != null))
| map(select(.at | inside($since; $until))) as $now | map(select(.at | inside($before; $since))) as $prior
| def count($state): map(select(.state == $state)) | length;
  select(($now + $prior | length) > 0)
| share($now | count("met"); $now | count("met") + count("breached")) as $a
| share($prior | count("met"); $prior | count("met") + count("breached")) as $b
| [$metric, $priority // "all", ($now | count("met", "breached")), $a, ($now | count("unknown")),
   ($prior | count("met", "breached", "unknown")), $b, (if $a and $b then $a - $b else null end)]
