"""Reads of the rectification room."""

from chuangwen.rectification.queries.visible import case_for as case_for
from chuangwen.rectification.queries.visible import cases_of_origins as cases_of_origins
from chuangwen.rectification.queries.visible import visible_cases as visible_cases
