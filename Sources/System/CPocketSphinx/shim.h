// PocketSphinx 0.8+5prealpha (BSD-2). The headers sit in the multi-arch include folder, which is searched anyway.
#include <pocketsphinx/pocketsphinx.h>
#include <sphinxbase/cmn.h>
#include <sphinxbase/err.h>
#include <sphinxbase/fe.h>
#include <sphinxbase/feat.h>
