"""A theme that shows the pages' data as lines of text, so that a test can compare them independently of the design.

Each line is a word and its values, escaped as HTML.
"""

import html

ITEM = "{{url}} | {{title}} | {{date.machine}} | {{summary}}"
EXCERPT = "{{url}} | {{date.machine}} | {{summary}}"
EXTRAS = "{{x.mood}}{{#x.tools}} +{{.}}{{/x.tools}}"

PARTIALS = {
    "_node": (
        "{{#responses}}\n"
        "response {{fragment}} | {{#person}}{{name}} {{url}}{{/person}} | {{date.machine}} | {{inReplyTo.url}} |"
        "{{#isByPostAuthor}} author{{/isByPostAuthor}}{{#isAnswer}} answer{{/isAnswer}}"
        "{{#isTombstone}} tombstone{{/isTombstone}}{{#anchors}} #{{.}}{{/anchors}}"
        "{{#stance}} {{name}}{{/stance}} | " + EXTRAS + "\n"
        "{{#hasReplies}}\n(\n{{> _node}}\n)\n{{/hasReplies}}\n"
        "{{/responses}}\n"
    ),
    "_backlinks": "{{#backlinks}}\nbacklink {{kind}} | {{url}} | {{sentence}}\n{{/backlinks}}\n",
    "_tree": (
        "{{#topics}}\ntopics {{url}} | {{title}} |{{#newest}} {{url}}{{/newest}}\n"
        "{{#hasTopics}}\n(\n{{> _tree}}\n)\n{{/hasTopics}}\n{{/topics}}\n"
    ),
    "_turn": "{{#pager}}\npager {{previous}} | {{next}}\n{{/pager}}\n",
}


def items(name, line=ITEM):
    return "{{#%s}}\n%s %s\n{{/%s}}\n" % (name, name, line, name)


PAIR = "{{#newer}}{{url}}{{/newer}} {{#older}}{{url}}{{/older}} | {{words}}"
PAGES = {
    "home": items("pinned") + items("conversations") + items("responses", EXCERPT)
    + items("across", "{{url}}") + items("newcomers", "{{url}}")
    + items("topics", "{{url}} | {{note}}"),
    "conversation": "title {{title}}\ndescription {{page.description}}\ndate {{date.machine}}\n"
    + "{{#updated}}\nupdated {{machine}}\n{{/updated}}\ncount {{count}}\nown " + EXTRAS + "\n"
    + items("authors", "{{name}} | {{url}}") + items("topics", "{{title}} | {{url}}")
    + "{{#answer}}\nanswer {{url}}\n{{/answer}}\n" + items("learnedFrom", "{{url}}") + items("became", "{{url}}")
    + "{{#paths}}\npath {{url}} | {{#previous}}{{url}}{{/previous}} | {{#next}}{{url}}{{/next}}\n{{/paths}}\n"
    + "{{> _node}}\n"
    + "{{#mentions}}\nmention {{fragment}} | {{#person}}{{name}}{{/person}} | {{date.machine}}\n{{/mentions}}\n"
    + "{{> _backlinks}}\n" + items("related", "{{url}} | {{title}}") + items("unknown", "{{url}} | {{note}}")
    + "{{#nearWriters}}\nnear {{name}}{{#texts}} {{url}}{{/texts}}\n{{/nearWriters}}\n" + items("participants", "{{name}} | {{url}}")
    + "feed {{threadFeed}}\nprevious {{#previous}}{{url}}{{/previous}}\nnext {{#next}}{{url}}{{/next}}\n",
    "posts": items("conversations") + "{{> _turn}}\n",
    "waiting": items("conversations") + "{{> _turn}}\n",
    "topics": "{{> _tree}}\n{{> _turn}}\n",
    "topic": "title {{title}}\n" + items("order", "{{url}}") + items("writers", "{{name}} | {{evidenceUrl}}")
    + items("conversations") + "{{> _turn}}\n" + items("parents", "{{url}}") + items("responses", EXCERPT)
    + items("children", "{{url}} | {{note}}{{#newest}} {{url}}{{/newest}}") + items("close", "{{url}}") + items("joining", "{{url}}")
    + "{{> _backlinks}}\n",
    "contributors": items("people", "{{name}} | {{url}}")
    + "{{#guests}}\nguests {{name}}{{#responses}} {{url}}{{/responses}}\n{{/guests}}\n{{> _turn}}\n",
    "contributor": "name {{name}}\n{{> _backlinks}}\n" + items("conversations") + items("responses", EXCERPT)
    + "{{> _turn}}\n" + items("topics", "{{url}}") + items("partners", "{{url}} | {{evidenceUrl}}"),
    "questions": items("open") + items("answered") + "{{> _turn}}\n",
    "practices": items("practices", ITEM + "{{#learnedFrom}} {{url}}{{/learnedFrom}}") + "{{> _turn}}\n",
    "bridges": "{{#gaps}}\ngap " + PAIR + "\n{{/gaps}}\n"
    + "{{#joined}}\njoined " + PAIR + "{{#bridges}} {{url}}{{/bridges}}\n{{/joined}}\n{{> _turn}}\n",
    "digests": items("months", "{{url}}") + "{{> _turn}}\n",
    "digest": "{{#sections}}\nsection {{name}}\n" + items("items", "{{url}}") + "{{/sections}}\nbefore {{previousUrl}}\nafter {{nextUrl}}\n",
    "archive": items("years", "{{url}}") + "{{#months}}\nmonth {{url}}\n" + items("items") + "{{/months}}\n{{> _turn}}\n",
    "page": "title {{title}}\ndescription {{page.description}}\n{{> _backlinks}}\n",
    "follow": items("topics", "{{url}}") + items("people", "{{url}}") + "{{> _turn}}\n",
    "gone": "gone {{reason}}\n",
    "redirect": "target {{targetPath}}\n",
}


def write(root):
    """Copies the theme into a community's repository."""
    folder = root / "templates"
    folder.mkdir()
    for name, text in {**PARTIALS, **PAGES}.items():
        (folder / f"{name}.mustache").write_text(text)


def read(site):
    """Every page of a site with this theme: its lines by its path below the site's root."""
    pages = {}
    for file in site.rglob("index.html"):
        lines = html.unescape(file.read_text(encoding="utf-8")).split("\n")
        pages[str(file.relative_to(site))] = [line.rstrip() for line in lines if line.strip()]
    return pages
