"""Serves a site on loopback as a host would: folders by their index.html, 404.html for missing files, and its own `_headers`."""

import functools
import http.server
import pathlib
import re
import threading
import urllib.parse

import lxml.etree
import lxml.html


class HeaderRules:
    """The rules of `_headers`, as Netlify and Cloudflare Pages read them."""

    def __init__(self, text):
        self.rules = []
        for line in text.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if not line[0].isspace():
                pattern = "".join(".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", line.strip()))
                self.rules.append((re.compile(pattern), []))
            else:
                self.rules[-1][1].append(line.strip())

    def headers(self, path):
        """The headers for an address: rules apply in order, `!` removes a header, and equal headers are joined with commas."""
        found = {}
        for pattern, lines in self.rules:
            if not pattern.fullmatch(path):
                continue
            for line in lines:
                if line.startswith("!"):
                    found.pop(line[1:].strip(), None)
                else:
                    name, value = (part.strip() for part in line.split(":", 1))
                    found[name] = f"{found[name]}, {value}" if name in found else value
        return found


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body are sent together.
    wbufsize = -1
    disable_nagle_algorithm = True

    def __init__(self, *arguments, rules, **keywords):
        self.rules = rules
        super().__init__(*arguments, **keywords)

    def end_headers(self):
        for name, value in self.rules.headers(self.path.split("?")[0].split("#")[0]).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        # Browsers request it on their own, and report an error without it.
        if self.path == "/favicon.ico":
            self.send_response(204)
            return self.end_headers()
        page = pathlib.Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def guess_type(self, path):
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, *arguments):
        pass


def features(page):
    """The elements of a page, with their classes and attributes."""
    found = set()
    for element in lxml.html.fromstring(page).iter(lxml.etree.Element):
        found.update((element.tag, name) for name in element.keys())
        found.update((element.tag, "." + name) for name in element.get("class", "").split() or [""])
    return found


class SiteServer:
    """Serves a folder within a context."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.features = {}
        headers = self.folder / "_headers"
        rules = HeaderRules(headers.read_text(encoding="utf-8") if headers.exists() else "")
        handler = functools.partial(Handler, directory=str(folder), rules=rules)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *failure):
        self.server.shutdown()
        self.server.server_close()

    def url(self, address):
        return self.origin + address

    def pages(self):
        """The address of every page, in order, without redirects."""
        addresses = []
        for file in sorted(self.folder.rglob("*.html")):
            if b"data-moved=" in file.read_bytes():
                continue
            path = file.relative_to(self.folder).as_posix()
            address = "/" + (path.removesuffix("index.html") if path.endswith("index.html") else path)
            addresses.append(urllib.parse.quote(address))
        return addresses

    def file(self, address):
        """The file for a page's address."""
        return self.folder / (urllib.parse.unquote(address).lstrip("/") + ("index.html" if address.endswith("/") else ""))

    def various_pages(self, *wanted):
        """The requested addresses, and as many others as are needed to have every feature of a page."""
        if not self.features:
            self.features = {address: features(self.file(address).read_bytes()) for address in self.pages()}
        chosen = [address for address in map(urllib.parse.quote, wanted) if address in self.features]
        seen = set().union(*(self.features[address] for address in chosen))
        for address, found in sorted(self.features.items(), key=lambda item: -len(item[1])):
            if not found <= seen:
                chosen.append(address)
                seen |= found
        return chosen
