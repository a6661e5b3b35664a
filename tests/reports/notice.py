"""The notice's ten 提升行动 (2021年工作安排, 二), typed short, as plain report data."""

from datetime import date
from decimal import Decimal

from chuangwen.reports.duty_sheet import (
    ActionDuties,
    ActionTask,
    Deadline,
    DutyKind,
    IndicatorTarget,
    ResponsibilityTable,
    UnitDuty,
    UnitDutySheet,
    UnitIndicator,
    UnitMeasure,
    UnitTask,
)

STREETS = "各街道（镇）"
BASIS = ("攀枝花市东区创建全国文明城市2021年工作安排",)
ISSUER = "攀枝花市东区创建全国文明城市指挥部"
YEAR_END = Deadline(day=date(2021, 12, 31))


def indicator(name: str, operator: str, value: str, unit: str) -> IndicatorTarget:
    return IndicatorTarget(
        name=name, operator=operator, value=Decimal(value), unit=unit, scope="2021年"
    )


LIGHTS = indicator("道路照明亮灯率", "≥", "95", "%")
HEALTH_COST = indicator("个人卫生支出占卫生总费用的比例", "≤", "28", "%")
LIFE = indicator("人均预期寿命", "≥", "77.7", "岁")
INCOME = IndicatorTarget(name="城乡居民人均可支配收入", text="高于全国或我省同类城市平均水平")


def _action(  # noqa: PLR0917 -- reads as the notice does
    number: int,
    title: str,
    lead: str,
    responsible: str,
    tasks: tuple[str, ...],
    indicators: tuple[IndicatorTarget, ...] = (),
) -> ActionDuties:
    return ActionDuties(
        number=number,
        title=title,
        lead_units=tuple(lead.split("、")),
        responsible_units=tuple(responsible.split("、")),
        tasks=tuple(
            ActionTask(number=f"{number}.{place}", text=text, deadline=YEAR_END)
            for place, text in enumerate(tasks, start=1)
        ),
        indicators=indicators,
    )


ACTIONS = (
    _action(
        1,
        "培根铸魂提升行动",
        "区委宣传部",
        "区级各部门、各街道（镇）",
        (
            "加强习近平新时代中国特色社会主义思想学习宣传教育。推进“两学一做”学习教育常态化制度化，开展好党史学习教育。",
            "加强理想信念教育。围绕庆祝建党100周年和开展党史学习教育主题主线，大力弘扬三线精神、抗疫精神和脱贫攻坚精神。",
            "加强文明培育、文明实践和文明创建。贯彻落实“两纲要”，加强四德建设，积极培育和践行社会主义核心价值观。",
        ),
    ),
    _action(
        2,
        "政务环境提升行动",
        "区政府办公室、区行政审批局",
        "区纪委监委、区市场监管局、园管会、各街道（镇）",
        ("深化“双随机、一公开”监管和简政放权、放管结合、优化服务，全面实行政府权责清单制度。",),
    ),
    _action(
        3,
        "法治环境提升行动",
        "区委政法委",
        "区委组织部、区司法局、区民政局、区民宗局、区妇联、区团委、区残联、园管会、各街道（镇）",
        ("加强法治宣传教育。", "加强养老服务设施建设，健全养老服务综合监管制度。"),
        (
            indicator("全民法治宣传教育普及率", "≥", "90", "%"),
            indicator("残疾人基本康复服务覆盖率", "≥", "85", "%"),
        ),
    ),
    _action(
        4,
        "市场环境提升行动",
        "区市场监管局",
        "区法院、区发改局、区经信局、区文广旅局、区卫健局、区行政审批局、区综合行政执法局、区商务局、"
        "园管会、市公安局东区分局、东区生态环境局、各街道（镇）",
        ("开展诚信缺失等突出问题集中治理，明确责任单位，列出任务清单，定期督促检查。",),
        (indicator("群众对本市诚信建设的满意度", "≥", "90", "%"),),
    ),
    _action(
        5,
        "人文环境提升行动",
        "区委宣传部",
        "区教体局、区文广旅局、各街道（镇）",
        ("均衡配置公共教育资源，实行免试就近入学和信息公开制度。",),
        (indicator("中小学生每天校内体育活动时间", "≥", "1", "小时"),),
    ),
    _action(
        6,
        "育人环境提升行动",
        "区文广旅局",
        "区教体局、区妇联、区团委、区残联、各街道（镇）",
        ("强化中小学校周边环境整治和关心关爱未成年人主题公益广告宣传。",),
    ),
    _action(
        7,
        "公共环境提升行动",
        "区发改局",
        "区住建局、区农交水局、区综合行政执法局、区医保局、区卫健局、区退役军人事务局、区残联、园管会、"
        "市自然资源和规划局东区分局、东区生态环境局、各街道（镇）",
        (
            "推动经济发展和科技进步。完善科技创新体制机制，提升全社会研发支出占GDP比重和全员劳动生产率。",
            "加强城市运行管理。科学制定国土空间规划，实施城市更新行动，全面提升城市品质。",
            "显著提升市容市貌。积极推进老旧小区改造，抓好公路、城市背街小巷、老旧小区、农贸市场及周边等重点部位的集中治理；"
            "城市垃圾清运及时、分类处理，公共厕所保洁及时，排水设施完善，路面无明显坑洼积水。",
            "推进医疗卫生等社会保障体系建设。不断完善突发公共卫生事件监测预警处置机制，深入推进爱国卫生运动。",
        ),
        (INCOME, LIGHTS, HEALTH_COST, LIFE),
    ),
    _action(
        8,
        "安全环境提升行动",
        "市公安局东区分局",
        "区应急管理局、区农交水局、区市场监管局、区综合行政执法局、区司法局、各街道（镇）",
        ("加强社会治安、消防安全防控体系建设，推进海绵城市、韧性城市建设。",),
        (indicator("农产品质量安全监测合格率", "≥", "98", "%"),),
    ),
    _action(
        9,
        "生态环境提升行动",
        "区生态环境局",
        "区农交水局、市自然资源和规划局东区分局、各街道（镇）",
        ("健全分段分级河长制体系，持续开展辖区内河湖乱占、乱采、乱堆、乱建等专项整治。",),
        (indicator("空气质量优良天数比例", "≥", "87.5", "%"),),
    ),
    _action(
        10,
        "创建保障提升行动",
        "区委宣传部",
        "区财政局、各街道（镇）",
        ("组建创建全国文明城市工作专班，优化文明城市创建工作督查制度和措施。",),
    ),
)


def responsibility_table(actions: tuple[ActionDuties, ...] = ACTIONS) -> ResponsibilityTable:
    return ResponsibilityTable(
        title="攀枝花市东区创建全国文明城市2021年工作责任分解表",
        issuer=ISSUER,
        as_of=date(2021, 8, 6),
        actions=actions,
        basis=BASIS,
    )


def duty_sheet_of_development_bureau() -> UnitDutySheet:
    """区发改局 leads action 7 and bears responsibility in action 4."""
    market, public = "市场环境提升行动", "公共环境提升行动"
    led = UnitMeasure(text="会同区住建局排出亮化更新清单", deadline=Deadline(day=date(2021, 9, 30)))
    return UnitDutySheet(
        unit="区发改局",
        issuer=ISSUER,
        as_of=date(2021, 8, 6),
        duties=(
            UnitDuty(kind=DutyKind.RESPONSIBLE, subject=market, source="2021年工作安排二（四）"),
            UnitDuty(kind=DutyKind.LEAD, subject=public, source="2021年工作安排二（七）"),
        ),
        tasks=(
            UnitTask(
                number="4.1",
                action=market,
                text=ACTIONS[3].tasks[0].text,
                kind=DutyKind.RESPONSIBLE,
                deadline=YEAR_END,
            ),
            *(
                UnitTask(
                    number=task.number,
                    action=public,
                    text=task.text,
                    kind=DutyKind.LEAD,
                    deadline=YEAR_END,
                    measures=(led,) if task.number == "7.3" else (),
                )
                for task in ACTIONS[6].tasks
            ),
        ),
        indicators=tuple(
            UnitIndicator(target=target, kind=DutyKind.LEAD) for target in ACTIONS[6].indicators
        ),
        basis=BASIS,
    )
