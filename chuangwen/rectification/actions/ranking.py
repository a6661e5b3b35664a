"""From how many cases on units are ranked."""

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.models import RankingRule

MOST = 1000


@transaction.atomic
def set_fewest(*, fewest: int, by: Actor) -> RankingRule:
    """Lay down how many 应结案 a unit needs to be ranked. Raises Invalid outside 1 to MOST."""
    by.require(Permission.MANAGE_CASES)
    if not 1 <= fewest <= MOST:
        raise Invalid(f"“{fewest}”超出范围。请填 1 至 {MOST} 之间的整数。", field="fewest")
    RankingRule.objects.get_or_create(tenant_id=by.tenant_id)
    rule = RankingRule.objects.select_for_update().get()
    before, rule.fewest = rule.fewest, fewest
    rule.version += 1
    rule.save(update_fields=["fewest", "version"])
    record(by=by, verb="ranking_rule.set", on=rule, fewest=[before, fewest])
    return rule
