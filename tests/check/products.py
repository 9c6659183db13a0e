#!/usr/bin/python3
"""The products of the sample ledgers against the truth their generator knows, read back by other
programs: poppler, MuPDF, qpdf, openpyxl, LibreOffice. TAP."""
import re
import shutil
import sys
from collections import Counter
from decimal import Decimal

import openpyxl

from _office import recalculated
from _tap import ROOT, Tap, mingbai, run, scratch

sys.path.insert(0, str(ROOT / "tests/samples"))
sys.dont_write_bytecode = True
import make_samples  # noqa: E402
from township import NUMERALS, TOWN, VILLAGES, YEAR  # noqa: E402

# How each village's clerk writes its groups.
GROUP = {"石门村": "第{zh}村民小组", "大湾村": "{n}组", "青杠村": "{zh}组", "龙洞村": "{zh}组", "白岩村": "第{n}组"}


def group_of(household):
    return GROUP[household.village].format(zh=NUMERALS[household.group], n=household.group)


def yuan(fen):
    return Decimal(fen) / 100


def squeezed(text):
    return re.sub(r"\s", "", text)


def exits(town, village):
    """Who must stand on the list: proposed, and under none of the eight situations."""
    return [h for h in town.households if h.village == village and h.exit and h.meets_standard]


def poppler(path):
    return run("pdftotext", "-layout", path, "-").stdout


def mupdf(path, pages="1-N"):
    return run("mutool", "draw", "-F", "txt", path, pages).stdout


# --- the notice


def list_rows(text):
    """Rows and group heads of the printed list, in order, from poppler's layout."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        alone = re.match(r"\s*(\d+)\s{8,}(\d+)(?:\s{2,}(\S.*?))?\s*$", line)
        if alone:  # a long name stands on the lines before and after
            yield (int(alone.group(1)), squeezed(lines[at - 1] + lines[at + 1]), int(alone.group(2)),
                   alone.group(3))
            continue
        row = re.match(r"\s*(\d+)\s+([^\d\s][^\d]*?)\s+(\d+)(?:\s{2,}(\S.*?))?\s*$", line)
        head = re.match(r"\s*(\S*组)\s+(\d+)户\s*(\d+)人\s*$", line)
        if row:
            yield int(row.group(1)), squeezed(row.group(2)), int(row.group(3)), row.group(4)
        elif head:
            yield head.group(1), int(head.group(2)), int(head.group(3))


def notice_faults(town, village, text):
    truth = {h.head.name: h for h in exits(town, village)}
    faults, seen, group, running = [], [], None, []
    for row in list_rows(text):
        if isinstance(row[0], str):
            group, *told = row
            mine = [h for h in truth.values() if group_of(h) == group]
            if told != [len(mine), sum(len(h.members) for h in mine)]:
                faults.append("%s says %s" % (group, told))
            running.append(group)
            continue
        number, name, size, _ = row
        seen.append(name)
        household = truth.get(name)
        if number != len(seen):
            faults.append("number %d where %d was due" % (number, len(seen)))
        if not household:
            faults.append("%s does not belong on the list" % name)
        elif len(household.members) != size or group_of(household) != group:
            faults.append("%s: %d persons in %s" % (name, size, group))
    faults += ["missing: %s" % name for name in sorted(set(truth) - set(seen))]
    faults += ["twice: %s" % name for name, count in Counter(seen).items() if count > 1]
    number = {group_of(h): h.group for h in truth.values()}
    if [number.get(g) for g in running] != sorted(number.values()):
        faults.append("groups in the order %s" % running)
    people = sum(len(h.members) for h in truth.values())
    flat = squeezed(text)
    for words in ("拟脱贫退出的%d户%d人" % (len(truth), people), "合计%d共%d户" % (people, len(truth))):
        if words not in flat:
            faults.append("not said: %s" % words)
    return faults


def attachment_faults(path):
    """A list as 附件: its pages counted by themselves, the sheet's edges free for a riding seal."""
    faults, free = [], 15 / 25.4 * 72
    pages = run("pdftotext", "-bbox", path, "-").stdout.split("<page ")[1:]
    for number, page in enumerate(pages, 1):
        words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)<', page)
        width, height = map(float, re.search(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        faults += ["page %d: %s at the edge" % (number, word) for left, _, right, word in words
                   if float(left) < free or float(right) > width - free]
        told = "".join(word for _, top, _, word in words if float(top) > height - 20 / 25.4 * 72)
        due = "第1页共1页" if number == 1 else "附件第%d页共%d页" % (number - 1, len(pages) - 1)
        if due not in told:
            faults.append("page %d does not say %s" % (number, due))
    return faults


def check_notices(tap, town, out, talk):
    for village, *_ in VILLAGES:
        path = out / "公开" / TOWN / village / ("%d年拟脱贫退出公示.pdf" % YEAR)
        text = poppler(path)
        tap.check("notice of %s: poppler finds every household, persons, groups, totals" % village,
                  notice_faults(town, village, text))
        flat = squeezed(mupdf(path))
        tap.check("notice of %s: MuPDF finds the same rows" % village,
                  ["%d %s %d" % row[:3] for row in list_rows(text)
                   if len(row) == 4 and "%d%s%d" % row[:3] not in flat])
        tap.check("notice of %s: its 附件 is counted by itself, with room for a riding seal" % village,
                  attachment_faults(path))
        rows = {row[1].value: row[2].value
                for sheet in openpyxl.load_workbook(path.with_suffix(".xlsx"))
                for row in sheet.iter_rows() if isinstance(row[0].value, int)}
        truth = {h.head.name: len(h.members) for h in exits(town, village)}
        tap.check("notice of %s: the workbook has the same list" % village,
                  ["%s" % name for name in set(rows) ^ set(truth)] +
                  ["%s: %s" % (n, rows.get(n)) for n in truth if rows.get(n) != truth[n]])
    kept = [h for h in town.households if h.exit and not h.meets_standard]
    everywhere = squeezed("".join(poppler(p) for p in (out / "公开").rglob("*.pdf")))
    tap.check("households under one of the eight situations are on no list and are named in a finding",
              ["no such household in the samples"] * (not kept) +
              [h.head.name for h in kept if h.head.name in everywhere] +
              ["%s: no finding" % h.head.name for h in kept
               if not re.search("没有列入 %s%s：" % (group_of(h), re.escape(h.head.name)), talk)])


# --- the cards


def cards_of(path):
    """{name in the outline: text of its pages} by MuPDF."""
    starts = []
    for line in run("mutool", "show", path, "outline").stdout.splitlines():
        found = re.match(r'[-+|]\t"(.*)"\t#page=(\d+)', line)
        if found:
            starts.append((found.group(1), int(found.group(2))))
    pages = mupdf(path).split("\f")
    ends = [page for _, page in starts[1:]] + [len(pages) + 1]
    return {squeezed(name): squeezed("".join(pages[first - 1:end - 1]))
            for (name, first), end in zip(starts, ends)}


def card_faults(household, text):
    """What the card of a household lacks."""
    total = sum(m.worth for m in household.measures)
    words = ["户主姓名" + household.head.name, "家庭人口%d人" % len(household.members),
             "本年享受帮扶合计{:,.2f}元".format(yuan(total)), "以上帮扶共%d项" % len(household.measures)]
    words += [m.name + m.relation for m in household.members]
    words += ["{:,.2f}".format(yuan(household.income[name])) for name in household.income]
    for m in household.measures:
        words += [squeezed(part) for part in (
            (m.person.name if m.person else "全户") + m.problem, "%s（%s）" % (m.project, m.scale),
            m.unit, m.by, m.until, m.effect, "{:,.2f}".format(yuan(m.worth)))]
    faults = ["%s: %s" % (household.head.name, word) for word in words if word not in text]
    for name in [m.name for m in household.members if text.count(m.name) == 0]:
        faults.append("%s: no %s" % (household.head.name, name))
    hidden = [m.id for m in household.members] + [household.bank]
    return faults + ["%s: an unmasked number" % household.head.name for id_ in hidden if id_ in text]


def check_cards(tap, town, out):
    for village, *_ in VILLAGES:
        path = out / "入户" / TOWN / village / ("%d年帮扶明白卡.pdf" % YEAR)
        cards = cards_of(path)
        mine = {squeezed(group_of(h) + h.head.name): h for h in town.households if h.village == village}
        tap.check("cards of %s: one for every household" % village,
                  sorted(set(cards) ^ set(mine)) + ([] if mine else ["none"]))
        tap.check("cards of %s: every member, measure, income, exact totals; IDs masked" % village,
                  [fault for key, h in mine.items() if key in cards
                   for fault in card_faults(h, cards[key])])
        flat = squeezed(run("pdftotext", path, "-").stdout)
        tap.check("cards of %s: poppler finds every name" % village,
                  [m.name for h in mine.values() for m in h.members if m.name not in flat])


# --- the workbooks


def household_cells(h):
    """Head of the sheet to what must stand there; a household's row in any of its workbooks."""
    longdong = h.village == "龙洞村"
    cells = {"乡镇": TOWN, "行政村": h.village, "村民小组": group_of(h),
             "户编号": None if longdong else h.number, "户主姓名": h.head.name, "户主证件号码": h.head.id,
             "家庭人口": len(h.members), "劳动力人数": h.workers,
             "家庭住址": "%s%s%d号" % (h.village, group_of(h), int(h.number[-3:]) * 2 + 1),
             "户联系电话": h.head.phone or None, "户类型": None, "户属性": h.kind, "脱贫属性": h.status,
             "首次识别时间": h.known.isoformat(), "致贫原因": h.cause, "其他致贫原因": h.other_cause,
             "耕地面积（亩）": Decimal("%.2f" % h.land), "林地面积（亩）": Decimal("%.1f" % h.forest),
             "住房面积（平方米）": Decimal("%.1f" % h.floor), "开户银行": "明山县农村商业银行",
             "银行卡号": h.bank, "备注": None if longdong else h.remark or None}
    cells.update({name + "（元）": yuan(fen) for name, fen in h.income.items()})
    return cells


def person_cells(h, m):
    def yes(value):
        return "是" if value else "否"

    return {"乡镇": TOWN, "行政村": h.village, "村民小组": group_of(h), "姓名": m.name,
            "性别": "男" if m.sex == 1 else "女", "证件号码": m.id, "出生日期": m.born.isoformat(),
            "与户主关系": m.relation, "民族": m.people, "文化程度": m.education, "在校生状况": m.school,
            "健康状况": frozenset(m.health.split(",")), "劳动技能": m.labour, "务工状况": m.job, "务工所在地": m.job_place,
            "务工时间（月）": m.job_months, "参加居民医保": "是", "参加居民养老保险": yes(m.pension),
            "享受低保": yes(m.dibao), "联系电话": m.phone or None}


def measure_cells(h, m):
    return {"行政村": h.village, "户主姓名": h.head.name, "对象": m.person.name if m.person else "全户",
            "证件号码": m.person.id if m.person else None, "存在问题": m.problem, "措施类别": m.kind,
            "项目名称": m.project, "规模": m.scale, "金额（元）": yuan(m.granted), "帮扶单位": m.unit, "责任人": m.by,
            "时限": m.until, "成效日期": m.done.isoformat(), "成效": m.effect, "折合金额（元）": yuan(m.worth),
            "计入收入": m.income}


def same(cell, truth):
    if isinstance(truth, frozenset):  # several codes in one cell
        return frozenset(str(cell.value).split("、")) == truth
    if isinstance(truth, (int, Decimal)):
        return cell.data_type == "n" and cell.value is not None and Decimal(str(cell.value)) == truth
    return cell.value == truth and (truth is None or cell.data_type == "s")


def table_of(sheet):
    """(head names, rows of cells, the row of totals or None)."""
    rows = list(sheet.iter_rows())
    at = next(i for i, row in enumerate(rows) if sum(c.value is not None for c in row) > 4)
    heads = [squeezed(str(c.value)) for c in rows[at]]
    body, total = [], None
    for row in rows[at + 1:]:
        if squeezed(str(row[0].value)) == "合计":
            total = row
            break
        if str(row[0].value).startswith("单位负责人"):
            break
        body.append(row)
    return heads, body, total


def sheet_faults(sheet, truths, key):
    """Cell by cell against the truths; key: the heads that tell rows apart."""
    heads, body, total = table_of(sheet)
    faults = ["no column %s" % name for name in truths[0] if name not in heads]
    if faults:
        return faults
    wanted = Counter(tuple(t[k] for k in key) for t in truths)
    if max(wanted.values()) > 1:
        return ["the key %s is not unique" % (key,)]
    by_key = {tuple(t[k] for k in key): t for t in truths}
    seen = Counter()
    for row in body:
        value = tuple(row[heads.index(k)].value for k in key)
        value = tuple(Decimal(str(v)) if isinstance(v, (int, float)) else v for v in value)
        seen[value] += 1
        truth = by_key.get(value)
        if not truth:
            faults.append("row %d belongs to nobody" % row[0].row)
            continue
        faults += ["%s: %r, not %r" % (c.coordinate, c.value, truth[name])
                   for name, c in ((name, row[heads.index(name)]) for name in truth)
                   if not same(c, truth[name])]
    faults += ["row missing: %s" % (k,) for k in by_key if seen[k] != 1]
    return faults


def total_faults(sheet, truths, not_summed=()):
    heads, _, total = table_of(sheet)
    if not total:
        return ["no row of totals"]
    faults = []
    for name, value in truths[0].items():
        if not isinstance(value, (int, Decimal)) or name in not_summed:
            continue
        exact = sum(t[name] for t in truths)
        told = total[heads.index(name)].value
        if told is None or Decimal(str(told)) != exact:
            faults.append("%s: %s, not %s" % (name, told, exact))
    return faults


def check_workbooks(tap, town, out, work):
    households = [household_cells(h) for h in town.households]
    people = [person_cells(h, m) for h in town.households for m in h.members]
    measures = [measure_cells(h, m) for h in town.households for m in h.measures]
    register = out / "内部" / ("%d年花名册.xlsx" % YEAR)
    tables = out / "内部/台账"
    paths = [register, tables / "户台账.xlsx", tables / "人口台账.xlsx", tables / "帮扶措施台账.xlsx"]
    office, dropped = recalculated(paths, work)
    tap.check("the workbooks have formulas to work out", dropped > 10)
    key = ("行政村", "户主姓名", "对象", "存在问题", "项目名称", "成效日期", "折合金额（元）")
    for reader, folder in (("openpyxl", None), ("LibreOffice", office)):
        books = [openpyxl.load_workbook(folder / p.name if folder else p, data_only=True) for p in paths]
        for name, sheet, truths, by in (
                ("花名册, 户", books[0]["户"], households, ("行政村", "户主姓名")),
                ("花名册, 人", books[0]["人"], people, ("证件号码",)),
                ("户台账", books[1]["户"], households, ("行政村", "户主姓名")),
                ("人口台账", books[2]["人"], people, ("证件号码",)),
                ("帮扶措施台账", books[3]["措施"], measures, key)):
            tap.check("%s by %s: every cell is the truth" % (name, reader),
                      sheet_faults(sheet, truths, by))
        tap.check("totals of 户台账 by %s are exact" % reader,
                  total_faults(books[1]["户"], households, ("人均纯收入（元）",)))
        tap.check("totals of 帮扶措施台账 by %s are exact" % reader, total_faults(books[3]["措施"], measures))
    heads, body, _ = table_of(openpyxl.load_workbook(register)["人"])
    relation = [row[heads.index("与户主关系")].value for row in body]
    owner = [(row[heads.index("行政村")].value, row[heads.index("户主姓名")].value) for row in body]
    tap.check("花名册: the head first, the spouse second",
              [str(owner[i]) for i in range(1, len(body)) if owner[i] == owner[i - 1] and
               (relation[i] == "户主" or relation[i] == "配偶" and relation[i - 1] != "户主")])
    tap.check("花名册: no merged cells, no totals",
              ["%s: %s" % (s.title, s.merged_cells.ranges) for s in openpyxl.load_workbook(register)
               if s.merged_cells.ranges or any(c.data_type == "f" for r in s.iter_rows() for c in r)])


# --- the files themselves


def pdf_faults(path):
    faults = []
    checked = run("qpdf", "--check", path)
    if checked.returncode or "No syntax" not in checked.stdout:
        faults.append("qpdf: %s" % (checked.stdout + checked.stderr)[-200:])
    fonts = run("pdffonts", path).stdout.splitlines()[2:]
    for line in fonts:
        emb, sub, uni = line.split()[-5:-2]
        if (emb, sub, uni) != ("yes", "yes", "yes") or not re.match(r"[A-Z]{6}\+", line):
            faults.append("font: %s" % line)
    if not fonts:
        faults.append("no fonts")
    info = run("pdfinfo", "-f", "1", "-l", "99999", path).stdout
    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", info)
    if not sizes or any(sorted(map(float, size)) != [595.276, 841.89] for size in sizes):
        faults.append("page sizes %s" % set(sizes))
    for what in ("Title", "Author"):
        if not re.search(r"^%s: +\S" % what, info, re.M):
            faults.append("no %s" % what)
    if '"/Lang": "u:zh-CN"' not in run("qpdf", "--json", path).stdout:
        faults.append("no language")
    if not run("mutool", "show", path, "outline").stdout.strip():
        faults.append("no outline")
    return faults


def check_files(tap, out):
    paths = sorted(out.rglob("*.pdf"))
    tap.check("there are notices and cards", len(paths) == 2 * len(VILLAGES))
    for path in paths:
        tap.check("%s/%s: sound; fonts embedded, subset, readable; A4; title, author, language, outline"
                  % (path.parent.name, path.name), pdf_faults(path))


def check_counts(tap, town, talk):
    """Every product says rows selected = printed + held back."""
    told = {name: tuple(map(int, numbers)) for name, *numbers in re.findall(
        r"已出 (\S+)：选出 (\d+)，印出 (\d+)，留下 (\d+) \[render-written\]", talk)}
    tap.check("rows selected = printed + held back in every note",
              ["%s: %s" % item for item in told.items() if item[1][0] != item[1][1] + item[1][2]] +
              ([] if len(told) >= 2 * len(VILLAGES) + 2 else ["only %d notes" % len(told)]))
    faults = []
    for village, count, *_ in VILLAGES:
        listed = len(exits(town, village))
        for name, rows in (("公开/%s/%s/%d年拟脱贫退出公示" % (TOWN, village, YEAR), listed),
                           ("入户/%s/%s/%d年帮扶明白卡" % (TOWN, village, YEAR), count)):
            if told.get(name) != (rows, rows, 0):
                faults.append("%s: %s, not %d" % (name, told.get(name), rows))
    tap.check("and the numbers are the truth's", faults)


def check_dates(tap, work):
    name = "公开/%s/白岩村/%d年拟脱贫退出公示" % (TOWN, YEAR)
    for out, extra, environment in (("plain", [], {}), ("epoch", [], {"SOURCE_DATE_EPOCH": "1700000000"}),
                                    ("dated", ["--date", "2026-12-24"], {})):
        mingbai("render", "exit-notice", "--only", "行政村=白岩村", "-o", work / out, *extra, **environment)
    plain, epoch, dated = (work / out / name for out in ("plain", "epoch", "dated"))

    def created(stem):
        pdf = run("pdfinfo", "-isodates", stem.with_suffix(".pdf")).stdout
        book = openpyxl.load_workbook(stem.with_suffix(".xlsx")).properties.created
        return re.search(r"CreationDate: +(\S+)", pdf).group(1)[:10], book.date().isoformat()

    tap.check("without SOURCE_DATE_EPOCH the metadata say 2000-01-01", created(plain) == ("2000-01-01",) * 2)
    tap.check("SOURCE_DATE_EPOCH goes into the metadata", created(epoch) == ("2023-11-14",) * 2)
    texts = [squeezed(poppler(stem.with_suffix(".pdf"))) for stem in (plain, epoch, dated)]
    tap.check("and nowhere else", texts[0] == texts[1])
    tap.check("the notice bears the date of the ledger 公示", texts[0].count("村民委员会2026年11月4日") == 1)
    tap.check("--date changes the date of the issuers, not the period",
              texts[2].count("2026年12月24日") == 2 and "自2026年11月4日起至2026年11月10日止" in texts[2])


def check_held_back(tap, town, work):
    """One bad ID: that household's card is missing, all else is there."""
    shutil.copytree(ROOT / "input", work / "spoiled")
    household = [h for h in town.households if h.village == "石门村" and len(h.members) > 2][3]
    victim = household.members[2]
    path = work / "spoiled/石门村/石门村家庭成员台账.csv"
    text = path.read_text("utf-8-sig")
    wrong = victim.id[:-1] + ("0" if victim.id[-1] != "0" else "1")
    path.write_text(text.replace(victim.id, wrong), "utf-8-sig", newline="")
    tap.check("one ID is spoiled", text.count(victim.id) == 1)
    result = mingbai("render", "-i", work / "spoiled", "-o", work / "held")
    tap.check("a bad ID ends the run with 1", result.returncode == 1)
    tap.check("the finding names file, line and column",
              bool(re.search(r"错误 石门村/石门村家庭成员台账\.csv:\d+:7（证件号码）：.*\[value-id-check\]",
                             result.stderr)))
    stem = "入户/%s/石门村/%d年帮扶明白卡" % (TOWN, YEAR)
    cards = cards_of(work / "held" / (stem + ".pdf"))
    mine = {squeezed(group_of(h) + h.head.name) for h in town.households if h.village == "石门村"}
    tap.check("exactly that household's card is missing",
              mine - set(cards) == {squeezed(group_of(household) + household.head.name)} and
              not set(cards) - mine)
    tap.check("its name and its people are in no card",
              [m.name for m in household.members if m.name in "".join(cards.values())])
    count = len(mine)
    tap.check("the note counts it as held back",
              "已出 %s：选出 %d，印出 %d，留下 1 [render-written]" % (stem, count, count - 1) in result.stderr)
    tap.check("the finding says which card and which cell",
              bool(re.search(r"“%s”里少出一户：石门村/石门村家庭成员台账\.csv:\d+ 证件号码 有错 \[render-unit-held\]"
                             % stem, result.stderr)))
    book = openpyxl.load_workbook(work / "held/内部" / ("%d年花名册.xlsx" % YEAR))["人"]
    heads, body, _ = table_of(book)
    cell = next(r for r in body if r[heads.index("姓名")].value == victim.name)[heads.index("证件号码")]
    other = body[0][heads.index("证件号码")]
    tap.check("the internal workbook is written, that cell marked",
              cell.fill.fgColor.rgb != other.fill.fgColor.rgb or cell.value != wrong)
    tap.check("the wrong number is in no finding and no card", wrong not in result.stderr and
              not any(wrong in card for card in cards.values()))
    return result


def check_generators(tap, work):
    for script, folder, target in (("make_samples.py", ROOT / "input", "samples"),
                                   ("make_dirty.py", ROOT / "tests/samples/dirty", "dirty")):
        run("/usr/bin/python3", "-B", ROOT / "tests/samples" / script, work / target)
        made = {p.relative_to(work / target): p.read_bytes() for kind in ("*.csv", "*.png")
                for p in (work / target).rglob(kind)}
        kept = {p.relative_to(folder): p.read_bytes() for kind in ("*.csv", "*.png") for p in folder.rglob(kind)}
        tap.check("%s writes what is committed" % script,
                  sorted(str(p) for p in set(made) | set(kept) if made.get(p) != kept.get(p)) +
                  ([] if made else ["nothing"]))


def main():
    work = scratch()
    with Tap() as tap:
        town = make_samples.sample_town()
        result = mingbai("render", "-i", ROOT / "input", "-o", work / "out")
        tap.check("the samples render with exit 0",
                  [] if result.returncode == 0 else [result.stderr[-400:]])
        check_notices(tap, town, work / "out", result.stderr)
        check_cards(tap, town, work / "out")
        check_workbooks(tap, town, work / "out", work)
        check_files(tap, work / "out")
        check_counts(tap, town, result.stderr)
        check_dates(tap, work)
        check_held_back(tap, town, work)
        check_generators(tap, work)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
