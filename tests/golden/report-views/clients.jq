# A row a client: now, over the life, and the clocks.
def ended: IN("resolved", "closed", "cancelled");
def share($part; $whole): if $whole > 0 then ($part * 1000 / $whole | floor) else null end;
def clocks($metric; $state): map(select(.risk.clocks[$metric].state == $state)) | length;
group_by(.client)[]
| (map(.ownership.causes | .nobody + .queue + .gone + .away) | add) as $orphan
| (clocks("resolve"; "met")) as $met | (clocks("resolve"; "breached")) as $breached
| [.[0].client, (map(select(.ownership.state | ended | not)) | length),
   (map(select((.ownership.state | ended | not) and
      any(.risk.clocks[]; .state == "breached" and .stopped == null))) | length),
   (map(select((.ownership.state | ended | not) and
      (.ownership.cause | IN("nobody", "queue", "gone", "away")))) | length),
   length, (map(select(.ownership.state | ended)) | length),
   share($orphan; map(.ownership | .life - .causes.unknown) | add),
   share(map(.ownership.handoffs | length) | add; length),
   $met, $breached, share($met; $met + $breached), clocks("resolve"; "unknown"),
   clocks("first_response"; "unknown")]
