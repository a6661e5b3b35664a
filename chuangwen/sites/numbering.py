"""Numbers for sites that come without one."""

from chuangwen.framework.models import SiteType
from chuangwen.sites.models import Site

DIGITS = 4
AT_ONCE = 100


def next_code(site_type: SiteType) -> str:
    """Return a free number of the type, as 02-0017, after as many as it has. Two queries.

    Two that are entered at once may get the same; the second is then refused as taken.
    """
    start = Site.objects.filter(site_type=site_type).count() + 1
    while True:
        numbers = range(start, start + AT_ONCE)
        wanted = [f"{site_type.code}-{number:0{DIGITS}}" for number in numbers]
        taken = set(Site.objects.filter(code__in=wanted).values_list("code", flat=True))
        if free := [code for code in wanted if code not in taken]:
            return free[0]
        start += AT_ONCE
