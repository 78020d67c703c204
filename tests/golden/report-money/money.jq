# Effort and its price by currency and $key: sums are exact in 1/3600 of a thousandth, rounded down at the end.
def cost: if .ownership.priority == "P3" then
    if .client // "" | startswith("Location 1") then ["EUR", 80505] else ["CHF", 95000] end
  elif .ownership.team // "" | startswith("Group 7") then ["EUR", 61200] else [null, null] end;
def price($kind): if .[0].cost[0] == null then null else map(.[$kind] * .cost[1]) | add / 3600 | floor end;
map({key: (if $key == "client" then .client elif $key == "all" then null else .ownership[$key] end), cost: cost,
     all: .ownership.rework.all.seconds, again: (.ownership.rework.any.seconds // 0),
     blind: (.ownership.rework.any.touches == null)})
| group_by([.key, .cost[0]])[]
| [.[0].key, .[0].cost[0], length, (map(.all) | add), (map(.again) | add), price("all"), price("again"),
   (map(select(.blind)) | length)]
