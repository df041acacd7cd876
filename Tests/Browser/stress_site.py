"""Writes a community in which everything is longer, deeper or wider than expected."""

LONG_TITLE = ("How we keep on giving names to things until nobody remembers what they were for " * 3)[:200].strip()
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 4

SETTINGS = """\
title: The Longest Portico With A Name That Does Not Fit Beside A Menu
url: https://stress.example
description: Everything here is too long.
timezone: UTC
history: none
forge:
  kind: forgejo
  url: https://forge.example/stress/portico
  branch: main
reply:
  forge: true
  mail: stewards@stress.example
  command: true
"""

WIDE_TABLE = "| " + " | ".join(f"column number {n}" for n in range(14)) + " |\n"
WIDE_TABLE += "|" + " --- |" * 14 + "\n"
WIDE_TABLE += ("| " + " | ".join(f"value {n * 1001}" for n in range(14)) + " |\n") * 3

WIDE_CODE = "```swift\nlet " + " + ".join(f"aRatherLongOperandNumber{n}" for n in range(40)) + "\n```\n"


def write(folder, name, front_matter, body):
    path = folder / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
    path.write_text(f"---\n{lines}---\n\n{body}\n", encoding="utf-8")


def write_stress_site(folder, responses=577, depth=60, by_one_person=2_000):
    """Writes the community; the numbers set the lengths."""
    (folder / "stoa.yml").write_text(SETTINGS, encoding="utf-8")
    write(folder, "pages/about.md", {"title": f"About {UNBROKEN}"}, "About.")

    write(
        folder, "posts/long.md",
        {"title": f'"{LONG_TITLE}"', "author": f'["{UNBROKEN[:90]}", Ann, Bo, Cy]', "date": "2026-01-01",
         "topics": f'["{UNBROKEN[:80]}", One, Two, Three, Four, Five, Six, Seven, Eight]'},
        f"{UNBROKEN}\n\n## {UNBROKEN}\n\n{WIDE_TABLE}\n{WIDE_CODE}\n> > > > > > > > {UNBROKEN}\n\n"
        f"`{UNBROKEN}`\n\n<https://example.org/{'a-long-path/' * 30}>\n\n"
        + "".join(f"{'    ' * level}- level {level} {UNBROKEN}\n" for level in range(6)),
    )
    write(
        folder, "responses/long/first.md", {"guest": f'"{UNBROKEN[:100]}"', "date": "2026-01-02"},
        f"{UNBROKEN}\n\n{WIDE_TABLE}\n{WIDE_CODE}",
    )
    write(folder, "posts/unbroken.md", {"title": UNBROKEN, "author": "Ann", "date": "2026-01-01"}, "A word.")

    write(folder, "posts/many.md", {"title": "Many responses", "author": "Ann", "date": "2026-01-03"}, "Say something.")
    for number in range(responses):
        parent = {"reply-to": f"r{(number - 1) // 2}"} if number % 3 and number > 2 else {}
        write(
            folder, f"responses/many/r{number}.md",
            {"guest": f"Guest {number % 40}", "date": f"2026-02-{1 + number * 27 // responses:02}", **parent},
            f"Response number {number}.",
        )

    write(folder, "posts/deep.md", {"title": "Deep replies", "author": "Ann", "date": "2026-01-04"}, "Go deeper.")
    for level in range(depth):
        parent = {"reply-to": f"d{level - 1}"} if level else {}
        write(
            folder, f"responses/deep/d{level}.md",
            {"guest": f"Guest {level % 7}", "date": "2026-02-01", **parent}, f"At level {level}: {UNBROKEN[:120]}",
        )

    for post in range(by_one_person // 100):
        write(folder, f"posts/p{post}.md", {"title": f"Post {post}", "author": "Cy", "date": "2026-03-01"}, "Text.")
        for number in range(100):
            write(
                folder, f"responses/p{post}/r{number}.md",
                {"author": "Prolific Person", "date": "2026-03-02"}, f"The answer {number} to post {post}.",
            )
