"""Sample sites of the demonstration: the notice lists none, so every one is 演示数据.

Their names say so too, and their coordinates are a regular pattern near 东区, no real places.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from chuangwen.framework.enums import SiteShape
from chuangwen.framework.models import SiteType
from chuangwen.kit.samples import sampling
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.sites.actions.duties import Charge, assign_duty
from chuangwen.sites.actions.editing import create_site
from chuangwen.sites.actions.states import mark_demonstration
from chuangwen.sites.actions.works import Work, record_work
from chuangwen.sites.coordinates import Point
from chuangwen.sites.enums import Datum, Difficulty, Importance, SiteDutyKind
from chuangwen.sites.facts import SiteFacts
from chuangwen.sites.geometry import shape_of
from chuangwen.sites.models import Site

NUMBER = 60
WEST, SOUTH, STEP, COLUMNS = 101.690, 26.560, 0.006, 10
FIRST_DAY = datetime.date(2021, 8, 10)
NUMBERS = "一二三四五"
# By types of the reference template: whose trade it is in the notice. It names no owners of sites.
OWNERS = {
    "区行政审批局": ("政务大厅", "热线电话"),
    "区卫健局": ("医院",),
    "区商务局": ("商场超市", "宾馆饭店"),
    "区市场监管局": ("农贸市场",),
    "区综合行政执法局": ("主次干道", "背街小巷", "公园广场", "公厕"),
    "区住建局": ("小区", "建筑工地围挡"),
    "区教体局": ("学校及周边", "室外健身场地"),
    "区文广旅局": ("网吧", "景区", "图书馆文化馆", "影剧院"),
    "市公安局东区分局": ("交通路口",),
    "区农交水局": ("车站", "公交线路", "河道"),
    "区民政局": ("社区综合服务",),
    "区财政局": ("银行网点",),
}
OWNER_OF = {kind: unit for unit, kinds in OWNERS.items() for kind in kinds}
WORKS = (
    ("更换破损公益广告", Difficulty.EASY, Decimal(6_800)),
    ("补划停车泊位", Difficulty.MEDIUM, Decimal(42_000)),
    ("地面和排水改造", Difficulty.HARD, Decimal(186_500)),
    ("增设垃圾分类设施", Difficulty.MEDIUM, None),
)


def load_sites(office: Actor) -> list[Site]:
    """Enter the sample sites of the district whose tenant scope is open, with their owners."""
    types = list(SiteType.objects.all())
    owners = {unit.name: unit for unit in Unit.objects.filter(name__in=OWNERS, valid_until=None)}
    areas = list(
        Unit.objects.filter(kind__in=(UnitKind.STREET, UnitKind.COMMUNITY), valid_until=None)
        .order_by("kind", "name")
    )  # fmt: skip
    if not types or not owners:
        return []
    with sampling():
        sites = [
            create_site(
                facts=(facts := _facts(number, types, areas)),
                owner=owners.get(OWNER_OF.get(facts.site_type.name, "")),
                by=office,
            )
            for number in range(NUMBER)
        ]
        _give_heads(sites, owners, office)
        for site, (title, difficulty, money) in zip(sites[::9], WORKS * 2, strict=False):
            work = Work(title, FIRST_DAY, difficulty, money)
            record_work(site=site, work=work, by=office)
    return sites


def _facts(number: int, types: list[SiteType], areas: list[Unit]) -> SiteFacts:
    kind = types[number % len(types)]
    turn = number // len(types)
    column, row = number % COLUMNS, number // COLUMNS
    here = Point(round(WEST + column * STEP, 5), round(SOUTH + row * STEP, 5))
    there = Point(round(here.longitude + STEP / 2, 5), here.latitude)
    nowhere = kind.shape == SiteShape.TELEPHONE
    long = kind.shape in (SiteShape.STREET, SiteShape.ROUTE)
    return SiteFacts(
        name=f"演示{kind.name}{NUMBERS[turn % len(NUMBERS)]}",
        site_type=kind,
        area=areas[number % len(areas)] if areas else None,
        address="" if nowhere else f"演示路 {number + 1} 号",
        point=None if nowhere or long else here,
        shape=shape_of([here, there]) if long else None,
        datum=Datum.WGS84,
        telephone="0812-0000000" if nowhere else "",
        importance=Importance(number % 3 + 1),
        note="演示数据，不是真实点位。",
    )


def _give_heads(sites: list[Site], owners: Mapping[str, Unit], office: Actor) -> None:
    """Every seventh has a 点位长 of its own unit, every tenth is a 示范点位."""
    headed: dict[str, dict[uuid.UUID, int]] = defaultdict(dict)
    for site in sites[::7]:
        headed[OWNER_OF.get(site.site_type.name, "")][site.pk] = site.version
    for name in (one for one in headed if one in owners):
        charge = Charge(
            SiteDutyKind.SITE_HEAD, owners[name], FIRST_DAY, holder="演示人员", source="演示数据"
        )
        assign_duty(versions=headed[name], charge=charge, by=office)
    marked = Site.objects.filter(pk__in=[site.pk for site in sites[::10]])
    versions = dict(marked.values_list("pk", "version"))
    mark_demonstration(versions=versions, is_demonstration=True, by=office)
