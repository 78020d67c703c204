# The rules on words, work and due instants as sla-report(1) words them: "id rule result" each.
def order: {opened: 0, reopened: 1, due: 2, priority: 3, team: 4, owner: 5, message: 6, work: 7, status: 8,
  resolved: 9, closed: 10}[.kind];
def over: . == "resolved" or . == "closed" or . == "cancelled";
def seconds: fromdateiso8601;
def moment: {at: (.at | seconds), earliest: (if .inferred and .after != null and .after < .at
  then (.after | seconds) + 1 else .at | seconds end)};
# Whether $a came not after the one at hand.
def after($a): if $a == null or $a.earliest > .at then "deviates" elif $a.at <= .earliest then "conforms"
  else "unknown" end;
def worst: if any(. == "deviates") then "deviates" elif any(. == "unknown") then "unknown"
  elif any(. == "conforms") then "conforms" else "idle" end;
.id as $id | (.events | sort_by([.at, order])) as $events
| [$events[] | select(.state != null)] as $states
# What holds after all that happened at an instant.
| def live_at($at): [$states[] | select(.at <= $at)] | length == 0 or (last.state | over | not);
  def live_before($at): [$states[] | select(.at < $at)] | length == 0 or (last.state | over | not);
  ([$events[] | select(.kind == "owner" and .to != null)][0]) as $given
| ([$events[] | select(.kind == "owner")][0].from) as $had
| ([$events[] | select(.kind == "work")][0]) as $work
| ([$events[] | select(.kind == "message" and .role == "agent")][0]) as $word
| ([range($states | length) | select((. == 0 or ($states[. - 1].state | over | not)) and
    $states[.].kind == "status" and ($states[.].state == "resolved" or $states[.].state == "closed"))
    | $states[.]][0]) as $ended
| def owned: if $had != null then "conforms" else moment | after($given | if . then moment else null end) end;
  def before($what): moment | after($what | if . then moment else null end);
  ["owner-before-work", if $work then $work | owned else "idle" end],
  ["owner-before-word", if $word then $word | owned else "idle" end],
  ["answer-before-end", if $ended then $ended | before($word) else "idle" end],
  ["work-before-end", if $ended then $ended | before($work) else "idle" end],
  ["client-answered", (reduce ($events[] | select(.kind == "message" or (.kind == "status" and
      (.state // "" | over)))) as $e ({waits: false, ends: []};
    if $e.role == "client" and $e.kind == "message" then .waits = (.waits or live_at($e.at))
    elif .waits and $e.kind == "message" then .ends += ["conforms"] | .waits = false
    elif .waits and (live_at($e.at) | not) then .ends += ["deviates"] | .waits = false
    else . end) | .ends | worst)],
  ["due-kept", ([$events[] | select(.kind == "due")] | if length == 0 then "unknown" else
    [.[] | select(.from < .at and .from >= $events[0].at and live_at(.from))
      | if .to > .from then "deviates" else "conforms" end]
    + [last | select(.to < "2017-06-01T00:00:00Z" and live_at(.to)) | "conforms"] | worst end)]
| [$id] + . | join(" ")
