/* detect.h: the system that an export comes from, told from how it begins */
/* Rank: ingest. */
#ifndef SLA_INGEST_DETECT_H
#define SLA_INGEST_DETECT_H

#include "base/input.h"

/*
 * The name of the one built-in map whose `detect` members all stand in the header of the file, or
 * in its first record where it is JSON. NULL after a diagnostic where the file is empty, where no
 * map fits (it names the nearest and what that misses) or where several do (it names them).
 * Nothing of the input is taken. The name is static.
 */
const char *detect_source(struct input *input);

#endif
