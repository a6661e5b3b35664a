"""Everything one may be allowed to do, in sentences an auditor can read."""

from enum import Enum


class Permission(Enum):
    """A permission; its value is the sentence shown on the administration page."""

    VIEW_DISTRICT = "查看全区的计划、任务、指标和单位"
    VIEW_OWN_UNIT = "查看本单位及下属单位的任务和指标"
    MANAGE_UNITS = "新建、修改、合并、导入单位"
    MANAGE_FRAMEWORK = "维护测评体系和指标"
    MANAGE_SITES = "维护测评点位名录"
    RECORD_SITE_WORK = "登记本单位点位的建设情况和照片"
    MANAGE_PLAN = "导入和修改行动计划、确认解析结果"
    DISPATCH_TASKS = "下达任务、明确责任单位、批量催办"
    MANAGE_ROUNDS = "组织测评轮次、抽样、分组、出报告"
    REVIEW_TASKS = "审核措施（施工图）、确认任务整体完成"
    WORK_ON_TASKS = "填写本单位的措施、期限和进展，标记本单位部分完成"
    REPORT_INDICATORS = "填报本单位负责的指标值"
    REVIEW_INDICATORS = "接收或退回指标值"
    ASK_ABOUT_DUTY = "对责任不清的事项提出疑问"
    ANSWER_DUTY_QUESTIONS = "答复责任疑问、协调责任划分"
    EXPORT_PLAN = "导出责任分解表和单位责任清单"
    INSPECT = "在本轮测评组内测评点位"
    REVIEW_RECORDS = "处理现场记录和测评提示"
    REPORT_CASES = "登记发现的问题"
    MANAGE_CASES = "立案、派遣、改派、批准延期和缓办、作废、并案"
    WORK_ON_CASES = "接收或退回派给本单位的问题、报送整改结果、申请延期"
    VERIFY_CASES = "核查整改结果"
    CLOSE_CASES = "销号、反弹重开"
    VIEW_AUDIT = "查看、筛选、导出审计记录，校验审计链"
    MANAGE_ACCOUNTS = "新建、停用账号，重置口令"
    MANAGE_SECURITY = "授予和收回角色、强制退出会话、查看登录失败"
