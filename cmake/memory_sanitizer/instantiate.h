/* Included first into every source file under the memory sanitizer (see PithMemorySanitizer.cmake).
 *
 * libstdc++ declares streams, facets and the like as instantiated in the installed library, which
 * tells the sanitizer nothing of what it writes. Here their templates are compiled with us. */
#ifdef __cplusplus
#include <cstddef>
#ifdef _GLIBCXX_EXTERN_TEMPLATE
#undef _GLIBCXX_EXTERN_TEMPLATE
#define _GLIBCXX_EXTERN_TEMPLATE 0
#endif
#endif
