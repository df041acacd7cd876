"""Cases about e-mail addresses in texts and names that are imported."""

import json

import pytest
from conftest import run


@pytest.fixture
def imported(stoa, shared, tmp_path):
    """Imports a case's Staticman source; returns the texts of its comments by id, and the report."""

    def imports(name):
        report = tmp_path / "report.json"
        run(stoa, "import", "staticman", shared / "cases" / name / "src", "--into", tmp_path, "--report", report)
        responses = {path.stem: path.read_text() for path in (tmp_path / "content/responses/hello").glob("*.md")}
        return responses, json.loads(report.read_text())

    return imports


def test_a_sentence_of_chinese_keeps_its_words(imported):
    responses, report = imported("cjk-mail")
    assert "同学你好，麻烦发我一份，邮箱[address removed]谢谢哦，祝好" in responses["cjk"].replace("\\", "")
    notes = [note for item in report["items"] for note in item.get("notes", [])]
    assert any(note.startswith("an address in it was masked, on line ") for note in notes)


def test_an_address_behind_chinese_letters_is_masked(imported):
    responses, _ = imported("cjk-mail-leak")
    assert "123456789" not in responses["a"]
    assert "我邮箱么[address removed]，感激！" in responses["a"].replace("\\", "")


def test_what_is_an_address_is_masked_and_nothing_else(imported):
    responses, _ = imported("mail-kept")
    texts = {name: text.rstrip().split("\n")[-1].replace("\\", "") for name, text in responses.items()}
    assert texts["a"] == "@name@example.com hello"
    assert texts["b"] == "(//[address removed])"
    assert texts["d"] == "[address removed]@x"
    assert texts["e"].startswith("[address removed] and ")
    assert texts["f"] == "name@localhost"
    assert texts["g"] == "[address removed], [address removed]"


def test_a_name_keeps_what_is_no_address(imported):
    responses, _ = imported("name-with-mail")
    assert "guest: Ada\n" in responses["mailname"]


def test_versions_and_machines_are_no_addresses(imported):
    responses, _ = imported("package-version-masked")
    assert "npm install react@16.8.0 and pip install x==1, ssh deploy@10.0.0.1" in responses["npm"].replace("\\", "")
