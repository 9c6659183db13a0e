#!/usr/bin/python3
"""make bench: whole runs of mingbai on generated ledgers: CPU seconds, peak memory, pages, bytes; the
median of five, and multiples of tests/bench/calibrate.c run beside each. --quick: one run each."""
import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "tests/bench"
RUNS = 5


def measure(command, cwd):
    """(CPU seconds, peak KiB, seconds on the wall) of one run; a failing command ends the bench."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as talk:
        child = subprocess.Popen([str(c) for c in command], cwd=cwd, stdin=subprocess.DEVNULL,
                                 stdout=talk, stderr=talk)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            talk.seek(0)
            sys.exit("bench: %s: exit %d\n%s" % (" ".join(map(str, command)), child.returncode,
                                                 talk.read().decode()[-2000:]))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, time.monotonic() - start


def row(name, command, cwd, product, calibrate, runs, limit=""):
    cpu, peak, unit = [], [], []
    measure(command, cwd)  # warms the caches of files and fonts
    for _ in range(runs):
        unit.append(measure([calibrate], cwd)[0])
        seconds, kib, _ = measure(command, cwd)
        cpu.append(seconds)
        peak.append(kib)
    pages, size = "", ""
    if product:
        path = cwd / product
        size = path.stat().st_size
        if path.suffix == ".pdf":
            info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True).stdout
            pages = re.search(r"Pages:\s+(\d+)", info).group(1)
    ratio = statistics.median(c / u for c, u in zip(cpu, unit))
    print("%-44s %8.3f %8.2f %8.1f %7s %10s  %s" % (name, statistics.median(cpu), ratio,
                                                    statistics.median(peak) / 1024, pages, size,
                                                    limit), flush=True)
    return statistics.median(cpu)


def threads_row(name, command, cwd, jobs, runs, alone):
    """Like row(), with the time on the wall; alone: that of -j 1, or None. Returns the time."""
    walls, cpu, peak = [], [], []
    for _ in range(runs):
        seconds, kib, wall = measure(command + ["-j", jobs], cwd)
        walls.append(wall)
        cpu.append(seconds)
        peak.append(kib)
    wall = min(walls)  # what else the machine does only adds to it
    note = "%.2f s on the wall" % wall
    if alone:
        note += ", %.2f × faster than -j 1; 1.6 wanted on 2 processors" % (alone / wall)
    print("%-44s %8.3f %8s %8.1f %7s %10s  %s" % ("%s, -j %d" % (name, jobs), statistics.median(cpu), "",
                                                  statistics.median(peak) / 1024, "", "", note), flush=True)
    return wall


def lexicon(chance):
    """Two-character words over 2 040 characters; the first are common, as in running text."""
    every = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7)
             for low in range(0xA1, 0xFF) if (high, low) < (0xD7, 0xFA)]
    used = chance.sample(every, 2040)
    words = [used[i] + used[i + 1] for i in range(0, 2040, 2)]
    return words, [1 / (rank + 30) for rank in range(len(words))]


def phrase(chance, words, low, high):
    count = chance.randint(low, high)
    picked = "".join(chance.choices(*words, k=count // 2 + 1))
    return picked[:count]


def write_list(folder, count=10000):
    chance = random.Random(1)
    words = lexicon(chance)
    reasons = set()
    with open(folder / "清单.csv", "w", encoding="utf-8") as out:
        out.write("行政村,村民小组,户主,人口,面积（亩）,标准（元）,金额（元）,事由\n")
        for number in range(count):
            reason = phrase(chance, words, 20, 60)
            reasons.add(reason)
            area, rate = chance.randint(10, 4000), chance.randint(500, 20000)
            out.write("石门村,%s组,%s,%d,%.2f,%.2f,%.2f,%s\n" % (
                "一二三四五六七八九十"[number * 10 // count], phrase(chance, words, 2, 3),
                chance.randint(1, 9), area / 100, rate / 100, area * rate / 10000, reason))
    assert len(reasons) > count * 0.999 and len(set("".join(reasons))) >= 2000


def write_villages(folder, villages=200, households=40):
    chance = random.Random(3)
    words = lexicon(chance)
    with open(folder / "清单.csv", "w", encoding="utf-8") as out:
        out.write("行政村,村民小组,户主,人口,面积（亩）,标准（元）,金额（元）,事由\n")
        for village in range(villages):
            for number in range(households):
                area, rate = chance.randint(10, 4000), chance.randint(500, 20000)
                out.write("第%03d村,%s组,%s,%d,%.2f,%.2f,%.2f,%s\n" % (
                    village + 1, "一二三四"[number // 10], phrase(chance, words, 2, 3),
                    chance.randint(1, 9), area / 100, rate / 100, area * rate / 10000,
                    phrase(chance, words, 20, 60)))


def write_cards(folder):
    chance = random.Random(2)
    words = lexicon(chance)
    with open(folder / "卡片.csv", "w", encoding="utf-8") as out:
        out.write("卡号,行政村," + ",".join("项目%d" % i for i in range(1, 25)) + "\n")
        for number in range(1000):
            out.write("K%04d,石门村,%s\n" % (number, ",".join(phrase(chance, words, 2, 8) for _ in range(24))))


CARD_LEDGER = """name: 卡片
title: 测速卡片
fields:
  - {name: 卡号, type: string, identify: true, show: full}
  - {name: 行政村, type: area, show: full}
%s
"""

CARD = """# bench (b): one A5 card of 24 cells a row.
id: bench-card
title: 测速卡片
audience: household
style: bench-card
ledgers: [卡片]
parameters: {年度: {type: year}}
unit:
  rows: |
    SELECT _id, 卡号, %s FROM 卡片 ORDER BY _id
  name: "{{卡号}}"
file: cards
formats: [pdf]
body:
  - title: 明白卡
    lines: 1
  - form:
      columns: 8
      rows:
%s
"""


def write_card_templates(templates):
    names = ["项目%d" % i for i in range(1, 25)]
    fields = "\n".join("  - {name: %s, type: string, show: full}" % name for name in names)
    (templates / "ledgers/卡片.yaml").write_text(CARD_LEDGER % fields)
    rows = []
    for start in range(0, 24, 4):
        cells = ", ".join("{label: 项目}, {value: \"{{%s}}\"}" % n for n in names[start:start + 4])
        rows.append("        - [%s]" % cells)
    (templates / "cards/bench-card.yaml").write_text(CARD % (", ".join(names), "\n".join(rows)))


def home(work, name, *files):
    """A folder to run in, with those of the bench's templates."""
    folder = work / name
    for part in ["input"] + ["templates/" + p for p in ("ledgers", "styles", "notices", "cards",
                                                         "workbooks")]:
        (folder / part).mkdir(parents=True)
    for file in files:
        shutil.copy(HERE / "templates" / file, folder / "templates" / file)
    shutil.copytree(ROOT / "templates/settings", folder / "templates/settings")
    (folder / "input/设置.csv").write_text("名称,值,说明\n年度,2026,\n字体,自由,\n日期,2026-11-02,\n")
    (folder / "fonts").symlink_to(ROOT / "fonts")
    return folder


def large(work, mingbai, calibrate, runs):
    """100 000 rows; what setting them takes is what a run takes beyond one that only loads them: fonts
    and Cairo in any list, and what grows with it."""
    beyond = {}
    for count in (1000, 100000):
        lists = home(work, "large-%d" % count, "ledgers/清单.yaml", "notices/bench-bands.yaml",
                     "styles/bench.yaml")
        write_list(lists / "input", count)
        if count == 100000:
            row("(e) 100 000 rows × 8 columns in groups", [mingbai, "render"], lists,
                "output/公开/bands.pdf", calibrate, min(runs, 3), "10 s")
        whole = measure([mingbai, "render"], lists)[1]
        template = lists / "templates/notices/bench-bands.yaml"
        template.write_text(template.read_text().replace("formats: [pdf]", "formats: [xlsx]"))
        beyond[count] = (whole - measure([mingbai, "render", "--dry-run"], lists)[1]) / 1024
    print("    MiB beyond the loaded stores and row sets: %.1f, of which a list of 1 000 rows takes %.1f;"
          " grows by %.1f, limit 32" % (beyond[100000], beyond[1000], beyond[100000] - beyond[1000]))


def compile_c(source, target, *libraries):
    subprocess.run(["cc", "-O2", "-o", str(target), str(HERE / source)] + list(libraries), check=True)
    return target


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default="build")
    arguments.add_argument("--quick", action="store_true")
    options = arguments.parse_args()
    runs = 1 if options.quick else RUNS
    mingbai = ROOT / options.build / "mingbai"
    with tempfile.TemporaryDirectory(prefix="mingbai-bench-") as folder:
        work = Path(folder)
        calibrate = compile_c("calibrate.c", work / "calibrate")
        bare = compile_c("bare_xlsx.c", work / "bare_xlsx", "-lxlsxwriter")
        print("median of %d, CPU = user + system of the whole process; ×cal: multiples of "
              "tests/bench/calibrate.c" % runs)
        print("%-44s %8s %8s %8s %7s %10s  %s" % ("", "CPU s", "×cal", "MiB", "pages", "bytes",
                                                  "limit"))

        lists = home(work, "list", "ledgers/清单.yaml", "notices/bench-list.yaml", "styles/bench.yaml")
        write_list(lists / "input")
        row("(a) list, 10 000 rows × 8 columns", [mingbai, "render"], lists, "output/公开/list.pdf",
            calibrate, runs, "1.0 s, 96 MiB")

        grouped = home(work, "grouped", "ledgers/清单.yaml", "notices/bench-bands.yaml",
                       "styles/bench.yaml")
        shutil.copy(lists / "input/清单.csv", grouped / "input")
        plain = row("    the same again", [mingbai, "render"], lists, "output/公开/list.pdf", calibrate,
                    runs)
        bands = row("    in groups, with page subtotals and carry", [mingbai, "render"], grouped,
                    "output/公开/bands.pdf", calibrate, runs, "1.15 × the plain one")
        print("    %.2f × the plain one" % (bands / plain))
        large(work, mingbai, calibrate, runs)

        cards = home(work, "cards", "styles/bench-card.yaml")
        write_cards(cards / "input")
        write_card_templates(cards / "templates")
        row("(b) 1 000 A5 cards of 24 cells", [mingbai, "render", "bench-card"], cards,
            "output/入户/cards.pdf", calibrate, runs)

        books = home(work, "books", "workbooks/bench-workbook.yaml")
        for ledger in (ROOT / "templates/ledgers").glob("*.yaml"):
            shutil.copy(ledger, books / "templates/ledgers")
        shutil.copy(ROOT / "templates/styles/workbook.yaml", books / "templates/styles")
        subprocess.run([str(bare), "--csv", str(books / "input/户.csv")], check=True)
        row("(c) workbook 100 000 × 16", [mingbai, "render", "bench-workbook"], books,
            "output/内部/workbook.xlsx", calibrate, runs)
        row("    its floor: bare_xlsx", [bare, work / "bare.xlsx"], work, "bare.xlsx", calibrate, runs)
        row("    its ledger loaded, as CSV", [mingbai, "check"], books, None, calibrate, runs)
        (books / "input/户.csv").unlink()
        shutil.copy(work / "bare.xlsx", books / "input/户.xlsx")
        row("    the same, as a workbook", [mingbai, "check"], books, None, calibrate, runs)

        row("(d) render exit-notice --only one village",
            [mingbai, "render", "exit-notice", "--only", "行政村=白岩村", "-o", work / "one"], ROOT, None,
            calibrate, runs, "0.15 s")

        villages = home(work, "villages", "ledgers/清单.yaml", "notices/bench-villages.yaml",
                        "styles/bench.yaml")
        write_villages(villages / "input")
        name, alone = "(f) 200 villages, a list of 40 rows each", None
        for jobs in (1, 2):
            wall = threads_row(name, [mingbai, "render", "bench-villages"], villages, jobs, runs, alone)
            alone = alone or wall


if __name__ == "__main__":
    main()
