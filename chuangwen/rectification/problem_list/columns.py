"""What the columns of a problem list may be called."""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum


class Column(Enum):
    """What a column holds; the value is how the preview calls it."""

    PROBLEM = "问题"
    DETAIL = "详情"
    SITE = "点位"
    PLACE = "地点"
    AREA = "所属街道或社区"
    CATEGORY = "类别"
    SOURCE = "来源"
    FOUND = "发现日期"
    LEAD = "牵头整改单位"
    SUPPORTING = "配合整改单位"
    DEADLINE = "整改时限"
    SERIAL = "序号"


USUAL = {
    Column.PROBLEM: """
        问题 存在问题 存在的问题 问题描述 问题清单 主要问题 突出问题 发现问题
        发现的问题 问题内容 具体问题 存在主要问题 存在的主要问题 问题情况 问题简述
        问题名称 问题事项 问题表现 检查问题 检查发现问题 检查发现的问题 督查发现问题
        督查发现的问题 反馈问题 问题详细描述 问题具体描述 问题概述 问题点 问题隐患
    """,
    Column.DETAIL: """
        详情 问题详情 详细情况 具体情况 情况说明 详细描述 具体描述
    """,
    Column.SITE: """
        点位 点位名称 点位编号 测评点位 检查点位 具体点位 问题点位 实地点位 所在点位
    """,
    Column.PLACE: """
        地点 位置 地址 具体位置 具体地点 具体地址 详细地址 详细地点 详细位置 问题地点
        问题位置 发现地点 发生地点 所在位置 所在地点 检查地点 点位地址 路段 场所
        检查场所
    """,
    Column.AREA: """
        所属街道或社区 所属街道 所属社区 属地 属地街道 街道 社区 镇街 所在街道
        所在社区 街道社区 街道镇 镇街道 所属镇街 属地镇街 所属区域 所属街道镇
    """,
    Column.CATEGORY: """
        类别 问题类别 问题类型 类型 问题分类 分类 问题种类 问题类别名称
    """,
    Column.SOURCE: """
        来源 问题来源 检查类型 督查类型 检查方式 督查方式 发现渠道 问题渠道 发现方式
    """,
    Column.FOUND: """
        发现日期 发现时间 检查时间 检查日期 督查时间 督查日期 巡查时间 巡查日期
        问题发现时间 问题发现日期 暗访时间 测评时间 测评日期 排查时间 排查日期 日期
        时间 交办时间 交办日期
    """,
    Column.LEAD: """
        牵头整改单位 责任单位 牵头单位 整改单位 责任部门 整改责任单位 牵头部门
        主办单位 承办单位 整改部门 主责单位 牵头责任单位 整改牵头单位 整改责任部门
        主体责任单位 责任主体 整改主体 办理单位 落实单位 处置单位 责任单位部门 单位
        主要责任单位 责任街道 牵头
    """,
    Column.SUPPORTING: """
        配合整改单位 配合单位 协办单位 协助单位 配合部门 协同单位 配合责任单位
        参与单位 协办部门 配合
    """,
    Column.DEADLINE: """
        整改时限 完成时限 整改期限 完成时间 限期 完成期限 整改完成时限 时限 期限
        整改时间 要求完成时间 整改完成时间 完成日期 整改完成日期 限期整改时间 限时
        整改限期 办结时限 办理时限 截止时间 截止日期 整改截止时间 整改截止日期
        整改日期 计划完成时间 拟完成时间 整改到位时间
    """,
    Column.SERIAL: """
        序号 序 次序 排序 no no. # 行号
    """,
}
# For titles that nobody has thought of: the first that fits. What comes before guards what comes
# after: 问题照片 is no problem, 问题数 counts them.
_LIKE = (
    (None, "照片|图片|附图|影像|图\\d*$|数$|数量|个数|率$|编号|序号|代码|电话|联系|实际|备注"),
    (None, "^(?!.*(单位|部门)).*(人|人员|领导|组长)$|(点位|场所|单位)(类型|类别)"),
    (None, "(措施|要求|结果|状态|建议|进展|标准|指标|依据|分值|扣分|得分|整改情况|落实情况)$"),
    (Column.SUPPORTING, "(配合|协办|协助|协同).*(单位|部门)"),
    (None, "(检查|督查|填报|上报|报送|登记|发现|交办|测评|核查|监督|反馈|派发)(单位|部门)"),
    (Column.LEAD, "(责任|牵头|整改|主责|主办|承办|落实|办理|处置|主管).*(单位|部门|科室|主体)"),
    (Column.DEADLINE, "时限|期限|限期|截止|(完成|整改|办结).*(时间|日期)"),
    (None, "(报送|销号|反馈|回复|核查|验收|复查).*(时间|日期)"),
    (Column.FOUND, "(发现|检查|督查|巡查|暗访|测评|排查|登记|交办).*(时间|日期)"),
    (Column.SOURCE, "来源|渠道|(检查|督查)(类型|方式)"),
    (Column.CATEGORY, "类别|类型|分类|种类"),
    (Column.SITE, "点位"),
    (Column.AREA, "(所属|属地|所在).*(街道|社区|镇|乡)|^(街道|镇|乡镇|社区)(街道|镇|社区|名称)*$"),
    (Column.PLACE, "地点|位置|地址|路段|场所|小区名称|街巷"),
    (Column.DETAIL, "详情|详细|具体描述|具体情况"),
    (Column.PROBLEM, "问题|隐患|不足|短板|存在.*现象|整改事项|整改内容|扣分项|不达标"),
)
LIKE: tuple[tuple[Column | None, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern)) for column, pattern in _LIKE
)
LONGEST_TITLE = 20
_EXACT = {title: column for column, titles in USUAL.items() for title in titles.split()}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_NOISE = re.compile(r"[\s\"'“”*:、,/\\.·]+")
_USUAL = {title: column for column, titles in USUAL.items() for title in titles.split()}


def title_key(written: str) -> str:
    """Return a title without blanks, brackets and marks: “整改时限\\n（必填）*” is 整改时限."""
    plain = unicodedata.normalize("NFKC", written)
    return _NOISE.sub("", _BRACKETS.sub("", plain)).casefold()


def meant_by(written: str) -> tuple[Column | None, bool]:
    """Return what a title means, and whether it is one of the usual ones."""
    key = title_key(written)
    if key in _EXACT:
        return _EXACT[key], True
    if not 1 <= len(key) <= LONGEST_TITLE:
        return None, False
    for column, pattern in LIKE:
        if pattern.search(key):
            return column, False
    return None, False


def columns_of(titles: Sequence[str]) -> dict[Column, int]:
    """Return where each column stands: a usual title goes before a guessed one, then the first.

    Without a column that is called after problems, one with details of them is it.
    """
    found: dict[Column, tuple[bool, int]] = {}
    for place, title in enumerate(titles):
        column, is_usual = meant_by(title)
        if column is not None and (column not in found or (is_usual and not found[column][0])):
            found[column] = (is_usual, place)
    if Column.PROBLEM not in found and Column.DETAIL in found:
        found[Column.PROBLEM] = found.pop(Column.DETAIL)
    return {column: place for column, (_, place) in found.items()}
