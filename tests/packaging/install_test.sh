#!/usr/bin/env bash
# Installs into a folder, moves that, and uses it as others would: by CMake, by pkg-config, from C and from C++.
# usage: install_test.sh CMAKE GENERATOR BUILD_DIR SOURCE_DIR CC CXX
set -u
cmake=$1 generator=$2 build=$3 source=$4 cc=$5 cxx=$6
status=0
fail() { echo "FAILED: $*"; status=1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

"$cmake" --install "$build" --prefix "$work/first" >log || { cat log; exit 1; }
mv first prefix # nothing installed may know where it was installed to
prefix=$work/prefix
lib=$(dirname "$(find prefix -name libpith.a)")
for path in bin/pith bin/unpith bin/pithcat bin/pith-model include/pith/pith.h include/pith/pith.hpp \
  share/man/man1/pith.1 share/man/man1/pith-model.1 share/man/man1/unpith.1 share/man/man5/pith.5 \
  share/bash-completion/completions/pith share/zsh/site-functions/_pith \
  share/fish/vendor_completions.d/pith.fish share/pith/pith.magic share/mime/packages/pith.xml; do
  [ -e "prefix/$path" ] || fail "$path is not installed"
done
for file in libpith.so libpith.so.0 libpith.a pkgconfig/pith.pc cmake/pith/pithConfig.cmake; do
  [ -e "$lib/$file" ] || fail "$file is not installed"
done
! grep -rIlF -e "$work" -e "$build" prefix || fail "the files above name a folder of the build"

# ---- The program under its three names
seq 1 2000 >numbers
prefix/bin/pith -q numbers || fail "pith"
prefix/bin/pithcat numbers.pith | cmp - numbers || fail "pithcat"
rm numbers
prefix/bin/unpith -q numbers.pith || fail "unpith"
seq 1 2000 | cmp - numbers || fail "unpith gave other bytes"

# ---- CMake
configure() {
  "$cmake" -G "$generator" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_CXX_COMPILER="$cxx" "$@"
}
if configure -S "$source/examples" -B by-cmake >log 2>&1 && "$cmake" --build by-cmake >>log 2>&1; then
  bash "$source/tests/examples/examples_test.sh" \
    "$work"/by-cmake/{one_shot,streaming_filter,random_access} >log 2>&1 || fail "examples: $(cat log)"
else
  fail "find_package: $(cat log)"
fi
mkdir static-user
cat >static-user/CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.20)
project(user LANGUAGES C CXX)
find_package(pith 0.1 REQUIRED)
add_executable(user "$source/examples/one_shot.c")
target_link_libraries(user PRIVATE pith::pith_static)
END
if configure -S static-user -B by-cmake-static >log 2>&1 &&
  "$cmake" --build by-cmake-static >>log 2>&1; then
  by-cmake-static/user numbers >/dev/null || fail "the statically linked example"
else
  fail "pith::pith_static: $(cat log)"
fi

# ---- pkg-config
export PKG_CONFIG_PATH=$lib/pkgconfig
[ "$(pkg-config --modversion pith)" = "$(sed -n 's/^#define PITH_VERSION_STRING "\(.*\)"/\1/p' \
  prefix/include/pith/pith.h)" ] || fail "pith.pc has another version than the header"
read -ra flags < <(pkg-config --cflags --libs pith)
"$cc" "$source/examples/one_shot.c" -o one_shot "${flags[@]}" || fail "pkg-config, C"
LD_LIBRARY_PATH=$lib ./one_shot numbers >/dev/null || fail "one_shot with the shared library"
"$cxx" -std=c++20 "$source/examples/random_access.cpp" -o random_access "${flags[@]}" || fail "pkg-config, C++"
[ "$(LD_LIBRARY_PATH=$lib ./random_access numbers.pith 0 4)" = $'1\n2' ] || fail "random_access"
read -ra flags < <(pkg-config --static --cflags --libs pith)
mkdir archive && cp "$lib/libpith.a" archive/ # alone, as the linker prefers the shared one
"$cc" "$source/examples/one_shot.c" -o one_shot_static -Larchive "${flags[@]}" || fail "pkg-config --static"
rm -r "$lib"/libpith.so* && ./one_shot_static numbers >/dev/null || fail "one_shot with the static library"

# ---- DESTDIR, as packagers use it
DESTDIR=$work/stage "$cmake" --install "$build" --prefix /usr >log || fail "DESTDIR: $(cat log)"
[ -x stage/usr/bin/pith ] && [ -L stage/usr/bin/unpith ] || fail "DESTDIR is not honoured"
exit $status
