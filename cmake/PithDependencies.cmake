# Everything comes from the distribution's packages; nothing is vendored or downloaded.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd>=1.5)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash>=0.8)
pkg_check_modules(openblas IMPORTED_TARGET openblas)  # the trainer of networks is built if it is there
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
if(PITH_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
if(PITH_BUILD_BENCH)
  find_package(benchmark REQUIRED)
endif()
