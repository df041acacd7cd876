"""Puts a Pagefind index in a fixed order: filters and their values come out of it in another order each time.

Works on the folder "bundle" in the working folder. Pagefind's files are CBOR behind a signature, compressed or not, named after
their content. Everything is read before anything is written; what is not understood ends this without a change.
"""

import gzip
import hashlib
import json
import pathlib

SIGNATURE = b"pagefind_dcd"


def read(file):
    data = file.read_bytes()
    data = data if data.startswith(SIGNATURE) else gzip.decompress(data)
    assert data.startswith(SIGNATURE), file
    value, end = decode(data, len(SIGNATURE))
    assert end == len(data), file
    return value


def decode(data, position):
    """Whole numbers, texts and arrays, which is all that the index holds (RFC 8949)."""
    kind, number = data[position] >> 5, data[position] & 31
    position += 1
    if number >= 24:
        width = {24: 1, 25: 2, 26: 4, 27: 8}[number]
        number = int.from_bytes(data[position : position + width], "big")
        position += width
    if kind == 0:
        return number, position
    if kind == 3:
        return data[position : position + number].decode(), position + number
    assert kind == 4, kind
    items = []
    for _ in range(number):
        item, position = decode(data, position)
        items.append(item)
    return items, position


def head(kind, number):
    if number < 24:
        return bytes([kind << 5 | number])
    width = next(width for width in (1, 2, 4, 8) if number < 1 << 8 * width)
    return bytes([kind << 5 | 24 + width.bit_length() - 1]) + number.to_bytes(width, "big")


def encode(value):
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, str):
        text = value.encode()
        return head(3, len(text)) + text
    return head(4, len(value)) + b"".join(map(encode, value))


def arrange(bundle):
    """The new files by their paths, and the old ones that they replace."""
    entry = bundle / "pagefind-entry.json"
    known = json.loads(entry.read_text())
    new, old = {}, []
    for language in known["languages"].values():
        meta_file = bundle / f"pagefind.{language['hash']}.pf_meta"
        version, pages, chunks, filters, sorts, fields = read(meta_file)
        prefix = language["hash"].split("_")[0]
        named = []
        for name, hash in filters:
            file = bundle / "filter" / f"{hash}.pf_filter"
            filter_name, values = read(file)
            assert filter_name == name
            # A page is in a filter once, however often it says so.
            content = SIGNATURE + encode([name, sorted([value, sorted(set(ids))] for value, ids in values)])
            hash = f"{prefix}_{hashlib.sha256(content).hexdigest()[:7]}"
            named.append([name, hash])
            old.append(file)
            new[bundle / "filter" / f"{hash}.pf_filter"] = content
        content = SIGNATURE + encode([version, pages, chunks, sorted(named), sorted(sorts), fields])
        language["hash"] = f"{prefix}_{hashlib.sha256(content).hexdigest()[:10]}"
        old.append(meta_file)
        new[bundle / f"pagefind.{language['hash']}.pf_meta"] = content
    new[entry] = json.dumps(known, separators=(",", ":"), sort_keys=True).encode()
    return new, old


new, old = arrange(pathlib.Path("bundle"))
for file in old:
    file.unlink()
for file, content in new.items():
    file.write_bytes(content)
