# What the chapter "Getting started" tells its reader to do.
set -e
cmake -B build
cmake --build build
build/hello
cat hello.log
