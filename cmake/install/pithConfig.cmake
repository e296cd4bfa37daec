# find_package(pith): defines
#   pith::pith          libpith, shared
#   pith::pith_shared   the same
#   pith::pith_static   libpith, static; needs the development files of zstd and xxHash, and is left out where
#                       pkg-config does not find them
include(CMakeFindDependencyMacro)
include(${CMAKE_CURRENT_LIST_DIR}/pith-shared.cmake)

find_dependency(Threads)
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(zstd QUIET IMPORTED_TARGET GLOBAL libzstd)
  pkg_check_modules(xxhash QUIET IMPORTED_TARGET GLOBAL libxxhash)
endif()
if(TARGET PkgConfig::zstd AND TARGET PkgConfig::xxhash)
  include(${CMAKE_CURRENT_LIST_DIR}/pith-static.cmake)
endif()

if(NOT TARGET pith::pith)
  add_library(pith::pith INTERFACE IMPORTED)
  target_link_libraries(pith::pith INTERFACE pith::pith_shared)
endif()
