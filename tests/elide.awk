# Compares the first file with the second: equal, but that a line ... in the first stands for any
# number of lines.  Ends with 1 where they differ.

FILENAME == ARGV[1] { want[++n] = $0; next }
{ got[++m] = $0 }

function same(i, j, len,    k) {
	for (k = 0; k < len; k++)
		if (want[i + k] != got[j + k])
			return 0
	return 1
}

END {
	j = 1
	for (i = 1; i <= n; i += len + 1) {
		for (len = 0; i + len <= n && want[i + len] != "..."; len++)
			continue
		last = (i + len > n)
		if (last && i > 1)
			j = (m - len + 1 > j) ? m - len + 1 : j
		while (!same(i, j, len) && i > 1 && !last && j + len <= m)
			j++
		if (!same(i, j, len))
			exit 1
		j += len
	}
	if (n > 0 && want[n] == "...")
		exit 0
	exit j != m + 1
}
