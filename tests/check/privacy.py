#!/usr/bin/python3
"""Nothing private in a public product, a file name, a finding or a log: planted IDs, phones, accounts
and illness words are hunted in every inflated byte. TAP."""
import csv
import io
import re
import shutil
import stat
import sys
import zipfile

from _tap import ROOT, Tap, mingbai, run, scratch
from determinism import text_of

PLANTED = {"id": "990101198001010014", "phone": "13800001234", "account": "6222020000000000017",
           "spaced": "9901 0119 8512 300224"}
ILLNESS = ["高血压", "糖尿病", "尿毒症", "精神分裂", "因病", "因残", "患有大病", "长期慢性病"]


def secrets(folder):
    """Every ID, mobile number and account in the ledgers, less the phones that are meant to be posted."""
    found, posted = set(), set()
    for path in sorted(folder.rglob("*.csv")):
        text = text_of(path.read_bytes())[0]
        phones = set(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text))
        if path.name in ("公示.csv", "村.csv", "设置.csv"):
            posted |= phones
        found |= phones | set(re.findall(r"(?<!\d)\d{17}[\dXx](?!\d)", text))
        found |= set(re.findall(r"(?<!\d)\d{16,19}(?!\d)", text))
    return found - posted


def inflated(path, work):
    """All of a product's content as text, however it is packed."""
    if path.suffix == ".pdf":
        plain = work / "plain.pdf"
        run("qpdf", "--qdf", "--object-streams=disable", path, plain)
        raw = plain.read_bytes()
        text = run("pdftotext", "-layout", path, "-").stdout + run("mutool", "draw", "-F", "txt",
                                                                  path).stdout
        return [raw.decode("latin-1"), raw.decode("utf-16-be", "replace"),
                raw.decode("utf-8", "replace"), text, re.sub(r"\s", "", text),
                run("pdfinfo", path).stdout]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    return [path.read_bytes().decode("utf-8", "replace")]


def hunt(texts, words):
    return sorted({word for word in words for text in texts if word in text})


def plant(folder):
    """Adds secrets to a remark of each village but one in 动态调整; returns the untouched village."""
    source = next(path for path in folder.rglob("*动态调整*.csv"))
    text, encoding = text_of(source.read_bytes())
    rows = list(csv.reader(io.StringIO(text)))
    head = next(i for i, row in enumerate(rows) if "备注" in row)
    village, remark = rows[head].index("行政村"), rows[head].index("备注")
    kind = rows[head].index("类别")
    villages = sorted({row[village] for row in rows[head + 1:] if len(row) > remark and row[village]})
    for row in rows[head + 1:]:
        if len(row) > remark and row[village] in villages[1:] and "脱贫" in row[kind]:
            number = villages.index(row[village]) % len(PLANTED)
            row[remark] = "联系" + list(PLANTED.values())[number]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    source.write_bytes(out.getvalue().encode(encoding))
    return villages[0], villages[1:]


def main():
    work = scratch()
    with Tap() as tap:
        shutil.copytree(ROOT / "input", work / "input")
        clean, planted = plant(work / "input")
        result = mingbai("render", "-i", work / "input", "-o", work / "output", "-f", "pdf,xlsx,tree")
        tap.check("planted secrets are a fault of the data", result.returncode == 1)
        hidden = secrets(work / "input") | set(PLANTED.values())
        tap.check("the hunt knows many secrets", len(hidden) > 1000)

        public = sorted(p for p in (work / "output/公开").rglob("*") if p.is_file())
        tap.check("the clean village has its notice", any(clean in str(p) for p in public))
        tap.check("a village with a leaking remark has none",
                  [str(p) for p in public if any(name in str(p) for name in planted)])
        faults = []
        for path in public:
            texts = inflated(path, work)
            faults += ["%s: %s…" % (path.name, word[:6]) for word in hunt(texts, hidden)]
            faults += ["%s: %s" % (path.name, word) for word in hunt(texts, ILLNESS)]
        tap.check("no ID, phone, account or illness in any byte of a public product", faults)

        names = [str(p.relative_to(work / "output")) for p in (work / "output").rglob("*")]
        tap.check("no secret in a file name", hunt(names, hidden))
        talk = [result.stdout, result.stderr, (work / "output/检查结果.txt").read_text()]
        tap.check("no secret in a message or the findings file", hunt(talk, hidden))
        tap.check("the findings name the leak", "store-leak" in result.stderr)

        modes = {name: stat.S_IMODE((work / "output" / name).stat().st_mode)
                 for name in ("入户", "内部") if (work / "output" / name).exists()}
        tap.check("folders of private products are 0700",
                  ["%s %o" % item for item in modes.items() if item[1] != 0o700] or
                  ([] if modes else ["none"]))
        tap.check("private files are 0600",
                  ["%s" % p for name in modes for p in (work / "output" / name).rglob("*")
                   if p.is_file() and stat.S_IMODE(p.stat().st_mode) != 0o600])
        tap.check("no temporary file is left",
                  [n for n in names if ".mingbai-" in n or n.endswith(".tmp")])
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
