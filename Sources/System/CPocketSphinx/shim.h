// PocketSphinx 0.8+5prealpha (BSD-2). pkg-config knows the folders that the headers look for each other in.
#include <pocketsphinx/pocketsphinx.h>
#include <sphinxbase/cmn.h>
#include <sphinxbase/err.h>
#include <sphinxbase/fe.h>
#include <sphinxbase/feat.h>
