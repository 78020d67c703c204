# Answers, promises and words by $key.
def key_of: if $key == "client" then .client else .ownership[$key] end;
def share($part; $whole): if $whole > 0 then ($part * 1000 / $whole | floor) else null end;
group_by(key_of)[] | (.[0] | key_of) as $name | map(.ownership)
| (map(select(.first_response.grade == "human")) | length) as $human
| (map(select(.first_response != null)) | length) as $known
| [$name, $human, share($human; $known), (map(select(.first_response.grade == "none")) | length), length - $known,
   (map(.communication.unanswered.messages) | add), (map(.communication.unanswered.left) | add),
   (map(.communication.promises.kept) | add), (map(.communication.promises.missed) | add),
   (map(.communication.messages) | add), 0]
