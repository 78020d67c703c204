# The silences of each ticket, and the waits of its client, by $key: the nearest rank.
def key_of: if $key == "client" then .client else .ownership[$key] end;
def rank($share): if length == 0 then null else sort | .[(length * $share / 1000 | ceil) - 1] end;
group_by(key_of)[] | (.[0] | key_of) as $name | map(.ownership.communication)
| map(.gaps.working | select(.max != null)) as $gaps
| [$name, ($gaps | map(.p50) | rank(500)), ($gaps | map(.max) | rank(500), rank(900), max),
   (map(.unanswered.longest | select(. != null)) | rank(900))]
