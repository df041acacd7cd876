#ifndef STOA_CLIBXML2_SHIM_H
#define STOA_CLIBXML2_SHIM_H

#include <libxml/xmlversion.h>
/* Debian's libxml2 converts by ICU. Its headers declare what Foundation's own ICU declares otherwise, and nothing that we
   call has to do with it. */
#undef LIBXML_ICU_ENABLED
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#endif
