"""The invented township all samples are about: villages, households, people, help, from one seed.

Everybody here is invented. ID numbers carry the unassigned region prefix 990101 and a valid check
digit, mobiles count up from 1990990 0001, landlines are 0990-62001xx. Money is kept in fen.
"""
import datetime
import random
from dataclasses import dataclass, field

COUNTY, TOWN, YEAR = "明山县", "云岭镇", 2026
TODAY = datetime.date(2026, 11, 1)  # 基准日期

# name, households, groups, exits proposed, of them kept off the list
VILLAGES = (("石门村", 78, 6, 62, 3), ("大湾村", 56, 5, 14, 2), ("青杠村", 44, 4, 3, 0),
            ("龙洞村", 40, 4, 9, 1), ("白岩村", 32, 3, 1, 0))
NUMERALS = "零一二三四五六七八九十"

SURNAMES = ("王李张刘陈杨赵黄周吴" * 6 + "徐孙胡朱高林何郭马罗" * 3 + "梁宋郑谢韩唐冯于董萧" * 2 +
            "曾单解仇查区任盖朴翟尉覃卜龚薛贾邹石熊孟秦白江阎尹段雷侯龙史陶黎贺顾毛郝万钱严")
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "尉迟")
ELDER = {1: "德福贵发财有根兴旺明华光荣国富全顺金玉成世昌永清长寿",
         2: "桂兰秀英玉珍凤素华菊香淑芬翠莲春梅金花月娥"}
MIDDLE = {1: "建国军卫东海平志强永红伟勇文斌庆华学忠立新家旺少林正义万里松涛",
          2: "秀红丽霞艳萍小玲琴燕芳敏静晓梅雪莲海英春兰慧娟"}
YOUNG = {1: "浩宇轩子豪俊杰天翔博文嘉伟明哲思远晨阳一凡泽鹏",
         2: "欣怡梓涵雨桐思琪佳慧诗语可馨若曦美玲雅婷紫萱"}
# Characters that old systems, fonts and encodings lose; placed on chosen people below.
RARE = ("龚翀", "周䶮", "李㛃", "何𬱖", "唐𣲗", "薛赟", "郭喆", "孟堃", "王玥𣲗", "邹雨䶮")
PEOPLES = {  # minority families: names of the older, of the younger, per sex
    "维吾尔族": {1: ("买买提·艾力", "阿卜杜热合曼·阿卜杜喀迪尔", "艾尼瓦尔·吐尔逊", "库尔班·买买提"),
              2: ("阿依古丽·艾力", "古丽娜尔·吐尔逊", "热依汗·买买提", "帕提古丽·库尔班")},
    "彝族": {1: ("吉克·阿木", "阿尔·木呷", "沙马·拉铁", "马海·尔布"),
            2: ("吉克·阿呷", "沙马·子牛", "阿尔·阿支", "马海·曲西")},
    "藏族": {1: ("扎西顿珠", "洛桑次仁", "多吉", "丹增"), 2: ("卓玛", "央金拉姆", "次仁卓嘎", "白玛")},
}
ILLNESSES = ("高血压三级", "2型糖尿病", "慢性阻塞性肺病", "腰椎间盘突出", "类风湿关节炎", "冠心病",
             "脑梗塞后遗症", "慢性肾病四期", "肝硬化")
DISABILITIES = ("肢体三级", "视力二级", "听力二级", "肢体二级", "智力三级", "精神二级")
CAUSES = ("因病",) * 6 + ("缺技术",) * 5 + ("因学",) * 4 + ("缺劳动力",) * 4 + ("因残",) * 4 + \
         ("缺资金",) * 3 + ("自身发展动力不足", "交通条件落后", "缺水", "因灾", "缺土地")
UNITS = ("县农业农村局", "县教育局", "县卫生健康局", "县住房和城乡建设局", "县税务局", "县融媒体中心",
         "县供电公司", "县人民医院", "县林业局", "县水利局", "县人力资源和社会保障局", "云岭镇人民政府",
         "云岭镇卫生院", "云岭镇中心学校")
POSTS = ("副局长", "四级主任科员", "一级科员", "办公室主任", "股长", "工程师", "三级主任科员", "会计",
         "驻村工作队员", "副镇长")


@dataclass
class Person:
    name: str
    sex: int  # 1 male, 2 female
    born: datetime.date
    relation: str
    people: str
    id: str
    phone: str = ""
    health: str = "健康"
    illness: str = ""
    school: str = "非在校生"
    education: str = "初中"
    labour: str = "普通劳动力"
    job: str = "无"
    job_place: str = "无"
    job_months: int = 0
    pension: bool = False
    dibao: bool = False

    @property
    def age(self):
        return TODAY.year - self.born.year - ((TODAY.month, TODAY.day) < (self.born.month, self.born.day))


@dataclass
class Measure:
    person: Person  # None: the whole household
    problem: str
    kind: str
    project: str
    scale: str
    granted: int  # fen; 金额
    unit: str
    by: str
    until: str
    done: datetime.date
    effect: str
    worth: int  # fen; 折合金额
    income: str


@dataclass
class Helper:
    name: str
    unit: str
    post: str
    phone: str
    since: datetime.date


@dataclass
class Household:
    village: str
    group: int
    number: str
    members: list
    kind: str = "一般贫困户"
    cause: str = ""
    other_cause: str = "无"
    known: datetime.date = None
    helper: Helper = None
    measures: list = field(default_factory=list)
    income: dict = field(default_factory=dict)
    land: float = 0
    forest: float = 0
    floor: float = 0
    road: float = 0
    bank: str = ""
    # the eight situations of domain.md C10, as columns of the ledger
    fed: bool = True
    water: bool = True
    schooled: bool = True
    insured: bool = True
    housed: bool = True
    effective: bool = True
    dibao_only: bool = False
    status: str = "未脱贫"
    exit: bool = False
    remark: str = ""

    @property
    def head(self):
        return self.members[0]

    @property
    def workers(self):
        return sum(m.labour in ("普通劳动力", "技能劳动力") for m in self.members)

    @property
    def meets_standard(self):
        """All of 两不愁三保障, and proposed to leave."""
        return (self.exit and self.fed and self.water and self.schooled and self.insured and self.housed and
                self.effective and not self.dibao_only)


def check_digit(first17):
    """GB 11643-1999."""
    total = sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(first17))
    return "10X98765432"[total % 11]


def luhn(digits):
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


class Township:
    def __init__(self, seed=20260901):
        self.random = random.Random(seed)
        self.names, self.serials, self.mobiles = set(), {}, 0
        self.rare = list(RARE)
        self.households, self.helpers = [], []
        for village, count, groups, exits, kept in VILLAGES:
            self.add_village(village, count, groups, exits, kept)

    # --- people

    def mobile(self):
        self.mobiles += 1
        return f"1990990{self.mobiles:04d}"

    def born(self, age):
        first = TODAY.replace(year=TODAY.year - age - 1)
        return first + datetime.timedelta(days=self.random.randrange(1, 365))

    def identity(self, born, sex):
        key = (born, sex)
        self.serials[key] = self.serials.get(key, -1) + 1
        first17 = f"990101{born:%Y%m%d}{self.serials[key] * 2 + (1 if sex == 1 else 2):03d}"
        return first17 + check_digit(first17)

    def given(self, age, sex):
        pool = (ELDER if age >= 58 else MIDDLE if age >= 28 else YOUNG)[sex]
        first = self.random.choice(pool)
        if self.random.random() < (0.35 if age < 58 else 0.2):
            return first
        second = self.random.choice([c for c in pool if c != first])
        return first + second

    def name(self, surname, age, sex, people):
        """A name nobody in the township has yet, so that a printed name can be counted."""
        if people in PEOPLES:
            for name in PEOPLES[people][sex]:
                if name not in self.names:
                    self.names.add(name)
                    return name
        while True:
            name = surname + self.given(age, sex)
            if name not in self.names:
                self.names.add(name)
                return name

    def person(self, surname, age, sex, relation, people="汉族"):
        born = self.born(age)
        person = Person(self.name(surname, age, sex, people), sex, born, relation, people,
                        self.identity(born, sex))
        r = self.random
        if age < 3:
            person.education, person.school = "学龄前儿童", "学龄前儿童"
        elif age < 6:
            person.education, person.school = "学龄前儿童", "学前教育"
        elif age < 12:
            person.education, person.school = "小学", "小学"
        elif age < 15:
            person.education, person.school = "小学", ("七年级", "八年级", "九年级")[age - 12]
        elif age < 18:
            person.education, person.school = "初中", ("高中一年级", "高中二年级", "高中三年级")[age - 15]
        elif age < 22 and r.random() < 0.55:
            person.education, person.school = "高中", "大专及以上"
        elif age >= 62:
            person.education = r.choice(("文盲或半文盲", "小学", "小学", "初中"))
        else:
            person.education = r.choice(("小学" if age > 30 else "高中", "初中", "初中", "初中", "高中"))
        if age < 16 or person.school != "非在校生":
            person.labour = "无劳动力"
        elif age >= 75:
            person.labour = "丧失劳动力"
        elif age >= 60:
            person.labour = "弱劳动力或半劳动力"
        elif r.random() < 0.15:
            person.labour = "技能劳动力"
        if age >= 16:
            person.pension = person.school == "非在校生"
            if age < 75 and r.random() < 0.6:
                person.phone = self.mobile()
        return person

    def family(self):
        """Members, head first, spouse second."""
        r, roll = self.random, self.random.random()
        people = r.choices(("汉族", "彝族", "藏族", "维吾尔族"), (93, 3, 2, 2))[0]
        surname = r.choice(COMPOUND) if r.random() < 0.03 else r.choice(SURNAMES)
        spouse = r.choice(SURNAMES)
        if roll < 0.13:
            age, sex = r.randint(62, 84), r.choice((1, 1, 2))
            return [self.person(surname, age, sex, "户主", people)]
        if roll < 0.25:
            age = r.randint(60, 79)
            return [self.person(surname, age, 1, "户主", people),
                    self.person(spouse, age - r.randint(0, 5), 2, "配偶", people)]
        if roll < 0.33:
            age, sex = r.randint(36, 50), r.choice((1, 2))
            return [self.person(surname, age, sex, "户主", people)] + self.children(
                surname, age - 24, r.choice((1, 1, 2)), people)
        age = r.randint(32, 57)
        members = [self.person(surname, age, 1, "户主", people),
                   self.person(spouse, age - r.randint(-1, 6), 2, "配偶", people)]
        members += self.children(surname, age - 23, r.choice((1, 1, 2, 2, 2, 3)), people)
        if roll > 0.55:
            members.append(self.person(r.choice(SURNAMES), min(age + r.randint(22, 27), 92), 2, "之母",
                                       people))
        if roll > 0.72:
            members.append(self.person(surname, min(age + r.randint(23, 30), 93), 1, "之父", people))
        return members

    def children(self, surname, oldest, count, people):
        children = []
        age = min(self.random.randint(max(oldest - 6, 1), max(oldest, 2)), 24)
        for _ in range(count):
            sex = self.random.choice((1, 2))
            children.append(self.person(surname, age, sex, "之子" if sex == 1 else "之女", people))
            age -= self.random.randint(2, 4)
            if age < 1:
                break
        return children

    def clan(self):
        """One household of eleven, four generations, under one roof."""
        rows = (("户主", 56, 1, "罗"), ("配偶", 54, 2, "陈"), ("之子", 33, 1, "罗"), ("之儿媳", 32, 2, "杨"),
                ("之子", 30, 1, "罗"), ("之儿媳", 29, 2, "周"), ("之孙子", 10, 1, "罗"), ("之孙女", 8, 2, "罗"),
                ("之孙子", 4, 1, "罗"), ("之女", 22, 2, "罗"), ("之母", 81, 2, "黄"))
        return [self.person(surname, age, sex, relation) for relation, age, sex, surname in rows]

    # --- households

    def add_village(self, village, count, groups, exits, kept):
        r, first = self.random, len(self.households)
        code = VILLAGES.index((village, count, groups, exits, kept)) + 1
        helpers = [self.add_helper() for _ in range(count // 6 + 1)]
        for i in range(count):
            members = self.clan() if (village, i) == ("大湾村", 20) else self.family()
            household = Household(village, i * groups // count + 1, f"9901010{code}{i + 1:04d}", members)
            household.helper = helpers[i % len(helpers)]
            if self.rare and i % 9 == 4 and members[0].people == "汉族":
                members[0].name = self.rare.pop(0)
                self.names.add(members[0].name)
            household.bank = "629901" + f"{code}{i + 1:011d}"
            household.bank += luhn(household.bank + "0")
            self.fill(household)
            self.households.append(household)
        mine = self.households[first:]
        for household in r.sample(mine[1:], exits):
            household.exit, household.status = True, "预脱贫"
        if village == "白岩村":  # its one exit is a household of one
            self.move_exit(mine, next(h for h in mine if len(h.members) == 1))
        self.keep_off([h for h in mine if h.exit], kept)

    def move_exit(self, households, to):
        for household in households:
            household.exit, household.status = household is to, "预脱贫" if household is to else "未脱贫"

    def keep_off(self, exits, kept):
        """Households that were proposed but fall under one of the eight situations."""
        situations = ("water", "housed", "schooled", "insured", "effective", "dibao_only", "fed")
        for household in exits:
            household.fed = household.water = household.schooled = household.insured = True
            household.housed = household.effective = True
            household.dibao_only = False
            if household.known.year == YEAR:
                household.known = household.known.replace(year=YEAR - 3)
        for i, household in enumerate(self.random.sample(exits, kept)):
            name = situations[(i + len(exits)) % len(situations)]
            setattr(household, name, name == "dibao_only")

    def add_helper(self):
        r = self.random
        age, sex = r.randint(29, 55), r.choice((1, 1, 2))
        helper = Helper(self.name(r.choice(SURNAMES), age, sex, "汉族"), r.choice(UNITS), r.choice(POSTS),
                        self.mobile(), datetime.date(r.randint(2021, 2025), r.choice((1, 3, 6, 9)),
                                                     r.randint(1, 28)))
        self.helpers.append(helper)
        return helper

    def fill(self, household):
        r, members = self.random, household.members
        if not household.head.phone and household.head.age < 80:
            household.head.phone = self.mobile()
        household.known = datetime.date(r.choice((2018, 2019, 2020, 2021, 2022, 2022, 2023, 2024)),
                                        r.randint(1, 12), r.randint(1, 28))
        if r.random() < 0.03:
            household.known = datetime.date(YEAR, household.known.month * 2 // 3 + 1, household.known.day)
        workers = [m for m in members if m.labour in ("普通劳动力", "技能劳动力")]
        pupils = [m for m in members if m.school not in ("非在校生", "学龄前儿童")]
        household.cause = r.choice(CAUSES)
        if household.cause == "因学" and not [m for m in pupils if m.age >= 15]:
            household.cause = "因病"
        if not workers and household.cause not in ("因病", "因残"):
            household.cause = "缺劳动力"
        if workers and household.cause == "缺劳动力" and len(workers) > 1:
            household.cause = "缺技术"
        self.afflict(household)
        if not workers:
            single = all(m.age >= 60 for m in members)
            household.kind = "特困供养贫困户" if len(members) == 1 and single else "低保贫困户"
        elif household.cause in ("因病", "因残") and r.random() < 0.5:
            household.kind = "低保贫困户"
        for member in members:
            member.dibao = household.kind == "低保贫困户"
        household.land = r.randint(8, 34) * len(members) / 20 + r.randint(0, 9) / 10
        household.forest = r.randint(0, 160) / 10
        household.floor = r.randint(480, 1450) / 10 + 9 * len(members)
        household.road = r.randint(1, 38) / 10
        household.water, household.housed = r.random() > 0.03, r.random() > 0.03
        household.effective = r.random() > 0.04
        household.dibao_only = household.kind == "特困供养贫困户" and r.random() < 0.3
        for worker in workers[: r.randint(1, 2)]:
            worker.job = r.choice(("乡（镇）内务工", "乡（镇）外县内务工", "县外省内务工", "省外务工"))
            worker.job_place = {"乡（镇）内务工": "明山县云岭镇", "乡（镇）外县内务工": "明山县城关镇"}.get(
                worker.job, r.choice(("省城东区", "临江市", "东海市", "南湾市")))
            worker.job_months = r.randint(3, 11)

    def afflict(self, household):
        """The cause stands in the members: somebody is ill, disabled, at school."""
        r = self.random
        oldest = sorted((m for m in household.members if m.age >= 25), key=lambda m: -m.age)
        if household.cause == "因病":
            person = r.choice(oldest[:2])
            person.illness = r.choice(ILLNESSES)
            person.health = "患有大病" if person.illness in ("肝硬化", "慢性肾病四期") else "长期慢性病"
        elif household.cause == "因残":
            person = r.choice(oldest[:3])
            person.illness, person.health = r.choice(DISABILITIES), "残疾"
            if person.labour in ("普通劳动力", "技能劳动力"):
                person.labour = "弱劳动力或半劳动力"
        for member in oldest:
            if member.age >= 66 and member.health == "健康" and r.random() < 0.35:
                member.illness, member.health = r.choice(ILLNESSES[:4]), "长期慢性病"
                if household.cause != "因病":
                    household.other_cause = "因病"
        if household.cause == "因残" and household.other_cause == "因病" and r.random() < 0.3:
            person.health = "残疾,长期慢性病"
