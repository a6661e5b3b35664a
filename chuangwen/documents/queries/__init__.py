"""Reading papers: what there is for whom, and what strangers may verify."""

from chuangwen.documents.queries.verifying import paper_of_code as paper_of_code
from chuangwen.documents.queries.verifying import paper_of_token as paper_of_token
from chuangwen.documents.queries.visible import paper_for as paper_for
from chuangwen.documents.queries.visible import visible_papers as visible_papers
