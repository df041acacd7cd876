"""Properties of every site, checked with third-party parsers: its texts are UTF-8, its XML is well-formed and its JSON is
valid."""

import json

from lxml import etree

XML = (".xml", ".svg")
JSON = (".json", ".webmanifest")
TEXT = (*XML, *JSON, ".html", ".txt", ".css", ".js")


def refuse(constant):
    raise ValueError(f"{constant} is no JSON")


def problems(site, copied=()):
    """The problems with the files that a build made, by their names; copied files are not checked."""
    found = {}
    for path in sorted(site.rglob("*")):
        name = str(path.relative_to(site))
        if not path.is_file() or name in copied or path.suffix not in TEXT and not path.name.startswith(("_", ".stoa-", "CNAME")):
            continue
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
            if path.suffix in XML:
                etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
            elif path.suffix in JSON:
                json.loads(text, parse_constant=refuse)
            elif any(character < " " and character not in "\t\n" for character in text):
                raise ValueError("a control character")
        except (ValueError, etree.XMLSyntaxError) as problem:
            found[name] = str(problem)
    return found
