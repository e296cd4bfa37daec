# What the memory sanitizer needs beside its flag (PITH_SANITIZE=memory, clang alone). It has to see every write, and
# installed libraries are not instrumented:
#
#   libstdc++   its templates are compiled with us (memory_sanitizer/instantiate.h); streams and locales, which are half
#               templates, are believed (memory_sanitizer/ignorelist.txt)
#   zstd        its calls are checked and their results declared (memory_sanitizer/library_calls.cpp)
#   xxHash      reads alone, and answers in registers
#   fmt         is compiled with us, as headers
#   GoogleTest  is built from the sources that Debian and Ubuntu install with it
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "PITH_SANITIZE=memory needs clang: cmake --preset msan")
endif()

set(memory_sanitizer ${CMAKE_CURRENT_LIST_DIR}/memory_sanitizer)
# Objects count as uninitialised again once they are destroyed.
add_compile_options(-fsanitize-memory-use-after-dtor
  -fsanitize-ignorelist=${memory_sanitizer}/ignorelist.txt
  "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include ${memory_sanitizer}/instantiate.h>")

# In every program and library from here on.
add_library(pith_library_calls STATIC ${memory_sanitizer}/library_calls.cpp)
target_link_libraries(pith_library_calls PRIVATE pith_flags ${zstd_LINK_LIBRARIES})
file(STRINGS ${memory_sanitizer}/library_calls.cpp wrapped REGEX "WRAP\\([A-Z_][A-Za-z0-9_]+\\)\\(")
list(TRANSFORM wrapped REPLACE ".*WRAP\\(([A-Za-z0-9_]+)\\).*" "LINKER:--wrap=\\1")
add_link_options(${wrapped})
link_libraries($<BUILD_INTERFACE:pith_library_calls>)

set_property(TARGET fmt::fmt APPEND PROPERTY INTERFACE_COMPILE_DEFINITIONS FMT_HEADER_ONLY=1)

if(PITH_BUILD_TESTS)
  set(INSTALL_GTEST OFF)
  set(BUILD_GMOCK OFF)
  add_subdirectory(/usr/src/googletest ${CMAKE_BINARY_DIR}/googletest EXCLUDE_FROM_ALL)
endif()
