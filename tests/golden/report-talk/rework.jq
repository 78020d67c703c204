# Effort, and what of it was spent again, by $key.
def key_of: if $key == "client" then .client else .ownership[$key] end;
def share($part; $whole): if $whole > 0 then ($part * 1000 / $whole | floor) else null end;
group_by(key_of)[] | (.[0] | key_of) as $name | map(.ownership.rework)
| (map(.all.seconds) | add) as $all | (map(.any.seconds // 0) | add) as $again
| [$name, length, (map(select(.any.touches > 0)) | length), $all, $again, share($again; $all),
   (map(.any.touches // 0) | add), 0]
