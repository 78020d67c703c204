/* terminal.h: what standard output can show */
/* Rank: cli. */
#ifndef SLA_CLI_TERMINAL_H
#define SLA_CLI_TERMINAL_H

#include <stdbool.h>

/*
 * standard: the output goes to standard output. Sets *width to the terminal's
 * columns (or $COLUMNS), else leaves it; *colour only on a terminal and without NO_COLOR
 * (no-color.org); *utf8 unless LC_ALL, LC_CTYPE or LANG, the first that is set, names
 * another charset. A file gets UTF-8.
 */
void terminal_ask(bool standard, int *width, bool *colour, bool *utf8);

#endif
