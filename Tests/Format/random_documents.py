"""Markdown documents with every construct in random order, in which every word is distinct."""

import random

# Without textarea: since CommonMark 0.30 a line that begins with it is HTML up to its end tag, but cmark-gfm follows 0.29.
ELEMENTS = "b i kbd details div p table td li ul span video iframe font center title h2 section u a".split()
PLACEHOLDERS = ["<{}>", "</{}>", "<{} {}>", "<{}-{}>", "<{}\n{}>", "<{} {}='{}'>", "Map<{}, List<{}>>", "a < {} > b", "<{}", "{}>"]
ENTITIES = ["&amp;", "&lt;{}&gt;", "&copy;", "&#960;", "&#xFFFF;", "&#1;", "&{};", "\\*", "\\<{}>", "\\[[{}]]"]


class RandomDocument:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.count = 0
        self.seed = seed
        self.notes = []

    def word(self):
        self.count += 1
        return self.random.choice(["w{}x{}", "é{}z{}", "日{}本{}", "W{}X{}"]).format(self.seed, self.count)

    def fill(self, pattern):
        return pattern.format(*(self.word() for _ in range(4)))

    def words(self, most=5):
        return " ".join(self.word() for _ in range(self.random.randint(1, most)))

    def piece(self, depth=0, is_label=False):
        kind = self.random.randrange(20)
        if is_label and kind in (9, 10, 11, 18, 19):
            # Parsers differ in how they treat links, footnotes and images within the text of a link or an image.
            kind = 0
        if kind < 7:
            return self.words()
        if kind == 7:
            mark = self.random.choice(["*", "**", "~~", "_", "***"])
            return mark + self.inline(depth + 1, is_label) + mark
        if kind == 8:
            tick = self.random.choice(["`", "``"])
            return tick + self.words(2) + self.random.choice(["", " <b>", " ]] "]) + tick
        if kind == 9:
            return f"[{self.inline(depth + 1, True)}](https://a.example/{self.word()})"
        if kind == 10:
            return f"![{self.inline(depth + 1, True)}](https://a.example/p.png)"
        if kind == 11:
            return self.random.choice(["[[first]]", f"[[first|{self.words(3)}]]", f"[[{self.word()}"])
        if kind in (12, 13):
            return self.fill(self.random.choice(PLACEHOLDERS))
        if kind == 14:
            return self.fill(self.random.choice(ENTITIES))
        if kind == 15:
            name = self.random.choice(ELEMENTS)
            return f"<{name}>{self.inline(depth + 1, is_label)}</{name}>"
        if kind == 16:
            name = self.random.choice(ELEMENTS)
            return self.random.choice([f"<{name}>", f"</{name}>", f"<{name} class='x'>", f"<{name}/>"]) + self.words(2)
        if kind == 17:
            return self.random.choice(["<!-- hidden -->", "<!--", "-->", "<?php x ?>", "<![CDATA[x]]>", "<!DOCTYPE y>"])
        if kind == 18:
            label = f"n{len(self.notes)}"
            self.notes.append(f"[^{label}]: {self.words()}")
            return f"{self.word()}[^{label}]"
        return self.random.choice([f"https://b.example/{self.word()}", f"<https://c.example/{self.word()}>", f"{self.word()} | {self.word()}"])

    def inline(self, depth=0, is_label=False):
        return " ".join(self.piece(depth, is_label) if depth < 3 else self.words() for _ in range(self.random.randint(1, 4 if depth else 6)))

    def line(self):
        return self.inline().replace("\n", " ")

    def table(self):
        columns = self.random.randint(1, 4)
        row = lambda: "| " + " | ".join(self.cell() for _ in range(columns)) + " |"
        return "\n".join([row(), "|" + "-|" * columns] + [row() for _ in range(self.random.randint(0, 4))])

    def cell(self):
        return self.line().replace("|", "") if self.random.random() < 0.5 else self.words()

    def html(self):
        name = self.random.choice(ELEMENTS)
        inside = self.random.choice([self.words(), f"<{self.word()}>", f"<b>{self.word()}", f"\n\n{self.line()}\n\n", f"<!-- {self.words()} -->"])
        return self.random.choice([
            f"<{name}>\n{inside}\n</{name}>", f"<{self.word()}>\n{inside}", f"</{self.word()}>", f"<{name} id=x\n{self.words()}>\n{inside}",
            f"<div><{name}>{inside}</{name}></div>", f"<script>\n{self.words()}\n</script>", f"<style>{self.words()}</style>",
            f"<div>\n<{name}\n{self.words()}\n\n{self.words()}", f"<pre>\n{inside}\n</pre>",
        ])

    def block(self, depth=0):
        kind = self.random.randrange(14)
        if kind == 0:
            return "#" * self.random.randint(1, 6) + " " + self.line()
        if kind == 1:
            return f"{self.line()}\n{self.random.choice('=-') * 5}"
        if kind == 2:
            return f"```{self.random.choice(['', 'text', 'swift x'])}\n{self.line()}\n\n{self.line()}\n```"
        if kind == 3:
            return f"    {self.line()}\n    {self.line()}"
        if kind == 4:
            return self.table()
        if kind in (5, 6):
            return self.html()
        if kind == 7 and depth < 3:
            head = self.random.choice(["", "", "[!NOTE]\n", "[!TIP]\n\n"])
            return "> " + (head + self.block(depth + 1)).replace("\n", "\n> ")
        if kind == 8 and depth < 3:
            mark = self.random.choice(["- ", "* ", "1. ", "- [ ] "])
            indent = " " * (2 if mark.startswith("- [") else len(mark))
            return "\n".join(mark + self.block(depth + 1).replace("\n", "\n" + indent) for _ in range(self.random.randint(1, 3)))
        if kind == 9:
            return "***"
        if kind == 10:
            return " ".join(self.words() for _ in range(self.random.choice([1, 40, 400])))
        return "\n".join(self.line() for _ in range(self.random.randint(1, 3)))

    def text(self):
        blocks = [self.block() for _ in range(self.random.randint(1, 7))]
        return "\n\n".join(blocks + self.notes) + "\n"
