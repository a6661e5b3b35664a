"""Rows of the documents room."""

from chuangwen.documents.models.events import PaperEvent as PaperEvent
from chuangwen.documents.models.papers import OfficialPaper as OfficialPaper
from chuangwen.documents.models.papers import PaperBody as PaperBody
from chuangwen.documents.models.papers import PaperCase as PaperCase
from chuangwen.documents.models.papers import PaperNumber as PaperNumber
from chuangwen.documents.models.templates import PaperTemplate as PaperTemplate
