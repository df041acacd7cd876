"""After any change, a build with the caches of earlier builds writes the site, and reports the problems, of a clean build.

`STOA_INCREMENTAL` sets the number of communities, each with a dozen changes.
"""

import os
import random
import shutil

import pytest

import random_community
from conftest import run

COUNT = int(os.environ.get("STOA_INCREMENTAL", "4"))
CHANGES = 12


class Edited:
    """A community that changes repeatedly, with the caches of its builds."""

    def __init__(self, seed, root):
        self.random = random.Random(seed)
        self.maker = random_community.Maker(self.random)
        self.community = self.maker.community
        self.root = root
        self.settings = {}
        self.theme = {}
        self.as_of = random_community.AS_OF
        self.options = []
        # Text at the end of files, by their paths.
        self.additions = {}
        self.write()

    def write(self):
        """Writes the files of the community, and removes earlier ones."""
        for name in ("content", "templates"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        random_community.write(self.community, self.root)
        for name, text in self.additions.items():
            if (self.root / name).exists():
                with (self.root / name).open("a") as file:
                    file.write(f"\n\n{text}\n")
        with (self.root / "stoa.yml").open("a") as file:
            file.writelines(f"{key}: {value}\n" for key, value in self.settings.items())
        for name, text in self.theme.items():
            (self.root / "templates").mkdir(exist_ok=True)
            (self.root / "templates" / name).write_text(text)

    def build(self, stoa, root):
        done = run(
            stoa, "build", "--quiet", "--keep-going", "--source", root, "--as-of", self.as_of, *self.options, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        return done.returncode, done.stderr, {
            str(path.relative_to(root)): path.read_bytes()
            for folder in root.glob("site*") for path in folder.rglob("*") if path.is_file()
        }

    # Changes

    def change(self):
        """Makes one change and returns its description."""
        name = self.random.choice([name for name in dir(self) if name.startswith("to_")])
        getattr(self, name)()
        return name

    def post(self):
        return self.random.choice(self.community.posts) if self.community.posts else None

    def to_new_words(self):
        if post := self.post():
            text = self.random.choice([post, *post.responses])
            text.text = self.maker.text(post.file)

    def to_new_response(self):
        if post := self.post():
            response = self.maker.response(post)
            response.text = self.maker.text(f"content/responses/{post.slug}/{response.id}.md")
            post.responses.append(response)

    def to_new_post(self):
        # Without another post, a link would have no target.
        if not self.community.posts:
            return
        post = self.maker.post()
        post.text = self.maker.text(post.file)
        for response in post.responses:
            response.text = self.maker.text(f"content/responses/{post.slug}/{response.id}.md")
        self.community.posts.append(post)

    def to_fewer_responses(self):
        if (post := self.post()) and post.responses:
            post.responses.remove(self.random.choice(post.responses))

    def to_fewer_posts(self):
        if post := self.post():
            self.community.posts.remove(post)

    def to_another_name(self):
        if post := self.post():
            post.aliases = [*post.aliases, f"/posts/{post.slug}/"]
            post.slug = f"renamed-{self.maker.number()}"

    def to_another_title(self):
        if post := self.post():
            post.title = f"Title {self.maker.number()}"

    def to_other_facts(self):
        if post := self.post():
            post.kind = self.random.choice(["article", "question", "practice"])
            post.date = self.maker.date()
            post.is_draft = self.maker.chance(0.3)
            post.is_unlisted = self.maker.chance(0.3)
            for response in post.responses:
                response.is_removed = self.maker.chance(0.3)

    def to_another_audience(self):
        if post := self.post():
            post.audience = self.maker.audience()

    def to_another_person(self):
        person = self.random.choice(self.community.people)
        person.has_file = not person.has_file
        person.is_listed = not person.has_file or self.maker.chance(0.5)

    def to_another_topic(self):
        if self.community.topics:
            topic = self.random.choice(self.community.topics)
            topic.has_file = not topic.has_file

    def to_other_settings(self):
        key, values = self.random.choice([
            ("smart-punctuation", ["true", "false"]), ("addresses-in-text", ["show", "mask"]), ("hue", [20, 200]),
            ("feed-size", [1, 20]), ("language", ["en", "de", "fr"]), ("description", ["Few", "More"]),
        ])
        self.settings[key] = self.random.choice(values)

    def to_another_theme(self):
        name, text = self.random.choice([
            ("theme.css", f"body {{ order: {self.maker.number()} }}\n"), ("_foot.mustache", f"{self.maker.number()}\n"),
            ("404.mustache", f"<p>{self.maker.number()}</p>\n"),
        ])
        if self.theme.pop(name, None) is None:
            self.theme[name] = text

    def to_another_day(self):
        self.as_of = self.random.choice(["2026-01-15", "2026-06-30", "2026-07-15", "2026-08-01"])

    def to_other_options(self):
        audience = ["--audience", self.random.choice(self.community.audiences)] if self.community.audiences else []
        self.options = [*audience, *self.random.choice([[], ["--drafts"], ["--jobs", "1"], ["--jobs", "3"]])]

    def to_new_files_of_the_site(self):
        """Files of the site may be lost, touched, or copies of themselves, as a restored cache has them."""
        files = sorted(path for folder in self.root.glob("site*") for path in folder.rglob("*") if path.is_file())
        for path in self.random.sample(files, len(files) // 4):
            data = path.read_bytes()
            how = self.random.choice(["lost", "touched", "copied"])
            if path.name == ".stoa-manifest" or how == "touched":
                path.touch()
                continue
            path.unlink()
            if how == "copied":
                path.write_bytes(data)

    def to_what_is_shown_of_others(self):
        """What a text shows of others changes with them, and not with its own file."""
        files = sorted(self.root.glob("content/**/*.md"))
        if files and (post := self.post()):
            person = self.random.choice(self.community.people)
            self.additions[self.random.choice(files).relative_to(self.root)] = self.random.choice([
                f"![[{post.slug}]]", f"[[{post.slug}]]", f"@{person.handle}", "![a view](view.png)", "    code", "A note[^1].\n\n[^1]: So.",
            ])

    def to_other_last_words(self):
        """Only a body changes, and no beginning of a text, title or date."""
        for file in sorted(self.root.glob("content/**/*.md")):
            if self.maker.chance(0.3):
                self.additions[file.relative_to(self.root)] = f"Words {self.maker.number()}."

    def to_another_picture(self):
        picture = self.root / "static" / self.random.choice(["view.png", "robots.txt", "more.txt"])
        if picture.exists():
            picture.unlink()
        else:
            picture.parent.mkdir(exist_ok=True)
            picture.write_bytes(self.random.choice([b"one", b"another"]))

    def to_a_spoilt_cache(self):
        """The cache may be damaged, missing, or that of another folder."""
        files = sorted(path for path in (self.root / ".stoa-cache").glob("*") if path.is_file())
        for path in self.random.sample(files, len(files) // 3):
            kept = path.read_bytes()
            place = self.random.randrange(len(kept) + 1)
            spoilt = self.random.choice([None, kept[:place], kept[:place] + b"\x01" + kept[place + 1:], self.random.choice(files)])
            if spoilt is None:
                path.unlink()
            else:
                path.write_bytes(spoilt if isinstance(spoilt, bytes) else spoilt.read_bytes() if spoilt.exists() else b"")


def test_words_that_only_bodies_show(stoa, tmp_path):
    edited = Edited(0, tmp_path)
    for _ in range(3):
        edited.to_other_last_words()
        edited.write()
        status, said, site = edited.build(stoa, tmp_path)
        shutil.rmtree(tmp_path / ".stoa-cache")
        assert edited.build(stoa, tmp_path) == (status, said, site)


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_build_after_a_change_is_a_clean_build(seed, stoa, tmp_path):
    (tmp_path / "kept").mkdir()
    edited = Edited(seed, tmp_path / "kept")
    edited.build(stoa, edited.root)
    done = []
    for number in range(CHANGES):
        done.append(edited.change())
        edited.write()
        status, said, site = edited.build(stoa, edited.root)
        clean = tmp_path / f"clean-{number}"
        shutil.copytree(edited.root, clean, ignore=shutil.ignore_patterns("site*", ".stoa-cache"))
        fresh = edited.build(stoa, clean)
        # The packs of other audiences stay as their last builds left them.
        folders = {name.split("/")[0] for name in fresh[2]}
        site = {name: data for name, data in site.items() if name.split("/")[0] in folders}
        assert (status, said) == (fresh[0], fresh[1].replace(str(clean), str(edited.root))), done
        assert sorted(site) == sorted(fresh[2]), done
        assert [name for name, data in site.items() if data != fresh[2][name]] == [], done
        shutil.rmtree(clean)
