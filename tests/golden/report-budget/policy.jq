# Two of them have one metric and period: a ticket counts in the first that it fits.
.budgets = [
  {name: "severe", match: {priority: ["P1", "P2"]}, period: "quarter", metric: "resolve", allowed: "40%"},
  {name: "all, by month", period: "month", metric: "resolve", allowed: "12.5%"},
  {period: "week", metric: "pickup", allowed: "0.5%"},
  {name: "Location 1*", match: {client: "Location 1*"}, period: "year", metric: "resolve", allowed: "5%"},
  {name: "the rest", period: "quarter", metric: "resolve", allowed: "10%"}
]
