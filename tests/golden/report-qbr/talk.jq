# Messages, work and promises put in where the export has changes: sites stand for clients.
.client = .site | .has += ["message", "public", "work", "actor", "promise"] | .owner as $owner
| (.events | map(select(.kind == "owner" and .to != null) | .to) | .[0]) as $first
| .events |= (map(.by = ($first // $owner) | .role = "agent") + [to_entries[] | .key as $n | .value
  | if .kind == "status" then
      {at, kind: "work", by: ($first // "desk"), role: "agent", seconds: (600 + 60 * $n)},
      (if $n % 2 == 0 then {at, kind: "message", by: ($owner // "desk"), role: "agent", visibility: "public"}
       else {at, kind: "message", by: "caller", role: "client", visibility: "public"} end)
    elif .kind == "team" then {at, kind: "promise", to: (.at | fromdateiso8601 + 86400 | todateiso8601)}
    else empty end])
