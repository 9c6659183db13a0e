#!/usr/bin/python3
"""The shape of the source tree: who includes whom, no globals, headers that stand alone, every finding
code tested, sizes. TAP."""
import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# What a floor may include besides itself: whole floors, or single headers of one; then libraries.
# libc and GLib are free to all (design.md section 2).
FLOORS = {
    "base": ([], ["yaml.h", "png.h", "jpeglib.h", "qrencode.h"]),
    "ledger": (["base"], ["csv.h", "expat.h", "iconv.h", "zip.h"]),
    "store": (["base", "ledger"], ["sqlite3.h", "unicode/"]),
    "document": (["base", "ledger/schema.h", "ledger/settings.h", "store"], []),
    "typeset": (["base", "document/model.h"], ["hb", "ft2build.h", "fontconfig/", "unicode/"]),
    "render": (["base", "document/model.h", "typeset/page.h"],
               ["cairo", "ft2build.h", "xlsxwriter.h"]),
    "command": (["base", "ledger", "store", "document", "typeset", "render"], []),
}
LIBC = """assert stdalign ctype errno fcntl float inttypes limits locale math pthread setjmp signal stdarg stdbool
stddef stdint stdio stdlib string strings time unistd wchar dirent sys/stat sys/types sys/resource
sys/mman getopt""".split()

# Codes no test can bring about, and why.
UNPROVOKED = {
    "font-role-missing": "needs a machine without a single Chinese font",
    "font-subset-failed": "needs hb-subset to refuse a font that FreeType and HarfBuzz opened",
    "store-collator": "needs an ICU without its Chinese data",
}

failures = []
number = 0


def result(name, faults):
    global number
    number += 1
    print("%s %d %s" % ("not ok" if faults else "ok", number, name))
    for fault in faults[:20]:
        print("# " + fault)
    failures.extend(faults)


def sources(*suffixes):
    return sorted(p for p in (ROOT / "gen").rglob("*") if p.suffix in suffixes)


def check_includes():
    faults = []
    for path in sources(".c", ".h"):
        floor = path.relative_to(ROOT / "gen").parts[0]
        own, libraries = FLOORS[floor]
        for count, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if not found:
                continue
            quote, header = found.groups()
            if quote == '"':
                allowed = any(header == a or header.startswith(a + "/") for a in own + [floor])
            else:
                allowed = (header[:-2] in LIBC or header.startswith("glib")
                           or any(header.startswith(lib) for lib in libraries))
            if not allowed:
                faults.append("%s:%d: %s may not include %s" % (path, count, floor, header))
    result("floors include only what their row allows", faults)


def check_headers_alone():
    flags = subprocess.run(["pkg-config", "--cflags", "glib-2.0", "harfbuzz", "freetype2", "cairo",
                            "sqlite3"], capture_output=True, text=True).stdout.split()
    faults = []
    for path in sources(".h"):
        run = subprocess.run(["cc", "-std=c11", "-Wall", "-Wextra", "-fsyntax-only", "-Igen", "-x", "c",
                              "-D_POSIX_C_SOURCE=200809L"] + flags + [str(path)], cwd=ROOT,
                             capture_output=True, text=True)
        if run.returncode or run.stderr:
            faults.append("%s: %s" % (path, run.stderr.splitlines()[0]))
    result("each header compiles alone", faults)


def check_globals(build):
    """Constants with addresses in them are in .data.rel.ro, which the loader makes read-only."""
    faults, archives = [], sorted((ROOT / build).glob("lib*.a"))
    for archive in archives:
        listing = subprocess.run(["objdump", "-t", str(archive)], capture_output=True, text=True).stdout
        member = ""
        for line in listing.splitlines():
            named = re.match(r"(\S+\.o):", line)
            member = named.group(1) if named else member
            found = re.match(r"\S+ .{7} (\S+)\t\S+ (?:\.hidden )?(\S+)$", line)
            if not found or not re.match(r"\.(t?data(?!\.rel\.ro)|t?bss)|\*COM\*", found.group(1)):
                continue
            # The sanitizers' own bookkeeping is no variable of ours.
            if not re.search(r"asan|ubsan|__odr|^\.|__sancov|^__unnamed_", found.group(2)):
                faults.append("%s: %s is a writable global" % (member, found.group(2)))
    result("no globals but constants", faults if archives else ["nothing is built in %s" % build])


def check_sizes():
    faults = []
    for path in sources(".c", ".h"):
        lines = path.read_text().splitlines()
        if len(lines) > 660:
            faults.append("%s: %d lines" % (path, len(lines)))
        start = None
        for count, line in enumerate(lines, 1):
            if line == "{":
                start = count
            elif line.startswith("}") and start:
                if count - start > 90:
                    faults.append("%s:%d: a function of %d lines" % (path, start, count - start))
                start = None
    result("functions of about 80 lines, files of about 600", faults)


def codes():
    text = (ROOT / "gen/base/finding_codes.def").read_text()
    return re.findall(r'FINDING\(\s*([A-Z0-9_]+),\s*"([a-z0-9-]+)"', text)


def check_codes():
    table = codes()
    used = "\n".join(p.read_text() for p in sources(".c"))
    tests = "\n".join(p.read_text() for d in ("unit", "cli", "check", "golden", "typeset")
                      for p in sorted((ROOT / "tests" / d).rglob("*"))
                      if p.suffix in (".c", ".h", ".bats", ".py", ".txt", ".cases"))
    names = [name for _, name in table]
    result("finding codes are unique", sorted({n for n in names if names.count(n) > 1}))
    result("every finding code is used",
           [name for ident, name in table if not re.search(r"FINDING_%s\b" % ident, used)])
    result("every finding code is in a test",
           [name for ident, name in table
            if name not in UNPROVOKED and not re.search(r"FINDING_%s\b" % ident, tests)
            and not re.search(r"(?<![a-z-])%s(?![a-z-])" % name, tests)])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default="build")
    options = arguments.parse_args()
    checks = [check_includes, check_headers_alone, lambda: check_globals(options.build), check_sizes,
              check_codes]
    print("1..7")
    for check in checks:
        check()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
