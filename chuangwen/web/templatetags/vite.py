"""Tags for built assets: {% vite %} in the head, {% icon "home" %} anywhere."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chuangwen.web import vite as assets

register = template.Library()


@register.simple_tag
def vite(name: str = "main.ts") -> SafeString:
    """Emit styles, script and preloads of an entry point; nothing when there is no build."""
    found = assets.entry(name)
    if found is None:
        return SafeString("")
    styles = [(static(path),) for path in found.styles]
    preloads = [(static(path),) for path in found.preloads]
    return (
        format_html_join("", '<link rel="stylesheet" href="{}">', styles)
        + format_html_join("", '<link rel="modulepreload" href="{}">', preloads)
        + format_html('<script type="module" src="{}"></script>', static(found.script))
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Emit an icon of frontend/icons.json. Without `label` it is decoration, hidden from readers.

    Without a build the label alone remains.
    """
    sprite = assets.asset("icons.svg")
    if sprite is None:
        return format_html("{}", label)
    decoration = SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="20" height="20" focusable="false" {}><use href="{}#{}"/></svg>',
        format_html('role="img" aria-label="{}"', label) if label else decoration,
        static(sprite),
        name,
    )
