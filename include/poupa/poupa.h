/*
 * poupa.h - all of libpoupa: a typed model of public services, units, channels and
 * attendance metrics, with JSON, findings and computing. See base.h for the
 * conventions.
 */
#ifndef POUPA_POUPA_H
#define POUPA_POUPA_H

#include "arrow.h"
#include "base.h"
#include "catalog.h"
#include "diag.h"
#include "document.h"
#include "json.h"
#include "metrics.h"
#include "model.h"
#include "ndjson.h"
#include "rollup.h"
#include "table.h"
#include "validate.h"

#endif
