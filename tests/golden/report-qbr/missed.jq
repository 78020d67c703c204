# Every target missed in the window, the worst first: what of, since when, by how much, and why.
def gap: .nobody + .queue + (.not_accepted // 0);
[.[] | .ownership as $o | .risk as $r | .id as $id | .source as $source | $r.clocks | to_entries[]
 | select(.value.state == "breached" and .value.breached >= $since and .value.breached < $until)
 | .key as $metric | .value as $c | $o.attribution as $a | ($c.elapsed - $c.target) as $late
 | ($o.findings | map(select(.since <= $c.breached)) | min_by(.since)) as $first
 | {sort: [{P1: 0, P2: 1, P3: 2, P4: 3, P5: 4}[$r.priority] // 5, -(if $late > 0 then $late else -1 end), $source, $id],
    row: [$id, $metric, $r.priority, $c.breached, (if $late > 0 then $late else null end),
          (if $c.stopped == null and $r.state != "resolved" and $r.state != "closed" and $r.state != "cancelled" then 1 else 0 end),
          (if $metric != "resolve" or $a == null then null
           elif $late <= 0 then "earlier_target"
           elif ($a | gap) >= $late then "ownership"
           elif ($a | gap) + $a.stalled >= $late then "stall" else "otherwise" end),
          (if $metric == "resolve" and $a then ($a | gap) else null end),
          $first.rule, (if $metric == "resolve" then $a.queue, $a.worked else null, null end)]}]
| sort_by(.sort)[] | .row
