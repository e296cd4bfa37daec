# Options and flags that every target of pith shares.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug, RelWithDebInfo or MinSizeRel" FORCE)
endif()

option(PITH_BUILD_TESTS "Build the tests and examples (needs GoogleTest)" OFF)
option(PITH_BUILD_BENCH "Build the micro-benchmarks (needs Google Benchmark)" OFF)
option(PITH_BUILD_TRAINER "Build the trainer of networks, where OpenBLAS is found" ON)
option(PITH_FUZZ "Build the fuzz targets (needs clang; see fuzz/README.md)" OFF)
option(PITH_WERROR "Treat warnings as errors" OFF)
set(PITH_SANITIZE "" CACHE STRING "Sanitizers to build with, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
# The same objects go into the static and the shared library.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Common to all targets of pith, linked privately.
add_library(pith_flags INTERFACE)
target_include_directories(pith_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include)
# The coded path is integer arithmetic only; contraction is off all the same, so that a float that slips in
# is at least the same float everywhere. The forced header refuses -ffast-math however it got in.
target_compile_options(pith_flags INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -ffp-contract=off
  "SHELL:-include ${PROJECT_SOURCE_DIR}/cmake/no_fast_math.h")
# clang counts -Wsign-conversion as part of -Wconversion, GCC does not.
target_compile_options(pith_flags INTERFACE $<$<CXX_COMPILER_ID:Clang,AppleClang>:-Wno-sign-conversion>)
# False alarms of GCC 12 about the inside of its own library: overlapping copies in every "text" + std::string
# (its bug 105651), impossible lengths in comparisons of byte vectors.
target_compile_options(pith_flags INTERFACE
  "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-stringop-overread>")
if(PITH_WERROR)
  target_compile_options(pith_flags INTERFACE -Werror)
endif()
if(PITH_SANITIZE)
  add_compile_options(-fsanitize=${PITH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PITH_SANITIZE})
endif()
