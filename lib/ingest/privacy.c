/* privacy.c: whose names leave ingest: as they are, as pseudonyms, or not at all */
#include "ingest/privacy.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/mem.h"
#include "ingest/privacy_key.h"
#include "ingest/privacy_psa.h"

#include <string.h>

/* Pseudonyms that are kept ready: names come again and again. A power of two. */
#define READY       4096
#define READY_LIMIT 96
/* Bytes of the digest that a pseudonym shows. */
#define SHOWN       6

/* The name of a class, a hyphen, the digits, a NUL. */
#define PSEUDONYM (16 + 1 + 2 * SHOWN + 1)

struct ready {
	uint8_t class, n;
	char text[READY_LIMIT];
	char pseudonym[PSEUDONYM];
};

struct privacy {
	unsigned redact, pseudonymize;
	struct hash_key *key;
	struct arena arena; /* of the ticket */
	struct ticket ticket;
	const struct ticket *from;
	struct buf psa;
	struct ready *ready;
};

static const char *const class_words[] = {"", "title", "client", "contact", "people"};

/* The texts come first in struct ticket, so that none can be added without a row here. */
static const struct {
	size_t offset;
	enum privacy_class class;
	const char *prefix;
} texts[] = {
#define TEXT(member, class, prefix) {offsetof(struct ticket, member), PRIVACY_##class, prefix},
#include "ingest/privacy.def"
#undef TEXT
};

#define NTEXTS (sizeof(texts) / sizeof(texts[0]))

_Static_assert(NTEXTS * sizeof(const char *) == offsetof(struct ticket, category),
    "privacy.def has a row for each text of a ticket");

static const uint8_t changes[] = {
#define CHANGE(kind, class) [EVENT_##kind] = PRIVACY_##class,
#include "ingest/privacy.def"
#undef CHANGE
};

#define CHANGE(kind, class) +1
enum {
	CHANGES = 1
#include "ingest/privacy.def"
};
#undef CHANGE

_Static_assert((int)CHANGES == (int)EVENT_KINDS, "privacy.def has a row for each kind of event");

bool
privacy_read_classes(const char *option, const char *words, unsigned *classes)
{
	size_t n;
	int i;

	do {
		n = strcspn(words, ",");
		for (i = 1; i < PRIVACY_CLASSES; i++)
			if (slice_eqz((struct slice){words, n}, class_words[i]))
				break;
		if (i == PRIVACY_CLASSES) {
			diag(DIAG_USAGE, NOWHERE,
			    "%s takes title, client, contact and people, with commas between "
			    "them, not \"%.*s\"",
			    option, (int)n, words);
			return false;
		}
		*classes |= 1U << i;
		words += n + 1;
	} while (words[-1] != '\0');
	return true;
}

struct privacy *
privacy_new(const struct privacy_rules *rules)
{
	struct privacy *privacy = mem_calloc(1, sizeof(*privacy));

	privacy->redact = rules->redact;
	privacy->pseudonymize = rules->pseudonymize;
	if (rules->key_file != NULL && rules->pseudonymize == 0)
		privacy->pseudonymize = (1U << PRIVACY_CLASSES) - 2;
	privacy->pseudonymize &= ~privacy->redact;
	if (rules->key_file != NULL) {
		privacy->key = privacy_key_read(rules->key_file);
		privacy->ready = mem_calloc(READY, sizeof(*privacy->ready));
	} else if (rules->pseudonymize != 0) {
		diag(DIAG_USAGE, NOWHERE, "--pseudonymize needs a key: --pseudonyms FILE");
	}
	if ((rules->key_file != NULL || rules->pseudonymize != 0) && privacy->key == NULL) {
		privacy_free(privacy);
		return NULL;
	}
	return privacy;
}

void
privacy_free(struct privacy *privacy)
{
	if (privacy == NULL)
		return;
	hash_key_free(privacy->key);
	arena_free(&privacy->arena);
	buf_free(&privacy->psa);
	mem_free(privacy->ready);
	mem_free(privacy);
}

/* Class and text have a NUL between them, which neither can hold. */
static void
make_pseudonym(struct privacy *privacy, enum privacy_class class, const char *prefix,
    const char *text, char *to)
{
	static const char digits[] = "0123456789abcdef";
	struct slice parts[] = {
	    {class_words[class], strlen(class_words[class]) + 1}, slice_z(text)};
	size_t i, n = strlen(prefix);
	uint8_t digest[32];

	hash_hmac(privacy->key, parts, 2, digest);
	memcpy(to, prefix, n);
	to[n++] = '-';
	for (i = 0; i < SHOWN; i++) {
		to[n++] = digits[digest[i] >> 4];
		to[n++] = digits[digest[i] & 15];
	}
	to[n] = '\0';
}

static const char *
pseudonym(struct privacy *privacy, enum privacy_class class, const char *prefix, const char *text)
{
	struct slice all = slice_z(text);
	struct ready *ready;
	char *made;

	if (all.n > READY_LIMIT || class != PRIVACY_PEOPLE) {
		made = arena_alloc(&privacy->arena, PSEUDONYM);
		make_pseudonym(privacy, class, prefix, text, made);
		return made;
	}
	ready = &privacy->ready[hash_table(all) & (READY - 1)];
	if (ready->class != class || !slice_eq((struct slice){ready->text, ready->n}, all)) {
		memcpy(ready->text, all.p, all.n);
		ready->n = (uint8_t)all.n;
		ready->class = (uint8_t) class;
		make_pseudonym(privacy, class, prefix, text, ready->pseudonym);
	}
	return arena_textz(&privacy->arena, ready->pseudonym);
}

/* A text of a class as it may leave; NULL: not at all. */
static const char *
hide(struct privacy *privacy, enum privacy_class class, const char *prefix, const char *text)
{
	if (text == NULL || (privacy->redact >> class & 1) != 0)
		return NULL;
	if ((privacy->pseudonymize >> class & 1) == 0)
		return text;
	return pseudonym(privacy, class, prefix, text);
}

static const char *person_prefix(enum privacy_class class)
{
	return class == PRIVACY_CONTACT ? "contact" : "person";
}

static const char *
hide_person(struct privacy *privacy, enum privacy_class class, const char *text)
{
	return hide(privacy, class, person_prefix(class), text);
}

/* Who did a thing: the client's side, told by the role or by the name, or else the desk's. */
static enum privacy_class
class_of_actor(const struct privacy *privacy, const struct event *event)
{
	if (event->role == ROLE_CLIENT)
		return PRIVACY_CONTACT;
	if (event->role == ROLE_NONE && event->by != NULL &&
	    text_same(event->by, privacy->from->contact) &&
	    !text_same(event->by, privacy->from->owner))
		return PRIVACY_CONTACT;
	return PRIVACY_PEOPLE;
}

static bool
is_left_out(const struct privacy *privacy, enum event_kind kind)
{
	return (kind == EVENT_OWNER || kind == EVENT_ASSIGNEE) &&
	    (privacy->redact >> PRIVACY_PEOPLE & 1) != 0;
}

/* An owner without a name would read as nobody: what is left out becomes unknown, with has. */
static void
hide_events(struct privacy *privacy)
{
	struct ticket *ticket = &privacy->ticket;
	struct event *events, *event;
	enum privacy_class class;
	size_t i, n = 0;

	events = arena_alloc(&privacy->arena, (ticket->nevents + 1) * sizeof(*events));
	for (i = 0; i < ticket->nevents; i++) {
		if (is_left_out(privacy, (enum event_kind)ticket->events[i].kind))
			continue;
		event = &events[n++];
		*event = ticket->events[i];
		event->by = hide_person(privacy, class_of_actor(privacy, event), event->by);
		class = (enum privacy_class)changes[event->kind];
		event->from = hide_person(privacy, class, event->from);
		event->to = hide_person(privacy, class, event->to);
	}
	ticket->events = events;
	ticket->nevents = n;
}

static void
hide_list(struct privacy *privacy, const char ***list, size_t *count, enum privacy_class class,
    const char *prefix)
{
	const char **hidden = arena_alloc(&privacy->arena, (*count + 1) * sizeof(*hidden));
	size_t i, n = 0;

	for (i = 0; i < *count; i++) {
		hidden[n] = hide(privacy, class, prefix, (*list)[i]);
		n += hidden[n] != NULL;
	}
	*list = hidden;
	*count = n;
}

static const char **
text_at(struct ticket *ticket, size_t offset)
{
	return (const char **)(void *)((char *)ticket + offset);
}

/* A text of psa that is looked for among the ticket's own: hidden as the first that is. */
struct search {
	struct privacy *privacy;
	const char *text;
	bool known, hidden;
	const char *instead;
};

static void
look_at(struct search *search, const char *text, enum privacy_class class, const char *prefix)
{
	struct privacy *privacy = search->privacy;

	if (search->hidden || text == NULL || strcmp(text, search->text) != 0)
		return;
	search->known = true;
	search->hidden = ((privacy->redact | privacy->pseudonymize) >> class & 1) != 0;
	search->instead = hide(privacy, class, prefix, text);
}

static void
look_at_events(struct search *search)
{
	const struct ticket *from = search->privacy->from;
	const struct event *event;
	enum privacy_class class;
	size_t i;

	for (i = 0; i < from->nevents && !search->hidden; i++) {
		event = &from->events[i];
		class = class_of_actor(search->privacy, event);
		look_at(search, event->by, class, person_prefix(class));
		class = (enum privacy_class)changes[event->kind];
		look_at(search, event->from, class, person_prefix(class));
		look_at(search, event->to, class, person_prefix(class));
	}
}

/* What the ticket says nowhere else may be anything, and stays here. */
static const char *
find(void *context, const char *text)
{
	struct privacy *privacy = context;
	struct search search = {.privacy = privacy, .text = text};
	struct ticket from = *privacy->from;
	size_t i;

	for (i = 0; i < NTEXTS; i++)
		look_at(&search, *text_at(&from, texts[i].offset), texts[i].class, texts[i].prefix);
#define LIST(member, count, class, prefix) \
	for (i = 0; i < from.count; i++)   \
		look_at(&search, from.member[i], PRIVACY_##class, prefix);
#include "ingest/privacy.def"
#undef LIST
	look_at_events(&search);
	return search.known ? search.instead : NULL;
}

const struct ticket *
privacy_apply(struct privacy *privacy, const struct ticket *ticket)
{
	struct ticket *to = &privacy->ticket;
	const char **text;
	size_t i;

	if ((privacy->redact | privacy->pseudonymize) == 0)
		return ticket;
	arena_reset(&privacy->arena);
	privacy->from = ticket;
	*to = *ticket;
	for (i = 0; i < NTEXTS; i++) {
		text = text_at(to, texts[i].offset);
		*text = hide(privacy, texts[i].class, texts[i].prefix, *text);
	}
#define LIST(member, count, class, prefix) \
	hide_list(privacy, &to->member, &to->count, PRIVACY_##class, prefix);
#include "ingest/privacy.def"
#undef LIST
	hide_events(privacy);
	if ((privacy->redact >> PRIVACY_PEOPLE & 1) != 0)
		to->has &= ~(1U << EVIDENCE_OWNER | 1U << EVIDENCE_ACTOR);
	buf_clear(&privacy->psa);
	privacy_psa(ticket->psa, &privacy->arena, find, privacy, &privacy->psa);
	to->psa = buf_slice(&privacy->psa);
	return to;
}
