# Seconds by where they went, of the missed and of the met.
. as $all | ("after_hours", "waiting_client", "waiting_vendor", "on_hold", "unknown", "nobody", "queue",
  "not_accepted", "stalled", "worked") as $w
| [$w] + [("breached", "met") as $state
   | [$all[] | select(.risk.clocks.resolve.state == $state) | .ownership.attribution[$w] // 0] | add]
