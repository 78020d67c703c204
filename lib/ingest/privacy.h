/* privacy.h: whose names leave ingest: as they are, as pseudonyms, or not at all */
/* Rank: ingest. */
#ifndef SLA_INGEST_PRIVACY_H
#define SLA_INGEST_PRIVACY_H

#include "data/ticket.h"

#include <stdbool.h>

/* What a text of a ticket tells; privacy.def says which texts. */
enum privacy_class {
	PRIVACY_NONE,
	PRIVACY_TITLE,
	PRIVACY_CLIENT,
	PRIVACY_CONTACT,
	PRIVACY_PEOPLE,
	PRIVACY_CLASSES
};

/* What is asked for; bit 1 << enum privacy_class. */
struct privacy_rules {
	unsigned redact;       /* left out */
	unsigned pseudonymize; /* of those not left out; 0 with a key: all of them */
	const char *key_file;  /* NULL: no pseudonyms */
};

/* Words with commas between them into bits; false after a diagnostic that names the option. */
bool privacy_read_classes(const char *option, const char *words, unsigned *classes);

struct privacy;

/*
 * NULL after a diagnostic: pseudonyms and no key, or a key that is missing, short, or that
 * others may read. The caller frees it.
 */
struct privacy *privacy_new(const struct privacy_rules *rules);

/*
 * The ticket as it may leave, valid until the next call; what is not hidden still belongs to
 * the ticket given. A pseudonym is the class and 48 bits of HMAC-SHA-256 over class and text.
 */
const struct ticket *privacy_apply(struct privacy *privacy, const struct ticket *ticket);

void privacy_free(struct privacy *privacy); /* NULL is fine */

#endif
