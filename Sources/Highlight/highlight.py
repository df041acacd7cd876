"""Names the tokens of code blocks: blocks on standard input, a line of spans for each on standard output.

A block is a line "<bytes of language> <bytes of text>" and then those bytes. Its answer is one of
  "<class> <length>,..."  the runs of the text in bytes, "-" for what has no class
  "-"                     the language is not known, or its lexer cannot be relied on
  "!"                     the lexer took too long
The first line of the answer says which Pygments this is, so that answers of another are not taken for its own.
"""

import sys

sys.path[:] = [folder for folder in sys.path if folder]  # never the working folder: it may be anybody's

import os
import resource
import signal

import pygments
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

SECONDS_A_BLOCK = 2.0
MEMORY = 1 << 30


class TooSlow(Exception):
    pass


def give_up(signal_number, frame):
    raise TooSlow


def class_of(token):
    while token not in STANDARD_TYPES:
        token = token.parent
    return STANDARD_TYPES[token] or "-"


def spans(language, text):
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return "-"
    # Many lexers rely on a newline at the end; without the lexer's own preparation every byte keeps its place.
    whole = text if text.endswith("\n") else text + "\n"
    runs = []
    position = 0
    for index, token, value in lexer.get_tokens_unprocessed(whole):
        if index != position or not whole.startswith(value, index):
            return "-"
        position += len(value)
        name = class_of(token)
        length = len(value.encode())
        if runs and runs[-1][0] == name:
            runs[-1][1] += length
        elif length:
            runs.append([name, length])
    if position != len(whole):
        return "-"
    if len(whole) != len(text):
        runs[-1][1] -= 1
        if runs[-1][1] == 0:
            runs.pop()
    return ",".join(f"{name} {length}" for name, length in runs) or "-"


def answer(language, text):
    try:
        signal.setitimer(signal.ITIMER_PROF, SECONDS_A_BLOCK)
        try:
            return spans(language, text)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except TooSlow:
        return "!"
    except Exception:
        return "-"  # a lexer's own fault


def main():
    signal.signal(signal.SIGPROF, give_up)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    source = os.path.abspath(pygments.__file__)
    status = os.stat(source)
    print(pygments.__version__, status.st_size, int(status.st_mtime), source, flush=True)
    stream = sys.stdin.buffer
    while header := stream.readline():
        language_size, text_size = map(int, header.split())
        language = stream.read(language_size).decode()
        text = stream.read(text_size).decode()
        print(answer(language, text), flush=True)


main()
