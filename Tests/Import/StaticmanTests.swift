import Foundation
import StoaImport
import Testing

/// A post of a Jekyll site.
private let post = """
  ---
  title: Rope
  ---

  About rope.
  """

/// A comment file of Staticman; every key is optional.
private func comment(
  _ message: String = "Well said.", id: String? = nil, name: String = "Ada", date: Int,
  _ more: String...
) -> String {
  let lines = [id.map { "_id: \($0)" }, "name: \(name)", "message: \(message)"].compactMap { $0 }
  return (lines + more + ["date: '2019-03-04T09:10:0\(date).123Z'", ""]).joined(separator: "\n")
}

@Suite("Staticman's comments") struct StaticmanTests {
  @Test(
    "keep their threads, whatever a site calls what they answer",
    arguments: [
      "replying_to_uid: aaa-1", "reply_to: aaa-1", "replyToId: aaa-1", "replying_to: '1'",
      "replying_to: first", "parent_id: first", "replyID: 'aaa-1'",
    ])
  func conventions(line: String) async throws {
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md": post,
      "_data/comments/rope/first.yml": comment(id: "aaa-1", date: 1),
      "_data/comments/rope/second.yml": comment(id: "aaa-2", date: 2),
      "_data/comments/rope/third.yml": comment(id: "aaa-3", date: 3, line),
    ])
    defer { source.remove() }
    let report = try await source.run(.staticman)
    #expect(report.sum("comment") == [3, 3, 0, 0])
    #expect(report.sum("post") == [1, 1, 0, 0])
    #expect(try source.threads(of: "rope") == ["first": "", "second": "", "third": "first"])
    #expect(try await source.errors() == [])
  }

  @Test("follow a key that the user names, and then no other")
  func namedKey() async throws {
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md": post,
      "_data/comments/rope/first.yml": comment(id: "a", date: 1),
      "_data/comments/rope/second.yml": comment(id: "b", date: 2, "answers: a", "reply_to: c"),
      "_data/comments/rope/third.yml": comment(id: "c", date: 3),
    ])
    defer { source.remove() }
    _ = try await source.run(.staticman) { $0.replyKey = "answers" }
    #expect(try source.threads(of: "rope") == ["first": "", "second": "first", "third": ""])
  }

  @Test("count places by date among the comments that answer the post, not by file name")
  func positions() async throws {
    let source = try SourceFolder([
      "_posts/2019-03-01-rope.md": post,
      "_data/comments/rope/a.yml": comment(date: 5),
      "_data/comments/rope/b.yml": comment(date: 2),
      "_data/comments/rope/c.yml": comment(date: 3, "replying_to: '1'"),
      "_data/comments/rope/d.yml": comment(date: 6, "replying_to: '2'"),
    ])
    defer { source.remove() }
    _ = try await source.run(.staticman)
    #expect(try source.threads(of: "rope") == ["a": "", "b": "", "c": "b", "d": "a"])
  }
}

@Suite("Real Staticman sites", .enabled(if: sharedData != nil, "../shared/data is not there"))
struct RealStaticmanTests {
  @Test(
    "come over whole, with a build that has no error",
    arguments: [
      ("staticman-positional", "Michael Rose", 49, 720, 353),
      ("staticman-uid", "Dan", 21, 272, 121),
    ])
  func whole(
    name: String, author: String, posts: Int, comments: Int, replies: Int
  ) async throws {
    let folder = try #require(sharedData) + "/" + name
    let target = try SourceFolder()
    defer { target.remove() }
    let report = try await importConversations(
      with(folder, into: target.community.path, author: author))
    #expect(report.sum("post") == [posts, posts, 0, 0])
    #expect(report.sum("comment") == [comments, comments, 0, 0])
    let files = try target.files().filter { $0.key.hasPrefix("content/responses/") }
    #expect(files.count { $0.value.contains("\nreply-to: ") } == replies)
    #expect(try await target.errors() == [])
  }

  private func with(_ source: String, into: String, author: String) -> ImportOptions {
    var options = ImportOptions(.staticman, from: source, into: into)
    options.author = author
    return options
  }
}
