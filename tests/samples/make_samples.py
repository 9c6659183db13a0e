#!/usr/bin/env python3
"""Writes the sample ledgers of input/ as six clerks would have sent them.

usage: make_samples.py [INPUT]    (default: input/ of this checkout)

The generator is the source; the CSV files it writes are committed. It must give the same bytes every
time (tests/check/products.py compares). What each file shows is told in input/README.md.
"""
import csv
import datetime
import io
import os
import sys

import sketch
from help import give_help
from township import COUNTY, NUMERALS, TODAY, TOWN, VILLAGES, YEAR, Township

PHONES = {"石门村": "0990-6200101", "大湾村": "0990-6200102", "青杠村": "0990-6200103", "龙洞村": "0990-6200104",
          "白岩村": "0990-6200105"}


def yuan(fen):
    return f"{fen / 100:.2f}"


def thousands(fen):
    return f"{fen / 100:,.2f}"


def wan(fen):
    """万元 as a formula in Excel leaves it."""
    return f"{fen / 1000000:.6f}".rstrip("0").rstrip(".")


def iso(day):
    return day.isoformat()


def slashes(day):
    return f"{day.year}/{day.month}/{day.day}"


def dots(day):
    return f"{day.year}.{day.month}.{day.day}"


def chinese(day):
    return f"{day.year}年{day.month}月{day.day}日"


def serial(day):
    """The number Excel shows when a date's cell is set to General."""
    return str((day - datetime.date(1899, 12, 30)).days)


def padded(name):
    """张　三: two characters set as wide as three."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 else name


def yes(value):
    return "是" if value else "否"


def tick(value):
    return "√" if value else "×"


def digit(value):
    return "1" if value else "0"


class Sheet:
    """Rows of one file; the columns are (head, how to read it from the row's object)."""

    def __init__(self, columns, titles=()):
        self.columns, self.rows = columns, [list(t) for t in titles]
        self.rows.append([head for head, _ in columns])

    def add(self, *objects):
        self.rows.append([str(read(*objects)) for _, read in self.columns])

    def line(self, *cells):
        self.rows.append(list(cells))

    def write(self, folder, name, encoding="utf-8-sig", end="\r\n"):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        text = io.StringIO()
        width = max(len(row) for row in self.rows)
        csv.writer(text, lineterminator=end).writerows(r + [""] * (width - len(r)) for r in self.rows)
        with open(path, "wb") as file:
            file.write(text.getvalue().encode(encoding))


def group_ordinal(household):
    return f"第{NUMERALS[household.group]}村民小组"


def group_short(household):
    return f"{NUMERALS[household.group]}组"


def group_known(household):
    """As the township writes it: 龙洞村, known by place and name alone, the way the village does."""
    return group_short(household) if household.village == "龙洞村" else group_ordinal(household)


def income(name, form=yuan):
    return lambda h: form(h.income[name])


def household_columns(group, date=iso, flag=yes, money=yuan, name=str, code=str, area=str):
    """Every column of a household ledger in the national system's order (domain.md 2.1)."""
    return [
        ("户编号", lambda h: code(h.number)), ("乡镇", lambda h: TOWN), ("行政村", lambda h: h.village),
        ("村民小组", group), ("户主姓名", lambda h: name(h.head.name)),
        ("户主证件号码", lambda h: code(h.head.id)), ("联系电话", lambda h: h.head.phone),
        ("家庭住址", lambda h: f"{h.village}{group(h)}{int(h.number[-3:]) * 2 + 1}号"),
        ("家庭人口", lambda h: len(h.members)), ("劳动力人数", lambda h: h.workers), ("贫困户属性", lambda h: h.kind), ("脱贫属性", lambda h: h.status),
        ("首次识别时间", lambda h: date(h.known)), ("主要致贫原因", lambda h: h.cause),
        ("其他致贫原因", lambda h: h.other_cause),
        ("工资性收入", income("工资性收入", money)), ("生产经营性收入", income("生产经营性收入", money)),
        ("财产性收入", income("财产性收入", money)), ("转移性收入", income("转移性收入", money)),
        ("生产经营性支出", income("生产经营性支出", money)), ("家庭纯收入", income("家庭纯收入", money)),
        ("人均纯收入", income("人均纯收入", money)),
        ("耕地面积（亩）", lambda h: area(f"{h.land:.2f}")), ("林地面积（亩）", lambda h: area(f"{h.forest:.1f}")),
        ("住房面积（平方米）", lambda h: f"{h.floor:.1f}"), ("吃穿不愁", lambda h: flag(h.fed)),
        ("是否解决安全饮用水", lambda h: flag(h.water)), ("义务教育有保障", lambda h: flag(h.schooled)),
        ("基本医疗有保障", lambda h: flag(h.insured)), ("住房安全有保障", lambda h: flag(h.housed)),
        ("政策成效不明显", lambda h: flag(not h.effective)), ("回头看后新纳入", lambda h: flag(h.known.year == YEAR)),
        ("低保兜底未超国标", lambda h: flag(h.dibao_only)), ("退出标准达标", lambda h: flag(h.meets_standard)),
        ("开户银行", lambda h: "明山县农村商业银行"), ("银行卡号", lambda h: code(h.bank)),
        ("备注", lambda h: h.remark),
    ]


def member_columns(group, date=iso, flag=yes, name=str, code=str, sex=lambda s: "男" if s == 1 else "女"):
    return [
        ("户编号", lambda h, m: code(h.number)), ("乡镇", lambda h, m: TOWN), ("行政村", lambda h, m: h.village),
        ("村民小组", lambda h, m: group(h)), ("姓名", lambda h, m: name(m.name)), ("性别", lambda h, m: sex(m.sex)),
        ("证件号码", lambda h, m: code(m.id)), ("出生日期", lambda h, m: date(m.born)),
        ("与户主关系", lambda h, m: m.relation), ("民族", lambda h, m: m.people), ("文化程度", lambda h, m: m.education),
        ("在校生状况", lambda h, m: m.school), ("健康状况", lambda h, m: m.health), ("劳动技能", lambda h, m: m.labour),
        ("务工状况", lambda h, m: m.job), ("务工所在地", lambda h, m: m.job_place),
        ("务工时间（月）", lambda h, m: m.job_months), ("联系电话", lambda h, m: m.phone),
        ("是否参加城乡居民基本医疗保险", lambda h, m: flag(True)),
        ("是否参加城乡居民基本养老保险", lambda h, m: flag(m.pension)),
        ("是否享受农村居民最低生活保障", lambda h, m: flag(m.dibao)),
    ]


def without(columns, *heads):
    return [c for c in columns if c[0] not in heads]


def renamed(columns, names):
    return [(names.get(head, head), read) for head, read in columns]


# --- the five villages


def shimen(folder, households):
    """A careful clerk: the system's own heads, UTF-8 with a byte order mark."""
    sheet = Sheet(household_columns(group_ordinal))
    members = Sheet(member_columns(group_ordinal))
    for household in households:
        sheet.add(household)
        for member in household.members:
            members.add(household, member)
    sheet.write(folder, "石门村/石门村户台账.csv")
    members.write(folder, "石门村/石门村家庭成员台账.csv")


def dawan(folder, households):
    """Excel's 'CSV' on a Chinese Windows: GBK, CRLF; quoted IDs, thousands marks, 1 and 0, •."""
    def name(text):
        return text.replace("·", "•")

    def code(text):
        return "'" + text

    def group(household):
        return f"{household.group}组"

    columns = household_columns(group, slashes, digit, thousands, name, code)
    columns = renamed(columns, {"户主姓名": "户主", "户主证件号码": "户主身份证号", "家庭人口": "人数",
                                "人均纯收入": "人均纯收入（元）", "耕地面积（亩）": "耕地面积(亩)"})
    sheet = Sheet(columns)
    members = Sheet(renamed(member_columns(group, slashes, digit, name, code, str),
                            {"证件号码": "身份证号码", "务工时间（月）": "务工时间(月)"}))
    for household in households:
        sheet.add(household)
        for member in household.members:
            members.add(household, member)
    sheet.write(folder, "大湾村户表.csv", "gb18030")
    members.write(folder, "大湾村人口表.csv", "gb18030")


def qinggang(folder, households):
    """Made to be printed: titles, a unit line, a two-row head, 万元, padded names, 合计, signatures."""
    columns = household_columns(group_short, dots, tick, wan, padded)
    upper = {"工资性收入": "家庭收入（万元）", "吃穿不愁": "两不愁三保障", "开户银行": "一卡通"}
    under = {head: head + "（万元）" for head in ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入",
                                              "生产经营性支出", "家庭纯收入", "人均纯收入")}
    below = list(under) + ["吃穿不愁", "是否解决安全饮用水", "义务教育有保障", "基本医疗有保障", "住房安全有保障",
                           "开户银行", "银行卡号"]
    sheet = Sheet([("序号", None)] + columns)
    heads = [head for head, _ in sheet.columns]
    sheet.rows = [[f"{COUNTY}{TOWN}青杠村{YEAR}年帮扶对象家庭情况台账"],
                  [f"填报单位：青杠村村民委员会（盖章）　　填报日期：{YEAR}年10月20日"], ["单位：户、人、亩、万元"],
                  [upper.get(h, "" if h in below else h) for h in heads],
                  [under.get(h, h) if h in below else "" for h in heads]]
    for i, household in enumerate(households):
        sheet.rows.append([str(i + 1)] + [str(read(household)) for _, read in columns])
    total = [""] * len(heads)
    total[0] = "合计"
    total[heads.index("家庭人口")] = str(sum(len(h.members) for h in households))
    for name in list(under)[:-1]:
        total[heads.index(name)] = wan(sum(h.income[name] for h in households))
    sheet.line(*total)
    sheet.line("单位负责人：", "", "", "审核人：", "", "", "制表人：")
    sheet.write(folder, "青杠村台账/青杠村帮扶对象家庭情况台账.csv")

    members = Sheet([("序号", None)] + member_columns(group_short, lambda d: f"{d:%Y%m%d}", tick, padded,
                                                     lambda text: text.replace("X", "x")))
    members.rows.insert(0, [f"青杠村{YEAR}年家庭成员花名册"])
    number = 0
    for household in households:
        for member in household.members:
            number += 1
            if number in (61, 121):  # two printed pages pasted together: the head stands in the rows
                members.rows.append(list(members.rows[1]))
            members.rows.append([str(number)] + [str(read(household, member))
                                                 for _, read in members.columns[1:]])
    members.write(folder, "青杠村台账/青杠村家庭成员花名册.csv")


def longdong(folder, households):
    """One sheet for households and people, no 户编号; a household is the rows under its merged head."""
    family = without(household_columns(group_short, chinese, yes, yuan), "户编号", "乡镇", "行政村", "村民小组",
                     "户主证件号码", "备注", "家庭人口")
    family = renamed(family, {"联系电话": "户联系电话"})
    persons = without(member_columns(group_short, chinese, yes), "户编号", "乡镇", "行政村", "村民小组")
    heads = ["村民小组", "户主姓名", "家庭人口"] + [h for h, _ in persons] + [h for h, _ in family[1:]]
    sheet = Sheet([])
    sheet.rows = [[f"{COUNTY}{TOWN}龙洞村{YEAR}年农户花名册（一户多行）"], heads]
    for household in households:
        for i, member in enumerate(household.members):
            row = [group_short(household), household.head.name, str(len(household.members))] if i == 0 else [""] * 3
            row += [str(read(household, member)) for _, read in persons]
            row += [str(read(household)) if i == 0 else "" for _, read in family[1:]]
            sheet.rows.append(row)
        if household.group == 2 and household is households[14]:
            sheet.line("")  # a blank row somebody left
    sheet.write(folder, "农户花名册.csv", "utf-8", "\n")


def baiyan(folder, households):
    """The folder says which village; area cells were merged; units in cells, Excel's date numbers."""
    def group(household):
        return f"第{household.group}组"

    seen = set()

    def merged(key, text):
        if key in seen:
            return ""
        seen.add(key)
        return text

    columns = without(household_columns(group, serial, yes, yuan, padded, lambda text: "\t" + text,
                                        lambda text: text + "亩"), "行政村")
    columns[1] = ("乡镇", lambda h: merged("乡镇", TOWN))
    columns[2] = ("村民小组", lambda h: merged(("户", h.group), group(h)))
    at = [head for head, _ in columns].index("家庭人口")
    columns[at] = ("家庭人口", lambda h: f"{len(h.members)}口人")
    sheet = Sheet(columns)
    people = without(member_columns(group, serial, yes, padded, lambda text: "\t" + text), "行政村")
    people[1] = ("乡镇", lambda h, m: merged("人乡镇", TOWN))
    people[2] = ("村民小组", lambda h, m: merged(("人", h.group), group(h)))
    members = Sheet(people)
    for household in households:
        sheet.add(household)
        for member in household.members:
            members.add(household, member)
    sheet.line("注：本表由驻村工作队填写，以入户核查为准。")
    sheet.write(folder, "白岩村/户.csv", "utf-8", "\n")
    members.write(folder, "白岩村/人.csv", "utf-8", "\n")


# --- the township's own ledgers


def measure_columns(number):
    place = [("户编号", lambda h, m: h.number)] if number else []
    return place + [
        ("行政村", lambda h, m: h.village), ("村民小组", lambda h, m: group_known(h)),
        ("户主姓名", lambda h, m: h.head.name), ("对象", lambda h, m: m.person.name if m.person else "全户"),
        ("证件号码", lambda h, m: m.person.id if m.person else ""), ("存在问题", lambda h, m: m.problem),
        ("措施类别", lambda h, m: m.kind), ("项目名称", lambda h, m: m.project), ("规模", lambda h, m: m.scale),
        ("金额", lambda h, m: yuan(m.granted)), ("帮扶单位", lambda h, m: m.unit), ("责任人", lambda h, m: m.by),
        ("时限", lambda h, m: m.until), ("成效日期", lambda h, m: iso(m.done)), ("成效", lambda h, m: m.effect),
        ("折合金额", lambda h, m: yuan(m.worth)), ("计入收入", lambda h, m: m.income),
    ]


def measures(folder, households):
    numbered, unnumbered = Sheet(measure_columns(True)), Sheet(measure_columns(False))
    for household in households:
        sheet = unnumbered if household.village == "龙洞村" else numbered
        for measure in household.measures:
            sheet.add(household, measure)
    numbered.write(folder, "云岭镇帮扶措施台账.csv")
    unnumbered.write(folder, "龙洞村帮扶措施.csv", "gb18030")


def helpers(folder, households):
    columns = [
        ("户编号", lambda h: "" if h.village == "龙洞村" else h.number), ("行政村", lambda h: h.village),
        ("村民小组", group_known), ("户主姓名", lambda h: h.head.name), ("姓名", lambda h: h.helper.name),
        ("单位", lambda h: h.helper.unit), ("职务", lambda h: h.helper.post), ("电话", lambda h: h.helper.phone),
        ("开始日期", lambda h: slashes(h.helper.since)), ("结束日期", lambda h: ""),
    ]
    sheet = Sheet(columns, [[f"{TOWN}{YEAR}年结对帮扶台账"]])
    for household in households:
        sheet.add(household)
    sheet.write(folder, "云岭镇结对帮扶台账.csv", "gb18030")


def change_columns():
    reviewed = {"石门村": 28, "大湾村": 27, "青杠村": 26, "龙洞村": 29, "白岩村": 30}
    return [
        ("年度", lambda h, kind, remark: YEAR), ("批次", lambda h, kind, remark: "1"),
        ("户编号", lambda h, kind, remark: "" if h.village == "龙洞村" else h.number),
        ("行政村", lambda h, kind, remark: h.village), ("村民小组", lambda h, kind, remark: group_known(h)),
        ("户主姓名", lambda h, kind, remark: h.head.name), ("类别", lambda h, kind, remark: kind),
        ("评议日期", lambda h, kind, remark: chinese(datetime.date(YEAR, 10, reviewed[h.village]))),
        ("结论", lambda h, kind, remark: "同意"), ("备注", lambda h, kind, remark: remark),
    ]


def changes(folder, households):
    sheet = Sheet(change_columns())
    remarks = {7: "2025年整户搬迁", 19: "户主常年在外务工", 33: "由其子代为申请", 52: "2026年8月分户"}
    exits = [h for h in households if h.exit]
    for i, household in enumerate(exits):
        sheet.add(household, "脱贫", remarks.get(i, ""))
    others = [h for h in households if not h.exit]
    for household in [h for h in others if h.known.year == YEAR][:5]:
        sheet.add(household, "新识别", "")
    sheet.add(others[40], "返贫", "因灾减收")
    sheet.write(folder, "云岭镇2026年动态调整台账.csv")


def villages(folder, households):
    heads = ("乡镇", "行政村", "区划代码", "排序", "全称", "党支部书记", "村委会主任", "第一书记", "电话", "地址",
             "张贴点", "好中差", "总户数", "农业户籍人口")
    town = Township(7)  # other names, for the village's officials
    grades = ("好", "中", "中", "差", "差")
    sheet = Sheet([(head, None) for head in heads])
    for i, (village, count, *_) in enumerate(VILLAGES):
        officials = [town.name(surname, 45, 1, "汉族") for surname in ("肖骆康", "毕施洪", "龚牟盛", "柯童简", "路裴阮")[i]]
        sheet.line(TOWN, village, f"9901011012{i + 1:02d}", str(i + 1), f"{COUNTY}{TOWN}{village}",
                   *officials, PHONES[village], f"{TOWN}{village}党群服务中心", f"{village}村务公开栏", grades[i],
                   str(count * 7 + 13 * i + 5), str(count * 27 + 31 * i + 8))
    sheet.write(folder, "村.csv")


def notices(folder, households):
    heads = ("题目", "年度", "批次", "乡镇", "行政村", "张贴日期", "天数", "计法", "落款", "电话", "张贴地点", "撤下日期",
             "异议")
    sheet = Sheet([(head, None) for head in heads])
    for i, (village, *_) in enumerate(VILLAGES):
        sheet.line("脱贫退出公示", str(YEAR), "1", TOWN, village, f"{YEAR}-11-{i // 2 + 2:02d}", "7", "自然日",
                   f"中共{village}支部委员会、{village}村民委员会", PHONES[village], f"{village}村务公开栏", "", "")
    sheet.write(folder, "公示.csv")


# domain.md 7.3, to be verified against the State Council's notice: (first, last) off; worked instead.
HOLIDAYS = (("元旦", (1, 1), (1, 3), ((1, 4),)), ("春节", (2, 15), (2, 23), ((2, 14), (2, 28))),
            ("清明节", (4, 4), (4, 6), ()), ("劳动节", (5, 1), (5, 5), ((5, 9),)), ("端午节", (6, 19), (6, 21), ()),
            ("中秋节", (9, 25), (9, 27), ()), ("国庆节", (10, 1), (10, 7), ((9, 20), (10, 10))))


def holidays(folder):
    rows = []
    for name, first, last, worked in HOLIDAYS:
        day = datetime.date(YEAR, *first)
        while day <= datetime.date(YEAR, *last):
            rows.append((day.isoformat(), "放假", name))
            day += datetime.timedelta(1)
        rows += [(datetime.date(YEAR, *day).isoformat(), "上班", name) for day in worked]
    sheet = Sheet([(head, None) for head in ("日期", "类型", "节日", "备注")])
    for row in sorted(rows):
        sheet.line(*row, "样例，用前请与国务院办公厅的放假通知核对")
    sheet.write(folder, "节假日.csv")


def settings(folder):
    sheet = Sheet([(head, None) for head in ("名称", "值", "说明")])
    for row in (("年度", str(YEAR), "本次要做的年度"), ("县", COUNTY, ""), ("乡镇", TOWN, ""),
                ("日期", f"{YEAR}年11月2日", "印在落款处的日期；公示表里填了张贴日期的，以公示表为准"),
                ("基准日期", TODAY.isoformat(), "算年龄、判断未成年用的日期"),
                ("字体", "自由", "本机：优先用电脑里装的方正小标宋、仿宋_GB2312；自由：只用自由字体"),
                ("纸张", "A4", "A4 或 A3"),
                ("依据", f"《关于做好{YEAR}年度脱贫退出工作的通知》（明扶组发〔{YEAR}〕12号）", "公示里“根据……”后面的话"),
                ("部门名称", "明山县农业农村局", "公示里列出的县级部门"),
                ("县电话", "0990-6200120", ""), ("县地址", "明山县城关镇滨河路18号", ""),
                ("乡镇电话", "0990-6200110", ""), ("乡镇地址", "云岭镇便民服务中心3号窗口", ""),
                ("热线", "12317、12345", "监督热线")):
        sheet.line(*row)
    sheet.write(folder, "设置.csv")


def remark(households):
    """Remarks on the household ledger tell illness: they must never reach a public page."""
    for household in households:
        ill = next((m for m in household.members if m.illness), None)
        if ill and household.number.endswith("3"):
            who = "户主" if ill is household.head else f"{ill.relation[1:] if ill.relation[0] == '之' else ill.relation}"
            household.remark = f"{who}{'持' if '级' in ill.illness and '高血压' not in ill.illness else '患'}{ill.illness}"


def sample_town():
    """The township with a year's help: what all sample ledgers tell."""
    town = Township()
    longest = next(h for h in town.households if len(h.members) == 6 and not h.exit)
    for household in town.households:
        give_help(town, household, 12 if household is longest else 4)
    remark(town.households)
    return town


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "..", "input")
    town = sample_town()
    for write, (village, *_) in zip((shimen, dawan, qinggang, longdong, baiyan), VILLAGES):
        write(folder, [h for h in town.households if h.village == village])
    for write in (measures, helpers, changes, villages, notices):
        write(folder, town.households)
    holidays(folder)
    settings(folder)
    os.makedirs(os.path.join(folder, "图片"), exist_ok=True)
    with open(os.path.join(folder, "图片", "云岭镇示意图.png"), "wb") as file:
        file.write(sketch.township())


if __name__ == "__main__":
    main()
