"""The example community with another language as its own."""

from conftest import copy_example


def write_example(folder, language):
    copy_example(folder)
    settings = folder / "stoa.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("language: en", f"language: {language}"), encoding="utf-8")
