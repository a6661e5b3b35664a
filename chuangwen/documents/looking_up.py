"""A stranger types the code of a paper: wrong ones are counted by address, and have to wait.

The count by address is not ended by a right code, so that a known one opens no way to guess.
"""

from chuangwen.documents.models import OfficialPaper
from chuangwen.documents.queries.verifying import paper_of_code, read_code
from chuangwen.kit.errors import Invalid, TooOften
from chuangwen.people.actions.attempts import Counter, Verdict, judge_attempt
from chuangwen.people.keys import keyed_hash

FREE = 20
UNKNOWN = "没有找到这个验证码的公文。请核对 12 位字母和数字；仍找不到的，请向发文单位核实。"
WAIT = "输错的次数太多。请稍后再试（最长等 15 分钟），或扫描公文上的二维码。"


def look_up(*, code: str, address: str) -> OfficialPaper:
    """Return the issued paper with this code. Raises Invalid for none, TooOften after many."""
    counted = (
        Counter(keyed_hash("paper", "pair", read_code(code), address), free=FREE),
        Counter(keyed_hash("paper", "address", address), free=FREE),
    )
    paper = paper_of_code(code)
    verdict = judge_attempt(counted, None, lambda: paper is not None)
    if verdict in (Verdict.WAITING, Verdict.BLOCKED):
        raise TooOften(WAIT)
    if paper is None:
        raise Invalid(UNKNOWN, field="code")
    return paper
