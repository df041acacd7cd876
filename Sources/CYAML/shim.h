#ifndef STOA_CYAML_SHIM_H
#define STOA_CYAML_SHIM_H

#include <yaml.h>

#endif
