"""The register of sites."""

from chuangwen.sites.models.sites import Site, SiteDuty, SiteWork

__all__ = ["Site", "SiteDuty", "SiteWork"]
