import Foundation

/// Prepares copies of sites: adds files that git cannot store (on every system), or that would be too long to read.
let preparations: [String: @Sendable (URL) throws -> Void] = [
  "deep-thread": { site in
    for number in 1...70 {
      let parent = number > 1 ? "reply-to: r\(number - 1)\n" : ""
      let text = "---\nauthor: jun\ndate: 2026-01-02\n\(parent)---\n\nAt depth \(number).\n"
      try write(text, to: site, "content/responses/well/r\(number).md")
    }
  },
  "duplicate-slug.case": { site in
    for (folder, small, large) in [
      ("posts", "rope", "Rope"), ("contributors", "maren", "Maren"), ("topics", "ropes", "Ropes"),
    ] {
      let content = site.appendingPathComponent("content/\(folder)")
      try FileManager.default.copyItem(
        at: content.appendingPathComponent("\(small).md"),
        to: content.appendingPathComponent("\(large).md"))
    }
  },
  "date-from-history": { site in
    try git(["init", "--quiet"], in: site)
    try git(["add", "stoa.yml", "content/posts"], in: site)
    try git(["commit", "--quiet", "--message", "A post"], in: site)
  },
  "duplicate-id": { site in
    let responses = site.appendingPathComponent("content/responses")
    try FileManager.default.copyItem(
      at: responses.appendingPathComponent("rope"), to: responses.appendingPathComponent("Rope"))
  },
  "file-too-large": { site in
    try append(Data(repeating: 0x0A, count: 1 << 20), to: site, "content/posts/rope.md")
    try write(
      "---\nauthor: jun\ndate: 2026-03-02\n---\n" + String(repeating: "\n", count: 1 << 16),
      to: site, "content/responses/rope/1.md")
  },
  "forbidden-yaml.size": { site in
    try write(
      "---\ntitle: \(String(repeating: "a", count: 1 << 14))\n---\n", to: site,
      "content/posts/rope.md")
  },
  // Tools that always give the same answer; another test covers the answers of real tools.
  "formulas-and-diagrams": { site in
    try write(
      tool: """
        grep -o '^stoa[0-9a-f]*' | while read -r word; do
          printf '<math><mi>n</mi></math>\n<p>%s</p>\n' "$word"
        done
        """, named: "pandoc", to: site)
    try write(
      tool: """
        cat >/dev/null
        printf '<svg viewBox="0 0 90 50"><g id="node1" class="node"><title>a</title>'
        printf '<ellipse fill="none" stroke="black" cx="40" cy="20" rx="40" ry="20"/>'
        printf '<text x="1" y="20">Strand</text></g></svg>'
        """, named: "dot", to: site)
  },
  "unread-formula": { site in
    try write(
      tool: #"""
        for argument in "$@"; do
          case $argument in --log=*) log=${argument#--log=} ;; esac
        done
        printf '%s' '[{"type": "CouldNotConvertTeXMath", "contents": "\\frac{1",
          "message": "x\nunexpected end of input\nexpecting }"}]' >"$log"
        printf '<span>$</span>\n<p>%s</p>\n' "$(grep -o '^stoa[0-9a-f]*')"
        """#, named: "pandoc", to: site)
  },
  "unread-diagram": { site in
    try write(
      tool: "echo \"Error: <stdin>: syntax error in line 2 near '->'\" >&2; exit 1", named: "dot",
      to: site)
  },
  "invalid-name.portable": { site in
    let post = "---\ntitle: Rope\nauthor: maren\ndate: 2026-03-01\n---\n"
    for name in ["con", "rope.", "a:b", "a\\b", "agora\u{301}", "left\u{202E}right"] {
      try write(post, to: site, "content/posts/\(name).md")
    }
    try write("", to: site, "content/static/aux.txt")
    try write("", to: site, "content/static/what?.txt")
    try write("text", toRawName: [0x66, 0xFF, 0x2E, 0x6D, 0x64], in: site, "content/posts")
    try write(
      "---\nauthor: jun\ndate: 2026-03-02\n---\n", to: site, "content/responses/agora\u{301}/1.md")
  },
  "line-too-long": { site in
    let line = String(repeating: "a", count: 1 << 16) + "a\n"
    try append(Data(line.utf8), to: site, "content/posts/rope.md")
  },
  "markdown-too-complex": { site in
    let text = String(repeating: "*a* [b](c) @d [[e]] ", count: 2_500) + "\n"
    let lines = String(repeating: text, count: 20)
    try append(Data(lines.utf8), to: site, "content/posts/rope.md")
  },
  "missing-content.empty": { site in
    try FileManager.default.createDirectory(
      at: site.appendingPathComponent("content"), withIntermediateDirectories: false)
  },
  "nested-too-deep": { site in
    let text = "\n\(String(repeating: ">", count: 150)) deep\n"
    try append(Data(text.utf8), to: site, "content/posts/rope.md")
  },
  "not-a-regular-file": { site in
    let post = site.appendingPathComponent("content/posts/link.md")
    try FileManager.default.createSymbolicLink(
      atPath: post.path, withDestinationPath: "/etc/passwd")
    let folder = site.appendingPathComponent("content/static")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.appendingPathComponent("everything").path, withDestinationPath: "/etc")
    try write("", to: site, "content/responses/rope/.keep")
    guard mkfifo(site.appendingPathComponent("content/responses/rope/1.md").path, 0o644) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
  },
  "plain-code": { site in
    // Replaces a Pygments that fails on the only block.
    let python = ".venv/bin/python"
    try write("#!/bin/sh\ncat > /dev/null\nprintf '9 1 1 /none\\n!\\n'\n", to: site, python)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: site.appendingPathComponent(python).path)
  },
  "shallow-history": { site in
    try git(["init", "--quiet"], in: site)
    try git(["add", "."], in: site)
    try git(["commit", "--quiet", "--message", "A post"], in: site)
    try git(["commit", "--quiet", "--allow-empty", "--message", "Something later"], in: site)
    let clone = site.deletingLastPathComponent().appendingPathComponent("clone")
    try git(
      ["clone", "--quiet", "--depth", "1", "file://\(site.path)", clone.path], in: site)
    try FileManager.default.removeItem(at: site)
    try FileManager.default.moveItem(at: clone, to: site)
  },
  "stray-file.deep": { site in
    let deep = (1...18).map(String.init).joined(separator: "/")
    let post = "---\ntitle: Deep\nauthor: maren\ndate: 2026-03-01\n---\n"
    try write(post, to: site, "content/posts/\(deep)/deep.md")
    try write("text", to: site, "content/static/\(deep)/deep.txt")
  },
  "tracked-cache": { site in
    try write("stoa build 1\n", to: site, ".stoa-cache/build-all")
    try git(["init", "--quiet"], in: site)
    try git(["add", "--force", "."], in: site)
    try git(["commit", "--quiet", "--message", "A post"], in: site)
  },
  "not-utf-8": { site in
    try append(Data("H\u{F6}he: ".utf8) + [0xF6, 0x0A], to: site, "content/posts/rope.md")
  },
  "not-utf-8.settings": { site in
    try append(Data("description: ".utf8) + [0xF6, 0x0A], to: site, "stoa.yml")
  },
  "not-a-regular-file.settings": { site in
    let settings = site.appendingPathComponent("stoa.yml")
    try FileManager.default.moveItem(at: settings, to: site.appendingPathComponent("other.yml"))
    try FileManager.default.createSymbolicLink(
      atPath: settings.path, withDestinationPath: "other.yml")
  },
  "not-a-regular-file.content": { site in
    try FileManager.default.createSymbolicLink(
      atPath: site.appendingPathComponent("content").path, withDestinationPath: "/etc")
    try FileManager.default.createSymbolicLink(
      atPath: site.appendingPathComponent("templates").path, withDestinationPath: "/etc")
  },
  "not-a-regular-file.theme": { site in
    try write("", to: site, "templates/notes.txt")
    try FileManager.default.createSymbolicLink(
      atPath: site.appendingPathComponent("templates/page.mustache").path,
      withDestinationPath: "/etc/passwd")
  },
]

/// Runs git with a fixed user and date.
private func git(_ arguments: [String], in folder: URL) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["git"] + arguments
  process.currentDirectoryURL = folder
  let day = "2026-03-05T12:00:00Z"
  process.environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Maren",
    "GIT_AUTHOR_EMAIL": "maren@stoa.example",
    "GIT_COMMITTER_NAME": "Maren", "GIT_COMMITTER_EMAIL": "maren@stoa.example",
    "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day,
  ]
  try process.run()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw POSIXError(.EIO) }
}

/// Replaces an installed program.
private func write(tool script: String, named name: String, to site: URL) throws {
  try write("#!/bin/sh\n\(script)\n", to: site, "\(toolFolder)/\(name)")
  try FileManager.default.setAttributes(
    [.posixPermissions: 0o755],
    ofItemAtPath: site.appendingPathComponent(toolFolder).appendingPathComponent(name).path)
}

/// The folder beside a site's `stoa.yml` in which its build searches programs first.
let toolFolder = "tools"

private func write(_ text: String, to site: URL, _ path: String) throws {
  let file = site.appendingPathComponent(path)
  try FileManager.default.createDirectory(
    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  // Not through URL or FileManager, which may normalise names.
  try write(text, to: site.path + "/" + path)
}

private func write(_ text: String, toRawName name: [UInt8], in site: URL, _ folder: String) throws {
  let path = Array("\(site.path)/\(folder)/".utf8) + name + [0]
  let stream = path.withUnsafeBufferPointer { bytes in
    bytes.withMemoryRebound(to: CChar.self) { characters in
      characters.baseAddress.flatMap { fopen($0, "w") }
    }
  }
  try write(text, to: stream)
}

private func write(_ text: String, to path: String) throws {
  try write(text, to: fopen(path, "w"))
}

private func write(_ text: String, to stream: UnsafeMutablePointer<FILE>?) throws {
  guard let stream else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  defer { fclose(stream) }
  _ = Array(text.utf8).withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, stream) }
}

private func append(_ data: Data, to site: URL, _ path: String) throws {
  let handle = try FileHandle(forWritingTo: site.appendingPathComponent(path))
  try handle.seekToEnd()
  try handle.write(contentsOf: data)
  try handle.close()
}
