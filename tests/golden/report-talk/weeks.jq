# What each team decided, and how far its share met swung from week to week (ISO).
def week: fromdateiso8601 | strftime("%G-W%V");
def decided: .risk.clocks.resolve | if .state == "met" then .stopped elif .state == "breached" then .breached else null end;
def abs: if . < 0 then -. else . end;
group_by(.ownership.team)[]
| map(select(decided)) as $all
| (map(select((.risk.clocks.resolve.state | IN("met", "breached")) and .risk.clocks.resolve.stopped)) | length) as $ended
| select($ended > 0)
| [$all | group_by(decided | week)[] | select(length >= 5)
   | (map(select(.risk.clocks.resolve.state == "met")) | length) * 1000 / length | floor] as $weeks
| ([range(1; $weeks | length) as $i | $weeks[$i] - $weeks[$i - 1] | abs] | sort) as $changes
| [.[0].ownership.team, $ended, ($all | map(select(.risk.clocks.resolve.state == "met")) | length),
   ($all | map(select(.risk.clocks.resolve.state == "breached")) | length), ($weeks | length), ($weeks | min), ($weeks | max),
   (if $changes == [] then null else $changes[($changes | length) / 2 | ceil - 1] end)]
