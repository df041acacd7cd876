"""Exports in encodings other than UTF-8: libxml2 decodes them with iconv or with ICU, depending on how it was built."""

import pytest
from conftest import run

EXPORT = """<?xml version="1.0" encoding="{encoding}"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id>rope</id><link>https://old.example/rope/</link><title>{text}</title>
  <createdAt>2012-01-01T00:00:00Z</createdAt><isDeleted>false</isDeleted></thread>
<post dsq:id="11"><message>{text}</message><createdAt>2012-01-02T00:00:00Z</createdAt>
  <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Bo</name></author><thread dsq:id="1"/></post>
</disqus>
"""


@pytest.fixture
def community(tmp_path):
    folder = tmp_path / "community"
    (folder / "content").mkdir(parents=True)
    (folder / "stoa.yml").write_text("title: Ours\n")
    return folder


@pytest.mark.parametrize("encoding, text", [
    ("utf-8", "naïve “quotes” €"), ("utf-16", "naïve “quotes” €"), ("iso-8859-1", "naïve façade"), ("windows-1252", "naïve “quotes” €"),
    ("iso-8859-15", "naïve cœur €"), ("windows-1251", "Верёвка"), ("koi8-r", "Верёвка"), ("iso-8859-2", "łódź"), ("shift_jis", "縄の話"),
    ("gb2312", "绳子"), ("big5", "繩子"), ("euc-kr", "밧줄"),
])
def test_an_export_is_read_in_its_own_encoding(stoa, tmp_path, community, encoding, text):
    export = tmp_path / "export.xml"
    export.write_bytes(EXPORT.format(encoding=encoding, text=text).encode(encoding))
    run(stoa, "import", "disqus", export, "--into", community, "--keep-html", "--author", "Ada")
    texts = "".join(path.read_text(encoding="utf-8") for path in (community / "content").rglob("*.md"))
    # In the title and in the comment.
    assert texts.count(text) >= 2, texts


def test_an_encoding_that_nobody_knows_is_an_error_at_its_place(stoa, tmp_path, community):
    export = tmp_path / "export.xml"
    export.write_text(EXPORT.format(encoding="klingon-1", text="x"))
    result = run(stoa, "import", "disqus", export, "--into", community, check=False)
    assert result.returncode != 0 and "export.xml:1" in result.stderr and "klingon-1" in result.stderr


def test_a_byte_that_its_encoding_does_not_have_is_no_lost_text_in_silence(stoa, tmp_path, community):
    export = tmp_path / "export.xml"
    # 0x81 is undefined in windows-1252.
    export.write_bytes(EXPORT.format(encoding="windows-1252", text="before \x81 after").encode("latin-1"))
    result = run(stoa, "import", "disqus", export, "--into", community, "--keep-html", check=False)
    texts = "".join(path.read_text(encoding="utf-8") for path in (community / "content").rglob("*.md"))
    assert "before" in texts and "after" in texts or "export.xml:" in result.stdout + result.stderr
