#!/usr/bin/env python3
"""Writes large sources for `stoa import` and times it: 25,000 Staticman comments, and a WXR file of 5,000.

    Benchmarks/import_sources.py [--stoa .build/release/stoa] [--runs 3]

The targets, on two cores: the first in 5 seconds without pandoc, the second in 30 seconds with it.
"""

import argparse
import pathlib
import random
import tempfile

import measure as measuring

WORDS = (
    "rope knot wire answer doubt evening portico hand letter question practice river window "
    "paper market garden lamp stone street morning teacher bread bridge cloud"
).split()


def sentence(random_source, length=14):
    return " ".join(random_source.choice(WORDS) for _ in range(length)).capitalize() + "."


def write_staticman(folder, comments=25_000, threads=2_000):
    """A Jekyll site: the comments spread over the posts, four in ten of them replies by uid."""
    source = random.Random(7)
    (folder / "_posts").mkdir(parents=True)
    count = 0
    for thread in range(threads):
        slug = f"post-{thread:04}"
        (folder / "_posts" / f"2019-{thread % 12 + 1:02}-{thread % 28 + 1:02}-{slug}.md").write_text(
            f"---\ntitle: {sentence(source, 4)}\ntags: [{source.choice(WORDS)}]\n---\n\n"
            + "\n\n".join(sentence(source, 40) for _ in range(5))
            + "\n"
        )
        place = folder / "_data" / "comments" / slug
        place.mkdir(parents=True)
        identifiers = []
        for _ in range(comments // threads + (thread < comments % threads)):
            moment = 1_551_690_601_000 + count * 60_000
            identifier = f"{count:08x}-0000-11e9-8000-000000000000"
            parent = source.choice(identifiers) if identifiers and source.random() < 0.4 else ""
            (place / f"comment-{moment}.yml").write_text(
                f"_id: {identifier}\n_parent: /{slug}/\nname: {source.choice(WORDS).title()}\n"
                f"email: 0123456789abcdef0123456789abcdef\nurl: ''\nreplying_to_uid: '{parent}'\n"
                f'message: "{sentence(source)}\\r\\n\\r\\n{sentence(source)}"\n'
                f"date: {moment // 1000}\n"
            )
            identifiers.append(identifier)
            count += 1


def write_wordpress(file, posts=1_000, comments=5_000, paragraphs=6):
    """A WXR 1.2 file: posts with paragraphs, lists, links and code, with comments distributed among them."""
    source = random.Random(7)
    with file.open("w") as output:
        output.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss xmlns:content="c" xmlns:dc="d" xmlns:wp="w">'
            "<channel><title>Large</title><link>https://large.example</link>\n"
        )
        number = 0
        for post in range(posts):
            text = "\n\n".join(
                f"{sentence(source, 50)} <strong>{source.choice(WORDS)}</strong> "
                f'<a href="https://x.example/{post}">{sentence(source, 3)}</a>'
                for _ in range(paragraphs)
            )
            text += "\n<ul>\n" + "".join(f"<li>{sentence(source)}</li>\n" for _ in range(5)) + "</ul>\n"
            text += f"<pre>{sentence(source)}\n{sentence(source)}</pre>\n"
            output.write(
                f"<item><title>{sentence(source, 4)}</title><link>https://large.example/p{post}/</link>"
                f"<dc:creator>maren</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>"
                f"<wp:post_id>{post + 1}</wp:post_id><wp:post_date_gmt>2019-03-01 10:00:00</wp:post_date_gmt>"
                f"<wp:post_name>p{post}</wp:post_name><wp:status>publish</wp:status>"
                "<wp:post_type>post</wp:post_type>"
            )
            first = number + 1
            for _ in range(comments // posts):
                number += 1
                parent = source.randint(first, number - 1) if number > first else 0
                output.write(
                    f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Ada</wp:comment_author>"
                    f"<wp:comment_date_gmt>2019-03-02 10:00:{number % 60:02}</wp:comment_date_gmt>"
                    f"<wp:comment_content><![CDATA[{sentence(source)}\n\n{sentence(source)} <em>x</em>]]>"
                    "</wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
                    f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
                )
            output.write("</item>\n")
        output.write("</channel></rss>\n")


def measure(stoa, kind, source, folder, runs, target):
    """The best of several imports into new folders, and of one more into the last folder, which changes nothing."""
    def command(into):
        into.mkdir(parents=True, exist_ok=True)
        return [stoa, "import", kind, source, "--into", into, "--quiet", "--author", "Maren"]

    first = []
    for number in range(runs):
        # Nothing is deleted before the end: for seconds after many deletions, ext4 creates files slowly.
        first.append(measuring.run(command(folder / str(number))))
    again = measuring.run(command(folder / "0"))
    memory = measuring.peak_memory(command(folder / "memory")) >> 20
    print(
        f"{kind:10} {measuring.best(first, 'wall'):6.2f} s of at most {target} s, processors"
        f" {measuring.best(first, 'user'):5.2f} + {measuring.best(first, 'system'):5.2f} s;"
        f" again {again.wall:5.2f} s; {memory} MB"
    )


def measure_memory(stoa, source, folder):
    folder.mkdir()
    memory = measuring.peak_memory([stoa, "import", "wordpress", source, "--into", folder, "--quiet", "--keep-html"])
    print(f"  at most {memory >> 20} MB at one time")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stoa", default=".build/release/stoa")
    parser.add_argument("--large", action="store_true", help="import a WXR of 300 MB as well, and say the most memory")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_staticman(folder / "site")
        measure(options.stoa, "staticman", folder / "site", folder / "from-staticman", options.runs, 5)
        write_wordpress(folder / "export.xml")
        measure(options.stoa, "wordpress", folder / "export.xml", folder / "from-wordpress", options.runs, 30)
        if options.large:
            write_wordpress(folder / "large.xml", posts=20_000, comments=20_000, paragraphs=40)
            print(f"WXR of {(folder / 'large.xml').stat().st_size >> 20} MB:")
            measure_memory(options.stoa, folder / "large.xml", folder / "from-large")


if __name__ == "__main__":
    main()
