"""Reading the register: what the viewer may see first, then what they ask for."""

from chuangwen.sites.queries.visible import duties_in_force, duties_of, may_record, visible_sites

__all__ = ["duties_in_force", "duties_of", "may_record", "visible_sites"]
