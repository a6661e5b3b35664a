"""What the two districts hold of sites: one for each unit, with its duty, a work and an import."""

from typing import TYPE_CHECKING

from chuangwen.files.actions.storing import store_file
from chuangwen.framework.models import SiteType
from chuangwen.kit import clock
from chuangwen.people.actors import system_actor
from chuangwen.search.actions import keep_found
from chuangwen.sites.models import Boundary, BoundaryFile, Site, SiteDuty, SiteImport, SiteWork

if TYPE_CHECKING:
    from .world import District

OWNED = ("own", "child", "sibling", "closed")


def add_sites(district: "District") -> None:
    """A market for each unit, its 主管单位 since spring."""
    mark = district.mark
    kind = SiteType.objects.create(code="07", name=f"{mark}区农贸市场", shape="place")
    for number, relation in enumerate(OWNED):
        unit = district.units[relation]
        site = Site.objects.create(
            code=f"07-{number}", name=f"{mark}区市场{relation}", site_type=kind, area=unit,
            longitude=101.7, latitude=26.5 + number / 100,
        )  # fmt: skip
        keep_found([site])
        duty = SiteDuty.objects.create(
            site=site, kind="owner", unit=unit, valid_from="2021-03-01", holder=f"{mark}区张强"
        )
        work = SiteWork.objects.create(
            site=site, title=f"{mark}区改造", done_on="2021-05-01", difficulty=1
        )
        district.add("site", relation, pk=site.pk)
        district.add("site_duty", relation, pk=site.pk, duty=duty.pk)
        district.add("site_work", relation, pk=site.pk, work=work.pk)
    taken = SiteImport.objects.create(
        name=f"{mark}区名录.xlsx", size=1, datum="wgs84", state="refused", problems=["第 2 行"]
    )
    by = system_actor(district.tenant.pk)
    original = store_file(content=b"{}", name="a.json", any_kind=True, by=by)
    around = BoundaryFile.objects.create(
        name=f"{mark}区边界.geojson", size=2, original=original, datum="wgs84", state="in_force",
        count=1, properties={"名称": [f"{mark}区"]}, name_property="名称", applied_at=clock.now(),
    )  # fmt: skip
    ring = [[101.6, 26.4], [101.8, 26.4], [101.8, 26.6], [101.6, 26.4]]
    ground = {"type": "Polygon", "coordinates": [ring]}
    Boundary.objects.create(
        file=around, position=0, name=f"{mark}区", geometry=ground, shown=ground,
        longitude=101.7, latitude=26.45,
    )  # fmt: skip
    district.add("boundary_file", "in_force", pk=around.pk)
    district.add("site_import", "refused", pk=taken.pk)
