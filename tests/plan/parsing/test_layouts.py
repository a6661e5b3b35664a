"""The notice laid out otherwise is read the same: widths, blanks, breaks, unseen characters."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from chuangwen.plan.parsing import parse, to_json
from tests.plan.parsing.scoring import Facts, found_facts
from tests.plan.parsing.test_notice import notice

_WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "%": "％"}
_WIDE |= {str(digit): chr(0xFF10 + digit) for digit in range(10)}
_NARROW = {ord(wide): plain for plain, wide in _WIDE.items()} | {0x200B: None, ord("∶"): ":"}


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same layout at every run, no secret


def _lines(change: Callable[[str], str]) -> str:
    return "\n".join(change(line) for line in notice().split("\n"))


def _wrapped(width: int) -> str:
    return _lines(
        lambda line: "\n".join(
            line[place : place + width] for place in range(0, max(1, len(line)), width)
        )
    )


def _mixed() -> str:
    chance = _chance(7)
    return "".join(_WIDE.get(m, m) if chance.random() < 0.5 else m for m in notice())


def _sprinkled() -> str:
    chance = _chance(7)
    return "".join(m + "\u200b" if chance.random() < 0.3 else m for m in notice())


def _turned() -> str:
    """Marks of direction around the names of bodies, as a chat program copies them."""
    return re.sub(r"(区[\u4e00-\u9fff]{2}局)", "\u202e\\1\u202c", notice())


LAYOUTS: dict[str, Callable[[], str]] = {
    "all_wide": lambda: "".join(_WIDE.get(mark, mark) for mark in notice()),
    "mixed_widths": _mixed,
    "marks_of_direction": _turned,
    "carriage_returns": lambda: notice().replace("\n", "\r\n"),
    "no_blank_lines": lambda: "\n".join(line for line in notice().split("\n") if line.strip()),
    "more_blank_lines": lambda: notice().replace("\n", "\n\n\n"),
    "tabs_before": lambda: _lines(lambda line: f"\t{line}"),
    "ideographic_indent": lambda: _lines(lambda line: f"　　{line}"),
    "blanks_behind": lambda: _lines(lambda line: f"{line} \u00a0\t"),
    "wrapped": lambda: _wrapped(40),
    "blanks_around_figures": lambda: re.sub(
        r"(?<=[\u4e00-\u9fff])(?=[\d≥>])|(?<=[\d%])(?=[\u4e00-\u9fff])", " ", notice()
    ),
    "blanks_before_percent": lambda: re.sub(r"(?<=\d)(?=%)|(?<=[≥>])", " ", notice()),
    "unseen_characters": _sprinkled,
    "ratio_for_colon": lambda: notice().replace(":", "∶"),
}


def _facts(text: str) -> Facts:
    """Facts without regard to how a mark was written."""
    result: Facts = {}
    for kind, counted in found_facts(to_json(parse(text))).items():
        result[kind] = Counter()
        for fact, number in counted.items():
            result[kind][tuple(_plain(value) for value in fact)] += number
    return result


def _plain(value: Any) -> Any:
    return "".join(value.translate(_NARROW).split()) if isinstance(value, str) else value


@cache
def _usual() -> Facts:
    return _facts(notice())


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_another_layout_is_read_the_same(layout: str) -> None:
    text = LAYOUTS[layout]()
    assert text != notice()
    assert _facts(text) == _usual()


def test_lines_that_are_set_in_and_wrapped_are_read_together() -> None:
    text = "\n".join(f"　　{line}" for line in _wrapped(34).split("\n"))
    found = _facts(text)
    for kind in ("actions", "owners", "indicators", "targets", "phases", "units"):
        assert found[kind] == _usual()[kind], kind


def test_a_text_without_any_line_break_loses_no_fact() -> None:
    found = _facts("".join(line.strip() for line in notice().split("\n")))
    kinds = ("documents", "areas", "actions", "owners", "indicators", "targets", "phases", "units")
    for kind in kinds:
        assert found[kind] == _usual()[kind], kind


@pytest.mark.parametrize("seed", range(3))
def test_paragraphs_in_any_order_keep_their_units_and_indicators(seed: int) -> None:
    paragraphs = [line for line in notice().split("\n") if line.strip()]
    _chance(seed).shuffle(paragraphs)
    found, usual = _facts("\n".join(paragraphs)), _usual()
    names = {fact[:4] for fact in usual["indicators"]}
    kept = {fact[:4] for fact in found["indicators"]} | {
        (one[1], *one[2:]) for one in found["targets"]
    }
    assert len(names - kept) <= len(names) // 20
    assert len(set(usual["units"]) - set(found["units"])) <= 2
