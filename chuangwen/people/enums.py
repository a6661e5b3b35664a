"""Kinds of units and states of accounts, with their Chinese names."""

from django.db import models


class UnitKind(models.TextChoices):
    """Kinds of units that a campaign distinguishes (issue 3 §2)."""

    PARTY = "party", "党委部门"
    GOVERNMENT = "government", "政府部门"
    AGENCY = "agency", "派出机构"
    MASS_ORGANISATION = "mass_organisation", "群团"
    STREET = "street", "街道镇"
    COMMUNITY = "community", "社区"
    ENTERPRISE = "enterprise", "企业/园区"
    SUPERIOR = "superior", "上级"
    COORDINATION = "coordination", "议事协调机构"
    INSTITUTION = "institution", "事业单位"
    JUDICIAL = "judicial", "法院检察院"
    OTHER = "other", "其他"


# 部门 of a district are of several kinds.
DEPARTMENTS = (
    UnitKind.PARTY,
    UnitKind.GOVERNMENT,
    UnitKind.MASS_ORGANISATION,
    UnitKind.JUDICIAL,
    UnitKind.INSTITUTION,
)
