"""Where a form or a log-in sends the browser on: only within this site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2000  # characters; beyond, Django refuses to redirect


def safe_target(request: HttpRequest, wanted: str, otherwise: str = "/") -> str:
    """Return the path that was asked for, or `otherwise` for what is no path of ours."""
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None, require_https=request.is_secure()
    )
    return wanted if own and wanted.startswith("/") and len(wanted) <= LONGEST else otherwise
