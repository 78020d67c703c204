#!/bin/sh
# Prints C source that defines source_files[] (source_files.h) from the map files named.
set -eu

printf '/* made by lib/ingest/embed.sh */\n#include "ingest/source_files.h"\n'
table=
for f; do
	name=$(basename "$f" .json)
	variable=source_$(printf %s "$name" | tr -c 'a-z0-9' _)
	# Bytes, not a string literal: C11 promises no more than 4095 characters of one.
	printf '\nstatic const unsigned char %s[] = {\n' "$variable"
	od -An -v -tu1 "$f" | sed 's/  *\([0-9][0-9]*\)/\1,/g'
	printf '0};\n'
	table="$table    {\"$name\", $variable, sizeof($variable) - 1},
"
done
printf '\nconst struct source_file source_files[] = {\n%s    {NULL, NULL, 0},\n};\n' "$table"
