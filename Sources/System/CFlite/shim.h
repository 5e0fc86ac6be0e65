// flite 2 (CMU, BSD-like). The voices are registered by functions that no header declares.
#include <flite/flite.h>
#include <flite/cst_cg.h>
cst_voice *register_cmu_us_slt(const char *voxdir);
cst_voice *register_cmu_us_rms(const char *voxdir);
