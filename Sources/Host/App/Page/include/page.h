// The web client inside the executable. By C's #embed: Swift takes half a minute to compile as many bytes.
#ifndef VOICED_PAGE_H
#define VOICED_PAGE_H

#include <stddef.h>

/// The bytes of index.html; they live as long as the process.
const unsigned char *voiced_page(void);
size_t voiced_page_length(void);

#endif
