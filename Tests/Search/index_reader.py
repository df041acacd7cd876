"""Reads a build's search index according to the description of SearchIndex, independently of its code."""

import json

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def numbers(text):
    found, value, shift = [], 0, 0
    for digit in text:
        bits = DIGITS.index(digit)
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            found.append(value)
            value = shift = 0
    return found


class Index:
    """The complete index of a site."""

    def __init__(self, site):
        folder = site / "search" / "index"
        self.files = {file.name: file.read_bytes() for file in folder.iterdir()}
        self.root = json.loads(self.files["root.txt"])
        self.sizes = numbers(self.root["sizes"])

    def lines(self, family):
        for number in range(len(self.root[family])):
            yield from self.files[f"{family}{number}.txt"].decode().splitlines()

    @property
    def postings(self):
        """For each word and filter, the numbers of its documents or groups, with their levels."""
        postings = {}
        for line in self.lines("words"):
            word, rest = line.split(" ")
            count, *rest = numbers(rest)
            texts = {}
            while rest:
                level, size, *rest = rest
                text = -1
                for gap in rest[:size]:
                    text += gap + 1
                    texts[text] = level
                rest = rest[size:]
            assert count >= len(texts)
            postings[word] = texts
        return postings

    @property
    def words(self):
        return {word for word in self.postings if not word.startswith(":")}

    @property
    def texts(self):
        """The data of a result for each document."""
        return [line.split("\t") for line in self.lines("tables")]

    def words_of(self, text):
        return {word for word, texts in self.postings.items() if text in texts and not word.startswith(":")}
