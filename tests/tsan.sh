#!/bin/sh
# make tsan: what threads share, under ThreadSanitizer. tsan.sh BUILD, built with -fsanitize=thread.
# GLib's own allocator hands memory from thread to thread behind the sanitizer's back: off.
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
export G_SLICE=always-malloc
export TSAN_OPTIONS="suppressions=\"$here/tsan.supp\" exitcode=66"

# try WHAT COMMAND…: the findings of a run that is well are of no interest.
try() {
    what=$1
    shift
    if "$@" > "$out/talk" 2>&1; then
        echo "ok   $what"
    else
        cat "$out/talk"
        echo "FAIL $what"
        exit 1
    fi
}

for program in base/test_pool store/test_store render/test_together; do
    try "$program" "$build/unit/$program"
done
try "the samples on 8 threads" "$build/mingbai" render -j 8 -o "$out/1"
try "every format on 4 threads" "$build/mingbai" render -j 4 -f pdf,png,xlsx,tree,pages -o "$out/2" \
    exit-notice register
