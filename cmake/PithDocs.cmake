# Manual pages and shell completions. Each fact is written once: options in cli/option_table.h, prose in
# docs/pith.1.md, the format in docs/format.md; of pith-model in its parser and docs/pith-model.1.md. tools/gendoc puts them
# together in the build folder.
add_executable(pith_gendoc
  tools/gendoc/completions.cpp
  tools/gendoc/files.cpp
  tools/gendoc/main.cpp
  tools/gendoc/manual_options.cpp
  tools/gendoc/markdown_page.cpp
  tools/gendoc/roff.cpp)
target_link_libraries(pith_gendoc PRIVATE pith_flags)
# pith-model(1) comes from pith-model's own parser.
add_executable(pith_gendoc_model
  tools/gendoc/files.cpp
  tools/gendoc/markdown_page.cpp
  tools/gendoc/model_commands.cpp
  tools/gendoc/model_main.cpp
  tools/gendoc/roff.cpp)
target_link_libraries(pith_gendoc_model PRIVATE pith_model_commands pith_flags CLI11::CLI11)

set(pith_docs_dir ${PROJECT_BINARY_DIR}/generated_docs)
file(MAKE_DIRECTORY ${pith_docs_dir})
foreach(name IN ITEMS unpith pithcat)
  file(CONFIGURE OUTPUT ${pith_docs_dir}/${name}.1 CONTENT ".so man1/pith.1\n")
  file(CONFIGURE OUTPUT ${pith_docs_dir}/${name}.fish CONTENT "complete -c ${name} -w pith\n")
endforeach()

add_custom_command(
  OUTPUT ${pith_docs_dir}/pith.1 ${pith_docs_dir}/pith.5
  COMMAND pith_gendoc manual ${PROJECT_SOURCE_DIR}/docs ${pith_docs_dir}
  DEPENDS pith_gendoc ${PROJECT_SOURCE_DIR}/docs/pith.1.md ${PROJECT_SOURCE_DIR}/docs/format.md
  COMMENT "Making the manual pages" VERBATIM)
add_custom_command(
  OUTPUT ${pith_docs_dir}/pith-model.1
  COMMAND pith_gendoc_model ${PROJECT_SOURCE_DIR}/docs ${pith_docs_dir}
  DEPENDS pith_gendoc_model ${PROJECT_SOURCE_DIR}/docs/pith-model.1.md
  COMMENT "Making the manual page of pith-model" VERBATIM)
add_custom_command(
  OUTPUT ${pith_docs_dir}/pith.bash ${pith_docs_dir}/_pith ${pith_docs_dir}/pith.fish
  COMMAND pith_gendoc completions ${pith_docs_dir}
  DEPENDS pith_gendoc
  COMMENT "Making the shell completions" VERBATIM)
add_custom_target(pith_docs ALL DEPENDS
  ${pith_docs_dir}/pith.1 ${pith_docs_dir}/pith-model.1 ${pith_docs_dir}/pith.bash)
