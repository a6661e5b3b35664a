"""The address of the phone's app. Its data come from /api/field/v1/; these pages hold none.

The page behind the gate is where inspectors enter. The same page without the gate is what the
service worker keeps on the phone: so the app opens without a signal, without a session, and for
somebody whose rights ended, and sealed records can always be got out of it.
"""

import hashlib
import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from chuangwen.people.permissions import Permission
from chuangwen.web import vite
from chuangwen.web.gate import page

APP = "field-app/main.ts"
WORKER = "field-app/worker/service-worker.ts"
ICONS = (("field/icon-192.png", 192, "any"), ("field/icon-512.png", 512, "any"))
MASKABLE = ("field/icon-maskable-512.png", 512, "maskable")
COLOUR, GROUND = "#8f1b20", "#f4f5f7"


@page(may=Permission.INSPECT)
def show_app(request: HttpRequest) -> HttpResponse:
    """Open the app for an inspector."""
    return HttpResponse(_app())


@page(anonymous=True)
def show_shell(request: HttpRequest) -> HttpResponse:
    """Show the same page to the service worker, whoever is signed in: it says nothing of them."""
    return HttpResponse(_app())


@page(anonymous=True)
def show_manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to install the app."""
    start = reverse("field")
    content = {
        "id": start,
        "name": "创文现场测评",
        "short_name": "现场测评",
        "lang": "zh-CN",
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "orientation": "portrait",
        "theme_color": COLOUR,
        "background_color": GROUND,
        "icons": [
            {"src": static(path), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
            for path, size, use in (*ICONS, MASKABLE)
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@page(anonymous=True)
def show_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, told which files make up the app. Its bytes change when these do."""
    entry, code = vite.entry(APP), vite.source(WORKER)
    if entry is None or code is None:
        raise Http404
    own = (entry.script, *entry.styles, *entry.preloads, *(path for path, *_ in ICONS))
    files = [static(path) for path in own]
    version = hashlib.sha256(f"{_app()}{code}".encode()).hexdigest()[:16]
    told = {"version": version, "page": reverse("field-shell"), "files": files}
    text = f"self.SHELL = {json.dumps(told)};\n{code}"
    answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _app() -> str:
    """The same text for everybody: no request goes into it."""
    return render_to_string("field/app.html", {"entry": APP, "colour": COLOUR})
