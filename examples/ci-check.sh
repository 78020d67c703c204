#!/bin/sh
# ci-check.sh EXPORT POLICY INSTANT: a CI step. Fails (1) where an open ticket breaks a rule of
# severity high or worse, and prints which and what to do; 2 where part of the export was refused.
set -eu
: "${3:?usage: ci-check.sh EXPORT POLICY INSTANT}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sla-ingest -q --seal -s servicenow-log -o "$work/tickets" "$1"
sla-owners -q -n "$3" -p "$2" --findings -f text --fail-on high "$work/tickets"
