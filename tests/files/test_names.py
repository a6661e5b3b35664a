"""Names survive; what could do harm in them does not."""

import unicodedata
from email.message import Message

from hypothesis import given
from hypothesis import strategies as st

from chuangwen.files.names import LONGEST, NAMELESS, clean_name, disposition, suffix_of, with_suffix

ANY_NAME = st.text(max_size=400) | st.text("文件报告 ./\\\u202e\0\n.pdfexe", max_size=400)


@given(ANY_NAME)
def test_a_cleaned_name_is_one_plain_name_and_stays_as_it_is(raw):
    name = clean_name(raw)
    assert 0 < len(name) <= LONGEST
    assert clean_name(name) == name
    assert not set(name) & set('/\\<>:"|?*\0\r\n\t')
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in name)


@given(ANY_NAME)
def test_the_header_is_ascii_without_breaks_and_gives_the_whole_name_back(raw):
    name = clean_name(raw)
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    message = Message()
    message["Content-Disposition"] = header.replace(
        header[header.index("filename=") : header.index("filename*")], ""
    )
    assert message.get_filename() == name


@given(st.text("文件名很长", min_size=1, max_size=400), st.sampled_from([".pdf", ".docx", ".jpeg"]))
def test_long_names_keep_their_suffix(stem, suffix):
    name = clean_name(stem + suffix)
    assert suffix_of(name) == suffix
    assert name.startswith(stem[:150])


def test_chinese_names_are_kept_as_written():
    name = "东区关于2021年“停车泊位应划尽划”工作的报告（盖章版）第1稿.pdf"
    assert clean_name(name) == name


def test_folders_are_dropped_and_turned_text_is_straightened():
    assert clean_name("C:\\用户\\李梅\\桌面\\照片.jpg") == "照片.jpg"
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("照片\u202egpj.exe") == "照片gpj.exe"
    assert clean_name(" .. ") == NAMELESS
    assert clean_name("\ud800.pdf").endswith(".pdf")


def test_a_name_says_what_is_inside():
    assert with_suffix("报告.pdf", (".jpg", ".jpeg")) == "报告.pdf.jpg"
    assert with_suffix("照片.JPEG", (".jpg", ".jpeg")) == "照片.JPEG"
    assert with_suffix("没有后缀", (".pdf",)) == "没有后缀.pdf"
    assert len(with_suffix("长" * LONGEST, (".pdf",))) == LONGEST
