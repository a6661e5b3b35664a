"""The gate of an address for programs: like `web.gate`, but every answer is JSON, no log-in page.

What an address accepts and answers is declared here too; the OpenAPI file is made from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from chuangwen.files.errors import WrongOffset
from chuangwen.kit.errors import ChuangwenError
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.web.failures import in_json
from chuangwen.web.gate import needs_new_password, refuse_writes, require_any

OFFSET = "Upload-Offset"
READS = frozenset({"GET", "HEAD"})
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Operation:
    """What one method does. `answers`: status to (meaning, name of the schema or "")."""

    summary: str
    answers: Mapping[int, tuple[str, str]]
    body: str = ""  # media type of what is sent
    body_schema: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ApiGate:
    """What an address declares. `permissions` empty: any signed-in account; the action asks."""

    operations: Mapping[str, Operation]
    permissions: tuple[Permission, ...] = ()
    anonymous: bool = False

    @property
    def methods(self) -> tuple[str, ...]:
        return tuple(self.operations)


def endpoint(
    *, may: tuple[Permission, ...] = (), **operations: Operation
) -> Callable[[View], View]:
    """Declare an address with its methods, in capitals. GET and HEAD physically cannot write."""
    gate = ApiGate(operations, may)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return _passed(gate, view, request, *args, **kwargs)
            except WrongOffset as error:
                answer = in_json(error.status, error.message)
                answer.headers[OFFSET] = str(error.offset)
                return answer
            except ChuangwenError as error:
                return in_json(error.status, error.message)

        guarded.gate = gate  # type: ignore[attr-defined]
        return guarded

    return decorate


def _passed(
    gate: ApiGate, view: View, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return in_json(401, "您没有登录，或登录已过期。请先登录，未传完的内容会保留在手机上。")
    method = request.method or ""
    served = "GET" if method == "HEAD" and "HEAD" not in gate.methods else method
    if served not in gate.methods:
        answer = in_json(405, "这个地址不接受这种请求。请更新手机上的页面后重试。")
        answer.headers["Allow"] = ", ".join(gate.methods)
        return answer
    if needs_new_password(request):
        return in_json(403, "您须先修改口令。请在网页上登录并修改，未传完的内容会保留在手机上。")
    require_any(actor, gate.permissions)
    if served in READS:
        with connection.execute_wrapper(refuse_writes):
            return view(request, *args, **kwargs)
    return view(request, *args, **kwargs)
