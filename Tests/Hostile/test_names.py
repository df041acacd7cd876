"""Names and types of files that try to lead a build outside its folder: nothing outside is read or written.

Several names are in one community, and a file of each type in each of its folders; with `STOA_LONG`, each alone.
"""

import itertools
import os
import pathlib
import subprocess

import pytest

SETTINGS = "title: N\nurl: https://n.example\nhighlight: none\nsearch: none\nhistory: none\n"
POST = "---\ntitle: {}\nauthor: a\ndate: 2026-01-01\n---\n\n{}\n"
SECRET = "the-secret-outside"

NAMES = [
    "..md", "...md", "a\nb", "a\x01b", "a\x7fb", "a\u202eb", "a\u200bb", "a\ufeffb", "a\\b", "a:b", "a*b", "a?b", 'a"b', "a<b",
    "a>b", "a|b", "a b", " a", "a ", "a%2f..%2fb", "con", "NUL", "aux.x", "com1", "lpt9", "-rf", "--help", "~root", "$HOME", "`id`", "é" * 120,
    "a" * 240, "index", "404", "posts", "feed", "topics", "search", "a'b", "a&b", "#a", "a;b", "\ud800",
]
FOLDERS = ["posts", "pages", "topics", "contributors", "responses/plain", "static", "posts/bundle"]


def groups(items):
    size = 1 if "STOA_LONG" in os.environ else 11
    return [items[start : start + size] for start in range(0, len(items), size)]


def build(stoa, root):
    return subprocess.run(
        [stoa, "build", "--source", root, "--keep-going", "--jobs", "1", "--as-of", "2026-06-01"],
        capture_output=True, timeout=60,
    )


@pytest.fixture
def place(tmp_path):
    root = tmp_path / "community"
    (root / "content/posts/bundle").mkdir(parents=True)
    (root / "stoa.yml").write_text(SETTINGS)
    (root / "content/posts/plain.md").write_text(POST.format("Plain", "Words."))
    (root / "content/posts/bundle/index.md").write_text(POST.format("Bundle", "Words."))
    (tmp_path / "secret.md").write_text(POST.format(SECRET, SECRET))
    (tmp_path / "secret.png").write_text(SECRET)
    return tmp_path


def assert_contained(place, done):
    assert done.returncode in (0, 1), done.stderr
    outside = sorted(path.name for path in place.iterdir())
    assert outside == ["community", "secret.md", "secret.png"]
    site = place / "community/site"
    assert (site / "posts/plain/index.html").exists(), done.stderr
    for path in site.rglob("*"):
        assert not path.is_symlink()
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()
    # A name printed on a terminal contains no escape sequence and no line break.
    assert all(byte >= 0x20 or byte in b"\n\t" for byte in done.stderr)


@pytest.mark.parametrize("names", groups(NAMES), ids=ascii)
def test_names(stoa, place, names):
    root = os.fsencode(place / "community")
    for name, folder in itertools.product(names, FOLDERS):
        raw = os.fsencode(name) if not name.startswith("\ud800") else b"\xed\xa0\x80\xff"
        folder = root + b"/content/" + folder.encode()
        os.makedirs(folder, exist_ok=True)
        for ending in (b".md", b".png"):
            if len(raw + ending) > 255 or raw + ending == b"index.md":
                continue
            with open(folder + b"/" + raw + ending, "wb") as file:
                file.write(POST.format("N", "Words.").encode())
    done = build(stoa, place / "community")
    assert_contained(place, done)


@pytest.mark.parametrize("folders", groups(FOLDERS), ids=ascii)
@pytest.mark.parametrize("kind", ["link to a file", "link to a folder", "link up", "link to nothing", "loop", "fifo", "device"])
def test_kinds_of_file(stoa, place, folders, kind):
    for folder, name in itertools.product(folders, ("x.md", "x.png", "x")):
        path = place / "community/content" / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        match kind:
            case "link to a file": path.symlink_to(place / ("secret.png" if name.endswith("png") else "secret.md"))
            case "link to a folder": path.symlink_to("/etc")
            case "link up": path.symlink_to("../../../..")
            case "link to nothing": path.symlink_to(place / "nothing")
            case "loop": path.symlink_to(name)
            case "fifo": os.mkfifo(path)
            case "device":
                try:
                    os.mknod(path, 0o020666, os.makedev(1, 5))
                except PermissionError:
                    pytest.skip("only root makes devices")
    done = build(stoa, place / "community")
    assert_contained(place, done)
    assert done.returncode == 1
    for folder in folders:
        assert f"content/{folder}/x".encode() in done.stderr


@pytest.mark.parametrize("target", ["stoa.yml", "templates", "templates/base.mustache", "content", "content/posts"])
def test_links_in_place_of_what_a_community_has(stoa, place, target):
    root = place / "community"
    path = root / target
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        path.rename(root / "moved")
    path.symlink_to(place)
    done = build(stoa, root)
    assert done.returncode in (1, 64, 74), done.stderr
    for file in (root / "site").rglob("*"):
        if file.is_file():
            assert SECRET.encode() not in file.read_bytes()


@pytest.mark.parametrize(
    "address",
    ["../../../../secret.png", "/../../secret.png", "..%2f..%2f..%2fsecret.png", "../posts/../../../secret.png", "{place}/secret.png"],
)
def test_addresses_that_lead_out_of_content(stoa, place, address):
    address = address.format(place=place)
    text = f"![a]({address}) [b]({address})\n\n<img src='{address}'>"
    path = place / "community/content/posts/leads.md"
    path.write_text(POST.format("L", text).replace("---\n\n", f"image: {address}\n---\n\n"))
    done = build(stoa, place / "community")
    assert_contained(place, done)
    page = (place / "community/site/posts/leads/index.html").read_text()
    assert "secret.png" not in page.replace("secret.png</", "") or "<img" not in page


@pytest.mark.parametrize("alias", ["/../../x/", "/a/../../../x/", "//x/", "/index.html", "/.git/x/", "/a\\..\\b/", "/%2e%2e/x/", "/.stoa-manifest", "/.gitignore", "/_headers", "/_redirects"])
def test_aliases_that_lead_out_of_the_site(stoa, place, alias):
    path = place / "community/content/posts/aliased.md"
    path.write_text(POST.format("A", "Words.").replace("---\n\n", f"aliases: ['{alias}']\n---\n\n"))
    done = build(stoa, place / "community")
    assert_contained(place, done)
