"""The register of sites."""

from chuangwen.sites.models.boundaries import Boundary, BoundaryFile
from chuangwen.sites.models.imports import SiteImport
from chuangwen.sites.models.sites import Site, SiteDuty, SiteWork
from chuangwen.sites.models.tallies import SiteTally

__all__ = ["Boundary", "BoundaryFile", "Site", "SiteDuty", "SiteImport", "SiteTally", "SiteWork"]
