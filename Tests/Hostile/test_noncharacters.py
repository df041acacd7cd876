"""A site is UTF-8 and its feeds are XML, whatever code points its authors use."""

import xml.etree.ElementTree as xml

import lxml.etree

from conftest import run

NONCHARACTERS = [*range(0xFDD0, 0xFDF0), *(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF))]

TEXT = """## a{0}b

c{0} *{0}* [{0}](/d{0} "e{0}") ![{0}](https://f.example/{0}.png "{0}") `{0}` <https://g.example/{0}> [[{0}]] [^n]

```h{0}
{0}
```

    {0}

<p title="{0}">{0} <a href="https://i.example/{0}">{0}</a> <img src="/{0}.png" alt="{0}" title="{0}"></p>

| {0} |
| - |
| {0} |

[^n]: {0}
"""


def test_every_file_of_a_site_can_be_read(stoa, tmp_path):
    assert len(NONCHARACTERS) == 66
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    (tmp_path / "stoa.yml").write_text(
        'title: "T\\uFFFF"\ndescription: "D\\uFFFE"\nurl: https://n.example\nhighlight: none\nsearch: none\nhistory: none\n')
    for number, code in enumerate(NONCHARACTERS):
        escape = f"\\U{code:08X}"
        forms = "".join(TEXT.format(form) for form in (f"&#x{code:X};", f"&#{code};", chr(code)))
        (posts / f"p{number}.md").write_text(
            f'---\ntitle: "T{escape}t"\nauthor: "A{escape}b"\ndate: 2026-01-01\ntopics: ["U{escape}v"]\nsummary: "S{escape}"\n'
            f'x-free: "{escape}"\n---\n\n{forms.replace("[^n]", f"[^n{number}]")}', encoding="utf-8")
        responses = tmp_path / f"content/responses/p{number}"
        responses.mkdir(parents=True)
        (responses / "r.md").write_text(
            f'---\nguest: "G{escape}h"\ndate: 2026-01-02\n---\n\n{forms}', encoding="utf-8")
    done = run(stoa, "build", "--source", tmp_path, "--keep-going", "--as-of", "2026-06-01", check=False)
    assert done.returncode in (0, 1)
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert len(files) > 2 * 66
    for path in files:
        text = path.read_bytes().decode("utf-8")
        assert not any(chr(code) in text for code in NONCHARACTERS), path
        if path.suffix == ".xml":
            xml.parse(path)
            lxml.etree.parse(str(path))
    assert "\ufffd" in (tmp_path / "site/responses.xml").read_text(encoding="utf-8")
