"""What the two districts hold besides people: a plan and a framework."""

import datetime
from typing import TYPE_CHECKING

from chuangwen.files.actions.uploads import upload_file
from chuangwen.files.models import Attachment
from chuangwen.framework.models import (
    CheckLine,
    Checklist,
    Framework,
    FrameworkVersion,
    Indicator,
    IndicatorReporter,
    IndicatorValue,
    LineGroup,
    Node,
    SiteType,
    Standard,
)
from chuangwen.inspection.models import FieldRecord, Round, Visit, VisitFlag
from chuangwen.kit import clock
from chuangwen.people.actors import system_actor
from chuangwen.people.models import Account
from chuangwen.plan.models import (
    Action,
    Campaign,
    DocumentReading,
    Duty,
    DutyQuestion,
    GoalArea,
    ImportItem,
    KeyWork,
    PlanImport,
    ProgressEntry,
    SourceDocument,
    Task,
    TaskPart,
)

if TYPE_CHECKING:
    from .world import District

OWNED = ("own", "child", "sibling", "closed")
TODAY = datetime.date(2021, 9, 15)


def add_plan(district: "District") -> None:
    """One action with a task for each unit, and an import of each state."""
    mark = district.mark
    campaign = Campaign.objects.create(
        name=f"{mark}区创建周期", starts_on="2021-01-01", ends_on="2023-12-31"
    )
    action = Action.objects.create(campaign=campaign, number="1", title=f"{mark}区提升行动")
    district.add("action", "here", pk=action.pk)
    for relation in OWNED:
        task = Task.objects.create(
            campaign=campaign, action=action, title=f"{mark}区任务{relation}", state="dispatched"
        )
        unit = district.units[relation]
        part = TaskPart.objects.create(task=task, unit=unit, kind="lead")
        district.add("task", relation, pk=task.pk)
        district.add("part", relation, pk=part.pk)
    proposed = Task.objects.create(campaign=campaign, action=action, title=f"{mark}区待下达任务")
    district.add("task", "proposed", pk=proposed.pk)
    withdrawn = TaskPart.objects.create(
        task=proposed, unit=district.units["own"], kind="lead", state="withdrawn"
    )
    district.add("part", "withdrawn", pk=withdrawn.pk)
    add_goals(district, campaign)
    for relation in OWNED:
        part = TaskPart.objects.get(pk=district.paths["part"][relation]["pk"])
        add_file(district, relation, part)
        question = DutyQuestion.objects.create(
            unit=part.unit, task=part.task, text=f"{mark}区疑问{relation}"
        )
        district.add("question", relation, pk=question.pk)
    duty = Duty.objects.create(
        campaign=campaign, action=action, kind="lead", unit=district.units["own"]
    )
    district.add("duty", "unit", pk=duty.pk)
    collective = Duty.objects.create(
        campaign=campaign,
        action=action,
        kind="responsible",
        written_name=f"{mark}区各部门",
        is_collective=True,
    )
    district.add("duty", "collective", pk=collective.pk)
    for state in ("review", "confirmed"):
        text = f"{mark}区通知"
        source = SourceDocument.objects.create(name=text, sha256=state, format="txt", text=text)
        district.add("source", state, pk=source.pk)
        taken = PlanImport.objects.create(
            source=source, campaign=campaign, state=state, schema_version="1"
        )
        data = {"title": f"{mark}区任务"}
        item = ImportItem.objects.create(plan_import=taken, kind="task", position=1, data=data)
        district.add("import", state, pk=taken.pk)
        district.add("item", state, pk=taken.pk, item=item.pk)

    for state in ("waiting", "failed", "cancelled"):
        reading = DocumentReading.objects.create(
            campaign=campaign, name=f"{mark}区长文件", size=1, state=state
        )
        district.add("reading", state, pk=reading.pk)


def add_goals(district: "District", campaign: Campaign) -> None:
    """A goal area and a key work."""
    for kind, model in (("area", GoalArea), ("key_work", KeyWork)):
        made = model.objects.create(campaign=campaign, number="1", title=f"{district.mark}区{kind}")
        district.add(kind, "here", pk=made.pk)


def add_file(district: "District", relation: str, part: TaskPart) -> None:
    """Progress of a unit with a file."""
    entry = ProgressEntry.objects.create(part=part, day=TODAY, text="已开工")
    content = f"{district.mark}区{relation}".encode()
    upload = upload_file(content=[content], name="记录.txt", by=system_actor(district.tenant.pk))
    attachment = Attachment.objects.create(
        file=upload.file, owner_kind="plan.progress", owner_id=entry.pk, position=0, name="记录.txt"
    )
    district.add("file", relation, pk=attachment.pk)


def add_inspection(district: "District") -> None:
    """A record that waits for a decision, and a confirmed one whose visit is flagged."""
    person = Account.objects.get(username=f"person-{district.mark}")
    version = FrameworkVersion.objects.get(state="published")
    waiting = FieldRecord.objects.create(
        account=person, device="a1b2", sha256="0" * 64, content="{}", blobs=["0" * 64],
        state="quarantined", reason=f"{district.mark}区读不懂",
    )  # fmt: skip
    district.add("record", "here", pk=waiting.pk)
    within = Round.objects.create(
        number=1, name=f"{district.mark}区测评", kind="mock", framework_version=version,
        starts_on="2021-09-01", ends_on="2021-09-30", state="running", started_at=clock.now(),
    )  # fmt: skip
    made = FieldRecord.objects.create(
        account=person, device="a1b2", sha256="1" * 64, content="{}", state="committed",
        committed_at=clock.now(),
    )  # fmt: skip
    visit = Visit.objects.create(
        id=made.pk, record=made, round=within, account=person, state="unlisted",
        place=f"{district.mark}区路口", started_at=clock.now(), sealed_at=clock.now(),
    )  # fmt: skip
    VisitFlag.objects.create(visit=visit, kind="very_quick", detail=f"{district.mark}区用了 3 秒")


def add_framework(district: "District") -> None:
    """A draft and a published version; an indicator with a reporter and a value for each unit."""
    mark = district.mark
    framework = Framework.objects.create(name=f"{mark}区测评体系", standing="local")
    for number, state in enumerate(("draft", "published"), 1):
        version = FrameworkVersion.objects.create(
            framework=framework, number=number, label=f"{mark}区第{number}版"
        )
        nodes: list[Node] = []
        for level in (1, 2, 3):
            above = nodes[-1] if nodes else None
            title = f"{mark}区条目{level}"
            node = Node.objects.create(
                framework_version=version,
                parent=above,
                level=level,
                code=str(level),
                title=title,
                position=1,
            )
            nodes.append(node)
        standard = Standard.objects.create(
            framework_version=version,
            node=nodes[-1],
            code="1",
            text=f"{mark}区标准",
            position=1,
        )
        _add_checklist(district, version, standard, state)
        if state == "published":
            FrameworkVersion.objects.filter(pk=version.pk).update(
                state=state, published_at=clock.now()
            )
        district.add("version", state, pk=version.pk)
        district.add("node", state, pk=nodes[0].pk)
        district.add("content", state, pk=nodes[-1].pk)
        district.add("standard", state, pk=standard.pk)
    _add_indicators(district)


def _add_checklist(
    district: "District", version: FrameworkVersion, standard: Standard, state: str
) -> None:
    mark = district.mark
    site_type, _ = SiteType.objects.get_or_create(
        code=f"{mark}1", defaults={"name": f"{mark}区集贸市场", "shape": "place"}
    )
    checklist = Checklist.objects.create(
        framework_version=version, site_type=site_type, pass_rule="all_lines"
    )
    group = LineGroup.objects.create(checklist=checklist, title=f"{mark}区分组", position=0)
    line = CheckLine.objects.create(
        checklist=checklist,
        group=group,
        code="1",
        text=f"{mark}区测评项",
        shape="exists",
        standard=standard,
        position=0,
    )
    district.add("site_type", "here", pk=site_type.pk)
    district.add("checklist", state, pk=checklist.pk)
    district.add("line_group", state, pk=group.pk)
    district.add("check_line", state, pk=line.pk)


def _add_indicators(district: "District") -> None:
    for relation in OWNED:
        indicator = Indicator.objects.create(
            name=f"{district.mark}区指标{relation}", kind="numeric", operator=">=", value=70
        )
        unit = district.units[relation]
        reporter = IndicatorReporter.objects.create(
            indicator=indicator, unit=unit, valid_from="2021-01-01"
        )
        value = IndicatorValue.objects.create(
            indicator=indicator, unit=unit, period="2021", period_ends_on="2021-12-31", number=60
        )
        district.add("indicator", relation, pk=indicator.pk)
        district.add("reporter", relation, pk=reporter.pk)
        district.add("value", relation, pk=value.pk)
