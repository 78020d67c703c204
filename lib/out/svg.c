/* svg.c: pictures inside HTML that fit any width without shrinking their text */
#include "out/svg.h"

#include "out/xml.h"

static void
add_x(struct buf *out, const char *name, int64_t x)
{
	buf_addf(out, " %s=\"%lld.%02lld%%\"", name, (long long)(x / 100), (long long)(x % 100));
}

static void
add_y(struct buf *out, const char *name, int64_t y)
{
	buf_addf(out, " %s=\"%lld\"", name, (long long)y);
}

static void
add_box(struct buf *out, struct svg_box box)
{
	add_x(out, "x", box.x);
	add_y(out, "y", box.y);
	add_x(out, "width", box.width);
	add_y(out, "height", box.height);
}

/* The rest of an element that may hold a tip. */
static void
end_shape(struct buf *out, const char *name, const char *class, struct slice tip)
{
	buf_addf(out, " class=\"%s\"", class);
	if (tip.n == 0) {
		buf_addz(out, "/>");
		return;
	}
	buf_addz(out, "><title>");
	xml_add(out, tip);
	buf_addf(out, "</title></%s>", name);
}

void
svg_begin(struct buf *out, int id, const char *title, const char *description, int64_t height)
{
	buf_addf(out,
	    "<svg class=\"chart\" role=\"img\" aria-labelledby=\"c%d-t c%d-d\" width=\"100%%\"", id,
	    id);
	add_y(out, "height", height);
	buf_addf(out, "><title id=\"c%d-t\">", id);
	xml_add(out, slice_z(title));
	buf_addf(out, "</title><desc id=\"c%d-d\">", id);
	xml_add(out, slice_z(description));
	buf_addz(out, "</desc>\n");
}

void
svg_end(struct buf *out)
{
	buf_addz(out, "</svg>\n");
}

void
svg_rect(struct buf *out, struct svg_box box, const char *class, struct slice tip)
{
	buf_addz(out, "<rect");
	add_box(out, box);
	end_shape(out, "rect", class, tip);
	buf_addc(out, '\n');
}

void
svg_dot(struct buf *out, int64_t x, int64_t y, const char *class, struct slice tip)
{
	buf_addz(out, "<circle r=\"3\"");
	add_x(out, "cx", x);
	add_y(out, "cy", y);
	end_shape(out, "circle", class, tip);
	buf_addc(out, '\n');
}

void
svg_rule(struct buf *out, int64_t x, int64_t y, int64_t width, const char *class)
{
	buf_addz(out, "<line");
	add_x(out, "x1", x);
	add_x(out, "x2", x + width);
	add_y(out, "y1", y);
	add_y(out, "y2", y);
	end_shape(out, "line", class, (struct slice){0});
	buf_addc(out, '\n');
}

void
svg_text(struct buf *out, int64_t x, int64_t y, const char *class, struct slice text)
{
	buf_addz(out, "<text");
	add_x(out, "x", x);
	add_y(out, "y", y);
	buf_addf(out, " class=\"%s\">", class);
	xml_add(out, text);
	buf_addz(out, "</text>\n");
}

void
svg_plane(struct buf *out, struct svg_box box)
{
	buf_addz(out, "<svg");
	add_box(out, box);
	buf_addf(out, " viewBox=\"0 0 1000 %lld\" preserveAspectRatio=\"none\">\n",
	    (long long)box.height);
}

void
svg_curve(struct buf *out, const char *data, const char *class, struct slice tip)
{
	buf_addf(out, "<path d=\"%s\"", data);
	end_shape(out, "path", class, tip);
	buf_addc(out, '\n');
}

void
svg_plane_end(struct buf *out)
{
	buf_addz(out, "</svg>\n");
}
