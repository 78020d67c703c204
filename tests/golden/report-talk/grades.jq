# How clients were answered first.
map(.ownership.first_response.grade) as $grades
| ("human", "public", "bot", "internal", "auto", "assigned", "status", "none", "not_judged") as $grade
| [$grade, ($grades | map(select((. // "not_judged") == $grade)) | length)]
