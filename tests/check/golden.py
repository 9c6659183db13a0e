#!/usr/bin/python3
"""Golden cases: what a run says and, for renders, what it writes as text. TAP.

tests/golden/CASE/ holds
  args         one line of arguments; without it: check
  from         one line of folders under tests/samples/ whose files are the input, the later laid over
               the earlier; without it: none
  input/       laid over that; with neither, the run has no input folder
  templates/   laid over the project's
and what must come out:
  expect.txt   exit status, stdout, then stderr without its notes
  notes.txt    instead of expect.txt: the same with the notes
  products     text ones (tree, pages) as FOLDER/NAME

A case dirty-NAME takes its input from tests/samples/dirty/base and dirty/NAME by itself; every row of
dirty/expected.csv must have one.

golden.py --replace CASE... shows the difference and asks before it replaces (make golden CASE=...).
"""
import csv
import difflib
import re
import shlex
import shutil
import sys

from _tap import ROOT, Tap, mingbai, scratch

CASES = ROOT / "tests/golden"
SAMPLES = ROOT / "tests/samples"
OWN = ("args", "from")


def line_of(path, otherwise):
    return path.read_text().strip() if path.exists() else otherwise


def lay_input(case, home):
    sources = shlex.split(line_of(case / "from", ""))
    if case.name.startswith("dirty-"):
        sources = ["dirty/base", "dirty/" + case.name[len("dirty-"):]]
    for source in [SAMPLES / name for name in sources] + [case / "input"]:
        if source.exists() or source.parent != case:
            shutil.copytree(source, home / "input", dirs_exist_ok=True)


def without_notes(text):
    """A finding is a line that names its level and lines indented below it."""
    kept, keep = [], True
    for line in text.splitlines(True):
        keep = keep if line.startswith(" ") else not re.match("说明|note", line)
        if keep:
            kept.append(line)
    return re.sub(r"，\d+ 条说明|, \d+ notes", "", "".join(kept))


def outcome(case, work):
    """{relative name: text} of one run of the case."""
    home = work / case.name
    home.mkdir(parents=True)
    shutil.copytree(ROOT / "templates", home / "templates")
    (home / "fonts").symlink_to(ROOT / "fonts")
    if (case / "templates").exists():
        shutil.copytree(case / "templates", home / "templates", dirs_exist_ok=True)
    lay_input(case, home)
    result = mingbai(*shlex.split(line_of(case / "args", "check")), cwd=home)
    talk = "exit %d\n%s" % (result.returncode, result.stdout)
    if (case / "notes.txt").exists():
        texts = {"notes.txt": talk + result.stderr}
    else:
        texts = {"expect.txt": talk + without_notes(result.stderr)}
    for path in sorted((home / "output").rglob("*")):
        if path.is_file() and path.suffix in (".txt", ".pages") and path.name != "检查结果.txt":
            texts[str(path.relative_to(home / "output"))] = path.read_text()
    return texts


def expected(case):
    return {str(p.relative_to(case)): p.read_text() for p in sorted(case.rglob("*"))
            if p.is_file() and p.relative_to(case).parts[0] not in ("input", "templates")
            and p.name not in OWN}


def difference(before, after):
    lines = []
    for name in sorted(set(before) | set(after)):
        lines += difflib.unified_diff(before.get(name, "").splitlines(),
                                      after.get(name, "").splitlines(), name, name, lineterm="", n=1)
    return lines


def replace(names):
    for name in names:
        case = CASES / name
        before, after = expected(case), outcome(case, scratch())
        lines = difference(before, after)
        print("\n".join(lines) or "%s: unchanged" % name)
        if lines and input("replace %s? [y/N] " % name) == "y":
            for path in set(before) - set(after):
                (case / path).unlink()
            for path, text in after.items():
                (case / path).parent.mkdir(parents=True, exist_ok=True)
                (case / path).write_text(text)
    return 0


def check_dirty(tap):
    """The dirt a folder is named for is what the golden text says; what is refused ends with 1."""
    for name, code, outcome in csv.reader((SAMPLES / "dirty/expected.csv").open()):
        refused = outcome == "refused"
        path = CASES / ("dirty-" + name) / ("expect.txt" if refused else "notes.txt")
        text = path.read_text() if path.exists() else ""
        status, level = ("1", "错误") if refused else ("0", "(说明|提醒)")
        tap.check("dirty-%s: exit %s for %s, with its place" % (name, status, code),
                  text.startswith("exit %s\n" % status)
                  and bool(re.search(r"^%s \S+\.csv.*\[%s\]$" % (level, code), text, re.M)))


def check_texts(tap):
    """No golden text holds a private value or a path of this machine."""
    private = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9}|\d{16,19})(?!\d)")
    faults = []
    for path in sorted(CASES.glob("*/*.txt")):
        text = path.read_text()
        faults += ["%s: %s" % (path.parent.name, found.group()) for found in private.finditer(text)]
        faults += ["%s: a path" % path.parent.name for where in ("/tmp", str(ROOT)) if where in text]
    tap.check("no ID, phone, account or absolute path in what is said", faults)


def main():
    if "--replace" in sys.argv:
        names = sys.argv[sys.argv.index("--replace") + 1:]
        del sys.argv[sys.argv.index("--replace"):]
        return replace(names)
    work = scratch()
    with Tap() as tap:
        for case in sorted(path for path in CASES.iterdir() if path.is_dir()):
            tap.check(case.name, difference(expected(case), outcome(case, work)))
        check_dirty(tap)
        check_texts(tap)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
