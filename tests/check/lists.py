#!/usr/bin/python3
"""Random ledgers through lists of every make, read back from the PDFs: every cell stands on the pages
exactly once, groups have their heads and sums, page subtotals add up, what is carried follows. TAP.

One ledger holds many villages with 1 to 130 rows each; every village is a product of one of the
templates below. --seed N: another ledger."""
import random
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

import openpyxl

from _office import recalculated
from _tap import ROOT, Tap, mingbai, run, scratch

VILLAGES = 1000

LEDGER = """name: 清单
title: 随机清单
fields:
  - {name: 行政村, type: area, show: full}
  - {name: 式样, type: string, show: full}
  - {name: 片, type: string, show: full}
  - {name: 组, type: string, show: full}
  - {name: 单位, type: string, show: full}
  - {name: 户主, type: string, identify: true, show: full}
  - {name: 人口, type: integer, show: full}
  - {name: 金额, type: money, unit: 元, show: full}
  - {name: 事由, type: string, identify: true, show: full}
"""

TEMPLATE = """id: lists-%(make)s
title: 清单%(make)s
audience: public
style: notice
ledgers: [清单]
each: |
  SELECT DISTINCT 行政村 FROM 清单 WHERE 式样 = '%(make)s' ORDER BY 行政村
file: "{{行政村}}"
formats: [%(formats)s]
data:
  行: |
    SELECT 片, 组, 单位, 户主, 人口, 金额, 事由 FROM 清单 WHERE 行政村 IS :行政村 ORDER BY _id
body:
  - title: "{{行政村}}清单"
  - table:
      rows: 行
      columns:
        - {number: 序号}
%(unit)s        - {field: 户主, align: spread}
        - over: 数目
          columns: [{field: 人口}, {field: 金额, as: money(2)}]
        - {field: 事由, weight: 1}
%(more)s
%(below)s"""

BANDS = """      page_subtotal: {人口: sum, 金额: sum}
      running: {人口: sum, 金额: sum}
      carry_forward: {人口: sum, 金额: sum}
      total: {人口: sum, 金额: sum}
"""
GROUPS = """      group:
        - {by: 片, count: "{{户主|count}}户", total: {金额: sum, label: "{{片}}小计"}%s}
        - {by: 组, text: "{{组}}", total: {人口: sum, 金额: sum, label: "{{组}}小计"}%s}
"""
SEAL = """  - issuers: {names: 村民委员会, otherwise: 村民委员会, date: 2026年11月2日}
"""
MAKES = {
    "total": {"more": "      total: {人口: sum, 金额: sum}\n", "below": SEAL},
    "bands": {"more": BANDS},
    "groups": {"formats": "pdf, xlsx", "more": GROUPS % ("", ", keep: true") + BANDS, "below": SEAL},
    "pages": {"more": GROUPS % (", page: true", "") + BANDS + "      fill: page\n"},
    "rows": {"formats": "pdf, xlsx", "more": BANDS + "      rows_per_page: 12\n      capital: 金额\n      notes: 注：如有不符请告知\n",
             "unit": "        - {field: 单位, merge: true}\n"},
}


def money(cents):
    return "{:,}.{:02d}".format(cents // 100, cents % 100)


def make_rows(chance, number):
    """Rows of one village: (片, 组, 单位, 户主, 人口, cents, 事由), in groups that stand together."""
    rows, left, area = [], chance.choice((1, 2, 5, chance.randint(3, 40), chance.randint(20, 130))), 0
    while left > 0:
        area += 1
        for group in range(chance.randint(1, 4)):
            for _ in range(chance.randint(1, 1 + chance.choice((2, 9, 30)))):
                if left > 0:
                    serial = "%d-%d" % (number, len(rows))
                    reason = "因" * chance.choice((1, 5, 30)) + " S%s " % serial.replace("-", "x") + \
                        "路" * chance.choice((0, 3, 25))
                    rows.append(("%d片" % area, "%d片%d组" % (area, group + 1),
                                 "单位%d" % chance.randint(1, 3), "H%s" % serial.replace("-", "h"),
                                 chance.randint(1, 9), chance.choice((0, 1, chance.randint(0, 10 ** 8))),
                                 reason))
                    left -= 1
    return rows


def write(home, villages):
    shutil.copytree(ROOT / "templates/styles", home / "templates/styles")
    shutil.copytree(ROOT / "templates/settings", home / "templates/settings")
    for folder in ("ledgers", "notices", "cards", "workbooks"):
        (home / "templates" / folder).mkdir()
    (home / "templates/ledgers/清单.yaml").write_text(LEDGER)
    (home / "fonts").symlink_to(ROOT / "fonts")
    for make, parts in MAKES.items():
        text = TEMPLATE % dict({"unit": "", "below": "", "formats": "pdf"}, make=make, **parts)
        (home / ("templates/notices/lists-%s.yaml" % make)).write_text(text)
    (home / "input").mkdir()
    (home / "input/设置.csv").write_text("名称,值,说明\n年度,2026,\n字体,自由,\n日期,2026-11-02,\n")
    with open(home / "input/清单.csv", "w") as out:
        out.write("行政村,式样,片,组,单位,户主,人口,金额（元）,事由\n")
        for name, (make, rows) in villages.items():
            for row in rows:
                out.write("%s,%s,%s,%s,%s,%s,%d,%d.%02d,%s\n" %
                          ((name, make) + row[:5] + (row[5] // 100, row[5] % 100, row[6])))


def tokens(text):
    return re.findall(r"(?<![A-Za-z0-9])[HS]\d+[hx]\d+", text)


def check_page_rows(make, rows, pages, say):
    """本页小计, 累计, 过次页, 承前页 of each page against the rows that stand on it."""
    paged = make != "total" and not (len(pages) == 1)
    seen = 0
    for number, text in enumerate(pages, 1):
        here = len(re.findall(r"(?<![A-Za-z0-9])H\d+h\d+", text))
        page, before = rows[seen:seen + here], rows[:seen]
        seen += here
        wanted = {
            "承前页": before if paged and number > 1 else None,
            "本页小计": page if paged else None,
            "累计": rows[:seen] if paged else None,
            "过次页": rows[:seen] if paged and number < len(pages) else None,
            "合计": rows if number == len(pages) else None,
        }
        for label, part in wanted.items():
            pattern = r"^%s\n?\s*(\d+)\s+([\d,]+\.\d\d)\s*$" % r"[\s　]*".join(label)
            found = re.findall(pattern, text, re.M)
            sums = part and [(str(sum(r[4] for r in part)), money(sum(r[5] for r in part)))]
            if found != (sums or []):
                say("page %d: %s %s, wanted %s" % (number, label, found, sums))


def check_groups(rows, text, say):
    """Every 片 and 组 has its foot once, with its sums."""
    for key, people in ((0, ""), (1, r"\d+\s+")):
        for name in dict.fromkeys(row[key] for row in rows):
            wanted = [money(sum(r[5] for r in rows if r[key] == name))]
            label = r"\s?".join(name + "小计")  # it may take two lines
            found = re.findall(r"^%s\s+%s([\d,]+\.\d\d)\s*$" % (label, people), text, re.M)
            if found != wanted:
                say("%s: %s, wanted %s" % (name, found, wanted))


def check(path, name, make, rows):
    """What is wrong with a village's PDF."""
    faults = []
    say = lambda text: faults.append("%s (%s, %d rows): %s" % (name, make, len(rows), text))
    if not path.exists():
        return ["%s: no file" % name]
    text = run("pdftotext", "-raw", path, "-").stdout
    pages = text.split("\f")[:-1]
    wanted = [token for row in rows for token in (row[3], tokens(row[6])[0])]
    if sorted(tokens(text)) != sorted(wanted):
        say("cells: %s" % sorted(set(wanted) ^ set(tokens(text)) or {"doubled"})[:5])
    order = [token for token in tokens(text) if token[0] == "H"]
    if order != [row[3] for row in rows]:
        say("out of order")
    for number, page in enumerate(pages, 1):
        if not tokens(page):
            say("page %d has no row" % number)
        if "事由" not in page:
            say("page %d has no head" % number)
    check_page_rows(make, rows, pages, say)
    if make in ("groups", "pages"):
        check_groups(rows, text, say)
    return faults


def check_sheets(tap, home, villages, work):
    """Formulas over rows in groups and on pages: what LibreOffice works out is what stands there."""
    chosen = {make: [name for name, (of, rows) in villages.items() if of == make and len(rows) > 40][:4]
              for make in ("groups", "rows")}
    paths = [home / "output/公开" / (name + ".xlsx") for names in chosen.values() for name in names]
    office, formulas = recalculated(paths, work)
    faults = []
    for path in paths:
        ours = openpyxl.load_workbook(path, data_only=True).worksheets[0]
        theirs = openpyxl.load_workbook(office / path.name, data_only=True).worksheets[0]
        faults += ["%s %s: %r, not %r" % (path.name, cell.coordinate, theirs[cell.coordinate].value, cell.value)
                   for row in ours.iter_rows() for cell in row
                   if isinstance(cell.value, (int, float)) and theirs[cell.coordinate].value != cell.value]
        breaks = len(ours.row_breaks.brk)
        wanted = (len(villages[path.stem][1]) - 1) // 12 if path.stem in chosen["rows"] else 0
        if breaks != wanted:
            faults.append("%s: %d page breaks, not %d" % (path.name, breaks, wanted))
    tap.check("formulas to work out", formulas > 100)
    tap.check("formulas give what stands in their cells; pages end after their rows", faults)


def main():
    seed = 20261126
    if "--seed" in sys.argv:
        at = sys.argv.index("--seed")
        seed = int(sys.argv[at + 1])
        del sys.argv[at:at + 2]
    chance = random.Random(seed)
    home = scratch()
    makes = list(MAKES)
    villages = {"第%d村" % number: (makes[number % len(makes)], make_rows(chance, number))
                for number in range(1, VILLAGES + 1)}
    write(home, villages)
    with Tap() as tap:
        done = mingbai("render", "-i", "input", cwd=home)
        tap.check("%d random ledgers are set" % VILLAGES,
                  done.stderr.splitlines()[-20:] if done.returncode else [])
        with ThreadPoolExecutor(2) as pool:
            faults = list(pool.map(
                lambda item: (item[1][0], check(home / "output/公开" / (item[0] + ".pdf"), item[0], *item[1])),
                villages.items()))
        for make in makes:
            tap.check("%s: every cell once, every sum right" % make,
                      [fault for of, found in faults if of == make for fault in found])
        check_sheets(tap, home, villages, scratch())
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
