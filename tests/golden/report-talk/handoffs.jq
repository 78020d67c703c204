# All handoffs in one row.
length as $tickets | [.[].ownership.handoffs[]] | length as $n
| (map(select(.budget_used != null and .budget_used >= 750)) | length) as $late
| [$n, ($n * 1000 / $tickets | floor), (map(select(.kind != "person")) | length),
   (map(select(.person_return != null or .team_return != null)) | length), $late,
   ($late * 1000 / (map(select(.budget_used != null)) | length) | floor),
   ((map(select(.idle == true)) | length) * 1000 / (map(select(.idle != null)) | length) | floor),
   (map(select(.acceptance == "pending" or .acceptance == "lost")) | length), (map(.added // 0) | add)]
