"""Labels that announce owners, leaders and deadlines, and column heads of tables."""

from __future__ import annotations

import re

_BLANK = "[ ]{0,3}"  # 牵 头 单 位：a printed label is often spread over its line


def _spread(pattern: str) -> str:
    """The pattern, with blanks allowed between its characters."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", _BLANK, pattern)


_BODY = _BLANK + _spread(r"(?:单位|部门|科室|处室|机构|主体)")
_TAIL = r"(?:\((?:部门|单位|领导|人)\)|(?:[、/和及])(?:部门|单位|责任人|领导))?"
LEAD = _spread(
    r"(?:总?牵头(?:责任|负责|主责)?|第一责任|主要责任|主责|主办|牵头、?主责|首要责任|组长|召集)"
    rf"{_BODY}{_TAIL}"
)
RESPONSIBLE = _spread(
    rf"(?:责任|负责|落实|承办|实施|执行|主管责任|具体责任|具体负责|主管|整改责任|成员|汇总){_BODY}{_TAIL}"
    r"|责任(?:社区|街道|镇街|乡镇|股室|村)"
)
SUPPORTING = _spread(
    r"(?:协同|协助|协办|配合|参与|参加|协作|支持|共同责任|相关责任|其他责任|配合责任|责任配合)"
    rf"{_BODY}{_TAIL}"
)
BOTH = _spread(rf"(?:牵头(?:[、/和及]|\()责任\)?){_BODY}{_TAIL}")
PERSON = _spread(
    r"(?:(?:牵头|责任|分管|包保|挂联|联系|包抓|挂帅)(?:(?:省|市|州|区|县|旗|镇)级?)?领导|牵头负责人|责任人|负责人|(?<!副)组长(?=\s*:))"
)
DEADLINE = _spread(
    r"(?:完成时限|完成时间|完成期限|办结时限|时限要求|时间要求|整改时限|整改期限|时间节点|工作时限|"
    r"推进时限|时间进度|进度安排|时限|实施时间|截止时间|工作期限)"
)
# Bodies that stand by, look on or check: they are named, and the task is not theirs.
BYSTANDERS = _spread(
    r"(?:包保|包联|包抓|挂包|挂联|挂点|帮扶|帮包|联系|结对|共建|督导|督查|督办|监督|验收)(?:责任)?(?:单位|部门)"
)
BYSTANDER = rf"{BYSTANDERS}(?=\s?:)"
SHORT = r"(?:牵头|责任|配合|协办|主责|协同)(?=\s*:)"
ROLE_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bystander", re.compile(BYSTANDERS)),
    ("both", re.compile(BOTH)),
    ("lead", re.compile(rf"{LEAD}|(?:牵头|主责)(?=\s*:)")),
    ("supporting", re.compile(rf"{SUPPORTING}|(?:配合|协办|协同)(?=\s*:)")),
    ("responsible", re.compile(rf"{RESPONSIBLE}|责任(?=\s*:)")),
    ("leader", re.compile(PERSON)),
    ("deadline", re.compile(DEADLINE)),
)
ANY = re.compile(
    rf"(?<![各由相关的])(?:{BYSTANDER}|{BOTH}|{LEAD}|{SUPPORTING}|{RESPONSIBLE}|{PERSON}|{DEADLINE}|{SHORT})"
)
FIRST_LEADS = re.compile(
    r"(?:排|列)(?:在|名)?(?:在)?(?:第一位?|首位|最前|前面|前列)(?:的)?[^。;\n]{0,12}?(?:为|是|作为)"
    r"(?:总)?(?:牵头|主责|主要责任|第一责任)|第一(?:个|位)?(?:责任)?(?:单位|部门)为(?:牵头|主责)"
)

# (role, words): a table head belongs to the first role one of whose words it contains.
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("leader", ("牵头领导", "责任领导", "分管领导", "责任人", "负责人", "包保领导", "联系领导",
        "分管负责人",
                "挂联领导", "牵头人", "联系人", "包保责任人", "领导")),
    ("bystander", ("包保单位", "包保部门", "包保责任单位", "包联单位", "包抓单位", "挂包单位",
                   "挂联单位", "帮扶单位", "帮包单位", "联系单位", "结对单位", "共建单位",
                   "督导单位", "督查单位", "督办单位", "监督单位", "验收单位")),
    ("lead", ("牵头单位", "牵头部门", "主责单位", "主责部门", "牵头责任", "主办单位", "主管单位",
        "主管部门", "牵头")),
    ("supporting", ("配合", "协办", "协同", "协助", "参与单位", "支持单位")),
    ("responsible", ("责任单位", "责任部门", "责任分工", "任务分工", "职责分工", "责任科室",
        "责任社区", "责任街道", "责任镇街", "责任股室",
        "落实单位", "责任主体", "承办单位", "实施单位",
                     "负责单位")),
    ("deadline", ("时限", "完成时间", "时间", "期限", "节点", "进度")),
    ("target", ("目标值", "目标", "指标值", "标准值", "达标值")),
    ("number", ("序号", "编号", "项次")),
    ("remark", ("备注", "说明", "分值", "权重")),
    ("content", ("工作内容", "具体内容", "具体措施", "主要措施", "工作措施", "具体任务", "工作要求",
                 "主要内容", "任务内容", "重点内容", "测评标准", "测评内容", "具体举措",
                 "工作举措", "措施",
                 "内容", "要求", "标准", "举措", "做法", "问题")),
    ("indicator", ("指标",)),
    ("category", ("类别", "领域", "分类", "板块", "项目类型", "一级", "专项行动", "点位",
                  "测评地点", "类型", "板块名称")),
    ("task", ("任务", "行动", "事项", "项目", "工作")),
)  # fmt: skip
