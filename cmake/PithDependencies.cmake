# Everything comes from the distribution's packages; nothing is vendored or downloaded.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd>=1.5)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash>=0.8)
if(PITH_BUILD_TRAINER AND NOT CMAKE_CROSSCOMPILING)
  pkg_check_modules(openblas IMPORTED_TARGET openblas)  # without it there is no trainer
endif()
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
if(PITH_SANITIZE MATCHES "memory")
  include(PithMemorySanitizer)  # builds GoogleTest
elseif(PITH_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
if(PITH_BUILD_BENCH)
  find_package(benchmark REQUIRED)
endif()
