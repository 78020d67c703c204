# Takes the examples out of a page in mdoc, for man.sh.  Prints a line for each step, of what it
# is (run, file, skip, bad), the line in the page, and a detail; what belongs to the step at line N
# goes to files in the folder dir/N.

function plain(s,    out, i, c) {
	out = ""
	while ((i = index(s, "\\")) > 0) {
		out = out substr(s, 1, i - 1)
		c = substr(s, i + 1, 1)
		if (c == "(") {
			c = substr(s, i + 2, 2)
			s = substr(s, i + 4)
			out = out (c in named ? named[c] : "\\(" c)
		} else {
			s = substr(s, i + 2)
			out = out (c == "e" ? "\\" : c == "&" ? "" : c)
		}
	}
	return out s
}

function put(name, text,    path) {
	path = dir "/" at "/" name
	system("mkdir -p '" dir "/" at "'")
	printf "%s", text >path
	close(path)
}

function step(what, detail) {
	printf "%s\t%d\t%s\n", what, at, detail
}

function end_block(    i) {
	if (skip != "") {
		at = start
		step("skip", skip)
	} else if (file != "") {
		at = start
		put("file", text)
		step("file", file)
	} else if (n == 0) {
		at = start
		step("bad", "an example without a command; see tests/man.sh")
	}
	for (i = 1; i <= n && skip == "" && file == ""; i++) {
		at = lines[i]
		put("cmd", cmds[i] "\n")
		if (shows)
			put("out", outs[i])
		step("run", "")
	}
	inside = 0
	skip = file = ""
}

BEGIN {
	named["aq"] = "'"; named["dq"] = "\""; named["ti"] = "~"
	named["ha"] = "^"; named["ga"] = "`"; named["rs"] = "\\"
}
/^\.Sh / { examples = ($2 == "EXAMPLES") }
!examples { next }
/^\.\\" not run: / { skip = substr($0, 14); next }
/^\.\\" file: / { file = $3; next }
/^\.Bd .*-literal/ {
	inside = 1
	start = FNR
	n = shows = more = 0
	text = ""
	next
}
!inside { next }
/^\.Ed/ { end_block(); next }
/^\./ { at = FNR; step("bad", "a macro inside an example"); next }
{
	line = plain($0)
	text = text line "\n"
	if (more) {
		cmds[n] = cmds[n] "\n" line
		more = (line ~ /\\$/)
	} else if (line ~ /^\$ /) {
		cmds[++n] = substr(line, 3)
		outs[n] = ""
		lines[n] = FNR
		more = (line ~ /\\$/)
	} else if (n > 0) {
		outs[n] = outs[n] line "\n"
		shows = 1
	}
}
