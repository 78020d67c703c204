# The laws of the record, on every ticket: how many break each. Of a clock that is unknown nothing is told.
# And how often owner and team changed, and how many tickets came straight back.
reduce (inputs | select(.ownership)) as $t ({}; $t.ownership as $o | $o.attribution as $a | $t.risk.clocks.resolve as $c
	| ([$a[] | values] | add - $a.after_hours) as $working
	| .tickets += 1
	| .causes += (if ([$o.causes[]] | add) == $o.life then 0 else 1 end)
	| .holders += (if ([$o.holders[].seconds, 0] | add) == $o.life then 0 else 1 end)
	| .parts += (if $working + $a.after_hours == $o.life then 0 else 1 end)
	| .team_changes += $o.teams.changes | .owner_changes += $o.owners.changes
	| .team_returns += (if $o.teams.direct > 0 then 1 else 0 end)
	| .owner_returns += (if $o.owners.direct > 0 then 1 else 0 end)
	| .unknown += (if $c.state == "unknown" then 1 else 0 end)
	| if $c.state == "unknown" then . else
	  .clock += (if $working == $c.elapsed + $c.paused then 0 else 1 end)
	| .worked += (if ([$o.holders[].worked, 0] | add) == $c.elapsed then 0 else 1 end) end)
