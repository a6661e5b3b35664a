"""What a person types is found: any two characters that stand side by side, on both databases."""

import random

import pytest
from django.db import transaction

from chuangwen.cli import main
from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor, Post
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role
from chuangwen.plan.models import Action, Task, TaskPart
from chuangwen.plan.searching import findable, tasks_matching
from chuangwen.search import queries
from chuangwen.search.actions import keep_found
from chuangwen.search.models import Posting, SearchText
from chuangwen.search.pairs import fold, shelf, term, words_of


def all_pairs(task):
    """Every word of two characters that stands in a task."""
    runs = fold(f"{task.title} {task.text}").split()
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def test_every_two_characters_of_every_task_of_the_notice_find_it(by):
    tasks = list(Task.objects.all())
    holders: dict[str, set] = {}
    for task in tasks:
        for pair in all_pairs(task):
            holders.setdefault(pair, set()).add(task.pk)
    assert len(tasks) > 100
    assert len(holders) > 2000
    dice = random.Random(1)  # noqa: S311 - the same words every time
    asked = dice.sample(sorted(holders), 300)
    for pair in {*asked, "网报", "点位", "公厕"} & holders.keys():
        found = set(tasks_matching(by, pair).values_list("pk", flat=True))
        assert found == holders[pair], pair
    # All of them by the index entries, which is what the query reads.
    number = shelf(by.tenant_id, "task")
    indexed: dict[int, set] = {}
    for one in Posting.objects.filter(object_id__in=[task.pk for task in tasks]):
        indexed.setdefault(one.term, set()).add(one.object_id)
    for pair, keys in holders.items():
        assert indexed[term(number, ord(pair[0]), ord(pair[1]))] == keys, pair


@pytest.mark.parametrize("many", [queries.MANY, 1], ids=["by the rarest pair", "by walking"])
def test_all_words_must_occur_and_longer_words_as_they_stand(by, monkeypatch, many):
    monkeypatch.setattr(queries, "MANY", many)
    for asked in (
        "网报",
        "网报 点位",
        "创建 文明城市",
        "老旧小区改造",
        "公共厕所",
        "志愿 服务 社区",
    ):
        wanted = {
            task.pk
            for task in Task.objects.all()
            if all(word in fold(f"{task.title} {task.text}") for word in words_of(asked))
        }
        assert set(tasks_matching(by, asked).values_list("pk", flat=True)) == wanted, asked
    assert tasks_matching(by, "网报").exists()


def test_a_single_character_is_found_at_the_end_too(by):
    for character in ("桥", "网", "报"):
        wanted = {
            task.pk for task in Task.objects.all() if character in fold(f"{task.title} {task.text}")
        }
        assert set(tasks_matching(by, character).values_list("pk", flat=True)) == wanted


def test_width_and_case_do_not_matter_and_signs_are_no_words(by):
    task = Task.objects.all()[0]
    task.title, task.text = "ＡＢｃ系统", "２０２１年，巩卫、国卫"
    with transaction.atomic():
        task.save()
        keep_found([task])
    for asked in ("abc系统", "ＡBC", "2021年", "“巩卫”、国卫", "２０２１"):
        assert tasks_matching(by, asked).filter(pk=task.pk).exists(), asked
    assert not tasks_matching(by, "巩卫国卫").filter(pk=task.pk).exists()
    everything = Task.objects.count()
    assert tasks_matching(by, "，。！% _").count() == everything
    assert not tasks_matching(by, "龘龘").exists()


def test_what_is_no_longer_written_is_no_longer_found(by):
    task = tasks_matching(by, "网报")[0]
    task.title, task.text = "另一件事", ""
    with transaction.atomic():
        task.save()
        keep_found([task])
    assert not tasks_matching(by, "网报").filter(pk=task.pk).exists()
    assert tasks_matching(by, "另一件事").get() == task


def test_rebuilding_gives_what_the_writes_gave(by, capsys):
    def state():
        return (
            sorted(Posting.objects.values_list("term", "object_id")),
            sorted(SearchText.objects.values_list("pk", "kind", "title", "text")),
        )

    kept = state()
    Posting.objects.all()[:50]
    SearchText.objects.all().delete()
    Posting.objects.filter(term__gte=0).delete()
    assert not tasks_matching(by, "网报").exists()
    assert main(["search", "rebuild"]) == 0
    assert state() == kept
    assert f"任务 {Task.objects.count()}" in capsys.readouterr().out


def test_a_unit_finds_only_what_it_may_open(by):
    mine, foreign = tasks_matching(by, "网报")[:2]
    unit = Unit.objects.filter(kind="government")[0]
    TaskPart.objects.create(task=mine, unit=unit, kind="lead")
    actor = Actor(by.tenant_id, new_id(), "周敏", (Post(Role.CLERK, unit.pk, unit.name),))
    assert list(tasks_matching(actor, "网报")) == [mine]
    assert not tasks_matching(actor, "网报").filter(pk=foreign.pk).exists()
    (tasks,) = [rows for rows in findable(actor) if rows.model is Task]
    assert [row["object_id"] for row in queries.hits(tasks, ["网报"])] == [mine.pk]


def test_actions_and_areas_are_found_by_name(by):
    rows = findable(by)[0]
    assert rows.model is Action
    found = [row["object_id"] for row in queries.hits(rows, ["提升", "行动"])]
    assert found == sorted(
        Action.objects.filter(title__contains="行动").values_list("pk", flat=True)
    )


def test_one_more_query_than_the_list_itself(by, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(tasks_matching(by, "网报 点位 文明城市")[:50])


def test_keeping_takes_four_statements_at_most(by, django_assert_max_num_queries):
    tasks = list(Task.objects.all()[:100])
    for task in tasks:
        task.text += "新增加的很长的内容" * 50 + "".join(map(chr, range(0x4E00, 0x4E00 + 900)))
    with transaction.atomic(), django_assert_max_num_queries(4):
        keep_found(tasks)
    with transaction.atomic(), django_assert_max_num_queries(4):
        keep_found(tasks[:1])
