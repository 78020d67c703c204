# A row for each budget over all clients, and for each budget and client.
def instant: fromdateiso8601;
def numbers: {decided: map(select(.state != "unknown")) | length, missed: map(select(.state == "breached")) | length,
  unknown: map(select(.state == "unknown")) | length};
def burn($n; $allowed): if $n.decided == 0 then null else $n.missed * 1000000 / $n.decided / $allowed | floor end;
# When the life of a ticket ended, as of then.
def anchor: if .ownership.state | IN("resolved", "closed", "cancelled") | not then .ownership.as_of
  else [.risk.clocks.resolve.stopped, (.resolved, .closed | values | select(. <= $as_of)), .risk.activity_at | values][0] end;
def decided: if .state == "met" then .stopped elif .state == "breached" then .breached else null end;
# The numbers of the budgets that a ticket counts in.
def fit: [if .ownership.priority | IN("P1", "P2") then 0 else 4 end, 1, 2,
  if .client // "" | startswith("Location 1") then 3 else empty end];

($last | instant) as $last | ($starts | split(" ")) as $starts | ($ends | split(" ")) as $ends
| [inputs | fit as $fit | anchor as $anchor | .client as $client | .risk.clocks
   | ("resolve", "pickup") as $metric | .[$metric] | values | select(.state | IN("met", "breached", "unknown"))
   | {client: $client, metric: $metric, state, fit: $fit, at: (decided // $anchor | instant)}] as $clocks
| $policy[0].budgets | to_entries[]
| .key as $key | .value as $budget | (.value.allowed | rtrimstr("%") | tonumber * 10) as $share
| ($starts[$key % 4] | instant) as $start | ($ends[$key % 4] | instant) as $stop
| [$clocks[] | select(.metric == $budget.metric and .at <= $last and any(.fit[]; . == $key))]
| ({kind: "all", client: null, list: .},
   (group_by(.client)[] | {kind: (if .[0].client then "client" else "unknown" end), client: .[0].client, list: .}))
| (.list | map(select(.at >= $start))) as $period | ($period | numbers) as $n
| (.list | map(select(.at > $last - 604800)) | numbers) as $short
| (.list | map(select(.at > $last - 2419200)) | numbers) as $long
| select(.kind == "all" or $n.decided + $n.unknown + $long.decided + $long.unknown > 0)
| ($n.decided * $share / 1000 | floor) as $allowed
| ($n.decided + ($long.decided * ($stop - $last - 1) / 2419200 | floor) | . * $share / 1000 | floor) as $expected
| ($period | map(select(.state == "breached") | .at) | sort | .[$expected]) as $over
| (if $over or $long.missed == 0 then $stop
   else $last + (($expected - $n.missed + 1) * 2419200 / $long.missed | ceil) end) as $at
| [$budget.name // "budget \($key + 1)", .client, .kind, $n.decided, $n.missed, $n.unknown,
   $allowed, $allowed - $n.missed, burn($n; $share), burn($short; $share), burn($long; $share), $expected,
   ($over | values | . + $east | todateiso8601[:10] + "T00:00:00Z") // null,
   if $at < $stop then $at | todateiso8601 else null end, $starts[$key % 4], $ends[$key % 4]]
