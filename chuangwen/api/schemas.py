"""The shapes of what field sync answers, for the OpenAPI file. Tests hold every answer to them."""

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
KEY: Schema = {"type": "string", "format": "uuid"}
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
HASHES: Schema = {"type": "array", "items": HASH}
MOMENT: Schema = {"type": "string", "format": "date-time"}
NUMBER: Schema = {"type": "string", "nullable": True, "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}
STATE: Schema = {"type": "string", "enum": ["waiting", "committed", "quarantined", "dismissed"]}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


ROUND = {
    "id": KEY, "name": TEXT, "kind": TEXT, "starts_on": TEXT, "ends_on": TEXT, "version": TEXT,
}  # fmt: skip
RECEIPT = _object(record=KEY, sha256=HASH, blobs=HASHES, committed_at=MOMENT, mac=HASH)
STANDING = {"state": STATE, "missing": HASHES, "reason": TEXT}
LINE = _object(
    id=KEY, code=TEXT, text=TEXT, shape=TEXT, threshold=NUMBER, unit=TEXT, per=NUMBER,
    per_unit=TEXT, photo=TEXT, weight=NUMBER, is_veto={"type": "boolean"},
    may_not_apply={"type": "boolean"}, guidance=TEXT, examples=_list({"type": "object"}),
)  # fmt: skip
SITE = _object(
    id=KEY, turn={"type": "integer"}, position={"type": "integer"}, code=TEXT, name=TEXT,
    address=TEXT, area=TEXT, longitude=NUMBER, latitude=NUMBER,
    geometry={"type": "object", "nullable": True}, length_metres=NUMBER,
    area_square_metres=NUMBER, telephone=TEXT, checklist=KEY,
)  # fmt: skip
SCHEMAS: dict[str, Schema] = {
    "Error": _object(message=TEXT),
    "Session": _object(account=_object(id=KEY, name=TEXT), csrf=TEXT, server_time=MOMENT),
    "Rounds": _list(_object(**ROUND, sites={"type": "integer"}, etag=TEXT)),
    "Bundle": _object(
        format={"type": "integer"},
        server_time=MOMENT,
        round=_object(**ROUND),
        pair=_object(id=KEY, number={"type": "integer"}, members=_list(TEXT)),
        photo=_object(
            long_edge={"type": "integer"},
            quality={"type": "integer"},
            largest_bytes={"type": "integer"},
        ),
        checklists=_list(
            _object(
                id=KEY,
                site_type=_object(id=KEY, name=TEXT, shape=TEXT),
                pass_rule=TEXT,
                pass_percent=NUMBER,
                groups=_list(_object(title=TEXT, lines=_list(LINE))),
            )
        ),
        sites=_list(SITE),
    ),
    "Blob": _object(offset={"type": "integer"}),
    "Record": _object(**STANDING),
    "RecordProblem": _object(message=TEXT, **STANDING),
    "Held": _object(
        state=STATE,
        sha256=HASH,
        blobs=HASHES,
        reason=TEXT,
        receipt={**RECEIPT, "nullable": True},
    ),
    "Receipt": RECEIPT,
    "Confirmation": {"type": "object", "properties": {"lost": HASHES}},
}
