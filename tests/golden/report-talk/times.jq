# How long it took, by team: the nearest rank.
def rank($share): if length == 0 then null else sort | .[(length * $share / 1000 | ceil) - 1] end;
group_by(.ownership.team)[] | .[0].ownership.team as $team
| [.[].risk.clocks.resolve | select((.state == "met" or .state == "breached") and .stopped != null) | .elapsed]
| select(length > 0) | [$team, rank(500), rank(900)]
