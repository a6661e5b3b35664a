"""Reads of the rectification room."""

from chuangwen.rectification.queries.visible import case_for as case_for
from chuangwen.rectification.queries.visible import visible_cases as visible_cases
