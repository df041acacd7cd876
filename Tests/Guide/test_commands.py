"""The guide's page of commands agrees with the program's help. STOA_RECORD=1 rewrites its tables: make record."""

import json
import os
import re

from conftest import ROOT, run

PAGE = ROOT / "content/posts/commands.md"
BEGIN, END = "<!-- stoa --help -->\n", "<!-- end -->"
# Options that every command has, and that are listed once.
EVERYWHERE = {"help", "version"}


def name(argument):
    """The form of an argument, the long form first."""
    if argument["kind"] == "positional":
        value = argument["valueName"]
        return f"`[{value}]`" if argument["isOptional"] else f"`{value}`"
    forms = sorted(argument["names"], key=lambda form: form["kind"] == "short")
    typed = ", ".join(("-" if form["kind"] == "short" else "--") + form["name"] for form in forms)
    return f"`{typed}`" if argument["kind"] == "flag" else f"`{typed} {argument['valueName']}`"


def meaning(argument):
    text = argument.get("abstract", "")
    default = argument.get("defaultValue")
    if default and "(default" not in text:
        text += f" (default: {default})"
    if argument.get("allValues"):
        text += " One of " + ", ".join(f"`{value}`" for value in argument["allValues"]) + "."
    # Angle brackets and vertical bars have to be escaped.
    return text.replace("|", "\\|").replace("<", "&lt;")


def sections(command, parents=()):
    """The section of a command and of its subcommands."""
    words = (*parents, command["commandName"])
    if command["commandName"] == "help" or not command.get("shouldDisplay", True):
        return
    if parents:
        yield f"{'#' * min(len(words), 4)}# stoa {' '.join(words[1:])}\n"
        yield command["abstract"].replace("<", "&lt;") + "\n"
        if command.get("discussion"):
            yield re.sub(r"\n(?!\n)", " ", command["discussion"]).replace("<", "&lt;") + "\n"
        own = [
            argument for argument in command.get("arguments", [])
            if argument.get("shouldDisplay", True) and argument.get("preferredName", {}).get("name") not in EVERYWHERE
        ]
        if own:
            yield "| Argument | Meaning |\n| :--- | :--- |\n" + "".join(f"| {name(a)} | {meaning(a)} |\n" for a in own)
    for below in command.get("subcommands", []):
        yield from sections(below, words)


def tables(stoa):
    dump = json.loads(run(stoa, "--experimental-dump-help").stdout)
    return "\n".join(sections(dump["command"]))


def test_the_page_has_every_command_and_option(stoa):
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    written, after = rest.split(END)
    now = f"\n{tables(stoa)}\n"
    if os.environ.get("STOA_RECORD") == "1":
        PAGE.write_text(before + BEGIN + now + END + after, encoding="utf-8")
        return
    assert written == now, "make record writes the tables of content/posts/commands.md anew"


def test_the_exit_codes_are_those_of_the_program():
    source = (ROOT / "Sources/CommandLine/ExitStatus.swift").read_text(encoding="utf-8")
    codes = set(re.findall(r"ExitCode\((\d+)\)", source)) | {"0"}
    table = PAGE.read_text(encoding="utf-8").split("## Exit codes")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| (\d+) \|", table, re.M)) == codes
