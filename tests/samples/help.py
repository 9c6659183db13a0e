"""What each household receives in the year, following from its members and cause (domain.md C03, C08,
C09), and the income that results."""
import datetime

from township import YEAR, Measure

SAVED = "不计入"  # help that lowers costs and is no income
HERDS = (("能繁母猪", "头", 1, 3, 2860), ("肉牛", "头", 1, 2, 7450), ("本地山羊", "只", 6, 15, 412),
         ("林下土鸡", "只", 60, 180, 46), ("中华蜂", "箱", 8, 22, 318))
CROPS = (("花椒", 2, 6, 1743), ("核桃提质", 3, 8, 862), ("高山茶叶", 1, 5, 2318), ("中药材重楼", 1, 2, 4427),
         ("烤烟", 3, 9, 1986), ("高山蔬菜", 1, 4, 2254))
POSTS = (("村保洁员", 600), ("生态护林员", 833), ("河道管护员", 500), ("道路养护员", 650), ("互助养老护理员", 700))
COURSES = ("电工", "挖掘机驾驶", "家政护理", "中式烹饪", "果树嫁接", "农机修理")


class Help:
    """Draws the measures of one household in order: per person first, then the household."""

    def __init__(self, town, household):
        self.random, self.household = town.random, household
        self.rows = household.measures

    def fen(self, low, high):
        return self.random.randrange(low * 100, high * 100)

    def add(self, person, problem, kind, project, scale, granted, unit, effect, worth, income, month=None):
        month = month or self.random.randint(3, 10)
        done = datetime.date(YEAR, min(month, 10), self.random.randint(1, 28))
        self.rows.append(Measure(person, problem, kind, project, scale, granted, unit, self.household.helper.name,
                                 f"{YEAR}年{month}月", done, effect, worth, income))

    def for_health(self, person):
        if person.health.startswith("残疾"):
            yearly = self.random.choice((80, 100, 120)) * 12 * 100
            self.add(person, f"持{person.illness}残疾证，生活自理和增收困难", "综合保障", "困难残疾人生活补贴和重度残疾人护理补贴",
                     f"每月{yearly // 1200}元，12个月", yearly, "县残疾人联合会",
                     f"两项补贴按月打卡，全年{yearly // 100}元", yearly, "转移性收入", 12)
            return
        paid = self.fen(780, 9600) if person.health == "患有大病" else self.fen(210, 1980)
        self.add(person, f"患{person.illness}，需长期服药，医药费负担重", "健康帮扶", "家庭医生签约、慢性病门诊和住院报销",
                 "签约1人，随访4次", paid, "云岭镇卫生院", f"门诊住院报销{paid / 100:.2f}元", paid, SAVED, 12)

    def for_pupil(self, person):
        if person.school.startswith("高中"):
            self.add(person, f"就读{person.school}，学费和生活费负担较重", "教育帮扶", "普通高中国家助学金、免学费",
                     "2个学期", 250000, "县教育局", "助学金2500元发放到卡", 250000, "转移性收入", 9)
        elif person.school == "大专及以上":
            self.add(person, "就读高职，每年学费生活费开支大", "教育帮扶", "雨露计划职业教育补助", "2个学期，每学期1500元",
                     300000, "县农业农村局", "雨露计划补助3000元发放到卡", 300000, "转移性收入", 10)
        else:
            meal = self.random.randrange(96, 101) * 1000
            self.add(person, f"就读{person.school}，上学路远，需在校就餐", "教育帮扶",
                     "义务教育营养改善计划和寄宿生生活补助" if person.age > 8 else "营养改善计划",
                     f"在校就餐{meal // 500}天", meal, "县教育局", f"免除餐费{meal / 100:.2f}元", meal, SAVED, 9)

    def for_worker(self, person):
        if person.job == "无":
            name, pay = self.random.choice(POSTS)
            months = self.random.randint(6, 12)
            earned = pay * months * 100
            self.add(person, "在家照护老人孩子，不能外出，无固定收入", "公益岗位帮扶", f"{name}公益性岗位",
                     f"每月{pay}元，{months}个月", earned, f"{self.household.village}村民委员会",
                     f"上岗{months}个月，领取工资{earned // 100}元", earned, "工资性收入", 12)
        else:
            fare = self.fen(180, 790)
            course = self.random.choice(COURSES)
            self.add(person, "外出务工技能单一，工作不稳定", "就业帮扶", f"{course}培训、跨县务工交通补贴",
                     f"培训{self.random.randint(5, 15)}天", fare, "县人力资源和社会保障局",
                     f"在{person.job_place}稳定务工{person.job_months}个月，交通补贴{fare / 100:.2f}元", fare, "转移性收入")

    def for_elder(self, person):
        monthly = self.random.randrange(12300, 18650, 10)
        self.add(person, "年满60周岁，无其他收入来源", "综合保障", "城乡居民基本养老保险待遇",
                 f"每月{monthly / 100:.2f}元，12个月", monthly * 12, "云岭镇人民政府",
                 f"养老金按月领取，全年{monthly * 12 / 100:.2f}元", monthly * 12, "转移性收入", 12)

    def herd(self):
        what, unit, low, high, each = self.random.choice(HERDS)
        count = self.random.randint(low, high)
        worth = count * each * 100 + self.fen(0, 90)
        self.add(None, "缺少发展资金和养殖技术，产业规模小", "产业帮扶", f"{what}养殖奖补", f"{what}{count}{unit}",
                 self.fen(900, 2900), "县农业农村局", f"养殖{what}{count}{unit}，增收{worth / 100:.2f}元", worth,
                 "生产经营性收入")

    def crop(self):
        what, low, high, each = self.random.choice(CROPS)
        mu = self.random.randint(low * 2, high * 2) / 2
        worth = int(mu * each * 100) + self.fen(0, 60)
        self.add(None, "种植传统作物，产量低、卖不上价", "产业帮扶", f"{what}种植补助、技术员包户指导", f"{mu:g}亩",
                 self.fen(300, 1800), "县农业农村局", f"{what}{mu:g}亩，增收{worth / 100:.2f}元", worth, "生产经营性收入")

    def share(self):
        worth = self.fen(260, 1380)
        self.add(None, "劳动力不足，无产业发展条件", "产业帮扶", "扶持资金入股村集体合作社分红", "入股5000元", worth,
                 f"{self.household.village}股份经济合作社", f"年度分红{worth / 100:.2f}元", worth, "财产性收入", 10)

    def dibao(self):
        each = self.random.randrange(21500, 38600, 500)
        count = len(self.household.members)
        self.add(None, "家庭收入低于低保标准", "综合保障", "农村最低生活保障金", f"{count}人，每人每月{each / 100:.0f}元",
                 each * count * 12, "云岭镇人民政府", f"低保金按月发放，全年{each * count * 12 / 100:.2f}元", each * count * 12,
                 "转移性收入", 12)

    def insurance(self):
        count = len(self.household.members)
        self.add(None, "医疗保险个人缴费有负担", "健康帮扶", "资助参加城乡居民基本医疗保险", f"{count}人，每人资助200元",
                 count * 20000, "县医疗保障局", f"全家{count}人参保，减免{count * 200}元", count * 20000, SAVED, 3)

    def subsidy(self):
        mu = round(self.household.land, 2)
        worth = int(mu * 9137 + 0.5)
        self.add(None, "种粮成本高", "产业帮扶", "耕地地力保护补贴", f"{mu:.2f}亩，每亩91.37元", worth, "云岭镇人民政府",
                 f"补贴{worth / 100:.2f}元打卡到户", worth, "转移性收入", 6)

    def loan(self):
        interest = self.fen(640, 1980)
        self.add(None, "缺少发展资金", "金融帮扶", "小额信贷贴息", f"贷款{self.random.randint(2, 5)}万元，1年", interest,
                 "明山县农村商业银行", f"贴息{interest / 100:.2f}元", interest, SAVED, 8)

    def water(self):
        self.add(None, "饮水季节性不足", "饮水安全保障", "接入村集中供水、减免初装费", "1户", 26000, "县水利局",
                 "自来水入户，减免260元", 26000, SAVED, 5)

    def house(self):
        grant = self.fen(11200, 23800)
        self.add(None, "住房经鉴定为C级", "住房安全保障", "农村危房改造补助", f"{self.household.floor:.1f}平方米", grant,
                 "县住房和城乡建设局", f"加固完工，补助{grant / 100:.2f}元", grant, SAVED, 9)

    def road(self):
        self.add(None, "入户路未硬化，雨天出行难", "基础设施建设", "入户路硬化", f"{self.household.road * 30:.0f}米",
                 self.fen(1600, 4900), f"{self.household.village}村民委员会", "入户路硬化完工", 0, SAVED, 7)

    def tools(self):
        worth = self.fen(210, 880)
        self.add(None, "自身发展动力不足，生产工具缺乏", "产业帮扶", "以奖代补发放农机具", "微耕机1台", worth, "县农业农村局",
                 f"领取农机具，折价{worth / 100:.2f}元", worth, "转移性收入", 4)


def give_help(town, household, at_least=4):
    help_ = Help(town, household)
    r, members = town.random, household.members
    workers = [m for m in members if m.labour in ("普通劳动力", "技能劳动力")]
    for member in members:
        if member.health != "健康":
            help_.for_health(member)
    for member in [m for m in members if m.school not in ("非在校生", "学龄前儿童", "学前教育")][:3]:
        help_.for_pupil(member)
    for member in workers[:2]:
        help_.for_worker(member)
    if not workers:
        for member in [m for m in members if m.age >= 60][:2]:
            help_.for_elder(member)
    answers = {"缺技术": ("crop",), "缺资金": ("herd", "loan"), "缺水": ("water",), "交通条件落后": ("road",),
               "自身发展动力不足": ("tools", "herd"), "因灾": ("house", "crop"), "缺土地": ("share",),
               "缺劳动力": ("share",)}
    plan = list(answers.get(household.cause, ()))
    if household.kind == "低保贫困户":
        plan.append("dibao")
    spare = ["insurance", "subsidy"] + (["herd", "crop", "loan", "share"] if workers else ["share", "water"])
    if at_least > 4:
        spare += ["road", "tools", "water", "house"]
    while len(help_.rows) + len(plan) < at_least or at_least == 4 and spare and r.random() < 0.12:
        plan.append(spare.pop(r.randrange(len(spare)) if at_least == 4 else 0))
    for name in dict.fromkeys(plan):
        getattr(help_, name)()
    while len(help_.rows) < at_least and spare:
        getattr(help_, spare.pop())()
    earn(town, household, workers)


def earn(town, household, workers):
    """Income by source, in fen: what the measures bring is part of it."""
    r = town.random
    brought = {}
    for measure in household.measures:
        brought[measure.income] = brought.get(measure.income, 0) + measure.worth
    wages = sum(m.job_months * r.randrange(196000, 412000) for m in workers if m.job != "无")
    produce = int(household.land * r.randrange(38000, 96000)) + r.randrange(40000, 310000)
    transfer = sum(r.randrange(140000, 190000) for m in household.members if m.age >= 60)
    income = household.income
    income["工资性收入"] = wages + brought.get("工资性收入", 0)
    income["生产经营性收入"] = produce + brought.get("生产经营性收入", 0)
    income["财产性收入"] = brought.get("财产性收入", 0) + (r.randrange(0, 90000) if r.random() < 0.4 else 0)
    income["转移性收入"] = brought.get("转移性收入", 0) + transfer
    income["生产经营性支出"] = int(income["生产经营性收入"] * r.uniform(0.21, 0.43))
    income["家庭纯收入"] = (income["工资性收入"] + income["生产经营性收入"] + income["财产性收入"] +
                       income["转移性收入"] - income["生产经营性支出"])
    size = len(household.members)
    income["人均纯收入"] = (income["家庭纯收入"] * 2 + size) // (size * 2)
