"""A program that uses `import Stoa`: the article's code is compiled and run as a package of its own."""

import re
import shutil

import pytest
from conftest import ROOT, run

ARTICLE = ROOT / "Sources" / "Stoa" / "Stoa.docc" / "BuildASite.md"

# Strict settings: with them, a client sees no member of a module that Stoa does not export.
SETTINGS = ', swiftSettings: [.enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error)]'

# The same options as in the Makefile.
OPTIMISED = ["-Xswiftc", "-enable-testing", "-Xswiftc", "-assert-config", "-Xswiftc", "Debug"]

FORGETFUL = """
import Stoa

var options = BuildOptions(root: "notes")
if CommandLine.arguments.count == 2 { options.worker = CommandLine.arguments[1] }
do {
  let report = try await build(options)
  print(report.written?.written.count ?? 0)
} catch let error as any InputOutputFailure {
  print(error)
}
"""

EXPORT = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id>rope</id><forum>old</forum><link>https://old.example/2012/rope/</link>
  <title>Rope</title><createdAt>2012-01-01T00:00:00Z</createdAt><isClosed>false</isClosed>
  <isDeleted>false</isDeleted></thread>
<post dsq:id="11"><message><![CDATA[<p>It holds.</p>]]></message><createdAt>2012-01-02T00:00:00Z</createdAt>
  <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Bo</name></author><thread dsq:id="1"/></post>
</disqus>
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    """The folder with the article's program, and with one that omits the call for workers."""
    manifest, *parts = re.findall(r"^```swift\n(.*?)^```$", ARTICLE.read_text("utf-8"), re.M | re.S)
    product = 'dependencies: [.product(name: "Stoa", package: "stoa")]'
    target = f'.executableTarget(name: "Forgetful", {product}{SETTINGS}),\n    .executableTarget('
    for old, new in [
        ('path: "../stoa"', f'name: "stoa", path: "{ROOT}"'),
        (product, product + SETTINGS),
        (".executableTarget(", target),
    ]:
        assert manifest.count(old) == 1
        manifest = manifest.replace(old, new)
    package = tmp_path_factory.mktemp("client")
    (package / "Package.swift").write_text(manifest)
    for name, code in [("Notes", "\n".join(parts)), ("Forgetful", FORGETFUL)]:
        (package / "Sources" / name).mkdir(parents=True)
        (package / "Sources" / name / "main.swift").write_text(code)
    if (ROOT / "Package.resolved").exists():
        shutil.copy(ROOT / "Package.resolved", package)
    # Compiled in make test's build folder and with its options, so that only the two programs are new.
    tests = ROOT / ".build" / "tests"
    isoptimised = (tests / "release").exists()
    scratch, configuration = (tests, "release") if isoptimised else (ROOT / ".build", "debug")
    options = ["-c", "release", *OPTIMISED] if isoptimised else []
    built = run("swift", "build", *options, "--package-path", package, "--scratch-path", scratch, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    for name in ["Notes", "Forgetful"]:
        shutil.move(scratch / configuration / name, package / name)
    return package


@pytest.fixture
def notes(tmp_path):
    """The folder with a community `notes`, in which the programs run."""
    post = tmp_path / "notes" / "content" / "posts" / "rope.md"
    post.parent.mkdir(parents=True)
    post.write_text("---\ntitle: Rope\nauthor: Ada\ndate: 2026-03-04\n---\n\nSee [[Knots]].\n")
    (tmp_path / "notes" / "stoa.yml").write_text("title: Notes\n")
    (tmp_path / "export.xml").write_text(EXPORT)
    return tmp_path


def test_the_article_s_program_does_what_the_article_says(programs, notes):
    lines = run(programs / "Notes", cwd=notes).stdout.splitlines()
    place = "content/posts/rope.md:7:5: warning: nothing is called “Knots”"
    assert lines[0].startswith(place) and lines[0].endswith("[unresolved-link]")
    files = [path for path in (notes / "notes" / "site").rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert lines[1] == f"{len(files)} files written to {notes}/notes/site"
    assert lines[2:4] == ["Load begins", "Select begins"]
    assert "new: posts/rope/index.html" in lines
    assert "https://preview.example.org/posts/rope/" in (notes / "preview" / "posts" / "rope" / "index.html").read_text()
    assert "content/posts/rope.md, line 7: nothing is called “Knots”" in lines
    assert "wrong option: stoa.yml lists no audiences" in lines
    cancelled = lines.index("cancelled")
    assert lines[cancelled + 1] == "disqus old"
    assert re.fullmatch(r"comment +1 +1 +0 +0", lines[cancelled + 4])
    assert (notes / "notes" / "content" / "responses" / "rope" / "comment-11.md").exists()


def test_a_program_that_is_no_worker_is_told_what_it_lacks(programs, notes):
    said = run(programs / "Forgetful", cwd=notes).stdout
    assert said.startswith(f"{programs}/Forgetful does not start as a worker")
    assert "StoaWorker.runIfAsked()" in said
    assert not (notes / "notes" / "site").exists()


def test_a_program_can_name_another_as_its_worker(programs, notes, stoa):
    assert int(run(programs / "Forgetful", stoa, cwd=notes).stdout) > 20
