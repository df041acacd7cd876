import Foundation
import StoaExternalTools
import StoaSystem
import Testing

/// Writes an executable shell script.
private func script(_ folder: ScratchFolder, _ name: String, _ body: String = "") throws {
  try folder.write(Array("#!/bin/sh\n\(body)\n".utf8), to: name)
  #expect(chmod("\(folder.path)/\(name)", 0o700) == 0)
}

@Suite("Tools are found") struct ToolFinderTests {
  @Test("on PATH where it names absolute folders, when they can be run") func path() throws {
    let folder = try ScratchFolder()
    try script(folder, "bin/tool")
    try folder.write([], to: "plain/tool")
    try folder.write([], to: "folder/tool/file")
    let path = "relative:.:\(folder.path)/plain:\(folder.path)/folder:\(folder.path)/bin"
    let finder = ToolFinder(root: folder.path, program: "/usr/bin/stoa", searchPath: path)
    #expect(finder.onPath("tool") == "\(folder.path)/bin/tool")
    #expect(finder.onPath("other") == nil)
    #expect(ToolFinder.none.onPath("sh") == nil)
  }

  @Test("first in the community's own environment, then in the checkout's") func projects() throws {
    let folder = try ScratchFolder()
    for name in ["community", "checkout"] { try script(folder, "\(name)/.venv/bin/python") }
    try script(folder, "bin/python3")
    let finder = ToolFinder(
      root: "\(folder.path)/community", program: "\(folder.path)/checkout/.build/release/stoa",
      searchPath: "\(folder.path)/bin")
    #expect(
      finder.pythons
        == ["community/.venv/bin/python", "checkout/.venv/bin/python", "bin/python3"]
        .map { "\(folder.path)/\($0)" })
  }
}

@Suite("A tool") struct ExternalToolTests {
  @Test("gets input and arguments, and gives output, complaints and its status") func run() throws {
    let folder = try ScratchFolder()
    try script(folder, "tool", "cat; echo \"$1 $2\"; pwd; echo no >&2; exit ${3:-0}")
    let tool = ExternalTool(path: "\(folder.path)/tool", leadingArguments: ["first"])
    let good = try tool.run(["se cond"], in: "/tmp", input: Array("in\n".utf8))
    #expect(String(decoding: good.output, as: UTF8.self) == "in\nfirst se cond\n/tmp\n")
    #expect(String(decoding: good.complaints, as: UTF8.self) == "no\n")
    #expect(good.succeeded)
    #expect(try tool.run(["x", "1"]).succeeded == false)
    var streamed: [UInt8] = []
    let outcome = try tool.run(["x"]) { streamed += $0 }
    #expect(String(decoding: streamed, as: UTF8.self) == "first x\n/\n")
    #expect(outcome.output.isEmpty)
  }

  @Test("is another one when its files are others") func identity() throws {
    let folder = try ScratchFolder()
    try script(folder, "tool")
    let tool = ExternalTool(path: "\(folder.path)/tool", witnesses: ["\(folder.path)/packages"])
    let before = tool.identity
    #expect(tool.identity == before)
    try folder.write([], to: "packages/new")
    #expect(tool.identity != before)
  }
}

@Suite("The cache") struct CacheFolderTests {
  @Test("gives back what was stored, tells git to leave it out, and is removed") func entries()
    throws
  {
    let folder = try ScratchFolder()
    let cache = CacheFolder(root: folder.path)
    #expect(cache.read("build-a") == nil)
    cache.store([[1], [2, 3]], as: "build-a")
    cache.store([[4]], as: "build-a")
    #expect(cache.read("build-a") == [4])
    #expect(folder.files(below: ".stoa-cache") == [".gitignore", "build-a"])
    try folder.write([], to: ".stoa-cache/mine")
    cache.remove()
    #expect(folder.files(below: ".stoa-cache") == ["mine"])
  }

  @Test("is neither read nor added to where it is not to be trusted, or is a link")
  func distrust() throws {
    let folder = try ScratchFolder()
    CacheFolder(root: folder.path).store([[1]], as: "build-a")
    let distrusted = CacheFolder(root: folder.path, isTrusted: false)
    #expect(distrusted.read("build-a") == nil)
    distrusted.store([[2]], as: "build-b")
    #expect(folder.files(below: ".stoa-cache") == [".gitignore", "build-a"])
    let other = try ScratchFolder()
    try FileManager.default.createSymbolicLink(
      atPath: "\(other.path)/.stoa-cache", withDestinationPath: "\(folder.path)/.stoa-cache")
    let linked = CacheFolder(root: other.path)
    linked.store([[3]], as: "build-c")
    #expect(linked.read("build-a") == nil)
    #expect(folder.files(below: ".stoa-cache") == [".gitignore", "build-a"])
  }

  @Test("loses the entries of audiences that are no more, and what killed builds left")
  func stale() throws {
    let folder = try ScratchFolder()
    let cache = CacheFolder(root: folder.path)
    for name in ["build-team", "build-public", "parsed-team-0", "parsed-public-0", "highlight"] {
      cache.store([[1]], as: name)
    }
    for name in [".build-public.7", ".parsed-team-0.8", ".mine.9"] {
      try folder.write([], to: ".stoa-cache/\(name)")
    }
    let old = Date(timeIntervalSinceNow: -7_200)
    for name in [".build-public.7", ".mine.9"] {
      try FileManager.default.setAttributes(
        [.modificationDate: old], ofItemAtPath: "\(folder.path)/.stoa-cache/\(name)")
    }
    cache.removeEntries(
      beginning: ["build-", "parsed-"], except: ["build-public", "parsed-public-0"])
    #expect(
      folder.files(below: ".stoa-cache") == [
        ".gitignore", ".mine.9", ".parsed-team-0.8", "build-public", "highlight",
        "parsed-public-0",
      ])
    cache.removeEntry("highlight")
    #expect(!folder.files(below: ".stoa-cache").contains("highlight"))
  }
}
