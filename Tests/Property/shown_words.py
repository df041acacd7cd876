"""The words on a built page of the default theme that count for closeness."""

import dataclasses

import lxml.html

WITHIN_WORDS = {"a", "em", "strong", "b", "i", "del", "s", "span", "u", "ins", "mark", "small", "sub", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclasses.dataclass
class Shown:
    slug: str
    date: str
    fields: list
    responses: list
    topics: list
    related: list
    linked: set


def read(page):
    """A conversation's page."""
    main = lxml.html.fromstring(page.read_text(encoding="utf-8")).xpath("//main[contains(@class, 'conversation')]")[0]
    bodies = main.xpath("./div[contains(@class, 'text')]/div[contains(@class, 'e-content')]")
    responses = main.xpath(".//article/div[contains(@class, 'e-content')]")
    lists = {section.xpath("string(h2)"): section.xpath(".//li/a[1]/@href") for section in main.xpath(".//section")}
    links = [link for body in bodies + responses for link in body.xpath(".//a/@href")]
    return Shown(
        slug=page.parent.name, date=main.xpath("string(.//time[contains(@class, 'dt-published')]/@datetime)"),
        fields=[("title", main.xpath("string(.//h1)"))] + [field for body in bodies for field in fields(body)],
        responses=[fields(body) for body in responses],
        topics=[name(link) for link in main.xpath(".//a[contains(@class, 'p-category')]/@href")],
        related=[name(link) for link in lists.get("Related", [])],
        linked={name(link) for link in links + lists.get("Linked from", []) if link.startswith("/posts/")},
    )


def name(link):
    return link.split("#")[0].rstrip("/").rsplit("/", 1)[-1]


def fields(body):
    """The texts of a body, each with the kind of its place."""
    pieces = [["text", ""]]

    def add(field, text):
        if pieces[-1][0] != field:
            pieces.append([field, ""])
        pieces[-1][1] += text or ""

    def walk(element, field):
        if not isinstance(element.tag, str) or element.get("class") == "mention":
            return
        field = "heading" if element.tag in HEADINGS else "code" if element.tag in ("code", "pre") else field
        is_apart = element.tag not in WITHIN_WORDS
        add(field, " " if is_apart else "")
        add(field, element.text)
        for child in element:
            walk(child, field)
            add(field, child.tail)
        add(field, " " if is_apart else "")

    walk(body, "text")
    return [(field, text) for field, text in pieces]
