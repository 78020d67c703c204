# The rules of the house on one C file, with its comments and strings stripped by strip.awk.
# -v file=lib/time/zone.c; prints file:line: and what is wrong.

function bad(text) {
	printf "%s:%d: %s\n", file, FNR, text
}

function words(text, set,    list, i, n) {
	n = split(text, list, " ")
	for (i = 1; i <= n; i++)
		set[list[i]] = 1
}

# Downwards only: a folder may include itself and those of a lower rank.
function check_include(name,    to) {
	if (name ~ /^(csv\.h|cjson\/|cJSON\.h)/ && file ~ /^(lib|cmd)\// && folder != "data")
		bad(name " belongs to lib/data alone")
	if (name ~ /^(tests|check)[.\/]/ && file ~ /^(lib|cmd)\//)
		bad("only tests include " name)
	if ($0 !~ /"/ || file ~ /^tests\//)
		return
	to = name
	sub(/\/.*/, "", to)
	if (!(to in rank))
		bad("include \"" name "\" names no folder of lib")
	else if (to != folder && rank[to] >= rank[folder])
		bad(folder " must not include " to " (" name "): cmd > cli, ingest, owners, risk, report" \
		    " > sla > policy > data > time, out, stat > base")
}

function check_calls(line,    name) {
	while (match(line, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
		name = substr(line, RSTART, RLENGTH - 1)
		sub(/[ \t]+$/, "", name)
		line = substr(line, RSTART + RLENGTH)
		if (name in banned)
			bad(name "() is banned")
		else if (file !~ /^tests\// && (name in clocks) && folder != "cli")
			bad(name "() is banned: the instant is given, only lib/cli reads the clock")
		else if (file !~ /^tests\// && (name in calendars))
			bad(name "() is banned: use lib/time")
		else if (file !~ /^tests\// && (name in memory) && folder != "base")
			bad(name "() is banned: use base/mem.h")
	}
}

BEGIN {
	n = split("base|time out stat|data|policy|sla|cli ingest owners risk report|cmd", levels, "|")
	for (i = 1; i <= n; i++) {
		m = split(levels[i], names, " ")
		for (j = 1; j <= m; j++)
			rank[names[j]] = i
	}
	words("strcpy stpcpy strcat sprintf vsprintf strtok strtok_r atoi atol atoll atof gets tmpnam" \
	    " mktemp alloca setlocale system", banned)
	words("time clock clock_gettime gettimeofday", clocks)
	words("gmtime localtime mktime gmtime_r localtime_r ctime ctime_r asctime strftime strptime" \
	    " tzset timegm", calendars)
	words("malloc calloc realloc reallocarray free strdup strndup getline asprintf", memory)
	if (file ~ /^tests\//)
		delete banned["setlocale"]
	split(file, parts, "/")
	folder = parts[1] == "lib" ? parts[2] : parts[1]
}
/^#[ \t]*include/ {
	name = $0
	gsub(/^#[ \t]*include[ \t]*["<]|[">].*$/, "", name)
	check_include(name)
	next
}
{ check_calls($0) }
/(^|[^A-Za-z_0-9])typedef[ \t]+(struct|union|enum)([^A-Za-z_0-9]|$)/ { bad("no typedef of a struct, union or enum") }
/^{/ { start = FNR }
/^}/ && start {
	if (FNR - start + 1 > 80)
		bad("a function of " FNR - start + 1 " lines; at most 80")
	start = 0
}
END {
	limit = file ~ /^tests\// ? 1000 : 600 # tables of cases are long
	if (FNR > limit)
		bad("a file of " FNR " lines; at most " limit)
}
