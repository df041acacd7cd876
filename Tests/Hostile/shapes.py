"""Texts that are slow to parse, each in any size."""

K = 1024


def repeat(piece, size):
    return (piece * (size // len(piece.encode()) + 1))[:size]


def lines(piece, size):
    """Whole pieces, so that no line exceeds the limit."""
    return piece * (size // len(piece.encode()))


MARKDOWN = {
    "nested quotes": lambda size: lines(">" * 90 + " a\n", size),
    "nested lists": lambda size: lines("".join(" " * depth + "- a\n" for depth in range(0, 80, 2)), size),
    "lists of quotes of lists": lambda size: lines("> - > - > - > - a\n", size),
    "opening brackets": lambda size: lines("[" * 1000 + "\n", size),
    "closing brackets": lambda size: lines("]" * 1000 + "\n", size),
    "image brackets": lambda size: lines("![" * 500 + "\n", size),
    "brackets and parentheses": lambda size: lines("[a](" * 250 + "\n", size),
    "links in links": lambda size: lines("[" * 200 + "a" + "](b)" * 200 + "\n", size),
    "destinations without ends": lambda size: lines("[a](<b" * 150 + "\n", size),
    "emphasis openers": lambda size: lines("*a " * 300 + "\n", size),
    "emphasis of all lengths": lambda size: lines("".join("*" * n + "a" for n in range(1, 40)) + "\n", size),
    "emphasis of two kinds": lambda size: lines("*a_ " * 250 + "\n", size),
    "underscores": lambda size: lines("_" * 1000 + "a\n", size),
    "strikethrough": lambda size: lines("~~a ~" * 200 + "\n", size),
    "backticks of all lengths": lambda size: lines("".join("`" * n + " " for n in range(1, 60)) + "\n", size),
    "backslashes": lambda size: lines("\\" * 999 + "\n", size),
    "wide tables": lambda size: lines("|" * 200 + "\n" + "|-" * 199 + "|\n" + "a\n", size),
    "a table of many columns": lambda size: ("|a" * (size // 8) + "|\n" + "|-" * (size // 8) + "|\n" + "x\n" * (size // 4))[:size]
    if size <= 64 * K
    else lines("|a" * 4000 + "|\n" + "|-" * 4000 + "|\n" + "x\n" * 4000, size),
    "tables without rows": lambda size: lines("a\n-|\n", size),
    "definitions": lambda size: "".join(f"[a{n}]: b\n" for n in range(size // 12)),
    "definitions and uses": lambda size: "".join(f"[a{n}]: b\n\n[a{n}] " for n in range(size // 22)),
    "one definition with a long title": lambda size: lines("[a]: b (" + "x" * 900 + "\n", size),
    "titles without ends": lambda size: lines('[a]: b "', size),
    "autolinks": lambda size: lines("http://a.b/" + "(" * 400 + ")" * 400 + "\n", size),
    "addresses of mail": lambda size: lines("a@b." * 250 + "\n", size),
    "angle brackets": lambda size: lines("<" * 1000 + "\n", size),
    "tags without ends": lambda size: lines("<a b='" * 160 + "\n", size),
    "comments without ends": lambda size: lines("a <!-- b " * 100 + "\n", size),
    "declarations without ends": lambda size: lines("a <!A <? <![CDATA[ " * 50 + "\n", size),
    "entities": lambda size: lines("&amp" * 240 + "\n", size),
    "entities without meaning": lambda size: lines("&" + "a" * 30 + ";\n", size),
    "footnotes": lambda size: "".join(f"[^{n}]\n\n[^{n}]: a\n\n" for n in range(size // 20)),
    "one footnote, many references": lambda size: lines("[^a] ", size // 2)[: size // 2] + "\n\n[^a]: b\n",
    "labels": lambda size: lines("[" + "a" * 990 + "]\n", size),
    "wikilinks": lambda size: lines("[[a" * 300 + "\n", size),
    "wikilinks cut in pieces": lambda size: lines("[[a *b* `c`\n[[d|*e* " * 20 + "\n", size),
    "wikilinks cut in pieces, one line": lambda size: lines("[[a|*b*]] [[*" * 300 + "\n", size),
    "a wikilink around everything": lambda size: "[[a|" + lines("*b* `c`\n", size) + "]]\n",
    "rows with too many cells": lambda size: "|a|\n|-|\n" + lines("|" + "b|" * 400 + "\n", size),
    "heads without their dashes": lambda size: lines("a|b|c\n-|-\n" * 20 + "\n", size),
    "titles of alerts": lambda size: lines("> [!tip]- a `b` [[c\n> d]]\n\n", size),
    "wikilinks to nothing": lambda size: lines("[[a|b]] " * 100 + "\n", size),
    "mentions": lambda size: lines("@a " * 300 + "\n", size),
    "headings of one text": lambda size: lines("# a\n", size),
    "alerts": lambda size: lines("> [!NOTE]\n> a\n\n", size),
    "raw HTML, deep": lambda size: lines("<div>" * 100 + "\n\n", size),
    "raw HTML, tables": lambda size: lines("<table><td>" * 50 + "\n\n", size),
    "raw HTML, lists": lambda size: lines("<ul><li><b>" * 50 + "\n\n", size),
    "raw HTML, scripts without ends": lambda size: lines("a <script> b\n\n", size),
    "raw HTML, attributes": lambda size: lines("<p " + "a=b " * 200 + ">\n\n", size),
    "hard breaks": lambda size: lines("a  \n", size),
    "tabs": lambda size: lines("\t" * 30 + "- a\n", size),
    "smart punctuation": lambda size: lines("\"'a--- ..." * 80 + "\n", size),
}

YAML = {
    "a flow of flows": lambda size: "topics: " + "[" * size,
    "a flow that closes": lambda size: "topics: " + "[" * (size // 2) + "]" * (size // 2),
    "maps in flows": lambda size: "topics: " + "{a: " * (size // 4),
    "depth by indentation": lambda size: "".join(" " * n + "a:\n" for n in range(min(size // 40, 200))),
    "sequences of sequences": lambda size: "topics:\n" + "- " * (size // 2),
    "an anchor": lambda size: "x-a: &a b\nx-b: *a",
    "laughs": lambda size: "x-a: &a [b,b]\n" + "".join(f"x-{n}: &a{n} [*a,*a]\n" for n in range(size // 20)),
    "a tag": lambda size: "title: !!python/object:os.system x",
    "many documents": lambda size: "title: a\n---\n" * (size // 14),
    "many keys": lambda size: "".join(f"x-{n}: a\n" for n in range(size // 10)),
    "one key many times": lambda size: "x-a: b\n" * (size // 7),
    "a long scalar": lambda size: "title: " + "a" * size,
    "a long key": lambda size: "? " + "a" * size,
    "quotes without end": lambda size: 'title: "' + "a\n " * (size // 3),
    "escapes": lambda size: 'title: "' + "\\x41" * (size // 4) + '"',
    "a block scalar": lambda size: "title: |\n" + "  a\n" * (size // 4),
    "merge keys": lambda size: "<<: [a, b]\n" * (size // 12),
    "control bytes": lambda size: "title: a\x01b",
    "a reference to a control byte": lambda size: 'title: "a\\x01b"',
}
