# Handoffs between two known ones that differ.
[.[].ownership.handoffs[] | {from: .from[$kind], to: .to[$kind], late: (.budget_used != null and .budget_used >= 750),
   back: (.person_return != null or .team_return != null)}
 | select(.from != null and .to != null and .from != .to)]
| group_by([.from, .to])[]
| [.[0].from, .[0].to, length, (map(select(.late)) | length), (map(select(.back)) | length)]
