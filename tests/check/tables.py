#!/usr/bin/python3
"""merge and compare over the sample township, read back by openpyxl and the csv module, against the
truth its generator knows. TAP."""
import csv
import shutil
import sys
from collections import Counter
from decimal import Decimal

import openpyxl

from _tap import ROOT, Tap, mingbai, scratch

sys.path.insert(0, str(ROOT / "tests/samples"))
sys.dont_write_bytecode = True
import make_samples  # noqa: E402


def read_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_sheet(book, name):
    rows = [["" if cell is None else str(cell) for cell in row] for row in book[name].values]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def number(text):
    return Decimal(text or 0)


def same_tables(folder, ledger, sheets):
    """What the workbook's sheets and the CSV files hold differently."""
    faults = []
    book = openpyxl.load_workbook(folder / (ledger + ".xlsx"))
    for sheet, tail in sheets:
        mine, other = read_sheet(book, sheet), read_csv(folder / (ledger + tail + ".csv"))
        if not other:
            mine = []  # 没有
        if len(mine) != len(other):
            faults.append("%s: %d rows, %d in csv" % (sheet, len(mine), len(other)))
        for at, (a, b) in enumerate(zip(mine, other)):
            faults += ["%s row %d %s: %r, %r in csv" % (sheet, at, name, a.get(name), value)
                       for name, value in b.items()
                       if a.get(name) != value and not is_close(a.get(name), value)]
    return faults


def is_close(cell, text):
    try:
        return Decimal(cell) == Decimal(text)
    except (ArithmeticError, TypeError):
        return False


def household_faults(town, rows):
    faults = []
    by_head = {(row["行政村"], row["户主证件号码"]): row for row in rows}
    if len(rows) != len(town.households):
        faults.append("%d rows for %d households" % (len(rows), len(town.households)))
    for household in town.households:
        row = by_head.get((household.village, household.head.id))
        if not row:
            faults.append("no row for %s" % household.head.name)
            continue
        for name, due in (("家庭人口", str(len(household.members))),
                          ("户主姓名", household.head.name)):
            if row[name] != due:
                faults.append("%s: %s is %s, not %s" % (household.head.name, name, row[name], due))
    return faults


def person_faults(town, rows):
    due = Counter((h.village, m.name, m.id) for h in town.households for m in h.members)
    found = Counter((row["行政村"], row["姓名"], row["证件号码"]) for row in rows)
    return ["%s: %s" % (word, who) for word, left in (("missing", due - found), ("too many", found - due))
            for who in left]


def source_faults(rows, sources):
    """Every source's rows and sums, added up again from the merged rows."""
    faults = []
    *files, together, table, gap = sources
    told = [name for name in table if name not in ("来源文件", "读入行", "计入行", "重复行", "有误格")]
    if not told:
        faults.append("no sums at all")
    for line in files:
        mine = [row for row in rows if row["来源文件"] == line["来源文件"]]
        if int(line["计入行"]) != len(mine):
            faults.append("%s: %s rows, not %d" % (line["来源文件"], line["计入行"], len(mine)))
        if line["读入行"] and int(line["读入行"]) != len(mine) + int(line["重复行"]):
            faults.append("%s: read %s" % (line["来源文件"], line["读入行"]))
        faults += ["%s %s: %s" % (line["来源文件"], name, line[name]) for name in told
                   if number(line[name]) != sum(number(row[name]) for row in mine)]
    for name in told + ["计入行"]:
        total = sum(number(line[name]) for line in files)
        if number(together[name]) != total or number(table[name]) != total or number(gap[name]):
            faults.append("%s does not balance" % name)
    return faults


def check_merge(tap, town, out):
    talk = mingbai("merge", "-f", "xlsx,csv", "-o", out)
    folder = out / "内部" / "合并"
    tap.check("merge succeeds", talk.returncode == 0)
    households, persons = read_csv(folder / "户.csv"), read_csv(folder / "人.csv")
    tap.check("every household once, as the township has it", household_faults(town, households))
    tap.check("every person once, with name and ID", person_faults(town, persons))
    for ledger in ("户", "人", "措施"):
        rows = read_csv(folder / (ledger + ".csv"))
        tap.check("%s: sources balance with the rows" % ledger,
                  source_faults(rows, read_csv(folder / (ledger + "-来源.csv"))))
        tap.check("%s: workbook and csv say the same" % ledger,
                  same_tables(folder, ledger, ((ledger, ""), ("来源", "-来源"), ("重复", "-重复"))))
    income = sum(number(row["金额"]) for row in read_csv(folder / "措施.csv"))
    due = sum(Decimal(m.granted) / 100 for h in town.households for m in h.measures)
    tap.check("金额 of all measures to the fen", [] if income == due else ["%s, not %s" % (income, due)])


def provenance_faults(out):
    """来源行 is the line on which the row stands: looked up in one plain file."""
    lines = (ROOT / "input/石门村/石门村户台账.csv").read_text("utf-8-sig").splitlines()
    rows = [row for row in read_csv(out / "内部/合并/户.csv") if row["来源文件"] == "石门村/石门村户台账.csv"]
    faults = [row["户主姓名"] for row in rows
              if row["户主证件号码"] not in lines[int(row["来源行"]) - 1]]
    return faults if rows else ["no rows of that file"]


def check_compare(tap, town, work):
    """Seeded changes in a copy of the samples: exactly these are found."""
    new = work / "new"
    shutil.copytree(ROOT / "input", new)
    path = new / "石门村/石门村户台账.csv"
    lines = path.read_text("utf-8-sig").split("\n")
    cells = [next(csv.reader([line])) if line.strip() else [] for line in lines]
    head = cells[0]
    number_at, phone = head.index("户编号"), head.index("联系电话")
    lines[5] = lines[5].replace(cells[5][phone], "19909909999")
    moved = lines.pop(8)
    lines.insert(3, moved)  # order is no difference
    gone = cells[20]
    lines = [line for line in lines if gone[number_at] not in line]
    path.write_text("\n".join(lines), "utf-8-sig")
    out = work / "compared"
    mingbai("compare", ROOT / "input", new, "-f", "xlsx,csv", "-o", out)
    folder = out / "内部" / "比对"
    changes = read_csv(folder / "户.csv")
    due = [(cells[5][number_at], "户联系电话", cells[5][phone], "19909909999")]
    found = [(row["主键"], row["列"], row["旧值"], row["新值"]) for row in changes]
    tap.check("the changed cell and no other", [] if found == due else ["%s" % found])
    tap.check("both places of the change", bool(changes) and
              changes[0]["旧出处"] == "石门村/石门村户台账.csv:6:7" and
              changes[0]["新出处"] == "石门村/石门村户台账.csv:7:7")
    left = [row["户编号"] for row in read_csv(folder / "户-退出.csv")]
    tap.check("the household that left", [] if left == [gone[number_at]] else ["%s" % left])
    tap.check("nobody entered", not read_csv(folder / "户-进入.csv"))
    tap.check("户: workbook and csv say the same", same_tables(
        folder, "户", (("变化", ""), ("进入", "-进入"), ("退出", "-退出"), ("汇总", "-汇总"))))
    for ledger in ("人", "措施", "村"):
        summary = read_csv(folder / (ledger + "-汇总.csv"))[0]
        tap.check("%s: nothing else changed" % ledger,
                  [name for name in ("进入", "退出", "变化的格") if summary[name] != "0"])


def main():
    work = scratch()
    town = make_samples.sample_town()
    with Tap() as tap:
        check_merge(tap, town, work / "merged")
        tap.check("each row says where it stands", provenance_faults(work / "merged"))
        check_compare(tap, town, work)


main()
