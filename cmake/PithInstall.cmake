# `cmake --install`: program, libraries, headers, and what lets other tools find and understand them.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS pith pith-model RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
foreach(link IN ITEMS unpith pithcat)  # the program looks at the name it was called by
  install(CODE "
    set(link \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/${link}\")
    message(STATUS \"Installing: \${link}\")
    file(CREATE_LINK pith \"\${link}\" SYMBOLIC)")
endforeach()

# ---- Libraries and headers -----------------------------------------------------------------------------
install(TARGETS pith_shared EXPORT pith_shared
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS pith_static EXPORT pith_static ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/pith DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")

set(pith_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/pith)
foreach(form IN ITEMS static shared)
  install(EXPORT pith_${form} NAMESPACE pith:: FILE pith-${form}.cmake DESTINATION ${pith_cmake_dir})
endforeach()
write_basic_package_version_file(${PROJECT_BINARY_DIR}/pithConfigVersion.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/install/pithConfig.cmake
  ${PROJECT_BINARY_DIR}/pithConfigVersion.cmake DESTINATION ${pith_cmake_dir})

# The paths in pith.pc are relative to where pkg-config finds it, so that an installed tree can be moved.
file(RELATIVE_PATH pith_prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${PROJECT_SOURCE_DIR}/cmake/install/pith.pc.in ${PROJECT_BINARY_DIR}/pith.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/pith.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# ---- Recognising the format ----------------------------------------------------------------------------
install(FILES ${PROJECT_SOURCE_DIR}/cmake/install/pith.magic DESTINATION ${CMAKE_INSTALL_DATADIR}/pith)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/install/pith.xml
  DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)

# ---- Documentation and completions ---------------------------------------------------------------------
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
  ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_SOURCE_DIR}/docs/format.md ${PROJECT_SOURCE_DIR}/docs/design.md
  ${PROJECT_SOURCE_DIR}/docs/determinism.md ${PROJECT_SOURCE_DIR}/docs/reliability.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(FILES ${pith_docs_dir}/pith.1 ${pith_docs_dir}/pith-model.1 ${pith_docs_dir}/unpith.1 ${pith_docs_dir}/pithcat.1
  DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${pith_docs_dir}/pith.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
foreach(name IN ITEMS pith unpith pithcat)  # bash loads a completion by the name of the command
  install(FILES ${pith_docs_dir}/pith.bash RENAME ${name}
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
endforeach()
install(FILES ${pith_docs_dir}/_pith DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${pith_docs_dir}/pith.fish ${pith_docs_dir}/unpith.fish ${pith_docs_dir}/pithcat.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
