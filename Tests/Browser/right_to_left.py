"""The example community as if its own language were Arabic."""

import shutil

from conftest import ROOT


def write_right_to_left(folder):
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "templates", folder / "templates")
    settings = (ROOT / "stoa.yml").read_text(encoding="utf-8")
    (folder / "stoa.yml").write_text(settings.replace("language: en", "language: ar"), encoding="utf-8")
