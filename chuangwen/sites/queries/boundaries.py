"""The boundaries in force, for the map and for the page that keeps them."""

from typing import Any

from chuangwen.sites.enums import BoundaryState
from chuangwen.sites.models import Boundary, BoundaryFile


def has_boundary() -> bool:
    """Tell whether the district has a boundary. One query."""
    return BoundaryFile.objects.filter(state=BoundaryState.IN_FORCE).exists()


def boundaries_shown() -> dict[str, Any]:
    """Return the boundaries as the map draws them, each with its name and where to write it; the
    name is that of the street or community when it is one. One query."""
    rows = Boundary.objects.filter(file__state=BoundaryState.IN_FORCE).order_by("position")
    names = ("name", "area__name", "longitude", "latitude", "shown")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": area or name, "at": [longitude, latitude]},
                "geometry": shown,
            }
            for name, area, longitude, latitude, shown in rows.values_list(*names)
        ],
    }
