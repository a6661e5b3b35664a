"""Tones and lights: the few meanings that colour may have on a page."""

from dataclasses import dataclass

TONES = ("neutral", "info", "success", "warning", "danger")


@dataclass(frozen=True)
class Light:
    """One state of a traffic light: `shape` tells it from the others without colour."""

    tone: str
    shape: str
    label: str


LIGHTS = {
    "green": Light("success", "●", "达标"),
    "yellow": Light("warning", "▲", "接近目标"),
    "red": Light("danger", "■", "未达标"),
    "none": Light("neutral", "○", "未报送"),
}
