# Sourced: with $WRAP set, puts programs into the PATH that run those of $BUILD/bin under it,
# so that every program of a pipeline is covered.  Needs $work, a folder that is removed later.
# shellcheck shell=sh

if [ -n "${WRAP:-}" ]; then
	mkdir "${work:?}/bin"
	for program in "$BUILD"/bin/*; do
		printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$WRAP" "$program" \
			>"$work/bin/$(basename "$program")"
	done
	chmod +x "$work"/bin/*
	PATH=$work/bin:$PATH
	export PATH
fi
