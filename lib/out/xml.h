/* xml.h: text in XML 1.0 */
/* Rank: out. */
#ifndef SLA_OUT_XML_H
#define SLA_OUT_XML_H

#include "base/buf.h"

/*
 * text for an element or for an attribute in double quotes: < > & " ' as references; bytes that
 * XML 1.0 forbids, line ends, and what text_add_safe() hides, as that shows them.
 */
void xml_add(struct buf *out, struct slice text);

/* ` name="text"`; nothing where text is NULL. */
void xml_attribute(struct buf *out, const char *name, const char *text);

#endif
