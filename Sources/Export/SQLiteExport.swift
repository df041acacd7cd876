import CSQLite
import StoaAddresses
import StoaLink
import StoaModel
import StoaRender
import StoaSystem
import StoaWrite

/// Writes a community as an SQLite database for queries: a table for each kind of item, texts as markdown and as HTML.
struct SQLiteExport {
  private let content: ExportContent

  private static let schema = """
    CREATE TABLE site (title TEXT NOT NULL, description TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL);
    CREATE TABLE people (handle TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT, bio TEXT);
    CREATE TABLE topics (slug TEXT PRIMARY KEY, title TEXT NOT NULL, parent TEXT REFERENCES topics, description TEXT);
    CREATE TABLE posts (slug TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL, updated TEXT,
      summary TEXT, url TEXT NOT NULL, answer TEXT, source TEXT, pinned INTEGER NOT NULL, closed INTEGER NOT NULL,
      audience TEXT, markdown TEXT NOT NULL, html TEXT NOT NULL);
    CREATE TABLE post_authors (post TEXT NOT NULL REFERENCES posts, place INTEGER NOT NULL, person TEXT NOT NULL REFERENCES people,
      PRIMARY KEY (post, place));
    CREATE TABLE post_topics (post TEXT NOT NULL REFERENCES posts, topic TEXT NOT NULL REFERENCES topics, PRIMARY KEY (post, topic));
    CREATE TABLE responses (post TEXT NOT NULL REFERENCES posts, id TEXT NOT NULL, place INTEGER NOT NULL, parent TEXT,
      depth INTEGER NOT NULL, kind TEXT NOT NULL, stance TEXT, person TEXT REFERENCES people, guest TEXT, guest_url TEXT,
      date TEXT NOT NULL, url TEXT NOT NULL, source TEXT, removed TEXT, audience TEXT, about TEXT, markdown TEXT NOT NULL, html TEXT NOT NULL,
      PRIMARY KEY (post, id));
    CREATE TABLE pages (slug TEXT PRIMARY KEY, title TEXT NOT NULL, url TEXT NOT NULL, audience TEXT, markdown TEXT NOT NULL,
      html TEXT NOT NULL);
    CREATE INDEX responses_by_person ON responses (person);
    """

  init(_ content: ExportContent) {
    self.content = content
  }

  private var community: Community { content.community }

  /// Creates the database under a temporary name, and renames it when it is complete.
  func write(to path: String) throws {
    let folder = try ScratchFolder()
    let file = "\(folder.path)/community.sqlite"
    do {
      let database = try Database(file)
      try database.run(Self.schema)
      try database.run("BEGIN")
      try fill(database)
      try database.run("COMMIT")
    }
    try FileSystem.replace(path, with: try FileSystem.read(file), temporary: "\(path).stoa-tmp")
  }

  private func fill(_ database: Database) throws {
    let settings = community.settings
    try database.insert(
      "site",
      [
        .text(settings.title), .text(settings.description), .text(content.baseURL),
        .text(settings.language),
      ])
    for person in community.contributors {
      let bio = person.file.map { content.text(ofFile: $0.file) } ?? []
      try database.insert(
        "people", [.text(person.handle), .text(person.name), .optional(person.url), .bytes(bio)])
    }
    for topic in community.topics {
      let text = topic.file.map { content.text(ofFile: $0.file) } ?? []
      try database.insert(
        "topics",
        [
          .text(topic.slug), .text(topic.title),
          .optional(topic.parent.map { community.topics[$0].slug }), .bytes(text),
        ])
    }
    for conversation in community.conversations.reversed() {
      try add(conversation, to: database)
    }
    for entry in community.pages {
      let text = content.text(ofFile: entry.page.file, hasTitle: entry.page.title != nil)
      try database.insert(
        "pages",
        [
          .text(entry.page.slug), .text(entry.title), .text(content.bodies.url(of: entry.address)),
          .optional(name(of: entry.audience)), .bytes(text),
          .bytes(content.bodies.html(entry.body, at: entry.address, isFromVisitors: false)),
        ])
    }
  }

  private func add(_ conversation: Conversation, to database: Database) throws {
    let post = conversation.post
    let isRemoved = post.removed != nil
    let text = isRemoved ? [] : content.text(ofFile: post.file, hasTitle: post.title != nil)
    try database.insert(
      "posts",
      [
        .text(post.slug), .text(post.kind.rawValue), .text(conversation.title),
        .text(conversation.date.machineReadable), .optional(post.updated?.machineReadable),
        .optional(post.summary), .text(content.bodies.url(of: conversation.address)),
        .optional(conversation.answer.map { conversation.responses[$0].response.id }),
        .optional(post.source?.url), .number(post.isPinned ? 1 : 0),
        .number(post.acceptsResponses ? 0 : 1), .optional(name(of: conversation.audience)),
        .bytes(text),
        .bytes(
          content.bodies.html(conversation.body, at: conversation.address, isFromVisitors: false)),
      ])
    for (place, author) in conversation.authors.enumerated() {
      try database.insert(
        "post_authors",
        [.text(post.slug), .number(place + 1), .text(community.contributors[author].handle)])
    }
    for topic in conversation.topics {
      try database.insert("post_topics", [.text(post.slug), .text(community.topics[topic].slug)])
    }
    for (place, response) in (conversation.responses + conversation.mentions).enumerated() {
      try add(response, at: place + 1, of: conversation, to: database)
    }
  }

  private func add(
    _ response: ThreadedResponse, at place: Int, of conversation: Conversation,
    to database: Database
  ) throws {
    let item = response.response
    var person: String?
    var guest: String?
    var url: String?
    switch response.speaker {
    case .contributor(let index): person = community.contributors[index].handle
    case .guest(let name, let address): (guest, url) = (name, address)
    case nil: break
    }
    let isRemoved = item.removed != nil
    let address = SiteAddress(conversation.address.path, fragment: response.fragment)
    try database.insert(
      "responses",
      [
        .text(conversation.post.slug), .text(item.id), .number(place),
        .optional(response.parent.map { conversation.responses[$0].response.id }),
        .number(response.depth), .text(item.kind.rawValue), .optional(item.stance?.rawValue),
        .optional(person), .optional(guest), .optional(url), .text(response.date.machineReadable),
        .text(content.bodies.url(of: address)), .optional(item.source?.url),
        .optional(item.removed), .optional(name(of: response.audience)),
        .optional(isRemoved ? nil : item.about?.value),
        .bytes(isRemoved ? [] : content.text(ofFile: item.file, isFromVisitors: true)),
        .bytes(
          isRemoved
            ? []
            : content.bodies.html(response.body, at: conversation.address, isFromVisitors: true)),
      ])
  }
}

extension SQLiteExport {
  /// Nil in a community without audiences.
  private func name(of audience: Audience) -> String? {
    let settings = content.community.settings
    return settings.audiences.isEmpty ? nil : settings.name(of: audience)
  }
}

/// A database in the making.
private final class Database {
  enum Value {
    case text(String)
    case bytes([UInt8])
    case number(Int)
    case null

    static func optional(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
  }

  private var handle: OpaquePointer?
  private let path: String

  init(_ path: String) throws {
    self.path = path
    // No durability is needed: the file gets its name only when it is complete.
    guard sqlite3_open(path, &handle) == SQLITE_OK else { throw failure }
    try run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
  }

  deinit { sqlite3_close(handle) }

  private var failure: DatabaseError {
    DatabaseError(path, handle.map { String(cString: sqlite3_errmsg($0)) } ?? "it cannot be opened")
  }

  func run(_ statement: String) throws {
    guard sqlite3_exec(handle, statement, nil, nil, nil) == SQLITE_OK else { throw failure }
  }

  func insert(_ table: String, _ values: [Value]) throws {
    let places = values.map { _ in "?" }.joined(separator: ", ")
    var statement: OpaquePointer?
    guard
      sqlite3_prepare_v2(handle, "INSERT INTO \(table) VALUES (\(places))", -1, &statement, nil)
        == SQLITE_OK
    else { throw failure }
    defer { sqlite3_finalize(statement) }
    // With this destructor, SQLite copies the bound text.
    let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      switch value {
      case .text(let text):
        sqlite3_bind_text(statement, place, text, Int32(text.utf8.count), copies)
      case .bytes(let bytes):
        let text = String(decoding: bytes, as: UTF8.self)
        sqlite3_bind_text(statement, place, text, Int32(text.utf8.count), copies)
      case .number(let number): sqlite3_bind_int64(statement, place, Int64(number))
      case .null: sqlite3_bind_null(statement, place)
      }
    }
    guard sqlite3_step(statement) == SQLITE_DONE else { throw failure }
  }
}

/// An error of the system while the database is written.
private struct DatabaseError: InputOutputFailure {
  let description: String

  init(_ path: String, _ reason: String) {
    description = "\(path): \(reason)"
  }
}
