# The trend by ISO weeks, from the annotated tickets alone.  An end is what the events say.
def week: fromdateiso8601 | strftime("%G-W%V");
def ended_state: . == "resolved" or . == "closed" or . == "cancelled";
def end_of($as_of):
  reduce (.events[] | select(.at <= $as_of and .state != null)) as $e (null;
    if ($e.state | ended_state) then (. // $e.at) else null end);
def share($part; $whole): if $whole > 0 then ($part * 1000 / $whole | floor) else null end;
def bump($week; $key; $n): .[$week][$key] += $n;
reduce (inputs | select(.risk)) as $t ({};
    $t.ownership as $o | ($t | end_of($o.as_of)) as $ended
  | (($ended // $o.as_of) | week) as $anchor | $t.risk.clocks.resolve as $r
  | bump($t.opened | week; "opened"; 1)
  | if $ended then bump($ended | week; "ended"; 1) else . end
  | if $r.state == "met" then bump($r.stopped | week; "met"; 1) else . end
  | if $r.state == "breached" then bump($r.breached | week; "breached"; 1) else . end
  | if $r.state == "unknown" then bump($anchor; "unknown"; 1) else . end
  | bump($anchor; "orphan"; [$o.causes | .nobody, .queue, .gone, .away] | add)
  | bump($anchor; "known"; $o.life - $o.causes.unknown)
  | bump($anchor; "tickets"; 1) | bump($anchor; "theirs"; $o.handoffs | length)
  | reduce $o.handoffs[] as $h (.; bump($h.at | week; "handoffs"; 1)))
| to_entries | sort_by(.key)[] | .value as $w
| [.key, $w.opened // 0, $w.ended // 0, $w.met // 0, $w.breached // 0,
   share($w.met // 0; ($w.met // 0) + ($w.breached // 0)), $w.unknown // 0,
   share($w.orphan; $w.known), $w.handoffs // 0, share($w.theirs; $w.tickets)]
