/* svg.h: pictures inside HTML that fit any width without shrinking their text */
/* Rank: out. */
#ifndef SLA_OUT_SVG_H
#define SLA_OUT_SVG_H

#include "base/buf.h"

#include <stdint.h>

/*
 * Along x everything is in ten-thousandths of the picture's width, which is that of the page; along
 * y in pixels. So a picture is as readable on a phone as on a wall. Classes are static words; other
 * texts are text.
 */
#define SVG_WIDTH 10000

struct svg_box {
	int64_t x, y, width, height;
};

/* A picture with a title and a description for those who do not see it. id tells pictures apart. */
void svg_begin(struct buf *out, int id, const char *title, const char *description, int64_t height);
void svg_end(struct buf *out);

/* tip: shown where a pointer rests on it; n 0: none. */
void svg_rect(struct buf *out, struct svg_box box, const char *class, struct slice tip);
void svg_dot(struct buf *out, int64_t x, int64_t y, const char *class, struct slice tip);
void svg_rule(struct buf *out, int64_t x, int64_t y, int64_t width, const char *class);
void svg_text(struct buf *out, int64_t x, int64_t y, const char *class, struct slice text);

/*
 * A plane for curves, stretched to the box: its x go from 0 to 1000, its y from 0 to box.height.
 * svg_curve() takes a path's data as it is; an area is filled, a line is drawn.
 */
void svg_plane(struct buf *out, struct svg_box box);
void svg_curve(struct buf *out, const char *data, const char *class, struct slice tip);
void svg_plane_end(struct buf *out);

#endif
