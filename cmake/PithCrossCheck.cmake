# Instead of pith, programs whose output is the same from every compiler and on every processor; see tools/cross. Two of
# them link no library but the compiler's: of xxHash and zstd the headers are enough, which lie alone in
# the folder PITH_CROSS_CHECK, because those beside them on this machine may not be for the target's.
foreach(library IN ITEMS xxhash zstd)
  add_library(PkgConfig::${library} INTERFACE IMPORTED)
  target_include_directories(PkgConfig::${library} SYSTEM INTERFACE ${PITH_CROSS_CHECK})
endforeach()
add_library(CLI11::CLI11 INTERFACE IMPORTED)  # of a program of corpora, which is not built
target_compile_definitions(PkgConfig::xxhash INTERFACE XXH_INLINE_ALL=)

foreach(part IN ITEMS codec ngram model corpora)
  add_subdirectory(${part} EXCLUDE_FROM_ALL)
endforeach()

set(determinism ${PROJECT_SOURCE_DIR}/tests/determinism)
add_executable(coded_hash ${determinism}/coded_hash.cpp ${determinism}/made_start.cpp)
add_executable(network_hash
  ${determinism}/network_hash.cpp
  ${determinism}/made_start.cpp
  ${PROJECT_SOURCE_DIR}/container/network/network_run.cpp
  ${PROJECT_SOURCE_DIR}/container/network/network_track.cpp
  ${PROJECT_SOURCE_DIR}/container/network/text_draft.cpp
  ${PROJECT_SOURCE_DIR}/tests/neural/small_model.cpp)
foreach(program IN ITEMS coded_hash network_hash)
  target_link_libraries(${program} PRIVATE pith_model pith_ngram pith_codec pith_corpus pith_flags)
  target_link_options(${program} PRIVATE -static)
endforeach()

# With PITH_CROSS_ZSTD, a static zstd for the target, also the whole library, reading and making the archives of the tests.
if(PITH_CROSS_ZSTD)
  find_package(Threads REQUIRED)
  target_link_libraries(PkgConfig::zstd INTERFACE ${PITH_CROSS_ZSTD})
  add_subdirectory(container EXCLUDE_FROM_ALL)
  set(archives ${PROJECT_SOURCE_DIR}/tests/archives)
  add_executable(check_archives ${archives}/check_archives.cpp ${archives}/archive_list.cpp)
  target_link_libraries(check_archives PRIVATE pith_container pith_corpus pith_flags)
  target_link_options(check_archives PRIVATE -static)
endif()
