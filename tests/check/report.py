#!/usr/bin/python3
"""check -f xlsx: the report that goes back to the villages says what the findings say, marks the cells
they speak of and no others, and its sums close. TAP."""
import json
import shutil
import sys

import openpyxl

from _tap import ROOT, Tap, mingbai, scratch

FILL = "FFFFC7CE"
DIRTY = ROOT / "tests/samples/dirty"
# Each of another file, so that they can be laid over one another.
CASES = ("bad-date", "unknown-code", "dangling-key", "private-in-remark")


def marked(sheet):
    return {cell.coordinate for row in sheet.iter_rows() for cell in row
            if cell.fill.fgColor.rgb == FILL}


def columns(sheet):
    return [cell.value for cell in sheet[1]]


def check_village(book, findings):
    """The workbook of the only village against the findings as JSON tells them."""
    faults = []
    listed = columns(book["问题"])
    rows = [dict(zip(listed, (c.value for c in row))) for row in book["问题"].iter_rows(min_row=2)]
    told = sorted((r["代码"], r["文件"], r["行"], r["列"]) for r in rows)
    wanted = sorted((f["code"], f["file"], f["line"], f["column"]) for f in findings)
    if told != wanted:
        faults.append("listed %s, not %s" % (told, wanted))
    for f in findings:
        cells = []
        for sheet in book.worksheets[1:]:
            heads = columns(sheet)
            for row in sheet.iter_rows(min_row=2):
                if (row[0].value, row[1].value) != (f["file"], f["line"]):
                    continue
                reason = row[heads.index("问题")].value or ""
                if f["message"] not in reason:
                    faults.append("%s: no reason in %s row %d" % (f["code"], sheet.title, row[0].row))
                cells += [heads[c.column - 1] for c in row if c.fill.fgColor.rgb == FILL]
        if f["field"] and not cells:
            faults.append("%s: no cell is marked for %s" % (f["code"], f["field"]))
    return faults


def main():
    work = scratch()
    shutil.copytree(DIRTY / "base", work / "input")
    for case in CASES:
        shutil.copytree(DIRTY / case, work / "input", dirs_exist_ok=True)
    with Tap() as tap:
        done = mingbai("check", "-f", "xlsx", "-i", work / "input", "-o", work / "out", "-s", "年度=2026")
        told = json.loads(mingbai("check", "-f", "json", "-i", work / "input", "-o", work / "other", "-s",
                                  "年度=2026").stdout)
        findings = [f for f in told["findings"] if f["level"] != "note"]
        placed = [f for f in findings if f["line"]]
        tap.check("there is something to report, exit 1", done.returncode == 1 and len(placed) >= len(CASES))
        folder = work / "out/内部/数据问题清单"
        names = sorted(path.name for path in folder.iterdir())
        tap.check("a workbook for the village, one for all", names == ["汇总.xlsx", "石门村.xlsx"])
        tap.check("for internal readers only", [oct(p.stat().st_mode) for p in folder.iterdir()
                                                if p.stat().st_mode & 0o077])
        village = openpyxl.load_workbook(folder / "石门村.xlsx")
        tap.check("every finding with its reason and its cell", check_village(village, placed))
        tap.check("no cell is marked without a reason", [
            "%s %s" % (sheet.title, where) for sheet in village.worksheets[1:] for where in marked(sheet)
            if not sheet.cell(sheet[where].row, columns(sheet).index("问题") + 1).value])
        tap.check("cells that could not be read show their text",
                  any(sheet[where].value == "2018年2月30日" for sheet in village.worksheets[1:]
                      for where in marked(sheet)))
        summary = openpyxl.load_workbook(folder / "汇总.xlsx")["汇总"]
        total = sum(row[-1].value for row in summary.iter_rows(min_row=2))
        parts = sum(c.value or 0 for row in summary.iter_rows(min_row=2) for c in row[3:-1])
        tap.check("sums by code and village close", total == len(findings) == parts)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
