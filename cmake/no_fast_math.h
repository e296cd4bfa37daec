/* Included first into every source file of pith (see PithOptions.cmake).
 *
 * A file written by one build has to decode on every other. Flags that let the compiler reorder or
 * shorten floating-point arithmetic break that for any float on the coded path, so such a build is
 * refused. */
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "pith must not be built with -ffast-math, -Ofast or -ffinite-math-only"
#endif
