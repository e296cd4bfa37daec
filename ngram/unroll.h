// Loops over the contexts have a fixed length; spelling them out saves a third of their
// instructions.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PITH_UNROLL  // checks make the loops too long to be worth it
#elif defined(__clang__)
#define PITH_UNROLL _Pragma("unroll")
#else
#define PITH_UNROLL _Pragma("GCC unroll 32")
#endif
