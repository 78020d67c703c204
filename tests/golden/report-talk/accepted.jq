# Working seconds until acceptance, by pair of teams: the nearest rank.
def rank($share): if length == 0 then null else sort | .[(length * $share / 1000 | ceil) - 1] end;
[.[].ownership.handoffs[] | select(.from.team != null and .to.team != null and .from.team != .to.team)]
| group_by([.from.team, .to.team])[]
| [.[] | select(.acceptance == "accepted") | .accepted_in] as $in
| ["\(.[0].from.team) > \(.[0].to.team)", ($in | rank(500)), ($in | rank(900)),
   (map(select(.acceptance == "pending" or .acceptance == "lost")) | length),
   (map(select(.acceptance == "unknown")) | length)]
