#!/usr/bin/python3
"""The shipped ledger schemas: each is recognised by its own heads and by no other's, its columns stand in
input/README.md, and `mingbai new` makes a workbook of it that is filled in and read back. TAP."""
import csv
import re
import shutil
import sys

import openpyxl
from _tap import ROOT, Tap, mingbai, scratch

# What the committed files are; whoever adds a file of another ledger adds it here.
COMMITTED = {"云岭镇2026年动态调整台账.csv": "动态调整", "云岭镇帮扶措施台账.csv": "措施", "云岭镇结对帮扶台账.csv": "帮扶责任人",
             "公示.csv": "公示", "农户花名册.csv": "人", "大湾村人口表.csv": "人", "大湾村户表.csv": "户", "村.csv": "村",
             "白岩村/人.csv": "人", "白岩村/户.csv": "户", "石门村/石门村家庭成员台账.csv": "人", "石门村/石门村户台账.csv": "户",
             "青杠村台账/青杠村家庭成员花名册.csv": "人", "青杠村台账/青杠村帮扶对象家庭情况台账.csv": "户",
             "龙洞村帮扶措施.csv": "措施", "节假日.csv": "节假日"}
# Heads as clerks write them.
HABITS = {
    "补贴": "序号,组别,农户姓名,身份证号,补贴名称,面积（亩）,标准（元/亩）,补贴金额（元）,一卡通账号,联系电话",
    "低保": "序号,村名,申请人姓名,家庭人口,保障人数,保障类别,月保障金额,备注",
    "监测对象": "序号,村,组,户主,人数,监测类别,致贫返贫风险,风险是否已消除,消除方式,备注",
    "项目": "序号,部门,乡镇,村,项目名称,项目子类型,建设内容,计划投入资金,中央衔接资金,省级衔接资金,省级财政资金,其他资金,"
          "实施期限,预期绩效目标,联农带农富农利益联结机制,责任单位,责任人,备注",
    "资金": "序号,资金名称,文号,资金来源,使用单位,分配金额（万元）,用途",
    "危房": "序号,村,户主姓名,身份证号,家庭人口,危房等级,改造方式,改造面积,补助金额,竣工时间",
    "搬迁": "序号,村,户主,搬迁人口,安置方式,安置点,安置面积,入住时间",
    "岗位": "序号,村,姓名,身份证号,岗位名称,聘用时间,月工资,备注",
    "学生": "序号,村,户主姓名,学生姓名,身份证号,就读学校,学段,专业,年级,学期,补助金额,银行卡号",
    "贷款": "序号,村,借款人,身份证号,贷款银行,贷款金额,放款日期,到期日期,利率,用途",
    "村务收支": "日期,凭证号,摘要,收支类型,金额,经手人,审批人,备注",
    "问题": "序号,问题来源,问题类别,具体问题,责任领导,责任单位,责任人,整改措施,整改时限,整改进展,是否销号,备注",
    "交办": "序号,交办时间,交办类型,交办内容,责任单位,责任人,完成时限,是否办结",
    "考核": "排名,被考核单位,得分,档次",
    "日志": "日期,姓名,村,走访户,工作内容,群众签字",
    "考勤": "序号,驻点村,姓名,工作单位,月份,驻村天数,请假天数,备注",
    "信访": "序号,受理日期,来源,信访人,联系方式,反映问题,承办单位,处理结果,反馈时间",
    "会议": "会议时间,会议地点,会议主题,主持人,参会人员,会议决议",
    "规划": "年份,村,减贫户数,减贫人口",
    "单位": "单位名称,负责人,联系人,联系电话,挂联村",
    "收入": "户编号,户主姓名,年度,季度,项目,金额",
}


def schemas():
    """{name: [(field, aliases, identify, required)]}, derived ones left out. The YAML as we write it."""
    found = {}
    for path in sorted((ROOT / "templates/ledgers").glob("*.yaml")):
        text = path.read_text().split("\nderived:")[0]
        fields = []
        for entry in re.split(r"^  - (?=\{?name:)", text, flags=re.M)[1:]:
            name = re.match(r"\{?name: (\w+)", entry).group(1)
            aliases = re.search(r"^(?:\{.*?|    )aliases: \[(.*?)\]", entry, re.M | re.S)
            fields.append((name, re.split(r",\s*", aliases.group(1)) if aliases else [],
                           "identify: true" in entry, "required: true" in entry))
        found[re.search(r"^name: (\w+)", text, re.M).group(1)] = fields
    return found


def sample(entry):
    """A value that the column takes, from its YAML."""
    kind = re.search(r"type: (\w+)", entry).group(1)
    codes = re.search(r"enum: \[(.*?)\]", entry, re.S)
    least = re.search(r"minimum: (\d+)", entry)
    return {"code": lambda: re.split(r",\s*", codes.group(1).strip())[-1], "boolean": lambda: "是",
            "date": lambda: "2026-07-05", "year": lambda: "2026", "idcard": lambda: "990101198001010014",
            "phone": lambda: "0990-6200101", "money": lambda: "1234.50", "decimal": lambda: "2.5",
            "integer": lambda: least.group(1) if least else "3", "area": lambda: "石门村",
            "string": lambda: "某某"}[kind]()


def check_rows(tap, found, work):
    """A row of each ledger with something in every column is read without a fault, and its register made."""
    for ledger in found:
        text = (ROOT / "templates/ledgers" / (ledger + ".yaml")).read_text().split("\nderived:")[0]
        entries = re.split(r"^  - (?=\{?name:)", text, flags=re.M)[1:]
        with open(work / (ledger + ".csv"), "w", newline="") as out:
            rows = csv.writer(out)
            rows.writerow([field[0] for field in found[ledger]])
            rows.writerow([{"户编号": "0001", "户主姓名": "张如意", "姓名": "张如意", "与户主关系": "户主",
                            "残疾证号": "99010119800101001443", "性别": "男", "出生日期": "1980-01-01",
                            "年龄": "46", "银行卡号": "6222020000000000017", "家庭人口": "1"}.get(field[0], sample(entry))
                           for field, entry in zip(found[ledger], entries)])
    result = mingbai("render", "register", "-i", work, "-o", work.parent / "registers", "-s", "日期=2026-11-02")
    tap.check("a full row of each ledger is read without a fault",
              [line for line in result.stderr.splitlines() if line.startswith("错误")])
    tap.check("each ledger has its register", len(list((work.parent / "registers").rglob("*.xlsx"))) == len(found))


PROBE = """id: probe
title: 收入归类
audience: internal
style: workbook
ledgers: [收入]
file: 收入归类
formats: [xlsx]
data:
  行: |
    SELECT 项目, 大类 FROM 收入 ORDER BY _id
body:
  - table: {rows: 行, columns: all}
"""
CLASSES = {"工资性收入": "工资性收入", "公益性岗位收入": "工资性收入", "其他工资性收入": "工资性收入", "生产经营性收入": "生产经营性收入",
           "财产性收入": "财产性收入", "资产收益扶贫分红收入": "财产性收入", "其他财产性收入": "财产性收入", "转移性收入": "转移性收入",
           "养老金或离退休金": "转移性收入", "最低生活保障金": "转移性收入", "特困人员救助供养金": "转移性收入", "计划生育金": "转移性收入",
           "生态补偿金": "转移性收入", "产业奖励": "转移性收入", "就业奖励": "转移性收入", "其他转移性收入": "转移性收入",
           "生产经营性支出": "生产经营性支出", "专项用于减少生产经营性支出的补贴": "转移性收入"}


def check_income(tap, work):
    """收入's derived class of each item."""
    home = work / "home"
    shutil.copytree(ROOT / "templates", home / "templates")
    (home / "fonts").symlink_to(ROOT / "fonts")
    (home / "templates/workbooks/probe.yaml").write_text(PROBE)
    (home / "input").mkdir()
    with open(home / "input/户.csv", "w") as out:
        out.write("行政村,户编号,户主姓名,家庭人口\n石门村,0001,张如意,3\n")
    with open(home / "input/收入.csv", "w") as out:
        out.write("行政村,户编号,年度,季度,项目,金额\n")
        out.writelines("石门村,0001,2026,一季度,%s,100\n" % item for item in CLASSES)
    result = mingbai("render", "probe", cwd=home)
    book = home / "output/内部/收入归类.xlsx"
    cells = [tuple(cell.value for cell in row) for row in openpyxl.load_workbook(book).active.iter_rows()] \
        if book.exists() else [result.stderr]
    tap.check("every item of income belongs to its class", ["%s: %s" % pair for pair in CLASSES.items() if pair not in cells])


def recognised(folder):
    """{path: ledger} as check's table has it."""
    result = mingbai("check", "-i", folder)
    rows = [line.split("\t") for line in result.stdout.splitlines()[1:]]
    return {row[0]: row[1] for row in rows if len(row) > 1}, result


def write_head(path, head):
    path.parent.mkdir(exist_ok=True, parents=True)
    with open(path, "w", newline="") as out:
        csv.writer(out).writerow(head)


def heads(fields):
    """name → a head: all columns, all by their n-th alias, and no more than must be."""
    yield "own", [field[0] for field in fields]
    for n in range(max(len(field[1]) for field in fields)):
        yield "alias%d" % n, [field[1][min(n, len(field[1]) - 1)] if field[1] else field[0]
                              for field in fields]
    yield "least", [field[0] for field in fields if field[2] or field[3]]
    yield "identify", [field[0] for field in fields if field[2]]


def check_recognition(tap, found, work):
    wanted = {}
    for ledger, fields in found.items():
        for kind, head in heads(fields):
            number = "%03d-%s.csv" % (len(wanted), kind)  # a name that says nothing
            write_head(work / "heads" / number, head)
            wanted[number] = (ledger, head)
    got, result = recognised(work / "heads")
    tap.check("%d heads of %d schemas are recognised as themselves" % (len(wanted), len(found)),
              ["%s: %s, not %s: %s" % (name, got.get(name), ledger, ",".join(head))
               for name, (ledger, head) in wanted.items() if got.get(name) != ledger])
    tap.check("none is ambiguous", "ledger-ambiguous" not in result.stderr)

    for ledger, head in HABITS.items():
        write_head(work / "habits" / ("表%02d.csv" % list(HABITS).index(ledger)), head.split(","))
    got, _ = recognised(work / "habits")
    tap.check("heads as clerks write them are recognised",
              ["%s: %s" % (ledger, got.get("表%02d.csv" % i)) for i, ledger in enumerate(HABITS)
               if got.get("表%02d.csv" % i) != ledger])
    got, _ = recognised(ROOT / "input")
    tap.check("the committed files are what they were",
              ["%s: %s, not %s" % (name, got.get(name), ledger) for name, ledger in COMMITTED.items()
               if got.get(name) != ledger])
    tap.check("every committed file is known here", sorted(set(got) - set(COMMITTED)))


def check_ambiguous(tap, work):
    """Two ledgers that know a head equally well are both named, and the file's name decides."""
    head = ["户主姓名", "保障人数", "贷款金额"]
    write_head(work / "two/表.csv", head)
    got, result = recognised(work / "two")
    tap.check("an ambiguous head names both ledgers",
              [result.stderr] if "ledger-ambiguous" not in result.stderr
              or "低保特困台账" not in result.stderr or "小额信贷台账" not in result.stderr else [])
    write_head(work / "named/小额信贷台账.csv", head)
    got, _ = recognised(work / "named")
    tap.check("the file's name decides", got.get("小额信贷台账.csv") == "贷款")


def check_manual(tap, found):
    text = (ROOT / "input/README.md").read_text()
    rows = {match.group(1): match.group(2) for match in re.finditer(r"^\| (\w+) \| (.*?) \|$", text, re.M)}
    faults = ["no row of %s" % ledger for ledger in found if ledger not in rows]
    for ledger, fields in found.items():
        told = [re.sub(r"\*", "", word) for word in rows.get(ledger, "").split(" · ")]
        if told != [field[0] for field in fields]:
            faults.append("%s: %s" % (ledger, " · ".join(
                ("**%s**" if field[2] else "%s") % field[0] for field in fields)))
    tap.check("input/README.md has each ledger's columns, in order", faults)


def typed(sheet, values):
    heads_at = {re.sub("（.*", "", cell.value): cell.column for cell in sheet[1]}
    for row, record in enumerate(values, 2):
        for head, value in record.items():
            sheet.cell(row, heads_at[head]).value = value


def check_new(tap, found, work):
    folder = work / "新的"
    mingbai("new", folder)
    path = folder / "input/台账.xlsx"
    book = openpyxl.load_workbook(path)
    shown = [sheet for sheet in book if sheet.sheet_state == "visible"]
    tap.check("new: one sheet a ledger", len(shown) == len(found))
    tap.check("new: the common ones first", [s.title for s in shown[:4]] == ["村台账", "户台账", "人口台账", "帮扶措施台账"])
    faults, lists = [], 0
    for sheet in shown:
        rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        for cell in sheet[1]:
            letter = cell.column_letter
            rule = rules.get("%s2:%s5001" % (letter, letter))
            lists += rule is not None and rule.type == "list"
            at = "%s %s" % (sheet.title, cell.value)
            if not cell.comment or not cell.comment.text.strip():
                faults.append(at + ": no note")
            if re.search("号码|账号|卡号|编号|电话|日期|姓名|代码", cell.value):
                style = sheet.column_dimensions[letter]
                if style.number_format != "@":
                    faults.append(at + ": not text but " + style.number_format)
            if cell.comment and "从名单里选" in cell.comment.text and (not rule or rule.type != "list"):
                faults.append(at + ": no list")
        if not sheet.freeze_panes or not sheet.freeze_panes.endswith("2"):
            faults.append(sheet.title + ": the head is not frozen")
    tap.check("new: texts, lists, notes, frozen heads", faults)
    tap.check("new: many lists", lists > 60)
    peoples = next(rule for rule in book["人口台账"].data_validations.dataValidation
                    if rule.formula1 and "选项" in rule.formula1)
    row = int(re.search(r"!\$A\$(\d+):\$\w+\$\1$", peoples.formula1).group(1))
    tap.check("new: long lists are on a hidden sheet",
              [cell.value for cell in book["选项"][row]][:3] == ["汉族", "蒙古族", "回族"])

    typed(book["村台账"], [{"乡镇": "云岭镇", "行政村": "石门村", "全称": "石门村民委员会"}])
    typed(book["户台账"], [{"乡镇": "云岭镇", "行政村": "石门村", "村民小组": "一组", "户编号": "0001", "户主姓名": "张如意",
                         "户主证件号码": "990101198001010014", "家庭人口": 2, "耕地面积": 2.5, "住房面积": 90,
                         "银行卡号": "6222020000000000017"}])
    typed(book["惠农补贴台账"], [{"乡镇": "云岭镇", "行政村": "石门村", "户编号": "0001", "户主姓名": "张如意", "年度": 2026,
                           "补贴项目": "耕地地力保护补贴", "补贴面积": 2.5, "补贴标准": 100, "金额": 250,
                           "发放日期": "2026-07-05"}])
    typed(book["收入台账"], [{"行政村": "石门村", "户编号": "0001", "年度": 2026, "季度": "一季度", "项目": "务工收入",
                         "金额": 3000}])
    book.save(path)
    result = mingbai("render", "register", "-i", folder / "input", "-o", folder / "output")
    tap.check("new: filled in, it is read without a fault",
              [] if result.returncode == 0 and "共 0 处错误" in result.stderr else [result.stderr])
    made = openpyxl.load_workbook(folder / "output/内部/台账/惠农补贴台账.xlsx").active
    cells = [cell.value for row in made.iter_rows() for cell in row]
    tap.check("new: what was typed comes out again",
              [value for value in ("0001", "耕地地力保护补贴", "2026-07-05", 250) if value not in cells and
               str(value) not in [str(cell) for cell in cells]])
    made = openpyxl.load_workbook(folder / "output/内部/台账/收入台账.xlsx").active
    cells = [cell.value for row in made.iter_rows() for cell in row]
    tap.check("new: words are read as codes", "工资性收入" in cells and "务工收入" not in cells)

    again = work / "再来"
    mingbai("new", again)
    mingbai("new", work / "又来")
    tap.check("new: the same bytes each time", all(
        (again / name).read_bytes() == (work / "又来" / name).read_bytes()
        for name in ("input/台账.xlsx", "input/设置.csv", "说明.txt")))
    empty = mingbai("check", "-i", again / "input")
    tap.check("new: nothing filled in, nothing wrong",
              [] if empty.returncode == 0 and "共 0 处错误，0 处提醒" in empty.stderr else [empty.stderr])


def main():
    work = scratch()
    found = schemas()
    with Tap() as tap:
        check_recognition(tap, found, work)
        check_ambiguous(tap, work)
        (work / "rows").mkdir()
        check_rows(tap, found, work / "rows")
        check_income(tap, work)
        check_manual(tap, found)
        check_new(tap, found, work)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
