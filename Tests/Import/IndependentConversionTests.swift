import Foundation
import StoaImport
import Testing

/// An independent program made `../shared/data/community` from the two Staticman sites.
@Suite(
  "An independent conversion of the same sites",
  .enabled(if: sharedData != nil, "../shared/data is not there"))
struct IndependentConversionTests {
  /// A response, named by post and date: ids depend on the converter, and no two comments of a post have the same date.
  private struct Response: Equatable {
    var parent: String
    var voice: String
  }

  @Test("has the same threads, voices and dates, but for three of its slips")
  func agreement() async throws {
    let folder = try #require(sharedData)
    let target = try SourceFolder()
    defer { target.remove() }
    for (site, author) in [("positional", "Michael Rose"), ("uid", "Dan")] {
      var options = ImportOptions(
        .staticman, from: "\(folder)/staticman-\(site)", into: target.community.path)
      options.author = author
      options.contributors = ["Michael Rose"]
      _ = try await importConversations(options)
    }
    var ours = try responses(in: target.community.path)
    var theirs = try responses(in: "\(folder)/community")
    #expect(ours.count == 992)

    // The other program reads only `.yml`: it skips this comment, a `.yaml` file, so the answer to it answers the post there.
    // Ours is right.
    let missed = "cisco-6807-vss-issu-upgrade 2017-07-06T07:31:19"
    let answer = "cisco-6807-vss-issu-upgrade 2017-07-12T12:14:53"
    #expect(ours[missed] != nil && theirs[missed] == nil)
    #expect(ours[answer]?.parent == missed)
    #expect(theirs[answer]?.parent == "")
    // The other program dropped a folder of comments without a post; ours keeps them in a placeholder post.
    let orphan = "cconfigure-tacacs-access-on-nexus-7k 2019-09-02T12:47:20"
    #expect(ours[orphan] != nil && theirs[orphan] == nil)
    for name in [missed, answer, orphan] {
      ours[name] = nil
      theirs[name] = nil
    }
    #expect(Set(ours.keys) == Set(theirs.keys))
    for (name, response) in ours { #expect(response == theirs[name], "\(name)") }
  }

  private func responses(in root: String) throws -> [String: Response] {
    let folder = "\(root)/content/responses"
    var names: [String: String] = [:]
    var found: [(name: String, post: String, keys: [String: String])] = []
    for post in try FileManager.default.contentsOfDirectory(atPath: folder) {
      for file in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(post)") {
        let keys = try keys(of: "\(folder)/\(post)/\(file)")
        let name = "\(post) \(keys["date", default: ""].prefix(19))"
        names["\(post)/\(file.dropLast(3))"] = name
        found.append((name, post, keys))
      }
    }
    var responses: [String: Response] = [:]
    for (name, post, keys) in found {
      let parent = try keys["reply-to"].map { try #require(names["\(post)/\($0)"]) }
      let voice = keys["author"].map { "author \($0)" } ?? "guest \(keys["guest", default: ""])"
      responses[name] = Response(parent: parent ?? "", voice: voice)
    }
    #expect(responses.count == found.count)
    return responses
  }

  private func keys(of file: String) throws -> [String: String] {
    let lines = try String(contentsOfFile: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).dropFirst().prefix { $0 != "---" }
    var keys: [String: String] = [:]
    for line in lines {
      guard let colon = line.firstRange(of: ": ") else { continue }
      var value = String(line[colon.upperBound...])
      if value.hasPrefix("'") {
        value = String(value.dropFirst().dropLast()).replacingOccurrences(of: "''", with: "'")
      } else if value.hasPrefix("\"") {
        value = try JSONDecoder().decode(String.self, from: Data(value.utf8))
      }
      keys[String(line[..<colon.lowerBound])] = value
    }
    return keys
  }
}
