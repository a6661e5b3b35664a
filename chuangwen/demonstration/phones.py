"""What the inspectors' phones of the demonstration seal and send, by the ways that phones use."""

import hashlib
import io
import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from chuangwen.files.actions.photos import Span
from chuangwen.framework.enums import LineShape
from chuangwen.framework.judging import LineAnswer, judge_line
from chuangwen.framework.models import CheckLine
from chuangwen.inspection.actions.confirming import confirm_record
from chuangwen.inspection.actions.receiving import receive_blob, receive_record
from chuangwen.inspection.models import RoundSite
from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor

MARK = "DEMONSTRATION\nSAMPLE PHOTO"  # Pillow's own font writes Latin only; pages add 演示数据
SHORT = timedelta(minutes=12)


def walk(site: RoundSite, lines: list[CheckLine], sealed_at: datetime, *, by: Actor) -> None:
    """Visit a site: which lines fail follows from its number, so every load gives the same."""
    failing = _failing(site, lines)
    shown = [line for line in lines if _needs_photo(line, fails=line in failing)]
    photos = {line.pk: picture(f"{site.site.code} {line.code}") for line in shown}
    key = new_id()
    content = json.dumps(
        _sealed(key, site, lines, failing, photos, sealed_at, by), ensure_ascii=False
    ).encode()
    receive_record(record_id=key, content=content, by=by)
    for photo in photos.values():
        whole = Span(0, len(photo), len(photo))
        sha256 = hashlib.sha256(photo).hexdigest()
        receive_blob(sha256=sha256, span=whole, content=[photo], by=by)
    confirm_record(record_id=key, by=by)


def _failing(site: RoundSite, lines: list[CheckLine]) -> list[CheckLine]:
    """A third of the sites pass everything; the others fail a few lines."""
    lot = int(hashlib.sha256(f"{site.site.code}:{site.round.number}".encode()).hexdigest(), 16)
    if lot % 3 == 0:
        return []
    judged = [line for line in lines if line.shape != LineShape.FREE]
    return [line for place, line in enumerate(judged) if (lot >> (place + 4)) % 5 == 0]


def _needs_photo(line: CheckLine, *, fails: bool) -> bool:
    """Tell whether the app would seal the visit without a photo of the line."""
    return judge_line(line.rule, LineAnswer(str(line.pk), _values(line, fails))).needs_photo


def _sealed(  # noqa: PLR0917 - a record has as many parts
    key: uuid.UUID,
    site: RoundSite,
    lines: list[CheckLine],
    failing: list[CheckLine],
    photos: dict[uuid.UUID, bytes],
    sealed_at: datetime,
    by: Actor,
) -> dict[str, Any]:
    degrees = (site.site.longitude, site.site.latitude)  # of what is called by telephone: none
    place = dict(zip(("longitude", "latitude"), (one and str(one) for one in degrees), strict=True))
    return {
        "format": 2,
        "draft": False,
        "clock": {"offset_seconds": 0, "measured_at": (sealed_at - SHORT).isoformat()},
        "id": str(key),
        "round": str(site.round_id),
        "round_site": str(site.pk),
        "checklist": str(site.checklist_id),
        "device": "demonstration",
        "account": str(by.account_id),
        "started_at": (sealed_at - SHORT).isoformat(),
        "sealed_at": sealed_at.isoformat(),
        "position": {**place, "accuracy_metres": "8.0"} if all(degrees) else None,
        "place": "",
        "note": "演示数据",
        "answers": [_answer(line, fails=line in failing) for line in lines],
        "photos": [
            {
                "sha256": hashlib.sha256(photo).hexdigest(),
                "size": len(photo),
                "line": str(line),
                "taken_at": (sealed_at - SHORT / 2).isoformat(),
                **place,
            }
            for line, photo in photos.items()
        ],
    }


def _answer(line: CheckLine, *, fails: bool) -> dict[str, Any]:
    return {
        "line": str(line.pk),
        "not_applicable": False,
        "values": _values(line, fails),
        "note": "",
    }


def _values(line: CheckLine, fails: bool) -> dict[str, str]:
    """Return values beyond the threshold, or short of it."""
    limit, per = int(line.threshold or 0), int(line.per or 1)
    good_and_bad = {
        LineShape.EXISTS: ({"found": "1"}, {"found": "0"}),
        LineShape.ABSENCE: ({"found": "0"}, {"found": "3"}),
        LineShape.COUNT: ({"found": f"{limit + 1}"}, {"found": f"{max(limit - 1, 0)}"}),
        LineShape.DENSITY: (
            {"found": f"{limit * 2 + 1}", "measure": f"{per * 2}"},
            {"found": f"{limit}", "measure": f"{per * 2}"},
        ),
        LineShape.RATIO: (
            {"part": "100", "whole": "100"},
            {"part": f"{max(limit - 10, 0)}", "whole": "100"},
        ),
        LineShape.BEHAVIOUR: (
            {"seen": "100", "bad": "0"},
            {"seen": "100", "bad": f"{min(limit + 10, 100)}"},
        ),
        LineShape.FREE: ({}, {}),
    }
    return good_and_bad[LineShape(line.shape)][fails]


def picture(text: str) -> bytes:
    """A picture of coloured fields that says what it is; none looks like another."""
    image = Image.frombytes("RGB", (4, 2), hashlib.sha256(text.encode()).digest()[:24])
    image = image.resize((640, 480), Image.Resampling.NEAREST)
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((40, 120, 600, 390), fill="#30373d")
    drawing.text((60, 140), MARK, fill="white", font_size=56)
    drawing.text((60, 320), text, fill="white", font_size=36)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()
