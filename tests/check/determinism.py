#!/usr/bin/python3
"""Same input, same bytes: another time zone, another folder, another encoding, other line ends, another
number of threads. TAP."""
import shutil
import sys
from pathlib import Path

from _tap import ROOT, Tap, mingbai, scratch

PRODUCTS = ("公开", "入户", "内部", "公文")


def products(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for top in PRODUCTS for path in sorted((folder / top).rglob("*")) if path.is_file()}


def differences(one, two):
    faults = ["only in one: %s" % name for name in sorted(set(one) ^ set(two))]
    return faults + ["differs: %s" % name for name in sorted(set(one) & set(two))
                     if one[name] != two[name]]


def everything(folder):
    """All files: products, and what the run had to say."""
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def spoilt(target):
    """The samples with faults that hold products and single cards back, and a character no font has."""
    shutil.copytree(ROOT / "input", target)
    faults = 0
    for path in sorted(target.rglob("*.csv")):
        text, encoding = text_of(path.read_bytes())
        text = text.replace("杨义家", "杨义\U0002fffe")  # who helps a household
        lines = text.splitlines(keepends=True)
        for number in range(20, len(lines), 97):
            cells = lines[number].split(",")
            if len(cells) > 6 and '"' not in lines[number]:
                cells[5] = "几" + cells[5]
                lines[number] = ",".join(cells)
                faults += 1
        path.write_bytes("".join(lines).encode(encoding))
    return faults


def check_jobs(tap, work):
    """-j 1, 2 and 8: every file of the output folder, what is printed, and the exit status."""
    faults = spoilt(work / "spoilt")
    tap.check("there are faults to report", faults > 5)
    for name, folder, more in (("the samples", ROOT / "input", ()),
                               ("every format", ROOT / "input",
                                ("exit-notice", "register", "-f", "pdf,png,xlsx,tree,pages")),
                               ("ledgers with faults", work / "spoilt", ()),
                               ("a dry run with faults", work / "spoilt", ("--dry-run",))):
        first = None
        for jobs in (1, 2, 8):
            out = work / "jobs"
            run = mingbai("render", "-v", "-j", jobs, "-i", folder, "-o", out, *more)
            seen = (run.returncode, run.stderr, run.stdout)
            files = everything(out) if out.exists() else {}
            shutil.rmtree(out, True)
            if first is None:
                first = (seen, files)
                tap.check("%s: there is something to compare" % name,
                          len(files) > 5 or "--dry-run" in more)
                if folder != ROOT / "input":
                    tap.check("%s: products and units are held, a glyph is missing" % name,
                              ["no " + code for code in ("render-held", "render-unit-held", "render-no-glyph")
                               if "[%s]" % code not in run.stderr])
                continue
            tap.check("-j %d, %s: the same status and words" % (jobs, name), seen == first[0])
            tap.check("-j %d, %s: same bytes" % (jobs, name), differences(first[1], files))


def text_of(data):
    """(text, encoding) of a ledger's bytes as mingbai decides it."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8"), "utf-8-sig"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("gb18030"), "gb18030"


def rewritten(target, change):
    shutil.copytree(ROOT / "input", target)
    for path in sorted(target.rglob("*.csv")):
        text, encoding = text_of(path.read_bytes())
        path.write_bytes(change(text, encoding))
    return target


def render(tap, name, folder, out, **environment):
    run = mingbai("render", "-i", folder, "-o", out, **environment)
    tap.check("%s: renders with exit 0" % name,
              [] if run.returncode == 0 else [run.stderr[-400:]])
    return products(out)


def main():
    work = scratch()
    with Tap() as tap:
        first = render(tap, "the samples", ROOT / "input", work / "1", TZ="UTC")
        tap.check("there are products", len(first) > 10)

        home = work / "elsewhere"
        for part in ("templates", "fonts", "input"):
            shutil.copytree(ROOT / part, home / part)
        run = mingbai("render", cwd=home, TZ="Asia/Tokyo", HOME=str(work))
        tap.check("another folder and time zone: exit 0",
                  [] if run.returncode == 0 else [run.stderr[-400:]])
        tap.check("another folder and time zone: same bytes",
                  differences(first, products(home / "output")))

        changes = {
            "every ledger as GB18030": lambda text, encoding: text.encode("gb18030"),
            "every ledger as UTF-8 with BOM": lambda text, encoding: text.encode("utf-8-sig"),
            "LF for CRLF": lambda text, encoding: text.replace("\r\n", "\n").encode(encoding),
            "CRLF for LF": lambda text, encoding: text.replace("\r\n", "\n").replace("\n", "\r\n")
            .encode(encoding),
        }
        for number, (name, change) in enumerate(changes.items()):
            folder = rewritten(work / ("input%d" % number), change)
            again = render(tap, name, folder, work / ("o%d" % number))
            tap.check("%s: same bytes" % name, differences(first, again))
        check_jobs(tap, work)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
