"""The register of sites."""

from chuangwen.sites.models.imports import SiteImport
from chuangwen.sites.models.sites import Site, SiteDuty, SiteWork

__all__ = ["Site", "SiteDuty", "SiteImport", "SiteWork"]
