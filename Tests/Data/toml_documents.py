"""Prints lines of JSON, each with a random TOML file and Python's result for it, or null if Python rejects it."""

import json
import random
import tomllib

KEYS = ["a", "b", "c", "a", "b", '"a b"', "'c'", "1", "-", "é", '"\u00e9"', '"e\u0301"']
VALUES = [
    "1", "-20", "1.5", "6e10", "true", "false", "-true", "+inf", "nan", "2014-11-25", "2014-11-25T08:30:00Z", "08:30:00", '"t"', "'l'", '""', "''",
    r'"q\"\\\u00e9\n"', r"'\'", '"""x\ny"""', '"""\nx\\\n  y"""', "'''\nz'''", '"""a""b"""', "''''w'''", '"""v"""""', "'''''''",
    '"open', "'open", '"""open', r'"\q"', r'"\ud800"', "word", "[]", "[1, 'x']", "[\n 1, # one\n 2,\n]", "[1 2]", "[,]", "[[1], []]",
    "{}", "{ a = 1 }", "{ a.b = 1, a.c = 2 }", "{ a = 1, a = 2 }", "{ a = 1 b = 2 }", "{ x = { y = [{}] } }", "",
]


def path(random):
    keys = [random.choice(KEYS) for _ in range(random.choice([1, 1, 1, 2, 2, 3]))]
    return random.choice([".", " . ", "."]).join(keys)


def line(random):
    kind = random.randrange(20)
    if kind < 4:
        return f"[{path(random)}]"
    if kind < 7:
        return f"[[ {path(random)} ]]"
    if kind < 17:
        return f"{path(random)} = {random.choice(VALUES)}"
    return random.choice(["", "# c", "  # d", f"{path(random)}", "= 1", f"[{path(random)}", f"[{path(random)}] x", f"{path(random)} = 1 # e"])


def spelt(value):
    """A value with its scalars as they were written."""
    if isinstance(value, dict):
        return {key: spelt(item) for key, item in value.items()}
    if isinstance(value, list):
        return [spelt(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    if hasattr(value, "isoformat"):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def main():
    numbers = random.Random(3)
    for _ in range(5_000):
        text = "\n".join(line(numbers) for _ in range(numbers.randrange(1, 7)))
        try:
            value = {"value": spelt(tomllib.loads(text, parse_float=str))}
        except tomllib.TOMLDecodeError:
            value = {}
        print(json.dumps({"toml": text, **value}))


main()
