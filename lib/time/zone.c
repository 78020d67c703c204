/* zone.c: time zones by name, and the offset and the local time at an instant */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "time/zone.h"
#include "time/zone_file.h"

#define FILE_LIMIT (256 * 1024)
#define NAME_LIMIT 128
#define PATH_SIZE  1024

/*
 * The years that matter are cut into buckets of 2^22 seconds (48 days), which begin at
 * BUCKET_BASE (1949-01-01). bucket[i] is the change in force when bucket i begins, so a look-up
 * needs a step or two and no state.
 */
#define BUCKET_SHIFT 22
#define BUCKET_BASE  INT64_C(-662688000)
#define BUCKETS      1154 /* to the middle of 2102 */

struct zone {
	char *name;
	struct zone_changes changes;
	uint32_t bucket[BUCKETS + 1];
};

void
zone_changes_add(struct zone_changes *changes, int64_t at, int32_t offset)
{
	struct zone_change *last = changes->n > 0 ? &changes->change[changes->n - 1] : NULL;

	changes->last = at;
	if (last != NULL && last->at == at) {
		changes->n--;
		last = changes->n > 0 ? last - 1 : NULL;
	}
	if (last != NULL && last->offset == offset)
		return;
	changes->change = mem_push(changes->change, changes->n, &changes->cap, sizeof(*last));
	changes->change[changes->n++] = (struct zone_change){at, offset};
}

static void
fill_buckets(struct zone *zone)
{
	const struct zone_changes *changes = &zone->changes;
	size_t i, k = 0;

	for (i = 0; i <= BUCKETS; i++) {
		int64_t start = BUCKET_BASE + ((int64_t)i << BUCKET_SHIFT);

		while (k + 1 < changes->n && changes->change[k + 1].at <= start)
			k++;
		zone->bucket[i] = (uint32_t)k;
	}
}

/* The index of the change in force at an instant. */
static size_t
change_at(const struct zone *zone, int64_t instant)
{
	const struct zone_change *change = zone->changes.change;
	size_t low = 0, high = zone->changes.n - 1;

	if (instant >= BUCKET_BASE && (instant - BUCKET_BASE) >> BUCKET_SHIFT < BUCKETS) {
		size_t i = (size_t)((instant - BUCKET_BASE) >> BUCKET_SHIFT);

		low = zone->bucket[i];
		high = zone->bucket[i + 1];
	}
	while (low < high) {
		size_t middle = low + (high - low + 1) / 2;

		if (change[middle].at <= instant)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

static bool
name_valid(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_+./-";
	size_t n = strlen(name);

	return n > 0 && n < NAME_LIMIT && strspn(name, allowed) == n && name[0] != '/' &&
	    strstr(name, "..") == NULL;
}

/* Reads a whole regular file; the caller frees it. NULL with the reason. */
static unsigned char *
read_file(const char *path, size_t *n, char why[ZONE_WHY])
{
	unsigned char *bytes = NULL;
	struct stat status;
	ssize_t got = 0;
	/* O_NONBLOCK, as a FIFO in the way must not hang us. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	*n = 0;
	if (fd == -1) {
		snprintf(why, ZONE_WHY, "%s",
		    errno == ENOENT || errno == ENOTDIR ? "there is no such time zone"
							: "the time zone file cannot be opened");
		return NULL;
	}
	if (fstat(fd, &status) == -1 || !S_ISREG(status.st_mode) || status.st_size > FILE_LIMIT) {
		snprintf(why, ZONE_WHY, "this is not a time zone file");
		goto out;
	}
	bytes = mem_alloc(FILE_LIMIT);
	do {
		got = read(fd, bytes + *n, FILE_LIMIT - *n);
		if (got > 0)
			*n += (size_t)got;
	} while (got > 0 || (got == -1 && errno == EINTR));
	if (got == -1) {
		snprintf(why, ZONE_WHY, "the time zone file cannot be read");
		mem_free(bytes);
		bytes = NULL;
	}
out:
	close(fd);
	return bytes;
}

static struct zone *
zone_new(const char *name)
{
	struct zone *zone = mem_calloc(1, sizeof(*zone));

	zone->name = mem_dupz(name);
	return zone;
}

struct zone *
zone_load_from(const char *directory, const char *name, char why[ZONE_WHY])
{
	char path[PATH_SIZE];
	unsigned char *bytes;
	const char *reason;
	struct zone *zone;
	size_t n;
	int length;

	if (!name_valid(name)) {
		snprintf(why, ZONE_WHY, "this is not the name of a time zone");
		return NULL;
	}
	zone = zone_new(name);
	if (strcmp(name, "UTC") == 0 || strcmp(name, "Etc/UTC") == 0) {
		zone_changes_add(&zone->changes, INT64_MIN, 0);
		return zone;
	}
	length = snprintf(path, sizeof(path), "%s/%s", directory, name);
	if (length < 0 || (size_t)length >= sizeof(path)) {
		snprintf(why, ZONE_WHY, "the path of the time zone file is too long");
		goto out;
	}
	bytes = read_file(path, &n, why);
	if (bytes == NULL)
		goto out;
	if (zone_read_tzif(bytes, n, &zone->changes, &reason)) {
		mem_free(bytes);
		fill_buckets(zone);
		return zone;
	}
	snprintf(why, ZONE_WHY, "%s", reason);
	mem_free(bytes);
out:
	zone_free(zone);
	return NULL;
}

struct zone *
zone_load(const char *name, char why[ZONE_WHY])
{
	return zone_load_from(ZONE_DIRECTORY, name, why);
}

void
zone_free(struct zone *zone)
{
	if (zone == NULL)
		return;
	mem_free(zone->name);
	mem_free(zone->changes.change);
	mem_free(zone);
}

const struct zone *
zone_utc(void)
{
	static struct zone_change change = {INT64_MIN, 0};
	static char name[] = "UTC";
	static const struct zone utc = {name, {&change, 1, 1, INT64_MIN}, {0}};

	return &utc;
}

const char *
zone_name(const struct zone *zone)
{
	return zone->name;
}

int32_t
zone_offset(const struct zone *zone, int64_t instant)
{
	return zone->changes.change[change_at(zone, instant)].offset;
}

void
zone_local(const struct zone *zone, int64_t instant, struct civil *civil)
{
	instant_to_civil(instant + zone_offset(zone, instant), civil);
}

/*
 * Looks through the changes first..last for the instant of a local time. Sets *change to the
 * change that ends the gap where there is none.
 */
static enum zone_case
search(const struct zone *zone, int64_t local, size_t first, size_t last, int64_t *instant,
    int64_t *change)
{
	const struct zone_change *c = zone->changes.change;
	int found = 0;
	size_t i;

	for (i = first; i <= last; i++) {
		int64_t candidate = local - c[i].offset;

		if (candidate < c[i].at || (i < last && candidate >= c[i + 1].at))
			continue;
		if (found++ == 0)
			*instant = candidate;
	}
	if (found > 0)
		return found == 1 ? ZONE_UNIQUE : ZONE_FOLD;
	for (i = first; i < last; i++)
		if (local - c[i].offset >= c[i + 1].at && local - c[i + 1].offset < c[i + 1].at)
			break;
	*instant = local - c[i].offset;
	*change = i < last ? c[i + 1].at : *instant;
	return ZONE_GAP;
}

static enum zone_case
resolve(const struct zone *zone, int64_t local, int64_t *instant, int64_t *change)
{
	size_t first = change_at(zone, local - ZONE_OFFSET_LIMIT);
	size_t last = change_at(zone, local + ZONE_OFFSET_LIMIT);

	if (first < last)
		return search(zone, local, first, last, instant, change);
	*instant = local - zone->changes.change[first].offset;
	return ZONE_UNIQUE;
}

enum zone_case
zone_resolve(const struct zone *zone, int64_t local, int64_t *instant)
{
	int64_t change;

	return resolve(zone, local, instant, &change);
}

int64_t
zone_day_start(const struct zone *zone, int64_t day)
{
	int64_t instant, change;

	return resolve(zone, day * SECONDS_PER_DAY, &instant, &change) == ZONE_GAP ? change
										   : instant;
}

int64_t
zone_next_change(const struct zone *zone, int64_t instant)
{
	size_t i = change_at(zone, instant);

	return i + 1 < zone->changes.n ? zone->changes.change[i + 1].at : INSTANT_NONE;
}
