#!/bin/sh
# Installs the Debian packages that are missing.
# "deps.sh build" looks only at what a build needs; "deps.sh outputs" at what tests/outputs.sh needs
# besides, a browser and an office; without either, at what tests and lint need.
set -eu

build='gcc libc6-dev make pkg-config libcsv-dev libcjson-dev libical-dev nettle-dev
    libxgboost-dev libxlsxwriter-dev tzdata'
tests='check clang libclang-rt-14-dev clang-format cppcheck mandoc shellcheck valgrind strace
    python3 libxml2-utils
    jq xz-utils lcov'
outputs='chromium libreoffice-calc-nogui fonts-dejavu-core python3 python3-prometheus-client
    libxml2-utils jq'

fail()
{
	echo "deps: $*" >&2
	exit 1
}

case ${1:-all} in
build) packages=$build ;;
outputs) packages="$build $outputs" ;;
*) packages="$build $tests" ;;
esac

missing=
for p in $packages; do
	case $(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || :) in
	installed) ;;
	*) missing="$missing $p" ;;
	esac
done
[ -n "$missing" ] || exit 0

# shellcheck disable=SC2086 # a list of words
set -- $missing
command -v apt-get >/dev/null 2>&1 ||
	fail "this is no Debian; install what these packages hold by hand: $*"
if [ "$(id -u)" -eq 0 ]; then
	root=''
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
	root='sudo -n'
else
	fail "missing, and neither root nor sudo to install them: $*"
fi

echo "deps: installing with apt-get: $*"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for step in update "install -y --no-install-recommends $*"; do
	# shellcheck disable=SC2086 # $root and $step are lists of words
	if ! $root env DEBIAN_FRONTEND=noninteractive apt-get -q $step </dev/null >"$log" 2>&1; then
		grep '^[EW]: ' "$log" >&2 || tail -n 5 "$log" >&2
		fail "apt-get ${step%% *} failed; run it by hand: apt-get install --no-install-recommends $*"
	fi
done
echo "deps: done"
