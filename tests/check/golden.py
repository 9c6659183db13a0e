#!/usr/bin/python3
"""Golden cases: tests/golden/CASE/ holds `args` (one line; default: check), input/ with ledgers,
sometimes templates/ laid over the project's, and what must come out: `expect.txt` (exit status, then
the findings) and, for render, products as FOLDER/NAME beside it. TAP.

golden.py --replace CASE shows the difference and asks before it replaces (make golden CASE=…).
"""
import difflib
import shlex
import shutil
import sys
from pathlib import Path

from _tap import ROOT, Tap, mingbai, scratch

CASES = ROOT / "tests/golden"


def outcome(case, work):
    """({relative name: text}) of one run of the case."""
    home = work / case.name
    home.mkdir(parents=True)
    shutil.copytree(ROOT / "templates", home / "templates")
    (home / "fonts").symlink_to(ROOT / "fonts")
    if (case / "templates").exists():
        shutil.copytree(case / "templates", home / "templates", dirs_exist_ok=True)
    if (case / "input").exists():
        shutil.copytree(case / "input", home / "input")
    args = shlex.split((case / "args").read_text()) if (case / "args").exists() else ["check"]
    result = mingbai(*args, cwd=home)
    texts = {"expect.txt": "exit %d\n%s%s" % (result.returncode, result.stdout, result.stderr)}
    for path in sorted((home / "output").rglob("*")):
        if path.is_file() and path.suffix in (".txt", ".jsonl") and path.name != "检查结果.txt":
            texts[str(path.relative_to(home / "output"))] = path.read_text()
    return texts


def expected(case):
    own = {"args"}
    return {str(p.relative_to(case)): p.read_text() for p in sorted(case.rglob("*"))
            if p.is_file() and p.relative_to(case).parts[0] not in ("input", "templates")
            and p.name not in own}


def difference(before, after):
    lines = []
    for name in sorted(set(before) | set(after)):
        lines += difflib.unified_diff(before.get(name, "").splitlines(),
                                      after.get(name, "").splitlines(), name, name, lineterm="", n=1)
    return lines


def replace(names):
    for name in names:
        case = CASES / name
        after = outcome(case, scratch())
        lines = difference(expected(case), after)
        print("\n".join(lines) or "%s: unchanged" % name)
        if lines and input("replace %s? [y/N] " % name) == "y":
            for path, text in after.items():
                (case / path).parent.mkdir(parents=True, exist_ok=True)
                (case / path).write_text(text)
    return 0


def main():
    if "--replace" in sys.argv:
        names = sys.argv[sys.argv.index("--replace") + 1:]
        del sys.argv[sys.argv.index("--replace"):]
        return replace(names)
    work = scratch()
    with Tap() as tap:
        for case in sorted(path for path in CASES.iterdir() if path.is_dir()):
            tap.check(case.name, difference(expected(case), outcome(case, work)))
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
