# libpith in both forms. Each folder is a static library of its own (tests link those directly); here their
# objects become one archive and one shared object. The program is linked with the archive, so that it is
# one self-contained file.
#
#   pith::pith_static, pith::pith_shared   the two forms
#   pith::pith                             the static one inside this build

set(pith_objects)
foreach(part IN ITEMS pith_codec pith_ngram pith_model pith_container)
  get_target_property(part_type ${part} TYPE)
  if(NOT part_type STREQUAL "INTERFACE_LIBRARY")  # a folder with headers alone has no objects
    list(APPEND pith_objects $<TARGET_OBJECTS:${part}>)
  endif()
endforeach()

foreach(form IN ITEMS static shared)
  string(TOUPPER ${form} form_upper)
  add_library(pith_${form} ${form_upper} ${pith_objects})
  add_library(pith::pith_${form} ALIAS pith_${form})
  # Without sources of its own, CMake cannot tell the language to link with.
  set_target_properties(pith_${form} PROPERTIES OUTPUT_NAME pith LINKER_LANGUAGE CXX)
  target_include_directories(pith_${form} INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
  target_link_libraries(pith_${form} PRIVATE PkgConfig::zstd PkgConfig::xxhash Threads::Threads)
endforeach()
add_library(pith::pith ALIAS pith_static)

set_target_properties(pith_shared PROPERTIES
  VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR})
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" OR CMAKE_SYSTEM_NAME STREQUAL "FreeBSD")
  # Hidden visibility does not cover templates of the standard library; the version script does.
  target_link_options(pith_shared PRIVATE
    "LINKER:--version-script=${PROJECT_SOURCE_DIR}/cmake/libpith.map")
  set_target_properties(pith_shared PROPERTIES LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/libpith.map)
endif()
