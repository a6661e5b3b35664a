"""A long document in pieces, each set by itself: memory does not grow with the number of rows.

A piece ends where a block does, or between two rows of a table; the next begins on a new page.
"""

from collections.abc import Iterator
from typing import Any

ROWS, PICTURES = 400, 48  # of one piece
TOGETHER = 1_000  # rows up to which a document is set as a whole
Data = dict[str, Any]


def pieces_of(document: Data) -> Iterator[Data]:
    """Yield the data of each piece; of a short document the one that was given.

    The text itself is the first piece, with the signature; only attachments are parted.
    """
    attachments: list[Data] = document["attachments"]
    if sum(_rows(run) for one in attachments for run in one["runs"]) <= TOGETHER:
        yield document
        return
    parts = list(_parts(attachments))
    rest = {**document, "title": [""], "attachment_names": [], "issuer": "", "dated": ""}
    rest |= {"note": "", "runs": _nothing(document), "continued": True, "addressees": ""}
    ending = {"verification": document["verification"], "imprint": document["imprint"]}
    none = dict.fromkeys(ending)
    yield {**document, **none, "attachments": []}
    for number, (head, runs) in enumerate(parts, start=1):
        end = ending if number == len(parts) else none
        if head is None:
            yield {**rest, **end, "attachments": [], "runs": runs}
        else:
            yield {**rest, **end, "attachments": [{**head, "runs": runs}], "runs": []}


def _nothing(document: Data) -> list[Data]:
    return [{"landscape": document["runs"][0]["landscape"], "blocks": []}]


def _rows(run: Data) -> int:
    return sum(len(one["rows"]) for one in run["blocks"] if one["kind"] == "table")


def _parts(attachments: list[Data]) -> Iterator[tuple[Data | None, list[Data]]]:
    """Yield the runs of each piece; the first of an attachment with its mark and title."""
    for attachment in attachments:
        head: Data | None = attachment
        runs: list[Data] = []
        rows = pictures = 0
        for run in attachment["runs"]:
            for block in _small(run["blocks"]):
                size = len(block.get("rows", ())), len(block.get("pictures", ()))
                is_full = rows + size[0] > ROWS or pictures + size[1] > PICTURES
                if runs and is_full and not _holds_on(runs):
                    yield head, runs
                    head, runs, rows, pictures = None, [], 0, 0
                if not runs or runs[-1]["landscape"] != run["landscape"]:
                    runs.append({"landscape": run["landscape"], "blocks": []})
                runs[-1]["blocks"].append(block)
                rows, pictures = rows + size[0], pictures + size[1]
        yield head, runs or attachment["runs"]


def _holds_on(runs: list[Data]) -> bool:
    """Tell whether the last block is a heading, which is not parted from what it heads."""
    return bool(runs[-1]["blocks"]) and runs[-1]["blocks"][-1]["kind"] == "heading"


def _small(blocks: list[Data]) -> Iterator[Data]:
    """Yield the blocks, long tables and long rows of pictures in several."""
    for block in blocks:
        name, most = ("rows", ROWS) if block["kind"] == "table" else ("pictures", PICTURES)
        listed = block.get(name, [])
        if len(listed) <= most:
            yield block
            continue
        start = 0
        while start < len(listed):
            end = min(start + most, len(listed))
            while name == "rows" and end < len(listed) and None in listed[end]["cells"]:
                end += 1  # a joined cell is not cut
            yield {**block, name: listed[start:end]}
            start = end
