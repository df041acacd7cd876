"""The sessions of the guide: what its pages say to type is typed, in order, and what they show must come.

The words after the language in a fence's first line say what the block is, and no renderer shows them:

    ```sh session            commands, each of which must succeed
    ```sh session fails      commands, the last of which must end with 1
    ```text output           lines that the commands before it print
    ```console session       commands behind "$ ", each with exactly what it prints
    ```yaml file=stoa.yml    a file that the page says to write
    ```yaml add=stoa.yml     lines that the page says to put at a file's end; the path may have a *
    ```sh elsewhere          commands that need a browser, a forge or a file edited by hand, which other tests have
"""

import os
import re
import subprocess

import pytest
import sources
import yaml
from conftest import ROOT, run

PAGES = ROOT / "content" / "posts"
FENCE = re.compile(r"^(`{3,})(\w+) (?!elsewhere)([^\n`]+)\n(.*?)^\1$", re.M | re.S)
# The minimum number of lines and files: fewer would mean that a mark got lost.
EXPECTED = {"commands": 65, "lines of output": 23, "files": 4}


def guide():
    """The pages of the guide, as its topic lists them."""
    order = yaml.safe_load((ROOT / "content/topics/guide.md").read_text(encoding="utf-8").split("---\n")[1])["order"]
    return [PAGES / f"{slug}.md" for group in order for slugs in group.values() for slug in slugs]


def blocks(page):
    """The marked blocks of a page in order: language, marks and text."""
    return [(language, marks.split(), text) for _, language, marks, text in FENCE.findall(page.read_text(encoding="utf-8"))]


def parts(page):
    """The actions on a page, in order."""
    for language, marks, text in blocks(page):
        target = re.fullmatch(r"(file|add)=(\S+)", marks[0])
        if target:
            yield target[1], target[2], text
        elif marks == ["output"]:
            yield "output", None, text
        elif marks[0] == "session" and language == "console":
            yield "console", None, text
        else:
            assert (language, marks[0]) == ("sh", "session") and marks[1:] in ([], ["fails"]), (page.name, marks)
            yield "commands", len(marks) > 1, text


WITH_SESSIONS = [page for page in guide() if blocks(page)]


class Terminal:
    """A shell that executes one line after the other."""

    def __init__(self, folder, stoa):
        settings = folder.parent / "gitconfig"
        settings.write_text("[user]\n\tname = Ada Byron\n\temail = ada@example.org\n")
        self.environment = {
            **os.environ, "PATH": f"{stoa.parent}:{os.environ['PATH']}", "HOME": str(folder), "EDITOR": "", "VISUAL": "",
            "NO_COLOR": "1", "GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.folder = folder

    def type(self, line):
        """The output of a command, both streams together, and its status."""
        # A change of the folder in one line applies to the following lines.
        end = self.folder.parent / "folder-after"
        script = f'{line}\nstatus=$?\npwd >"{end}"\nexit $status'
        result = subprocess.run(
            ["bash", "-c", script], cwd=self.folder, env=self.environment, text=True, timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if end.exists():
            self.folder = type(self.folder)(end.read_text().strip())
        return result.stdout, result.returncode


def as_pattern(line):
    """A line of the page as a pattern, in which ids, dates and times may differ."""
    line = re.escape(line)
    line = re.sub(r"\d{8}\\-[0-9a-z]{8}", lambda _: r"\d{8}-[0-9a-z]{8}", line)
    line = re.sub(r"\d{4}\\-\d\d\\-\d\d", lambda _: r"\d{4}-\d\d-\d\d", line)
    return re.sub(r"\d+\\ ms", lambda _: r"\d+ ms", line)


def commands(text):
    """The commands of a block; a line that ends in a backslash continues."""
    return re.sub(r"\\\n\s*", "", text).splitlines()


@pytest.mark.parametrize("page", WITH_SESSIONS, ids=lambda page: page.stem)
def test_what_a_page_says_to_type_does_what_it_says(page, tmp_path, stoa):
    folder = tmp_path / "scratch"
    folder.mkdir()
    terminal = Terminal(folder, stoa)
    terminal.folder = sources.prepare(page.stem, folder, lambda *words, **options: run(stoa, *words, **options))
    printed = ""
    for kind, detail, text in parts(page):
        if kind == "commands":
            printed = ""
            lines = [line for line in commands(text) if line and not line.startswith(sources.DONE)]
            for place, line in enumerate(lines):
                output, status = terminal.type(line)
                expected = 1 if detail and place == len(lines) - 1 else 0
                assert status == expected, f"{line}: {status}\n{output}"
                printed += output
        elif kind == "output":
            for line in text.splitlines():
                assert re.search(f"^{as_pattern(line)}$", printed, re.M), f"{line!r} is not in {printed!r}"
        elif kind == "console":
            for line, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.M):
                assert re.fullmatch(as_pattern(output), terminal.type(line)[0]), (line, terminal.type(line)[0])
        else:
            file = next(terminal.folder.glob(detail), terminal.folder / detail)
            file.parent.mkdir(parents=True, exist_ok=True)
            before = file.read_text(encoding="utf-8") if kind == "add" else ""
            file.write_text(before + text, encoding="utf-8")
    sources.look_at(page.stem, folder)


def test_no_mark_got_lost():
    found = dict.fromkeys(EXPECTED, 0)
    for page in WITH_SESSIONS:
        for kind, _, text in parts(page):
            if kind == "commands":
                found["commands"] += len(commands(text))
            elif kind == "console":
                found["commands"] += len(re.findall(r"^\$ ", text, re.M))
                found["lines of output"] += len(re.findall(r"^(?!\$ )", text, re.M)) - 1
            elif kind == "output":
                found["lines of output"] += len(text.splitlines())
            else:
                found["files"] += 1
    print(found)
    assert all(found[name] >= number for name, number in EXPECTED.items()), found


def test_every_command_that_the_guide_shows_is_tried():
    """Each block of commands is a session, or is marked as needing something that a test does not have."""
    for page in guide():
        for marks, text in re.findall(r"^```sh([^\n]*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S):
            assert marks.strip(), f"{page.name}: say “session” or “elsewhere” behind sh: {text}"
