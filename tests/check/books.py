#!/usr/bin/python3
"""Workbooks as ledgers: the samples saved as .xlsx in several ways give the same documents. TAP."""
import csv
import io
import re
import shutil
import zipfile
from datetime import date

import openpyxl
from openpyxl.styles import Font

from _tap import ROOT, Tap, mingbai, run, scratch

SETTINGS = "设置.csv"
DAY = re.compile(r"(\d{4})(?:[-/年])(\d{1,2})(?:[-/月])(\d{1,2})日?$")
NUMBER = re.compile(r"-?(0|[1-9]\d{0,9})(\.\d*[1-9])?$")


def rows_of(path):
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.reader(io.StringIO(text, newline="")))


def ledgers(folder):
    return [p for p in sorted(folder.rglob("*.csv")) if p.name != SETTINGS]


def put_texts(sheet, rows):
    for row in rows:
        sheet.append([cell or None for cell in row])


def put_typed(sheet, rows):
    """Numbers and days as a clerk's spreadsheet keeps them, cells of its own looks."""
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            if not text:
                continue
            cell, day = sheet.cell(r, c), DAY.match(text)
            if day:
                cell.value = date(*map(int, day.groups()))
                cell.number_format = ('yyyy"年"m"月"d"日"', "yyyy/m/d", "[$-804]yyyy-mm-dd;@")[c % 3]
            elif NUMBER.match(text):
                cell.value = float(text) if "." in text else int(text)
                cell.number_format = ("General", "#,##0.00", "0.00_ ")[r % 3]
            else:
                cell.value = text
            cell.font = Font(bold=r == 1)


def as_books(folder, put):
    """Each CSV of a copy of the samples becomes a workbook, beside sheets that are no ledger."""
    shutil.copytree(ROOT / "input", folder)
    for path in sorted(folder.rglob("*.csv")):
        book = openpyxl.Workbook()
        put(book.active, rows_of(path))
        book.create_sheet("Sheet2")
        book.create_sheet("旧的").sheet_state = "hidden"
        book["旧的"].append(["户主姓名", "家庭人口"])
        book.save(path.with_suffix(".xlsx"))
        path.unlink()


def as_one_book(folder):
    """All ledgers as sheets of one workbook, the file's name (and its folder's) as the sheet's."""
    shutil.copytree(ROOT / "input", folder)
    book = openpyxl.Workbook()
    for path in ledgers(folder):
        name = "".join(path.relative_to(folder).with_suffix("").parts)
        put_texts(book.create_sheet(name[:31]), rows_of(path))
        path.unlink()
    book.remove(book.active)
    book.save(folder / "云岭镇.xlsx")


def by_office(folder, work):
    """As LibreOffice saves the workbooks of texts."""
    as_books(folder, put_texts)
    before, after = work / "before", work / "after"
    before.mkdir()
    paths = sorted(folder.rglob("*.xlsx"))
    for k, path in enumerate(paths):
        shutil.copy(path, before / ("%d.xlsx" % k))
    run("soffice", "-env:UserInstallation=file://%s" % (work / "profile"), "--headless",
        "--convert-to", "xlsx", "--outdir", after, *sorted(before.iterdir()))
    for k, path in enumerate(paths):
        shutil.copy(after / ("%d.xlsx" % k), path)


def warnings(result):
    return [line for line in result.stderr.splitlines() if line.startswith(("错误", "提醒"))]


def documents(folder, out):
    """A run, and every document of it as text."""
    result = mingbai("render", "-f", "tree", "-i", folder, "-o", out)
    texts = {str(p.relative_to(out)): p.read_text() for p in sorted(out.rglob("*.tree.txt"))}
    return result, texts


def differences(one, two):
    faults = ["only in one: %s" % name for name in sorted(set(one) ^ set(two))]
    for name in sorted(set(one) & set(two)):
        for a, b in zip(one[name].splitlines(), two[name].splitlines()):
            if a != b:
                faults.append("%s: %s | %s" % (name, a, b))
                break
    return faults + ["differs: %s" % n for n in sorted(set(one) & set(two)) if one[n] != two[n]]


def check_rows(tap, folder, out):
    """Rows read, refused and others are all rows of each sheet."""
    result = mingbai("check", "-v", "-i", folder, "-o", out)
    faults, seen = [], 0
    for line in result.stdout.splitlines()[1:]:
        cells = line.split("\t")
        where = re.match(r"(.*\.xlsx)〔(.*)〕$", cells[0])
        if not where:
            continue
        sheet = openpyxl.load_workbook(folder / where.group(1))[where.group(2)]
        last = max(row[0].row for row in sheet.iter_rows() if any(c.value is not None for c in row))
        seen += 1
        if sum(map(int, cells[3:6])) != last:
            faults.append("%s: %s rows" % (line, last))
    tap.check("read, refused and other rows are all rows of a sheet", faults)
    tap.check("a line for each sheet", seen == len(ledgers(ROOT / "input")))


def check_bomb(tap, work):
    """256 MiB of blanks in 256 KiB, as a sheet and as the list of sheets."""
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        folder = work / ("bomb-" + name.replace("/", "-"))
        folder.mkdir()
        plain = work / "plain.xlsx"
        book = openpyxl.Workbook()
        book.active.append(["户主姓名", "家庭人口"])
        book.save(plain)
        with zipfile.ZipFile(plain) as source, \
                zipfile.ZipFile(folder / "户.xlsx", "w", zipfile.ZIP_DEFLATED) as target:
            for part in source.namelist():
                if part != name:
                    target.writestr(part, source.read(part))
            with target.open(name, "w", force_zip64=True) as out:
                out.write(b"<worksheet><sheetData>")
                for _ in range(256):
                    out.write(b" " * (1 << 20))
        result = mingbai("check", "-i", folder, "-o", work / "out-bomb")
        tap.check("a bomb in %s is refused" % name,
                  [] if result.returncode == 1 and "[book-too-large]" in result.stderr
                  else [result.stderr])


def main():
    work = scratch()
    with Tap() as tap:
        first, expected = documents(ROOT / "input", work / "out")
        tap.check("the samples give documents", len(expected) > 10 and first.returncode == 0)
        for name, make in (("texts", lambda f: as_books(f, put_texts)),
                           ("numbers and days", lambda f: as_books(f, put_typed)),
                           ("one workbook of all", as_one_book),
                           ("LibreOffice", lambda f: by_office(f, work))):
            folder = work / name
            make(folder)
            result, got = documents(folder, work / ("out " + name))
            tap.check("%s: the same warnings" % name,
                      sorted(set(warnings(first)) ^ set(warnings(result))))
            tap.check("%s: the same documents" % name, differences(expected, got))
        check_rows(tap, work / "texts", work / "out-check")
        check_bomb(tap, work)


main()
