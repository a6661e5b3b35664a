"""What each address of field sync does and answers, for the gate and the OpenAPI file."""

from chuangwen.api.gate import Operation

REFUSED = {
    401: ("没有登录，或登录已过期", "Error"),
    403: ("没有权限，须先改口令，或 X-CSRFToken 不对", "Error"),
}
BYTES, JSON = "application/octet-stream", "application/json"
TOKEN = {"X-CSRFToken": "由 session 得到"}

SESSION = Operation(
    "登录的人、写请求用的 csrf 和服务器时间", {200: ("登录的人", "Session"), **REFUSED}
)
ROUNDS = Operation("本人所在组、正在进行的轮次", {200: ("轮次", "Rounds"), **REFUSED})
ROUND = Operation(
    "整轮资料，离线测评所需的全部",
    {
        200: ("整轮资料，带 ETag", "Bundle"),
        304: ("与 If-None-Match 相比没有变化", ""),
        404: ("不在本轮测评组，或没有这一轮", "Error"),
        **REFUSED,
    },
    headers={"If-None-Match": "上次的 ETag"},
)
LOOK_FOR_BLOB = Operation(
    "照片到了没有",
    {200: ("已收齐", ""), 404: ("没有；Upload-Offset 是已收到的字节数", ""), **REFUSED},
)
SEND_BLOB = Operation(
    "送一张照片，或其中一段",
    {
        200: ("早已收齐", "Blob"),
        201: ("收齐", "Blob"),
        202: ("收到一段；Upload-Offset 是已收到的字节数", "Blob"),
        400: ("Content-Range 不对，或没有内容", "Error"),
        404: ("地址中的校验值不对", "Error"),
        409: ("起点不对；Upload-Offset 是应从哪里起", "Error"),
        411: ("没有写明长度", "Error"),
        413: ("太大", "Error"),
        415: ("不是照片，或照片不完整", "Error"),
        422: ("与校验值不符，已作废", "Error"),
        **REFUSED,
    },
    body=BYTES,
    headers={**TOKEN, "Content-Range": "一段的起止：bytes 起-止/总"},
)
SEND_RECORD = Operation(
    "送封存的记录",
    {
        200: ("逐字节相同的早已收到", "Record"),
        201: ("收到", "Record"),
        400: ("没有传完", "Error"),
        404: ("地址中的编号不对", "Error"),
        409: ("同一编号已有另一份记录", "Error"),
        410: ("审核人已决定不采用", "RecordProblem"),
        411: ("没有写明长度", "Error"),
        413: ("太大", "Error"),
        422: ("收到，进入待处理（已保存）", "RecordProblem"),
        **REFUSED,
    },
    body=BYTES,
    headers=TOKEN,
)
SEE_RECORD = Operation(
    "第二次核对",
    {200: ("记录和回执", "Held"), 404: ("没有，或不是本人的", "Error"), **REFUSED},
)
CONFIRM = Operation(
    "确认一份记录",
    {
        200: ("回执", "Receipt"),
        400: ("内容不对", "Error"),
        404: ("没有，或不是本人的", "Error"),
        409: ("还缺照片", "RecordProblem"),
        410: ("审核人已决定不采用", "RecordProblem"),
        411: ("没有写明长度", "Error"),
        422: ("在待处理中（已保存）", "RecordProblem"),
        **REFUSED,
    },
    body=JSON,
    body_schema="Confirmation",
    headers=TOKEN,
)
