/* csv_form.h: what the beginning of a CSV file tells of its form */
/* Rank: data. */
#ifndef SLA_DATA_CSV_FORM_H
#define SLA_DATA_CSV_FORM_H

#include "base/slice.h"

#include <stdbool.h>

/*
 * Whether a line in front of the header, its end included or not, is for other programs: "sep=;"
 * for spreadsheets, "#TYPE ..." of PowerShell's Export-Csv.
 */
bool csv_is_hint(struct slice line);

/*
 * Of comma, semicolon, tab and | the one that stands most often outside of quotes in the header,
 * the first of several; a comma where there is none. text: what the file begins with.
 */
char csv_likely_delimiter(struct slice text);

#endif
