"""`chuangwen plan parse` on the notice itself, as an administrator types it."""

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from chuangwen.cli import main

NOTICE = Path(__file__).parents[2] / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(8)


def items(value):
    """Yield every object with offsets, at every level."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        for inner in value.values():
            yield from items(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from items(inner)


@pytest.fixture(scope="module")
def printed():
    command = [sys.executable, "-m", "chuangwen.cli", "plan", "parse", str(NOTICE)]
    run = subprocess.run([*command, "--format", "json"], capture_output=True, check=True)
    return json.loads(run.stdout)


def test_every_item_is_verbatim_at_its_offsets(printed):
    text = NOTICE.read_bytes().decode()
    found = list(items(printed))
    assert len(found) > 300
    assert [i for i in found if text[i["start"] : i["end"]] != i["text"]] == []


def test_ten_areas_and_ten_actions(printed):
    assert (len(printed["areas"]), len(printed["actions"])) == (10, 10)


def test_a_missing_colon_and_a_missing_separator_do_not_hide_units(printed):
    third, fourth = printed["actions"][2:4]
    assert [unit["name"] for unit in third["lead_units"]] == ["区委政法委"]
    assert {"区行政审批局", "区综合行政执法局"} <= {u["name"] for u in fourth["responsible_units"]}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "是空的"),
        (OLD_WORD, "另存为 .docx"),
        ("一、目标".encode() + b"\xff\xff\xff", "编码"),
    ],
)
def test_unusable_files_get_a_reason_and_no_output(tmp_path, capsys, content, reason):
    path = tmp_path / "计划.txt"
    path.write_bytes(content)
    assert main(["plan", "parse", str(path), "--format", "json"]) == 2
    output = capsys.readouterr()
    assert reason in output.err
    assert output.out == ""


def test_offsets_of_a_word_file_refer_to_the_text_that_is_printed(tmp_path, capsys):
    path = tmp_path / "计划.docx"
    document = docx.Document()
    for line in NOTICE.read_bytes().decode().splitlines():
        document.add_paragraph(line)
    document.save(path)
    assert main(["plan", "parse", str(path), "--format", "text"]) == 0
    text = capsys.readouterr().out
    assert main(["plan", "parse", str(path), "--format", "json"]) == 0
    found = list(items(json.loads(capsys.readouterr().out)))
    assert len(found) > 300
    assert [i for i in found if text[i["start"] : i["end"]] != i["text"]] == []


def test_gb18030_gives_the_same_result(tmp_path, capsys, printed):
    path = tmp_path / "计划.txt"
    path.write_bytes(NOTICE.read_bytes().decode().encode("gb18030"))
    assert main(["plan", "parse", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["actions"] == printed["actions"]


def test_the_text_that_offsets_refer_to_can_be_printed(tmp_path, capsys):
    path = tmp_path / "计划.txt"
    path.write_text("一、目标\n", encoding="utf-8")
    assert main(["plan", "parse", str(path), "--format", "text"]) == 0
    assert capsys.readouterr().out == "一、目标\n"


def test_a_summary_for_people_names_owners_and_doubts(capsys):
    assert main(["plan", "parse", str(NOTICE)]) == 0
    printed = capsys.readouterr().out
    assert "    牵头：区政府办公室、区行政审批局" in printed
    assert "指标  道路照明亮灯率 ≥ 95%" in printed
    assert "确认  202186 → 2021年8月6日" in printed


def test_a_folder_or_a_missing_file_is_named_in_chinese(tmp_path, capsys):
    for path, reason in ((tmp_path, "文件夹"), (tmp_path / "没有.txt", "没有这个文件")):
        assert main(["plan", "parse", str(path), "--format", "json"]) == 2
        output = capsys.readouterr()
        assert reason in output.err
        assert output.out == ""


def test_a_reader_that_has_seen_enough_is_no_error():
    """`chuangwen plan parse … | head`: the pipe is closed before everything is printed."""
    command = [sys.executable, "-m", "chuangwen.cli", "plan", "parse", str(NOTICE)]
    run = subprocess.Popen(
        [*command, "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    run.stdout.close()
    assert (run.stderr.read(), run.wait()) == (b"", 0)
