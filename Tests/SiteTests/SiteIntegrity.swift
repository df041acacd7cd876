import Foundation

/// Checks that hold for every built site.
enum SiteIntegrity {
  /// Pages that are not nested correctly or repeat an id, and links within the site without a target.
  ///
  /// - Parameter basePath: the site's path below its host, such as `/notes`.
  static func problems(in site: URL, under basePath: String = "") throws -> [String] {
    guard FileManager.default.fileExists(atPath: site.path) else { return [] }
    let names = try FileManager.default.subpathsOfDirectory(atPath: site.path).sorted()
    var problems: [String] = []
    var ids: [String: Set<String>] = [:]
    var links: [(page: String, target: String)] = []
    for name in names where name.hasSuffix(".html") {
      let text = try String(contentsOf: site.appendingPathComponent(name), encoding: .utf8)
      do {
        let page = try Markup.read(text)
        var seen: Set<String> = []
        visit(page) { element in
          if let id = element["id"], !seen.insert(id).inserted {
            problems.append("\(name): the id “\(id)” is there twice")
          }
          for attribute in ["href", "src"] {
            if let target = element[attribute] { links.append((name, target)) }
          }
        }
        ids[name] = seen
      } catch {
        problems.append("\(name): \(error)")
      }
    }
    let files = Set(names)
    for (page, target) in links where leadsNowhere(target, on: page, basePath, files, ids) {
      problems.append("\(page): nothing is at “\(target)”")
    }
    return problems
  }

  private static func visit(_ element: Markup.Element, _ body: (Markup.Element) -> Void) {
    for child in element.elements {
      body(child)
      visit(child, body)
    }
  }

  private static func leadsNowhere(
    _ target: String, on page: String, _ basePath: String, _ files: Set<String>,
    _ ids: [String: Set<String>]
  ) -> Bool {
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].prefix { $0 != "?" }.removingPercentEncoding ?? ""
    let fragment = parts.count > 1 ? parts[1].removingPercentEncoding ?? "" : ""
    let file: String
    if path.isEmpty {
      file = page
    } else if path.hasPrefix(basePath + "/") {
      let relative = String(path.dropFirst(basePath.count + 1))
      file = relative.isEmpty || relative.hasSuffix("/") ? relative + "index.html" : relative
    } else {
      // A link to another site, or one that does not begin at the site's root, which is an error.
      return !path.contains(":")
    }
    guard files.contains(file) else { return true }
    return !fragment.isEmpty && file.hasSuffix(".html") && ids[file]?.contains(fragment) == false
  }
}
