# Prints C with its comments and its strings' contents blanked, line for line as before.

{
	out = ""
	n = length($0)
	for (i = 1; i <= n; i++) {
		c = substr($0, i, 1)
		two = substr($0, i, 2)
		if (comment) {
			if (two == "*/") {
				comment = 0
				i++
			}
		} else if (quote != "") {
			if (c == "\\")
				i++
			else if (c == quote) {
				quote = ""
				out = out c
			}
		} else if (two == "/*") {
			comment = 1
			i++
			out = out " "
		} else if (two == "//") {
			break
		} else {
			if (c == "\"" && $0 !~ /^#[ \t]*include/ || c == "'")
				quote = c
			out = out c
		}
	}
	quote = ""
	print out
}
