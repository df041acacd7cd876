"""A preview in a browser: it reloads at the reader's place, and shows the errors that prevent a build."""

import pytest

from Commands.preview import POST, Preview


@pytest.fixture
def preview(stoa, tmp_path):
    """A preview of one long post."""
    root = tmp_path / "bells"
    (root / "content" / "posts").mkdir(parents=True)
    (root / "stoa.yml").write_text("title: Bells\n")
    write(root, "Bronze.")
    preview = Preview(stoa, root)
    yield preview
    preview.process.kill()
    preview.process.communicate()


def write(root, text, date="2026-03-04"):
    post = POST.format(title="Casting", text=f"{text}\n\n" + "A long way down.\n\n" * 200)
    (root / "content" / "posts" / "a.md").write_text(post.replace("2026-03-04", date))


def test_a_page_reloads_at_a_save_and_stays_where_the_reader_is(preview, new_page):
    page = new_page()
    page.goto(preview.address + "posts/a/")
    page.evaluate("scrollTo(0, 3000)")
    write(preview.root, "Tin.")
    page.get_by_text("Tin.").wait_for(state="attached")
    page.wait_for_function("Math.abs(scrollY - 3000) < 2")


def test_mistakes_lie_over_the_page_until_they_are_mended(preview, new_page):
    page = new_page()
    page.goto(preview.address + "posts/a/")
    write(preview.root, "Bronze.", date="soon")
    overlay = page.locator("stoa-problems")
    overlay.get_by_text("content/posts/a.md:4:7").wait_for()
    overlay.get_by_text("“soon” is not a date").wait_for()
    assert overlay.locator("pre").text_content() == "4 | date: soon\n          ^"
    write(preview.root, "Mended.")
    page.get_by_text("Mended.").wait_for()
    overlay.wait_for(state="detached")


def test_a_mistake_s_words_are_text(preview, new_page):
    page = new_page()
    page.goto(preview.address + "posts/a/")
    write(preview.root, "Bronze.", date='"<img src=x onerror=document.title=1>"')
    overlay = page.locator("stoa-problems")
    overlay.get_by_text("content/posts/a.md:4:").wait_for()
    overlay.get_by_text("<img src=x").first.wait_for()
    assert overlay.locator("img").count() == 0


def test_a_page_that_was_out_of_sight_catches_up(preview, new_page):
    page = new_page()
    page.goto(preview.address + "posts/a/")
    hidden = "Object.defineProperty(document, 'hidden', { value: %s, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(hidden % "true")
    write(preview.root, "Tin.")
    preview.shows("/posts/a/", "Tin.")
    assert page.get_by_text("Tin.").count() == 0
    page.evaluate(hidden % "false")
    page.get_by_text("Tin.").wait_for()


def test_a_page_that_is_not_there_yet_appears(preview, new_page):
    page = new_page()
    page.goto(preview.address + "posts/b/")
    (preview.root / "content" / "posts" / "b.md").write_text(POST.format(title="Hanging", text="Ropes."))
    page.get_by_text("Ropes.").wait_for()
