"""Communities of unusual texts: whatever they contain, the output is valid.

`STOA_TRUST_OUTPUTS` sets the number of communities: 3,000 in `make trust`.
"""

import os
import random
import subprocess

import pytest

from valid_output import problems

COUNT = int(os.environ.get("STOA_TRUST_OUTPUTS", "20"))
PIECES = [
    "<", ">", "&", '"', "'", "]]>", "<![CDATA[", "<!--", "-->", "<?xml?>", "&#0;", "&#1;", "&#xFFFE;", "&#xFFFF;", "&#xD800;", "&#xDFFF;",
    "&#x110000;", "&#11;", "&nbsp;", "&copy", "&amp;#1;", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\u2028", "\u2029", "\x85", "\x7f", "\u202e",
    "\u0000", "\x01", "\x0b", "\x0c", "\x1b", "\r", "\ufeff", "\u0301", "\u200d", "\U0001f468\u200d\U0001f469", "é", "e\u0301", "中", "א", "\\", "\\u0000", "\\ud800",
    "`", "```\n", "$x$", "[[", "]]", "[[p0]]", "[[p1|", "@ada", "[a](/b?c&d=\"e)", "![](x.png)", "[x]: <a b>", "[^1]", "[^1]: note", "| a | b |\n|---|---|\n| c |",
    "# ", "## Heading\n", "> [!NOTE]\n> ", "- [ ] ", "<script>", "<svg>", "<math>", "<img src=x alt=\"&#1;\">", "<a href=\"/a&b\">", "<details>", "<p title='\ufffe'>",
    "https://a.example/?a=1&b=2", "mailto:x", "words ", "more words ", "\n", "\n\n", "  ", "\t", "{{x}}", "{{{y}}}", "%", "%s", "%00", "\ud7ff", "\ue000",
]
# Bytes that are not UTF-8, for files that may contain any bytes.
RAW = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe4\xb8", b"\0"]


class Writer:
    def __init__(self, root, seed):
        self.root = root
        self.random = random.Random(seed)

    def text(self, most):
        return "".join(self.random.choice(PIECES) for _ in range(self.random.randint(1, most)))

    def value(self, most=6, isclean=False):
        """A YAML value in double quotes; some have characters that YAML does not allow."""
        text = self.text(most).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
        if isclean or self.random.random() < 0.8:
            text = "".join(character for character in text if character >= " " and character not in "\x7f\x85\ufeff\ufffe\uffff") or "x"
        return f'"{text}"'

    def write(self, name, lines, most=60):
        data = ("---\n" + "\n".join(lines) + "\n---\n\n" + self.text(most) + "\n").encode("utf-8", "surrogatepass")
        if self.random.random() < 0.05:
            cut = self.random.randrange(len(data))
            data = data[:cut] + self.random.choice(RAW) + data[cut:]
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def run(self):
        chance = lambda probability: self.random.random() < probability
        settings = [
            f"title: {self.value(isclean=True)}", f"description: {self.value(12, isclean=True)}", "url: https://t.example/b", "highlight: none", "search: none", "history: none",
            f"x-note: {self.value(isclean=True)}", f"math: {str(chance(0.2)).lower()}", f"smart-punctuation: {str(chance(0.5)).lower()}",
        ]
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "stoa.yml").write_bytes("\n".join(settings).encode("utf-8", "surrogatepass"))
        for number in range(self.random.randint(1, 3)):
            lines = [f"title: {self.value()}", f"author: [ada, {self.value()}]", "date: 2026-01-01", f"topics: [trust, {self.value()}]", f"summary: {self.value(20)}", f"x-a: {self.value()}"]
            if chance(0.3):
                lines.append("kind: question")
            if chance(0.3):
                lines.append(f"source: {{url: 'https://a.example/?a&b', title: {self.value()}}}")
            self.write(f"posts/p{number}.md", lines)
            for answer in range(self.random.randint(0, 3)):
                lines = [f"guest: {self.value()}", "date: 2026-01-02", f"url: {self.random.choice(['https://a.example/?a&b', self.value()])}"]
                if chance(0.2):
                    lines.append(f"removed: {self.value()}")
                self.write(f"responses/p{number}/r{answer}.md", lines, most=30)
        self.write("contributors/ada.md", [f"name: {self.value()}", f"aliases: [{self.value()}]"])
        self.write("topics/trust.md", [f"title: {self.value()}"])
        self.write("pages/about.md", [f"title: {self.value()}", f"menu: {self.value()}", f"aliases: [{self.value()}]"])


@pytest.mark.parametrize("seed", range(COUNT))
def test_every_text_can_be_read(stoa, tmp_path, seed):
    root = tmp_path / "community"
    Writer(root, seed).run()
    done = subprocess.run(
        [stoa, "build", "--source", root, "--keep-going", "--as-of", "2026-06-01", "--jobs", "1"], capture_output=True, timeout=120)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr.decode("utf-8") and (root / "site/index.html").exists()
    assert problems(root / "site") == {}
    for form in ("json", "sarif", "gitlab"):
        said = subprocess.run(
            [stoa, "check", "--source", root, "--format", form, "--as-of", "2026-06-01"], capture_output=True, timeout=120)
        assert said.returncode in (0, 1), said.stderr
        check_said(root, said.stdout)


def check_said(root, data):
    """A check's output for programs is JSON, too."""
    path = root / "said" / "said.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    assert problems(path.parent) == {}
