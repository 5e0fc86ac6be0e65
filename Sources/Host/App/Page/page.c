#include "page.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char page[] = {
#embed "index.html"
};

const unsigned char *voiced_page(void) { return page; }
size_t voiced_page_length(void) { return sizeof page; }
