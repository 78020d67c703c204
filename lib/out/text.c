/* text.c: text for terminals: safe, measured, cut, wrapped; bars and colours */
#include "out/text.h"

#include "base/num.h"

/* Ranges of code points, sorted. */
struct range {
	uint32_t first, last;
};

static const struct range wide[] = {{0x1100, 0x115F}, {0x231A, 0x231B}, {0x2329, 0x232A},
    {0x23E9, 0x23EC}, {0x23F0, 0x23F0}, {0x23F3, 0x23F3}, {0x25FD, 0x25FE}, {0x2614, 0x2615},
    {0x2648, 0x2653}, {0x267F, 0x267F}, {0x2693, 0x2693}, {0x26A1, 0x26A1}, {0x26AA, 0x26AB},
    {0x26BD, 0x26BE}, {0x26C4, 0x26C5}, {0x26CE, 0x26CE}, {0x26D4, 0x26D4}, {0x26EA, 0x26EA},
    {0x26F2, 0x26F3}, {0x26F5, 0x26F5}, {0x26FA, 0x26FA}, {0x26FD, 0x26FD}, {0x2705, 0x2705},
    {0x270A, 0x270B}, {0x2728, 0x2728}, {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755},
    {0x2757, 0x2757}, {0x2795, 0x2797}, {0x27B0, 0x27B0}, {0x27BF, 0x27BF}, {0x2B1B, 0x2B1C},
    {0x2B50, 0x2B50}, {0x2B55, 0x2B55}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},
    {0x4E00, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF},
    {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A},
    {0x1F200, 0x1F265}, {0x1F300, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C},
    {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0},
    {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC},
    {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A},
    {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
    {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC},
    {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945},
    {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};

static const struct range zero[] = {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x5BF, 0x5BF},
    {0x5C1, 0x5C2}, {0x5C4, 0x5C5}, {0x5C7, 0x5C7}, {0x610, 0x61A}, {0x64B, 0x65F}, {0x670, 0x670},
    {0x6D6, 0x6DC}, {0x6DF, 0x6E4}, {0x6E7, 0x6E8}, {0x6EA, 0x6ED}, {0x711, 0x711}, {0x730, 0x74A},
    {0x7A6, 0x7B0}, {0x7EB, 0x7F3}, {0x816, 0x819}, {0x81B, 0x823}, {0x825, 0x827}, {0x829, 0x82D},
    {0x859, 0x85B}, {0x8CA, 0x902}, {0x93A, 0x93A}, {0x93C, 0x93C}, {0x941, 0x948}, {0x94D, 0x94D},
    {0x951, 0x957}, {0x962, 0x963}, {0x981, 0x981}, {0x9BC, 0x9BC}, {0x9C1, 0x9C4}, {0x9CD, 0x9CD},
    {0x9E2, 0x9E3}, {0xA01, 0xA02}, {0xA3C, 0xA3C}, {0xA41, 0xA51}, {0xA70, 0xA71}, {0xA75, 0xA75},
    {0xA81, 0xA82}, {0xABC, 0xABC}, {0xAC1, 0xAC8}, {0xACD, 0xACD}, {0xB01, 0xB01}, {0xB3C, 0xB3C},
    {0xB3F, 0xB3F}, {0xB41, 0xB44}, {0xB4D, 0xB56}, {0xB82, 0xB82}, {0xBC0, 0xBC0}, {0xBCD, 0xBCD},
    {0xC3E, 0xC40}, {0xC46, 0xC56}, {0xCBC, 0xCBC}, {0xCCC, 0xCCD}, {0xD41, 0xD44}, {0xD4D, 0xD4D},
    {0xE31, 0xE31}, {0xE34, 0xE3A}, {0xE47, 0xE4E}, {0xEB1, 0xEB1}, {0xEB4, 0xEBC}, {0xEC8, 0xECE},
    {0xF18, 0xF19}, {0xF35, 0xF35}, {0xF37, 0xF37}, {0xF39, 0xF39}, {0xF71, 0xF7E}, {0xF80, 0xF84},
    {0xF86, 0xF87}, {0xF8D, 0xFBC}, {0x102D, 0x1030}, {0x1032, 0x1037}, {0x1039, 0x103A},
    {0x103D, 0x103E}, {0x1160, 0x11FF}, {0x135D, 0x135F}, {0x17B4, 0x17B5}, {0x17B7, 0x17BD},
    {0x17C6, 0x17C6}, {0x17C9, 0x17D3}, {0x180B, 0x180F}, {0x1AB0, 0x1ACE}, {0x1B00, 0x1B03},
    {0x1DC0, 0x1DFF}, {0x200C, 0x200D}, {0x20D0, 0x20F0}, {0x2DE0, 0x2DFF}, {0x302A, 0x302D},
    {0x3099, 0x309A}, {0xA66F, 0xA672}, {0xA674, 0xA67D}, {0xA69E, 0xA69F}, {0xA8E0, 0xA8F1},
    {0xFB1E, 0xFB1E}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}};

/* Shown, not obeyed: directions, line and paragraph separators, what cannot be seen. */
static const struct range hidden[] = {{0x80, 0x9F}, {0xAD, 0xAD}, {0x61C, 0x61C}, {0x180E, 0x180E},
    {0x200B, 0x200B}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF},
    {0xFFF9, 0xFFFB}, {0xE0000, 0xE00FF}};

#define IN(code, ranges) is_in(code, ranges, sizeof(ranges) / sizeof((ranges)[0]))

static bool
is_in(uint32_t code, const struct range *ranges, size_t n)
{
	size_t low = 0, middle;

	while (low < n) {
		middle = low + (n - low) / 2;
		if (ranges[middle].last < code)
			low = middle + 1;
		else
			n = middle;
	}
	return ranges[low].first <= code && code <= ranges[low].last;
}

/* The code point of a well-formed sequence of length bytes. */
static uint32_t
decode(const char *p, size_t length)
{
	uint32_t code = (unsigned char)*p;
	size_t i;

	if (length > 1)
		code &= 0x7FU >> length;
	for (i = 1; i < length; i++)
		code = code << 6 | ((unsigned char)p[i] & 0x3FU);
	return code;
}

/* is_in() wants a range at or after the code; this is beyond all that are assigned. */
static bool
is_wide(uint32_t code)
{
	return code >= wide[0].first && code <= 0x3FFFD && IN(code, wide);
}

static bool
is_zero(uint32_t code)
{
	return code >= zero[0].first && code <= 0xE01EF && IN(code, zero);
}

static bool
is_hidden(uint32_t code)
{
	return code < 0x20 || code == 0x7F || (code <= 0xE00FF && IN(code, hidden));
}

static bool
is_command(struct slice text, size_t i)
{
	return i + 1 < text.n && (text.p[i] == ':' || text.p[i] == '#') &&
	    text.p[i + 1] == text.p[i] && (i == 0 || (unsigned char)text.p[i - 1] <= ' ');
}

void
text_add_safe(struct buf *out, struct slice text, bool utf8)
{
	size_t i, length;
	uint32_t code;

	for (i = 0; i < text.n; i += length) {
		length = utf8_length(text.p + i, text.n - i);
		if (length == 0) {
			buf_addf(out, "\\x%02X", (unsigned)(unsigned char)text.p[i]);
			length = 1;
			continue;
		}
		code = decode(text.p + i, length);
		if (!is_hidden(code) && (utf8 || code < 0x80) && !is_command(text, i))
			buf_add(out, text.p + i, length);
		else
			buf_addf(out, code <= 0x9F ? "\\x%02X" : "\\u%04X", (unsigned)code);
	}
}

size_t
text_prefix(struct slice text, int width, int *used)
{
	size_t i, length;
	uint32_t code;
	int columns;

	*used = 0;
	for (i = 0; i < text.n; i += length) {
		length = utf8_length(text.p + i, text.n - i);
		code = length > 0 ? decode(text.p + i, length) : '?';
		if (length == 0)
			length = 1;
		columns = is_zero(code) ? 0 : is_wide(code) ? 2 : 1;
		if (columns > width - *used)
			break;
		*used += columns;
	}
	return i;
}

int
text_width(struct slice text)
{
	int used;

	text_prefix(text, INT32_MAX, &used);
	return used;
}

static void
add_blanks(struct buf *out, int n)
{
	while (n-- > 0)
		buf_addc(out, ' ');
}

void
text_add_fitted(struct buf *out, struct slice text, int width, bool right, bool utf8)
{
	int used;
	size_t n = text_prefix(text, width, &used);

	if (n == text.n) {
		add_blanks(out, right ? width - used : 0);
		buf_adds(out, text);
		add_blanks(out, right ? 0 : width - used);
		return;
	}
	if (width < 1)
		return;
	n = text_prefix(text, width - 1, &used);
	buf_add(out, text.p, n);
	buf_addz(out, utf8 ? "\xE2\x80\xA6" : "~");
	add_blanks(out, width - 1 - used);
}

/* Bytes of the line that begins at text: up to a blank where there is one, else what fits. */
static size_t
line_length(struct slice text, int width)
{
	int used;
	size_t fits = text_prefix(text, width, &used), cut = fits;

	if (fits == text.n)
		return fits;
	while (cut > 0 && text.p[cut] != ' ')
		cut--;
	if (cut > 0)
		return cut;
	return fits > 0 ? fits : utf8_length(text.p, text.n);
}

void
text_add_wrapped(struct buf *out, struct slice text, int width, int indent)
{
	size_t n;
	bool broken;

	if (width < 8)
		width = 8;
	for (;;) {
		while (text.n > 0 && text.p[0] == ' ')
			text = (struct slice){text.p + 1, text.n - 1};
		n = line_length(text, width);
		buf_add(out, text.p, n);
		buf_addc(out, '\n');
		broken = n < text.n && text.p[n] != ' ';
		text = (struct slice){text.p + n, text.n - n};
		if (text.n == 0)
			return;
		add_blanks(out, indent);
		/* What was inside a word now begins a line: it must not be a CI command. */
		if (broken && is_command(text, 0))
			buf_addc(out, '\\');
	}
}

void
text_add_bar(struct buf *out, int64_t per_mille, int width, bool utf8)
{
	static const char *const part[] = {"", "\xE2\x96\x8F", "\xE2\x96\x8E", "\xE2\x96\x8D",
	    "\xE2\x96\x8C", "\xE2\x96\x8B", "\xE2\x96\x8A", "\xE2\x96\x89"};
	int64_t share = per_mille < 0 ? 0 : per_mille > 1000 ? 1000 : per_mille;
	int eighths = (int)((share * width * 8 + 500) / 1000), full = eighths / 8, i;

	/* What is there is seen, however little. */
	if (share > 0 && eighths == 0)
		eighths = 1;
	if (!utf8) {
		full = (int)((share * width + 500) / 1000);
		full = share > 0 && full == 0 && width > 0 ? 1 : full;
		eighths = full * 8;
	}
	for (i = 0; i < full; i++)
		buf_addz(out, utf8 ? "\xE2\x96\x88" : "#");
	if (eighths % 8 > 0 && full < width) {
		buf_addz(out, part[eighths % 8]);
		full++;
	}
	add_blanks(out, width - full);
}

void
text_add_sparkline(struct buf *out, const int64_t *numbers, size_t n, bool utf8)
{
	static const char *const blocks[] = {"\xE2\x96\x81", "\xE2\x96\x82", "\xE2\x96\x83",
	    "\xE2\x96\x84", "\xE2\x96\x85", "\xE2\x96\x86", "\xE2\x96\x87", "\xE2\x96\x88"};
	static const char signs[] = "_.-~=+*#";
	int64_t most = 1;
	size_t i, level;

	for (i = 0; i < n; i++)
		if (numbers[i] > most)
			most = numbers[i];
	for (i = 0; i < n; i++) {
		if (numbers[i] < 0) {
			buf_addc(out, ' ');
			continue;
		}
		/* The lowest is kept for nothing, the highest for the most. */
		level = numbers[i] == most ? 7 : (size_t)num_muldiv(numbers[i], 7, most);
		if (level == 0 && numbers[i] > 0)
			level = 1;
		if (utf8)
			buf_addz(out, blocks[level]);
		else
			buf_addc(out, signs[level]);
	}
}

bool
text_fit(int *widths, const int *least, size_t n, int gap, int total)
{
	int64_t sum = n > 0 ? (int64_t)gap * (int64_t)(n - 1) : 0;
	size_t i, widest;

	for (i = 0; i < n; i++)
		sum += widths[i];
	while (sum > total) {
		widest = n;
		for (i = 0; i < n; i++)
			if (widths[i] > least[i] && (widest == n || widths[i] > widths[widest]))
				widest = i;
		if (widest == n)
			return false;
		widths[widest]--;
		sum--;
	}
	return true;
}

static const char *const tones[] = {"", "\x1B[1m", "\x1B[32m", "\x1B[33m", "\x1B[31m"};

void
text_tone_on(struct buf *out, enum text_tone tone, bool colour)
{
	if (colour)
		buf_addz(out, tones[tone]);
}

void
text_tone_off(struct buf *out, enum text_tone tone, bool colour)
{
	if (colour && tone != TEXT_PLAIN)
		buf_addz(out, "\x1B[0m");
}
