"""Commands on a new data folder, or before the database is made, say what to do."""

from tests.ops.installation import Installation


def test_migrating_makes_the_data_folder(tmp_path):
    installation = Installation(tmp_path / "new" / "data", {"CHUANGWEN_DATABASE_URL": ""})
    installation.run("manage", "migrate", "--verbosity", "0")
    assert (installation.data / "chuangwen.sqlite3").is_file()
    installation.run("audit", "verify")


def test_a_command_before_that_names_the_way(tmp_path):
    installation = Installation(tmp_path / "data", {"CHUANGWEN_DATABASE_URL": ""})
    told = installation.run("audit", "verify", code=1)
    assert "数据库不能使用" in told
    assert "chuangwen manage migrate" in told
    assert "Traceback" not in told
