#!/usr/bin/env python3
"""Writes tests/samples/dirty/: one folder for each kind of dirt that must be refused, or told.

usage: make_dirty.py [FOLDER]    (default: dirty/ beside this file)

base/ is a small clean input. Every other folder holds only the files that differ from it: a test
copies base/, then the folder over it. Households are the first six of the sample township.
"""
import os
import sys

from help import give_help
from make_samples import Sheet, change_columns, group_ordinal, household_columns, measure_columns
from make_samples import member_columns, notices, settings, villages
from township import Township

HOUSEHOLDS, PEOPLE, MEASURES, CHANGES = "户.csv", "人.csv", "措施.csv", "动态调整.csv"


def tables(households):
    family, people = Sheet(household_columns(group_ordinal)), Sheet(member_columns(group_ordinal))
    help_, changes = Sheet(measure_columns(True)), Sheet(change_columns())
    for household in households:
        family.add(household)
        changes.add(household, "脱贫", "")
        for member in household.members:
            people.add(household, member)
        for measure in household.measures:
            help_.add(household, measure)
    return {HOUSEHOLDS: family.rows, PEOPLE: people.rows, MEASURES: help_.rows, CHANGES: changes.rows}


def cell(file, row, head, text):
    """Another text in one cell; row 1 is the first row of data."""
    def spoil(rows):
        rows[row][rows[0].index(head)] = text
    return file, spoil


def raw(file, change):
    """A change to the file's bytes."""
    def spoil(data):
        return change(data)
    spoil.raw = True
    return file, spoil


def replaced(old, new):
    """Bytes in place of the first such text."""
    return raw(HOUSEHOLDS, lambda data: data.replace(old.encode(), new, 1))


def only(rows):
    def spoil(all_rows):
        all_rows[:] = rows
    return spoil


def cut(rows):
    del rows[3][5:]


def lengthened(rows):
    rows[3].append("多出来的一格")


def drop_column(head):
    def spoil(rows):
        at = rows[0].index(head)
        for row in rows:
            del row[at]
    return spoil


def double_column(head):
    def spoil(rows):
        at = rows[0].index(head)
        for row in rows:
            row.append(row[at])
    return spoil


def same_key(rows):
    """Two rows with one 户编号 and different contents."""
    rows.append(list(rows[2]))
    rows[-1][rows[0].index("家庭人口")] = "9"


def stranger(rows):
    """A household nobody knows."""
    for head, text in (("户编号", "990101099999"), ("户主姓名", "无此人"), ("证件号码", "")):
        rows[1][rows[0].index(head)] = text


def broken_id(id_):
    """Another last character: the check digit is wrong."""
    return id_[:-1] + ("0" if id_[-1] != "0" else "1")


def cases(households):
    """(folder, code of the finding it must give): what is spoiled."""
    first = households[0].head.id
    return {
        ("empty-file", "csv-empty"): raw(HOUSEHOLDS, lambda data: b""),
        ("undecodable-byte", "csv-undecodable"): replaced("低保", b"\xff\xb1"),
        ("nul-byte", "csv-nul"): replaced("低保", b"\x00"),
        ("half-character", "csv-undecodable"): raw(HOUSEHOLDS, lambda data: data.rstrip() + "龘".encode()[:2]),
        ("utf16-unmarked", "csv-utf16"): raw(HOUSEHOLDS, lambda data: data.decode().encode("utf-16-le")),
        ("too-many-columns", "csv-too-many-columns"): raw(HOUSEHOLDS, lambda data: data + b"," * 16384 + b"\n"),
        ("unclosed-quote", "csv-unclosed-quote"): replaced("低保贫困户", '"低保贫困户'.encode()),
        ("stray-quote", "csv-stray-quote"): replaced("低保贫困户", '"低保"贫困户'.encode()),
        ("workbook", "csv-not-text"): raw(HOUSEHOLDS, lambda data: b"PK\x03\x04\x14\x00" + bytes(20)),
        ("web-page", "csv-not-text"): raw(HOUSEHOLDS, lambda data: b"<html><table><tr><td>1</table>"),
        ("unknown-ledger", "ledger-no-head"): (HOUSEHOLDS, only([["甲", "乙"], ["1", "2"]])),
        ("short-row", "ledger-cell-empty"): (HOUSEHOLDS, cut),
        ("long-row", "ledger-ragged"): (HOUSEHOLDS, lengthened),
        ("column-missing", "ledger-unrecognised"): (HOUSEHOLDS, drop_column("户主姓名")),
        ("column-doubled", "ledger-column-doubled"): (HOUSEHOLDS, double_column("家庭人口")),
        ("wrong-type", "value-wrong-type"): cell(HOUSEHOLDS, 2, "家庭人口", "好几口"),
        ("formula-in-number", "value-formula"): cell(HOUSEHOLDS, 2, "家庭纯收入", "=SUM(N3:Q3)"),
        ("formula-error", "value-formula"): cell(HOUSEHOLDS, 2, "家庭纯收入", "#REF!"),
        ("too-precise", "value-too-precise"): cell(HOUSEHOLDS, 2, "家庭纯收入", "1234.12345678"),
        ("out-of-range", "value-range"): cell(HOUSEHOLDS, 2, "家庭人口", "-3"),
        ("unknown-code", "value-code"): cell(HOUSEHOLDS, 2, "主要致贫原因", "因懒"),
        ("lost-digits", "value-lost-digits"): cell(HOUSEHOLDS, 1, "户主证件号码", "9.90101E+17"),
        ("lost-digits-zeros", "value-lost-digits"): cell(HOUSEHOLDS, 1, "户主证件号码", first[:15] + "000"),
        ("id-length", "value-id-length"): cell(PEOPLE, 1, "证件号码", first[:16]),
        ("id-check", "value-id-check"): cell(PEOPLE, 1, "证件号码", broken_id(first)),
        ("id-date", "value-id-date"): cell(PEOPLE, 1, "证件号码", "990101198002300014"),
        ("bad-date", "value-date"): cell(PEOPLE, 1, "出生日期", "2018年2月30日"),
        ("date-marks-lost", "value-date-marks-lost"): cell(PEOPLE, 1, "出生日期", "2018723"),
        ("two-numbers", "value-two-numbers"): cell(HOUSEHOLDS, 2, "家庭人口", "1  4人"),
        ("formula-in-name", "value-formula"): cell(HOUSEHOLDS, 2, "户主姓名", "#REF!"),
        ("private-use", "value-private-use"): cell(PEOPLE, 2, "姓名", "王\ue500"),
        ("bad-phone", "value-phone"): cell(HOUSEHOLDS, 1, "联系电话", "1990990"),
        ("same-key", "ledger-duplicate-key"): (HOUSEHOLDS, same_key),
        ("dangling-key", "ledger-link-dangling"): (MEASURES, stranger),
        ("private-in-remark", "store-leak"): cell(CHANGES, 3, "备注", f"联系人身份证{first}"),
    }


def twin_column(head):
    """A system exports the column twice; in one row the second says something else."""
    def spoil(rows):
        double_column(head)(rows)
        rows[0][-1] += "0"
        rows[2][-1] = "9"
    return spoil


def readable(households):
    """(folder, code of the note or warning it must give): what is unusual, but can be read."""
    return {
        ("utf16-tabs", "csv-separator"): raw(
            HOUSEHOLDS, lambda data: data.decode().replace(",", "\t").encode("utf-16")),
        ("semicolons", "csv-separator"): raw(
            HOUSEHOLDS, lambda data: data.decode().replace(",", ";").encode("gb18030")),
        ("old-private-use", "csv-private-use"): cell(CHANGES, 3, "备注", "又名王\ue863"),
        ("name-damaged", "value-name-damaged"): cell(PEOPLE, 2, "姓名", "王?"),
        ("placeholder", "value-placeholder"): cell(PEOPLE, 2, "务工所在地", "×××"),
        ("document-number", "value-document-number"): cell(CHANGES, 3, "备注", "依据晋农函202561号"),
        ("twin-column", "ledger-twin-differs"): (HOUSEHOLDS, twin_column("家庭人口")),
        ("member-count", "ledger-member-count"): cell(HOUSEHOLDS, 2, "家庭人口", "9口人"),
    }


def write(folder, name, rows):
    sheet = Sheet([])
    sheet.rows = rows
    sheet.write(folder, name, "utf-8", "\n")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "dirty")
    town = Township()
    households = town.households[:6]
    for household in households:
        give_help(town, household)
        household.exit = True
    base = os.path.join(folder, "base")
    for name, rows in tables(households).items():
        write(base, name, rows)
    villages(base, town.households)
    notices(base, town.households)
    settings(base)
    refused, read = cases(households), readable(households)
    write(folder, "expected.csv", [[name, code, "refused"] for name, code in refused]
          + [[name, code, "read"] for name, code in read])
    for (name, _), (file, spoil) in {**refused, **read}.items():
        target = os.path.join(folder, name)
        os.makedirs(target, exist_ok=True)
        rows = tables(households)[file]
        if getattr(spoil, "raw", False):
            write(target, file, rows)
            path = os.path.join(target, file)
            with open(path, "rb") as before:
                data = spoil(before.read())
            with open(path, "wb") as after:
                after.write(data)
        else:
            spoil(rows)
            write(target, file, rows)


if __name__ == "__main__":
    main()
