#!/usr/bin/python3
"""templates/checks: the clean input gives no finding of theirs; each check has a fault sown into it that it
finds, at the right cell, and nothing else does; no check is without such a fault. TAP."""
import csv
import re
import shutil

from _tap import ROOT, Tap, mingbai, scratch

BASE = ROOT / "tests/samples/dirty/base"
HELPERS = ["户编号", "行政村", "村民小组", "户主姓名", "姓名", "单位", "开始日期", "结束日期"]


class Input:
    """The clean ledgers, to be changed and written. Rows count from 1, as in the data."""

    def __init__(self):
        self.tables = {}
        for path in sorted(BASE.glob("*.csv")):
            with open(path, encoding="utf-8-sig", newline="") as file:
                self.tables[path.stem] = list(csv.reader(file))

    def column(self, table, column, default=""):
        """The place of a column; a new one is added, filled with default."""
        head = self.tables[table][0]
        if column not in head:
            for row in self.tables[table]:
                row.append(default)
            head[-1] = column
        return head.index(column)

    def set(self, table, row, **cells):
        for column, value in cells.items():
            self.tables[table][row][self.column(table, column)] = value
        return self

    def all(self, table, column, value):
        for row in range(1, len(self.tables[table])):
            self.set(table, row, **{column: value})
        return self

    def drop(self, table, row):
        del self.tables[table][row]
        return self

    def copy(self, table, row, **cells):
        self.tables[table].append(list(self.tables[table][row]))
        return self.set(table, len(self.tables[table]) - 1, **cells)

    def setting(self, name, value):
        self.tables["设置"].append([name, value, ""])
        return self

    def helpers(self):
        """A ledger of helpers that agrees with the measures."""
        people = {row[0]: row for row in self.tables["户"][1:]}
        names = dict((row[0], row[self.column("措施", "责任人")]) for row in self.tables["措施"][1:])
        self.tables["帮扶责任人"] = [HELPERS] + [
            [key, row[2], row[3], row[4], names[key], "县农业局", "2024-03-01", ""]
            for key, row in people.items()]
        return self

    def write(self, folder):
        folder.mkdir(parents=True)
        for name, rows in self.tables.items():
            with open(folder / (name + ".csv"), "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)


def people(row, **cells):
    return lambda i: i.set("人", row, **cells)


def houses(row, **cells):
    return lambda i: i.set("户", row, **cells)


def measures(row, **cells):
    return lambda i: i.set("措施", row, **cells)


def kinds(i):
    return i.all("户", "户类型", "建档立卡贫困户")


# NAME: how the fault is sown, then where it is found: ledger, row or rows, column as the schema calls it.
CASES = {
    "account-shared": (houses(2, 银行卡号="6299011000000000013"), "户", (1, 2), "银行卡号"),
    "age-old": (people(15, 证件号码="990101190612060022", 出生日期="1906-12-06"), "人", 15, "证件号码"),
    "birth-id": (people(10, 出生日期="1970-07-16"), "人", 10, "出生日期"),
    "care-works": (lambda i: i.all("人", "特困供养", "否").set("人", 10, 特困供养="是")
                   .set("户", 5, 贫困户属性="特困供养贫困户"), "人", 10, "务工状况"),
    "cause-labour": (houses(5, 主要致贫原因="缺劳动力"), "户", 5, "致贫原因"),
    "cause-measure": (houses(3, 其他致贫原因="缺水"), "户", 3, "其他致贫原因"),
    "cause-member": (houses(2, 主要致贫原因="因病"), "户", 2, "致贫原因"),
    "conditions-contradict": (lambda i: i.set("户", 1, 是否危房户="是").drop("动态调整", 1), "户", 1, "住房安全"),
    "dibao-attribute": (houses(3, 贫困户属性="低保贫困户"), "户", 3, "户属性"),
    "disability-card": (lambda i: i.set("人", 17, 残疾证号=""), "人", 17, "残疾证号"),
    "dropout-studies": (lambda i: i.all("人", "失学辍学", "否").set("人", 19, 失学辍学="是")
                        .set("户", 6, 脱贫属性="未脱贫").drop("动态调整", 6), "人", 19, "失学辍学"),
    "empty-household": (houses(1, **{"住房面积（平方米）": ""}), "户", 1, "住房面积"),
    "empty-measure": (measures(4, 帮扶单位=""), "措施", 4, "帮扶单位"),
    "empty-member": (people(4, 民族=""), "人", 4, "民族"),
    "exit-barred": (houses(4, 是否解决安全饮用水="否"), "动态调整", 4, "类别"),
    "exit-crowded": (lambda i: i.setting("退出户数", "5"), "村", 1, "行政村"),
    "exit-income": (lambda i: i.setting("退出收入线", "5000"), "动态调整", 5, "类别"),
    "exit-list": (lambda i: i.set("户", 3, 脱贫属性="预脱贫").drop("动态调整", 3), "户", 3, "脱贫属性"),
    "exit-review": (lambda i: i.set("动态调整", 2, 结论="不同意"), "动态调整", 2, "结论"),
    "exit-standard": (houses(2, 退出标准达标="否"), "动态调整", 2, "类别"),
    "exit-twice": (lambda i: i.copy("动态调整", 2, 类别="返贫"), "动态调整", (2, 7), "类别"),
    "exit-year": (lambda i: i.set("户", 3, 脱贫年度="2018", 脱贫属性="已脱贫"), "户", 3, "脱贫年度"),
    "exit-year-missing": (lambda i: i.set("户", 3, 脱贫年度="", 脱贫属性="已脱贫"), "户", 3, "脱贫年度"),
    "few-measures": (lambda i: i.drop("措施", 27), "户", 6, "户主姓名"),
    "head-missing": (people(1, 与户主关系="其他"), "户", 1, "户主姓名"),
    "health-contradicts": (people(5, 健康状况="健康、长期慢性病"), "人", 5, "健康状况"),
    "help-income": (lambda i: i.set("户", 3, 工资性收入="0", 家庭纯收入="15926.20", 人均纯收入="5308.73"),
                    "户", 3, "工资性收入"),
    "helper-dates": (lambda i: i.helpers().set("帮扶责任人", 1, 结束日期="2023-01-01"),
                     "帮扶责任人", 1, "结束日期"),
    "helper-differs": (lambda i: i.helpers().set("措施", 8, 责任人="林强生"), "措施", 8, "责任人"),
    "helper-none": (lambda i: i.helpers().drop("帮扶责任人", 3), "户", 3, "户主姓名"),
    "household-size": (lambda i: i.setting("户人口上限", "6"), "户", 5, "家庭人口"),
    "income-balance": (houses(1, 财产性收入="1201.37"), "户", 1, "家庭纯收入"),
    "income-head": (houses(1, 人均纯收入="9702.91"), "户", 1, "人均纯收入"),
    "income-unmonitored": (lambda i: kinds(i).set("户", 5, 户类型="脱贫户").setting("监测收入线", "5000"),
                           "户", 5, "户类型"),
    "insurance-none": (people(12, 是否参加城乡居民基本医疗保险="否"), "人", 12, "参加居民医保"),
    "insurance-twice": (lambda i: i.all("人", "参加职工医保", "否").set("人", 12, 参加职工医保="是"),
                        "人", 12, "参加职工医保"),
    "labour-count": (houses(1, 劳动力人数="3"), "户", 1, "劳动力人数"),
    "measure-allowance": (measures(27, 项目名称="农村最低生活保障金"), "措施", 27, "项目名称"),
    "measure-income": (measures(4, 折合金额="1201.37"), "户", 1, "财产性收入"),
    "measure-person": (measures(7, 对象="周贵云"), "措施", 7, "对象"),
    "minor-labour": (people(20, 劳动技能="弱劳动力或半劳动力", 在校生状况="学龄前儿童"),
                     "人", 20, "劳动技能"),
    "notice-dates": (lambda i: i.set("公示", 1, 撤下日期="2026-11-01"), "公示", 1, "撤下日期"),
    "notice-days": (lambda i: i.set("公示", 2, 天数="4"), "公示", 2, "天数"),
    "notice-review": (lambda i: i.set("公示", 1, 张贴日期="2026-10-27"), "公示", 1, "张贴日期"),
    "old-labour": (people(1, 劳动技能="普通劳动力"), "人", 1, "劳动技能"),
    "post-age": (lambda i: i.set("人", 16, 公益性岗位="保洁员", 公益性岗位月数="12"),
                 "人", 16, "公益性岗位"),
    "post-months": (lambda i: i.set("人", 13, 公益性岗位="保洁员", 公益性岗位月数=""),
                    "人", 13, "公益性岗位月数"),
    "preschool-late": (lambda i: i.set("人", 19, 在校生状况="学前教育", 证件号码="99010120171108002X",
                                       出生日期="2017-11-08")
                       .set("措施", 25, 证件号码="99010120171108002X"), "人", 19, "在校生状况"),
    "pupil-works": (people(19, 务工状况="省外务工", 务工所在地="南湾市", **{"务工时间（月）": "2"},
                           劳动技能="无"), "人", 19, "务工状况"),
    "relation-sex": (people(12, 与户主关系="之子"), "人", 12, "与户主关系"),
    "round-income": (houses(1, 生产经营性收入="4000.00", 家庭纯收入="18667.29", 人均纯收入="9333.65"), "户", 1, "生产经营性收入"),
    "school-age": (people(19, 在校生状况="非在校生"), "人", 19, "在校生状况"),
    "screen-groups": (lambda i: kinds(i).set("户", 4, 户类型="普通农户"), "户", 4, "户类型"),
    "short-measure": (measures(7, 项目名称="社会保障"), "措施", 7, "项目名称"),
    "short-problem": (measures(7, 存在问题="因病"), "措施", 7, "存在问题"),
    "student-labour": (people(6, 劳动技能="普通劳动力"), "人", 6, "劳动技能"),
    "team-missing": (lambda i: i.set("村", 1, 第一书记="").setting("工作队人数", "20"), "村", 1, "第一书记"),
    "tekun-attribute": (lambda i: i.all("人", "特困供养", "否").set("人", 15, 特困供养="是"),
                        "户", 5, "户属性"),
    "two-spouses": (people(15, 与户主关系="配偶"), "人", 15, "与户主关系"),
    "unsafe-unmonitored": (lambda i: kinds(i).set("户", 2, 户类型="脱贫户", 脱贫属性="未脱贫",
                                                      是否解决安全饮用水="否")
                           .drop("动态调整", 2), "户", 2, "户类型"),
    "village-total": (lambda i: i.set("村", 1, 总户数="5"), "村", 1, "总户数"),
    "work-ability": (people(15, 务工状况="省外务工", 务工所在地="南湾市", **{"务工时间（月）": "3"}),
                     "人", 15, "务工状况"),
    "work-months": (people(5, **{"务工时间（月）": "0"}), "人", 5, "务工时间"),
    "work-place": (people(5, 务工所在地="南湾"), "人", 5, "务工所在地"),
    "yulu-student": (people(6, 在校生状况="高中三年级"), "措施", 11, "项目名称"),
}


def check(folder):
    """(code, place) of every finding of a check, and of all others but notes, and the run itself."""
    ran = mingbai("check", "-i", folder, "-o", folder.parent / "out", "-v")
    found = re.findall(r"^(错误|提醒|说明) (\S+?)：.*\[([a-z-]+)\]$", ran.stderr, re.M)
    checks = {line.split("\t")[0] for line in mingbai("list", "checks").stdout.splitlines()}
    return sorted((code, place) for level, place, code in found if code in checks or level != "说明"), ran


def manual(work):
    """Faults of templates/checks/README.md: its example must be found, and every key must stand in it."""
    text = (ROOT / "templates/checks/README.md").read_text()
    (name, example), = re.findall(r"```yaml\n# (\S+)\n(.*?)```", text, re.S)
    shutil.copytree(ROOT / "templates", work / "home/templates")
    (work / "home/templates/checks" / name).write_text(example)
    Input().write(work / "home/input")
    ran = mingbai("check", name[:-len(".yaml")], cwd=work / "home")
    keys = re.search(r"keys\[\] = \{(.*?)NULL", (ROOT / "gen/store/checks_read.c").read_text(), re.S).group(1)
    faults = ["no key %s" % key for key in re.findall(r'"(\w+)"', keys) if "`%s`" % key not in text]
    return faults + ([] if "[check-%s]" % name[:-5] in ran.stderr and not ran.returncode else [ran.stderr])


def main():
    work = scratch()
    known = {line.split("\t")[0][len("check-"):] for line in mingbai("list", "checks").stdout.splitlines()}
    with Tap() as t:
        t.check("every check has a fault sown for it", sorted(known ^ set(CASES)))
        Input().write(work / "clean/input")
        found, ran = check(work / "clean/input")
        t.check("the clean input gives no finding",
                ["%s %s" % f for f in found] + ([ran.stderr] if ran.returncode else []))
        t.check("the manual's example", manual(work))
        for name in sorted(CASES):
            sow, table, rows, column = CASES[name]
            content = Input()
            sow(content)
            content.write(work / name / "input")
            found, ran = check(work / name / "input")
            rows = [rows] if isinstance(rows, int) else list(rows)
            wanted = ["check-" + name] * len(rows)
            faults = [] if [code for code, _ in found] == wanted else ["%s %s" % f for f in found] or ["none"]
            for row in rows:
                # The file's own name of the column may be another; its number is not.
                start = "%s.csv:%d:" % (table, row + 1)
                if not any(place.startswith(start) and place.endswith("（%s）" % column) for _, place in found):
                    faults.append("not at %s（%s）: %s" % (start, column, found))
            t.check(name, faults)


main()
