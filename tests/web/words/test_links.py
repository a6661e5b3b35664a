"""Everything that a document ordered shows its words by one click, from the page it stands on."""

import html
import re

import pytest

from chuangwen.plan.models import Action, Duty, GoalArea, KeyWork, Target, Task

LINK = re.compile(r'href="(/plan/sources/[^"#]+)#marked"')


def links_on(client, address):
    page = client.get(address)
    assert page.status_code == 200
    return {html.unescape(found) for found in LINK.findall(page.content.decode())}


def link_of(found):
    return f"/plan/sources/{found.source_id}/?start={found.start}&end={found.end}"


@pytest.mark.parametrize(
    ("model", "address"),
    [
        (Action, "/plan/actions/"),
        (GoalArea, "/plan/areas/"),
        (KeyWork, "/plan/key-works/"),
        (Task, "/plan/tasks/"),
    ],
)
def test_a_page_leads_to_the_words_of_what_it_shows(plan, wang_fang, model, address):
    found = model.objects.filter(start__isnull=False).first()
    assert link_of(found) in links_on(wang_fang, f"{address}{found.pk}/")


def test_an_action_leads_to_the_words_of_its_duties_tasks_and_indicators(plan, wang_fang):
    action = Action.objects.filter(indicator_demands__isnull=False).first()
    found = links_on(wang_fang, f"/plan/actions/{action.pk}/")
    for each in (
        action.duties.filter(unit__isnull=False, expanded_from=None).first(),
        action.tasks.order_by("position").first(),
        action.indicator_demands.first(),
    ):
        assert link_of(each) in found


def test_targets_and_duties_of_a_unit_lead_to_their_words(plan, wang_fang):
    target = Target.objects.filter(phase__isnull=False).first()
    assert link_of(target) in links_on(wang_fang, "/plan/timeline/")
    duty = Duty.objects.filter(unit__isnull=False).first()
    assert link_of(duty) in links_on(wang_fang, f"/plan/units/{duty.unit_id}/")
