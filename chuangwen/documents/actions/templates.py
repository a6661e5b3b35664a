"""What the office lays down for a kind of paper."""

from dataclasses import asdict

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.documents.actions.drafting import checked_texts
from chuangwen.documents.enums import PaperKind
from chuangwen.documents.models import PaperTemplate
from chuangwen.documents.wording import Wording, wording_of
from chuangwen.kit.errors import StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

STALE = "这个模板在您打开之后已有人修改。请重新打开，核对后再改。"


@transaction.atomic
def set_template(
    *, kind: PaperKind, base_version: int, wording: Wording, by: Actor
) -> PaperTemplate:
    """Lay down the wording of a kind; papers that were begun keep theirs. `base_version` is 0
    while there is no template. Raises Invalid and StaleEdit."""
    by.require(Permission.DRAFT_PAPERS)
    given = checked_texts(asdict(wording))
    before = asdict(wording_of(kind))
    rows = PaperTemplate.objects.select_for_update().filter(kind=kind)
    template = rows.first()
    if template is None:
        PaperTemplate.objects.bulk_create(
            [PaperTemplate(kind=kind, version=0, **given)], ignore_conflicts=True
        )
        template = rows.get()
    if template.version != base_version:
        raise StaleEdit(STALE)
    changed = {name: [before[name], text] for name, text in given.items() if before[name] != text}
    for name, text in given.items():
        setattr(template, name, text)
    template.version += 1
    template.save(update_fields=[*given, "version"])
    record(by=by, verb="paper_template.set", on=template, **changed)
    return template
