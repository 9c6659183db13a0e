#!/usr/bin/python3
"""Memory errors and leaks by whole stacks: some unit programs, one render of everything. TAP.

make asan runs all tests, but cannot see into libraries: it must be told to forgive all of Cairo.
Here tests/valgrind.supp forgives the few places that leak, and no more.
"""
import os
import subprocess
import sys

from _tap import ROOT, Tap, binary, options, scratch

UNITS = ("base/test_yaml", "ledger/test_sheet", "document/test_notice", "typeset/test_shape",
         "render/test_pdf")
FOUND = 99  # no exit status of mingbai or of a test program


def faults(log, *command):
    """What valgrind says about one run, which must end well otherwise too."""
    status = subprocess.run(
        ["valgrind", "--quiet", "--error-exitcode=%d" % FOUND, "--leak-check=full",
         "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite", "--num-callers=30",
         "--suppressions=%s" % (ROOT / "tests/valgrind.supp"), "--log-file=%s" % log]
        + [str(part) for part in command], cwd=ROOT, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=dict(os.environ, LC_ALL="C.UTF-8", G_SLICE="always-malloc")).returncode
    said = log.read_text(errors="replace").splitlines() if log.exists() else []
    return [] if status == 0 else ["exit status %d" % status] + said


def main():
    build, log = ROOT / options().build, scratch() / "valgrind.log"
    if b"__asan_init" in binary().read_bytes():
        print("ok 1 # SKIP AddressSanitizer and valgrind exclude each other\n1..1")
        return
    with Tap() as tap:
        for unit in UNITS:
            tap.check(unit, faults(log, build / "unit" / unit))
        tap.check("render", faults(log, binary(), "render", "-i", ROOT / "tests/samples/dirty/base",
                                   "-o", log.parent / "output"))


if __name__ == "__main__":
    sys.exit(main())
