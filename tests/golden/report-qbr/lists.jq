# The longest silences and what was reopened, of the tickets whose life ended in the window.
def ended: if .risk.state | . == "resolved" or . == "closed" or . == "cancelled" then
  .risk.clocks.resolve.stopped // .resolved // .closed else null end;
def rank: sort_by([-.[1], .[2], .[0]]);
[.[] | .risk as $r | ended as $last
 | select(($last // $r.as_of) >= $since and ($last // $r.as_of) < $until)
 | {id, source, end: $last, silence: .ownership.communication.gaps.working.max,
    waited: .ownership.communication.unanswered.longest, resolve: $r.clocks.resolve}]
| (map([.id, .silence, .source, .waited, .end]) | map(select(.[1])) | rank[:5][] | ["silence", .[0], .[1], .[3], .[4]]),
  (map(select(.resolve != null and .resolve.state != "unknown") | [.id, .resolve.cycles - 1, .source]) as $known
   | ($known | map(select(.[1] > 0)) | rank[] | ["reopened", .[0], .[1]]),
     ["reopened in all", ($known | map(select(.[1] > 0)) | length, (map(.[1]) | add)),
      (map(select(.resolve == null or .resolve.state == "unknown")) | length)])
