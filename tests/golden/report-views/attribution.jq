# Where the time of missed resolve targets went, by $key as of then (the client's is final).
def share($part; $whole): if $whole > 0 then ($part * 1000 / $whole | floor) else null end;
map(select(.risk.clocks.resolve.state == "breached")
  | {key: (if $key == "client" then .client else .ownership[$key] end), a: .ownership.attribution,
     late: (.risk.clocks.resolve | .elapsed - .target)}
  | .gap = .a.nobody + .a.queue + (.a.not_accepted // 0))
| group_by(.key)[]
| (map(.a | add - .after_hours) | add) as $time
| (map(select(.gap >= .late)) | length) as $owned
| [.[0].key, length, 0, $owned, share($owned; length),
   (map(select(.gap < .late and .gap + .a.stalled >= .late)) | length), $time]
  + [("nobody", "queue", "not_accepted", "stalled", "worked", "waiting_client", "waiting_vendor", "on_hold", "unknown") as $w
     | if all(.[]; .a[$w] == null) then null else share(map(.a[$w]) | add; $time) end]
