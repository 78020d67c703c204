# Targets missed, of all clocks, by weekday (0: Sunday) and hour.
[inputs | select(.risk) | .risk.clocks[] | select(.state == "breached") | .breached | fromdateiso8601 | strftime("%w %H")]
| group_by(.)[] | [.[0], length] | join(" ")
