"""The example community with Arabic as its own language."""

from conftest import copy_example


def write_right_to_left(folder):
    copy_example(folder)
    settings = folder / "stoa.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("language: en", "language: ar"), encoding="utf-8")
