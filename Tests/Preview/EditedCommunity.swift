import Foundation
import Stoa
import StoaModel
import StoaParse
import StoaTestSupport

@testable import StoaPreview

/// A small community in a folder of its own, which is edited at random, and the site that a build makes of it.
final class EditedCommunity {
  let root: String
  private var random: RandomNumbers

  /// - Parameter more: files to add to the community's initial files, or to replace them.
  init(seed: UInt64, adding more: [String: String] = [:]) throws {
    random = RandomNumbers(seed: seed)
    root =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("stoa-preview-\(UUID().uuidString)").path
    for (path, text) in Self.beginning.merging(more, uniquingKeysWith: { $1 }) {
      try write(path, text)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  var options: BuildOptions {
    var options = BuildOptions(root: root)
    options.asOf = Self.asOf
    options.jobs = 2
    options.worker = stoaExecutable
    options.searchPath = nil
    options.includesDrafts = true
    options.baseURL = "http://127.0.0.1:1111"
    options.keepsGoing = true
    options.output = "\(root)/site"
    return options
  }

  static let asOf = "2026-03-10"

  private static let beginning = [
    "stoa.yml": "title: Bells\naudiences: [team, public]\ndefault-audience: public\n",
    "content/posts/a.md": post("Casting", "See [[Hanging]] and [[b#tin]], @maren. ![x](/x.png)"),
    "content/posts/b/index.md": post("Hanging", "## Tin\n\n![plan](plan.png)"),
    "content/posts/b/plan.png": "png",
    "content/responses/a/1.md": "---\nguest: Ada\ndate: 2026-03-05\n---\n\nIt rang.\n",
    "content/responses/a/2.md":
      "---\nauthor: Jun\ndate: 2026-03-06\nreply-to: 1\n---\n\nSee [[Hanging]].\n",
    "content/contributors/maren.md": "---\nname: Maren Holt\n---\n\nRings.\n",
    "content/topics/bronze.md": "---\ntitle: Bronze\n---\n\nOf tin.\n",
    "content/pages/about.md": "---\ntitle: About\nmenu: true\n---\n\nAbout [[a]].\n",
    "content/static/x.png": "png",
  ]

  private static func post(_ title: String, _ text: String, _ more: String = "") -> String {
    "---\ntitle: \(title)\nauthor: maren\ndate: 2026-03-04\ntopics: [Bronze]\n\(more)---\n\n\(text)\n"
  }

  // MARK: Edits

  /// Makes one edit, and returns the changes that a watcher would report.
  func edit() throws -> Changes {
    switch Int.random(in: 0..<18, using: &random) {
    case 0...3: return try rewrite()
    case 4, 5: return try respond()
    case 6: return try remove()
    case 7: return try renameFolder()
    case 8: return try settings()
    case 9: return try template()
    case 10: return try rewrite(asBundle: true)
    case 11...16: return try reword()
    default: return try asset()
    }
  }

  private func rewrite(asBundle: Bool = false) throws -> Changes {
    let slug = pick(["a", "b", "c", "d"])
    let title = pick(["Casting", "Hanging", "Tin", "Ringing"])
    let text = pick([
      "See [[Hanging]], [[c]], @jun and @maren.", "## Tin\n\n## Tin\n", "[plan](plan.png)",
      "[[nowhere]]", "# A heading", "```swift\nlet a = 1\n```", "",
    ])
    let more = pick([
      "", "draft: true\n", "audience: team\n", "aliases: [/old/]\n", "kind: question\nanswer: 2\n",
      "updated: 2026-04-01\n", "unlisted: true\n", "distilled-from: [a]\n", "nonsense: 1\n",
    ])
    let post =
      pick([0, 0, 0, 0, 0, 1]) == 1 ? "---\ntitle: [\n---\n" : Self.post(title, text, more)
    return try put(
      asBundle ? "content/posts/\(slug)/index.md" : "content/posts/\(slug).md", post)
  }

  /// Replaces the body of a file, which is saved in place or first under another name.
  func reword() throws -> Changes {
    guard let path = try contents().randomElement(using: &random) else { return Changes() }
    let old = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    let matter = old.components(separatedBy: "---\n").dropLast().joined(separator: "---\n")
    let text = pick([
      "See [[Hanging]], [[c]], @jun and @maren.", "## Tin\n", "## Tin\n\nIs soft. [[b#tin]]",
      "[plan](plan.png) ![x](/x.png) [other](/posts/a/)", "[[nowhere]] and [[a|there]]",
      "[[@maren]] says [[topic:bronze]].", "# A heading\n\nAnd more.",
      "```swift\nlet a = 2\n```\n\nOne note.[^1]\n\n[^1]: Here.",
      "| a | b |\n|---|---|\n| [[a]] | <b>x</b> |", "",
    ])
    var changes = try put(path, "\(matter)---\n\n\(text)\n")
    if pick([true, false]) {
      let folder = "\(root)/\(path.split(separator: "/").dropLast().joined(separator: "/"))"
      changes.folders = [folder]
      changes.files.insert("\(folder)/4913")
    }
    return changes
  }

  private func respond() throws -> Changes {
    let folder = pick(["a", "b", "c", "gone"])
    let who = pick(["guest: Ada", "author: jun", "author: Maren Holt"])
    let more = pick(["", "reply-to: 1\n", "reply-to: 3\n", "removed: spam\n", "audience: team\n"])
    let text = pick(["Yes.", "See [[a#response-1]].", "@maren!", ""])
    return try put(
      "content/responses/\(folder)/\(pick(["1", "2", "3"])).md",
      "---\n\(who)\ndate: 2026-03-0\(pick([5, 6, 7]))\n\(more)---\n\n\(text)\n")
  }

  private func remove() throws -> Changes {
    guard let path = try contents().randomElement(using: &random) else { return Changes() }
    return try remove(path)
  }

  /// A folder that moves takes its content along.
  private func renameFolder() throws -> Changes {
    let parent = "\(root)/content/\(pick(["posts", "responses"]))"
    let names = try FileManager.default.contentsOfDirectory(atPath: parent).sorted()
      .filter { !$0.hasSuffix(".md") }
    guard let name = names.randomElement(using: &random) else { return Changes() }
    let new = pick(["a", "b", "c", "d"])
    let (from, to) = ("\(parent)/\(name)", "\(parent)/\(new)")
    guard !FileManager.default.fileExists(atPath: to) else { return Changes() }
    try FileManager.default.moveItem(atPath: from, toPath: to)
    var changes = Changes()
    changes.folders = [parent]
    changes.subtrees = [from, to]
    return changes
  }

  private func settings() throws -> Changes {
    let line = pick([
      "", "hue: 200\n", "smart-punctuation: true\n", "permalinks: /:year/:slug/\n",
      "timezone: Europe/Berlin\n", "language: de\n", "page-size: 1\n",
    ])
    let audiences = pick([
      "audiences: [team, public]\ndefault-audience: public\n", "audiences: [team, public]\n", "",
    ])
    return try put("stoa.yml", "title: Bells\n\(audiences)\(line)")
  }

  private func template() throws -> Changes {
    switch pick([0, 1, 2]) {
    case 0: return try put("templates/theme.css", "a { color: \(pick(["red", "blue"])) }\n")
    case 1:
      return try put(
        "templates/page.mustache", pick(["<p>{{title}}</p>\n", "{{#title}}\n", "-\n"]))
    default: return try remove("templates/page.mustache")
    }
  }

  private func asset() throws -> Changes {
    try put(
      "content/\(pick(["static/x.png", "static/y/z.txt", "posts/b/plan.png"]))", pick(["1", "2"]))
  }

  // MARK: Files

  /// Saves a file, and returns the changes that a watcher would report.
  func put(_ path: String, _ text: String) throws -> Changes {
    let isNew = !FileManager.default.fileExists(atPath: "\(root)/\(path)")
    try write(path, text)
    var changes = Changes()
    changes.files = ["\(root)/\(path)"]
    // The folders of its path may be new, too.
    if isNew { changes.folders = folders(above: path) }
    return changes
  }

  private func remove(_ path: String) throws -> Changes {
    guard FileManager.default.fileExists(atPath: "\(root)/\(path)") else { return Changes() }
    try FileManager.default.removeItem(atPath: "\(root)/\(path)")
    var changes = Changes()
    changes.files = ["\(root)/\(path)"]
    changes.folders = folders(above: path)
    return changes
  }

  private func folders(above path: String) -> Set<String> {
    var folders: Set<String> = []
    var folder = root
    for part in path.split(separator: "/") {
      folders.insert(folder)
      folder += "/\(part)"
    }
    return folders
  }

  private func contents() throws -> [String] {
    let below = FileManager.default.enumerator(atPath: "\(root)/content")
    return (below?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".md") }.sorted()
      .map { "content/\($0)" }
  }

  private func write(_ path: String, _ text: String) throws {
    let file = URL(fileURLWithPath: "\(root)/\(path)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }

  // MARK: The site

  /// The files of a build's site, by their path; nil when the theme has errors.
  func builtSite() async throws -> [String: [UInt8]] {
    let site = "\(root)/site"
    try? FileManager.default.removeItem(atPath: site)
    _ = try await build(options)
    var files: [String: [UInt8]] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: site) ?? .init()
    where !path.hasPrefix(".stoa-") {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(site)/\(path)", isDirectory: &isFolder)
      guard !isFolder.boolValue else { continue }
      files[path] = Array(try Data(contentsOf: URL(fileURLWithPath: "\(site)/\(path)")))
    }
    return files
  }
}
