"""Events of the log in words. A test holds that every verb that is recorded has its words."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from chuangwen.audit.models import AuditEvent
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.sites.enums import Datum, SiteDutyKind, SiteState

VERBS = {
    "account.blocked": "登录失败过多，开始锁定",
    "account.created": "新建账号",
    "account.disabled": "停用账号",
    "account.edited": "修改账号资料",
    "account.enabled": "恢复账号",
    "account.password_changed": "修改口令",
    "account.password_reset": "重置口令",
    "account.recovery_codes_renewed": "重新生成恢复码",
    "account.role_ended": "收回角色",
    "account.role_granted": "授予角色",
    "account.session_ended": "结束会话",
    "account.signed_in": "登录",
    "account.signed_out": "退出",
    "account.totp_bound": "绑定动态口令",
    "account.totp_removed": "解除动态口令",
    "account.unblocked": "解除登录锁定",
    "accountability.appealed": "提出问责申诉",
    "accountability.carried_out": "执行问责决定",
    "accountability.changed": "变更问责决定",
    "accountability.decided": "作出问责决定",
    "accountability.dropped": "不予问责",
    "accountability.proposed": "提出问责建议",
    "accountability.revoked": "撤销问责决定",
    "accountability.upheld": "维持问责决定",
    "audit.exported": "导出审计记录",
    "audit.verified": "校验审计链",
    "calendar_address.renewed": "生成或更换日历订阅地址",
    "calendar_address.withdrawn": "撤销日历订阅地址",
    "campaign.opened": "开启创建周期",
    "case.accepted": "接收问题",
    "case.cancelled": "作废问题",
    "case.closed": "问题销号",
    "case.declined": "不予立案",
    "case.dispatched": "派遣问题",
    "case.escalated": "逐级督促",
    "case.extended": "同意延期",
    "case.extension_asked": "申请延期",
    "case.extension_denied": "不同意延期",
    "case.failed": "核查不通过（返工）",
    "case.filed": "立案",
    "case.finished": "报送整改结果",
    "case.handed_over": "问题随单位合并移交",
    "case.edited": "修改问题",
    "case.merged": "并案",
    "case.passed": "核查通过",
    "case.reassigned": "改派问题",
    "case.recalled": "撤回整改结果",
    "case.reconsidered": "重新受理问题",
    "case.refused": "退回问题",
    "case.reopened": "问题反弹重开",
    "case.reported": "登记问题",
    "case.resumed": "问题恢复办理",
    "case.sent_back_to_check": "退回重新核查",
    "case.suspended": "问题缓办",
    "case.took_in": "并入他案",
    "cases.imported": "导入问题清单",
    "categories.imported": "导入问题类别",
    "category.created": "新增问题类别",
    "category.edited": "修改问题类别",
    "check_line.added": "增加测评项",
    "check_line.edited": "修改测评项",
    "check_line.examples_added": "添加测评项示例照片",
    "check_line.moved": "移动测评项",
    "check_line.removed": "删除测评项",
    "checklist.added": "增加测评表",
    "checklist.edited": "修改测评表",
    "checklist.entered": "导入测评表",
    "checklist.moved": "移动测评表",
    "checklist.removed": "删除测评表",
    "create_account": "新建账号",
    "create_unit": "新建单位",
    "duty.added": "设定责任",
    "duty.answered": "答复责任疑问",
    "duty.asked": "提出责任疑问",
    "duty.ended": "终止责任",
    "duty.moved": "责任随单位合并转移",
    "duty.expanded": "集体称谓展开为单位",
    "field_record.dismissed": "不采用现场记录",
    "field_record.given_back": "现场记录归还封存人",
    "field_record.photos_lost": "手机报告照片丢失",
    "field_record.quarantined": "现场记录转待处理",
    "field_record.read_again": "重新读出现场记录",
    "field_records.rescued": "导入救援文件",
    "escalation.run": "完成当日逐级督促",
    "escalation.told": "发出逐级督促提醒",
    "file.removed": "移除附件",
    "file.upload_discarded": "取消上传",
    "file.uploaded": "上传文件",
    "finding.handed_over": "发现问题转给合并后的单位",
    "finding.opened_case": "发现问题转为整改案卷",
    "finding.withdrawn": "撤回发现问题",
    "framework.created": "新建测评体系",
    "framework.removed": "删除测评体系",
    "framework_node.added": "增加测评体系节点",
    "framework_node.edited": "修改测评体系节点",
    "framework_node.moved": "移动测评体系节点",
    "framework_node.removed": "删除测评体系节点",
    "framework_version.begun": "开始新版本",
    "framework_version.copied": "复制为新版本",
    "framework_version.discarded": "舍弃版本草稿",
    "framework_version.imported": "导入测评体系",
    "framework_version.mapped": "对应新旧标准",
    "framework_version.published": "发布版本",
    "indicator.clause_noted": "登记指标条款",
    "indicator.created": "新建指标",
    "indicator.edited": "修改指标",
    "indicator.reference_set": "设定参照值",
    "indicator.reporter_assigned": "指定填报单位",
    "indicator.reporter_ended": "取消填报单位",
    "indicator_value.accepted": "接收指标值",
    "indicator_value.corrected": "更正指标值",
    "indicator_value.reported": "填报指标值",
    "indicator_value.returned": "退回指标值",
    "line_group.added": "增加测评项分组",
    "line_group.moved": "移动测评项分组",
    "line_group.removed": "删除测评项分组",
    "line_group.renamed": "修改测评项分组",
    "ladder.set": "设置督促阶梯",
    "meeting.called": "召集会议",
    "meeting.cancelled": "取消会议",
    "meeting.edited": "修改会议",
    "meeting.handed_over": "会议和议定事项随单位合并移交",
    "meeting.held": "记录会议",
    "meeting.reported": "报告议定事项",
    "meeting.settled": "会议议定",
    "mail.retried": "重新发送邮件",
    "paper.drafted": "起草公文",
    "paper.edited": "修改公文",
    "paper.failed": "公文制作没有成功",
    "paper.frozen": "公文制作完成并存档",
    "paper.issued": "公文编号印发",
    "paper.retried": "重新制作公文",
    "paper.returned": "公文退回修改",
    "paper.revoked": "声明公文作废",
    "paper.signed": "签发公文",
    "paper.submitted": "公文送审",
    "paper.withdrawn": "撤回公文",
    "paper_template.set": "修改公文模板",
    "part.close": "办结本部分",
    "part.confirm": "通过措施",
    "part.extended": "调整单位时限",
    "part.finish": "标记本部分完成",
    "part.progress_added": "记录进展",
    "part.recall": "撤销通过",
    "part.return": "退回措施",
    "part.rework": "退回继续办理",
    "part.submit": "报送措施",
    "part.urged": "催办",
    "part.withdraw": "撤回单位任务",
    "plan.accepted_remaining": "接受其余条目",
    "plan.confirmed": "确认计划导入",
    "plan.discarded": "舍弃计划导入",
    "plan.taken_in": "读入计划文件",
    "plan.compared": "与已有计划重新比对",
    "plan.owner_names_settled": "指定名录外的名称",
    "plan.reading_cancelled": "取消读入文件",
    "plan.reading_failed": "后台读入失败",
    "plan.reading_queued": "提交长文件，由后台读入",
    "plan.reading_retried": "重试读入文件",
    "plan.step_undone": "撤销核对步骤",
    "plan_item.added": "添加条目",
    "plan_item.decided": "核对条目",
    "plan_item.edited": "修改条目",
    "plan_item.merged": "合并条目",
    "plan_item.split": "拆分条目",
    "plan_object.retired": "标记不再要求",
    "ranking_rule.set": "修改排名规则",
    "register.imported": "导入单位名录",
    "reminders.sent": "发出当日时限提醒",
    "reminders.set": "修改提醒规则",
    "round.closed": "结束测评轮次",
    "round.created": "新建测评轮次",
    "round.discarded": "删除测评轮次草稿",
    "round.edited": "修改测评轮次",
    "round.member_placed": "编入测评组",
    "round.member_removed": "移出测评组",
    "round.pair_added": "建立测评组",
    "round.pair_removed": "撤销测评组",
    "round.report_asked": "申请生成测评报告",
    "round.report_made": "生成测评报告",
    "round.sample_drawn": "抽取样本",
    "round.site_removed": "本轮去掉点位",
    "round.sites_added": "本轮增加点位",
    "round.sites_chosen": "人工选择点位",
    "round.sites_divided": "分配点位",
    "round.sites_dropped": "样本去掉点位",
    "round.sites_given": "改分点位",
    "round.started": "启动测评轮次",
    "boundary.applied": "启用边界",
    "boundary.received": "提交边界文件",
    "boundary.removed": "撤下边界",
    "boundary.replaced": "替换边界",
    "site.closed": "停用点位",
    "site.created": "新建点位",
    "site.duty_assigned": "指定点位责任",
    "site.duty_ended": "结束点位责任",
    "site.edited": "修改点位",
    "site.marked": "标记或取消示范点位",
    "site.merged": "并入别的点位",
    "site.merged_from": "合并了别的点位",
    "site.photos_added": "添加点位照片",
    "site.reopened": "恢复点位",
    "site.work_corrected": "更正点位建设情况",
    "site.work_recorded": "登记点位建设情况",
    "site_type.added": "增加点位类型",
    "site_type.edited": "修改点位类型",
    "site_type.moved": "移动点位类型",
    "site_type.removed": "删除点位类型",
    "site_import.applied": "导入点位名录",
    "site_import.cancelled": "取消点位导入",
    "site_import.confirmed": "确认点位导入",
    "site_import.failed": "点位导入失败",
    "site_import.received": "提交点位名录文件",
    "standard.added": "增加测评标准",
    "standard.edited": "修改测评标准",
    "standard.mapped": "对应测评标准",
    "standard.removed": "删除测评标准",
    "supervision_notice.accepted": "督办单答复通过",
    "supervision_notice.answered": "答复督办单",
    "supervision_notice.closed": "办结督办单",
    "supervision_notice.drafted": "起草督办单",
    "supervision_notice.edited": "修改督办单",
    "supervision_notice.handed_over": "督办单随单位合并移交",
    "supervision_notice.receipted": "签收督办单",
    "supervision_notice.returned": "退回督办单答复",
    "supervision_notice.served": "下达督办单",
    "supervision_notice.withdrawn": "撤回督办单",
    "task.cancelled": "作废任务",
    "task.completed": "确认整体完成",
    "task.created": "新建任务",
    "task.deadline_changed": "调整任务时限",
    "task.dispatched": "下达任务",
    "task.edited": "修改任务",
    "task.reopened": "重新打开任务",
    "unit.closed": "停用单位",
    "unit.created": "新建单位",
    "unit.edited": "修改单位",
    "unit.merged": "合并单位",
    "unit.moved": "移动单位",
    "unit.reopened": "恢复单位",
    "unit_alias.added": "添加别名",
    "unit_alias.removed": "去掉别名",
    "unit_group.created": "新建集体称谓",
    "unit_group.edited": "修改集体称谓",
    "unit_group.removed": "删除集体称谓",
    "visit.confirmed": "确认实地测评",
    "visit_flag.settled": "查看测评提示",
}
FIELDS = {
    "mark": "发文机关标志", "issuer": "署名", "series": "机关代字", "addressees": "主送",
    "copies_to": "抄送", "opening": "开头", "closing": "结尾",
    "has_photos": "附照片",
    "working_days": "整改时限（工作日）", "filing_condition": "立案条件",
    "closing_condition": "结案条件", "group": "小类归属", "fewest": "排名所需的应结案数",
    "aliases": "别名", "alias": "别名", "code": "编码", "kind": "类别", "kinds": "类别",
    "merged_into": "并入", "name": "名称", "parent": "上级单位", "role": "角色", "unit": "单位",
    "valid_from": "启用日期", "valid_until": "停用日期", "is_active": "启用", "means": "方式",
    "sessions": "会话数", "fields": "改动的项", "sha256": "文件哈希", "state": "状态",
    "version": "版本", "text": "内容", "title": "标题", "reason": "理由", "due_on": "时限",
    "files": "附件的哈希", "size": "字节数",
    "posts": "随之变动的任职", "day": "日期", "format": "格式", "events": "条数",
    "faults": "问题数", "verb": "动作",
    "owner": "主管单位", "site_head": "点位长", "edited": "修改数",
    "address": "地址", "area": "所属街道或社区", "site_type": "点位类型", "datum": "坐标系",
    "longitude": "经度", "latitude": "纬度", "geometry": "线或面", "telephone": "电话",
    "length_metres": "长度（米）", "area_square_metres": "面积（平方米）", "note": "说明",
    "importance": "重要程度", "is_demonstration": "示范点位", "done_on": "日期",
    "difficulty": "难易程度", "money": "投入资金（元）", "site": "点位",
    "after": "逾期后（工作日）", "amends": "修订的文件", "applied": "已应用的项", "at": "位置",
    "before": "提前（工作日）", "corrects": "更正的值", "data": "改动", "into": "拆成的项",
    "successor": "换成", "property": "名称所在的属性",
    "items": "项", "label": "版本名称", "made": "新建的对象", "mapped": "已对照的标准",
    "new": "新标准", "number": "数量", "on_day": "当日提醒", "period": "期间", "place": "位置",
    "problem": "原因", "reference": "参照", "relation": "关系", "reminders": "提醒数",
    "retired": "停用的对象", "source": "来源", "standards": "标准数", "step": "步骤",
    "then_every": "此后每隔（工作日）", "units": "单位", "value": "值", "values": "改动的值",
    "method": "抽样方法", "seed": "抽样种子", "sites": "点位", "second": "第二次测评",
    "register": "名录校验值", "added": "增加", "removed": "去掉", "pair": "测评组",
    "pairs": "测评组数", "member": "测评员", "members": "测评员",
    "blind": "对被测单位保密", "drawn": "应测点位", "tested": "已测点位",
    "passed": "达标点位", "result_hash": "结果校验值", "framework_version": "测评体系版本",
    "starts_on": "开始日期", "ends_on": "结束日期", "is_blind": "对被测单位保密",
    "second_percent": "双人复测比例（%）", "earlier": "对照的上一轮", "round": "测评轮次",
    "facts_digest": "内容校验值", "pages": "页数",
    "checklists": "测评表", "good": "正例", "lines": "测评项",
    "minutes": "会议纪要", "presence": "到会",
    "cases": "问题", "demands": "要求", "answer_days": "答复期限（工作日）",
    "rungs": "各级", "steps": "步数", "most_a_day": "每人每天最多提醒", "quiet": "免打扰",
    "reported_by": "登记单位", "wanted_due_on": "申请延期至",
    "suspended_on": "缓办日期", "handed_in_on": "报送整改日期",
    "closed_on": "销号日期", "reworks": "返工次数", "reopenings": "反弹次数", "other": "另一个案卷",
    "account": "操作账号", "object_id": "对象编号", "first_day": "起始日期", "last_day": "截止日期",
}  # fmt: skip
MEANS = {
    "password": "口令",
    "code": "口令和动态口令",
    "oidc": "统一身份认证",
    "cas": "统一身份认证（CAS）",
}
WORDS = {
    **MEANS,
    **dict(UnitKind.choices),
    **{role.value: role.label for role in Role},
    **dict(SiteDutyKind.choices),
    **dict(SiteState.choices),
    **dict(Datum.choices),
    **VERBS,
}
LONGEST = 300


@dataclass(frozen=True)
class Described:
    """An event for a page."""

    event: AuditEvent
    verb: str
    changes: tuple[str, ...]
    actor: str = ""
    subject: str = ""


def described(event: AuditEvent, people: Mapping[uuid.UUID, str] | None = None) -> Described:
    """Return the event with its verb and changes in Chinese; `people` names account numbers."""
    people = people or {}
    choices = _choices(event.object_type)
    changes = tuple(
        change_text(name, value, choices.get(name, {})) for name, value in event.changes.items()
    )
    actor = people.get(event.account_id, "已删除的账号") if event.account_id else "系统"
    subject = people.get(event.object_id, event.label) if event.object_id else event.label
    return Described(event, verb_label(event.verb), changes, actor, subject)


def verb_label(verb: str) -> str:
    """Return the words for a verb; a verb without words is shown as it is."""
    return VERBS.get(verb, verb)


def change_text(name: str, value: Any, choices: Mapping[Any, str] | None = None) -> str:
    """Return one changed field in words: 名称：旧 → 新. `choices` are the field's own values."""
    label = FIELDS.get(name, name)
    if isinstance(value, list) and len(value) == 2 and not isinstance(value[0], list | dict):
        old, new = (_shown(one, choices or {}) for one in value)
        return f"{label}：{old} → {new}"
    return f"{label}：{_shown(value, choices or {})}"


def _choices(object_type: str) -> dict[str, dict[Any, str]]:
    """Return the Chinese names of the values of each field of a model, by its label."""
    try:
        fields = apps.get_model(object_type)._meta.get_fields()
    except (LookupError, ValueError):  # a table of an older release
        return {}
    return {one.name: dict(one.flatchoices) for one in fields if getattr(one, "choices", None)}


def _shown(value: Any, choices: Mapping[Any, str]) -> str:
    if value in (None, "", []):
        return "（空）"
    if isinstance(value, str | int) and value in choices:
        return str(choices[value])
    if isinstance(value, str) and value in WORDS:
        return WORDS[value]
    if value is True or value is False:
        return "是" if value else "否"
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
