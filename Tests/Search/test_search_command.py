"""The output of `stoa search`, also for words that no document has."""

import pytest

from conftest import run

FILES = {
    "stoa.yml": "title: Found\nhistory: none\naudiences: [team, public]\ndefault-audience: public\n",
    "content/posts/herons.md": "---\ntitle: Waiting\nauthor: Ada\ndate: 2026-01-01\ntopics: [Birds]\n---\n\nA pond. The heron waits there.\n",
    "content/responses/herons/20260102-aaaaaaaa.md": "---\nguest: Wim\ndate: 2026-01-02\n---\n\nIs it a *heron*? My heron was an egret.\n",
    "content/responses/herons/20260103-aaaaaaaa.md": "---\nauthor: Ada\ndate: 2026-01-03\nreply-to: 20260102-aaaaaaaa\n---\n\nAn egret, then.\n",
    "content/posts/plan.md": "---\ntitle: Plan\nauthor: Bo\ndate: 2026-01-04\naudience: team\n---\n\nA cormorant.\n",
}


@pytest.fixture
def search(stoa, tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return lambda *words: run(stoa, "search", "--source", tmp_path, *words, check=False)


def test_a_result_says_where_who_when_and_the_sentence(search):
    result = search("heron")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Waiting", "  /posts/herons/#response-20260102-aaaaaaaa", "  Wim · 2026-01-02 · 1 more here", "  Is it a heron?",
    ]
    assert "Ada · in reply to Wim · 2026-01-03" in search("egret", "--by", "Ada").stdout


def test_words_that_occur_nowhere_are_named(search):
    result = search("walrus")
    assert (result.stdout, result.stderr) == ("", "“walrus” occurs nowhere\nno results\n")
    result = search("hreon")
    assert "Waiting" in result.stdout and result.stderr == "“hreon” was not found; these are the results for “heron”\n"
    assert search("pond", "cormorant").stderr == "no result has all of these words; these have some of them\n"


def test_an_audience_finds_what_it_sees(search):
    assert "Plan" in search("cormorant").stdout
    assert "occurs nowhere" in search("cormorant", "--audience", "public").stderr


def test_filters_narrow_what_is_found(search):
    assert search("birds", "--kind", "topic").stdout.splitlines()[:2] == ["Birds", "  /topics/birds/"]
    assert search("heron", "--topic", "birds").stdout != ""
    for option, value, problem in [("--topic", "fish", "no topic"), ("--by", "Zoe", "no contributor"), ("--kind", "bird", "is not a kind")]:
        result = search("heron", option, value)
        assert result.returncode == 64 and problem in result.stderr
