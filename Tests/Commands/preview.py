"""A running `stoa serve`, for tests that send requests and receive its events."""

import html
import http.client
import os
import queue
import re
import signal
import subprocess
import threading

PATIENCE = 60
POST = "---\ntitle: {title}\nauthor: maren\ndate: 2026-03-04\n---\n\n{text}\n"


class Preview:
    """A running preview of a community, and the events that it sends to pages: the names of snapshots."""

    def __init__(self, stoa, root, *options):
        self.root = root
        self.process = subprocess.Popen(
            [str(stoa), "serve", "--source", str(root), "--port", "0", *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1782000000"})
        for line in self.process.stdout:
            if line.startswith("Serving "):
                break
        else:
            raise AssertionError(self.process.stderr.read())
        self.address = re.search(r"http://\S+", line)[0]
        self.port = int(re.search(r":(\d+)/", self.address)[1])
        self.news = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()
        self.first = self.next()

    def listen(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", "/.stoa-preview/events")
        answer = connection.getresponse()
        while line := answer.readline():
            if line.startswith(b"data: "):
                self.news.put(line[6:].decode().strip())

    def next(self):
        """The next snapshot."""
        return self.news.get(timeout=PATIENCE)

    def until(self, condition):
        """The next snapshot for which a condition holds; one save may cause two events."""
        while not condition(news := self.next()):
            pass
        return news

    def number(self, news):
        return int(news.rpartition("-")[2])

    def problems(self):
        """The errors that are shown over pages: for each its place, its code, and its source line with the mark."""
        body = self.ask("/")[1]
        found = re.findall(
            r"<p><b>(.*?)</b> .*? <code>\[(.*?)\]</code></p>\n(?:<pre>(\d+) \| (.*)\n( *)\^</pre>)?",
            body.partition("<stoa-problems")[2].partition("</stoa-problems>")[0])
        return [
            {"place": html.unescape(place), "code": code, "line": line, "text": html.unescape(text), "column": len(mark) - len(line) - 2}
            for place, code, line, text, mark in found
        ]

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        self.headers = answer.headers
        return answer.status, answer.read().decode(errors="replace")

    def page(self, path):
        status, body = self.ask(path)
        assert status == 200, (path, status)
        return body

    def shows(self, path, text):
        """Waits for a snapshot in which a page has a text."""
        while text not in self.ask(path)[1]:
            self.next()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        output, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, output, errors
