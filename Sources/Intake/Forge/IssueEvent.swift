import StoaData

/// An issue on a forge, from an event or from the forge's API.
package struct IssueEvent: Sendable, Equatable {
  /// A file that describes no issue.
  package struct Problem: Error, CustomStringConvertible {
    package let description: String
  }

  /// The number that people see.
  package let number: Int
  package let title: String
  package let body: String
  /// Whether it is new: an event may also report that an issue was edited or closed.
  package let isNew: Bool
  /// The author.
  package let account: Account
  /// The time of creation in the forge's format; empty when it is missing.
  package let created: String

  package struct Account: Sendable, Equatable {
    package let name: String
    /// The display name; empty when the forge does not report it.
    package let fullName: String
    /// The URL of the account's page; empty when the forge does not report it.
    package let page: String

    package init(name: String, fullName: String, page: String) {
      self.name = name
      self.fullName = fullName
      self.page = page
    }
  }

  /// Reads the JSON of a webhook or a workflow event (GitHub, Forgejo or GitLab), or of GitLab's API.
  package init(_ bytes: [UInt8]) throws(Problem) {
    let value: SourceValue
    do throws(SourceProblem) {
      value = try JSONReader.read(bytes)
    } catch {
      throw Problem(description: "\(error.line):\(error.column): no JSON: \(error.message)")
    }
    guard case .mapping(let entries) = value else {
      throw Problem(description: "it is not a forge's event, which is a JSON object")
    }
    let event = Object(entries)
    if event.text("object_kind") == "issue" {
      try self.init(gitLabHook: event)
    } else if let issue = event.object("issue") {
      try self.init(issue, action: event.text("action"), person: issue.object("user"))
    } else {
      try self.init(event, action: "opened", person: event.object("author"))
    }
  }

  /// GitHub and Forgejo put the issue into an event; GitLab's API returns it alone.
  private init(_ issue: Object, action: String, person: Object?) throws(Problem) {
    // Some events report a pull request as an issue.
    guard let number = Int(issue.text("number", "iid")), issue.object("pull_request") == nil else {
      throw Problem(description: "it describes no issue")
    }
    self.number = number
    title = issue.text("title")
    body = issue.text("body", "description")
    isNew = action == "opened"
    account = try Account(person)
    created = issue.text("created_at")
  }

  /// The person in GitLab's webhook is the one who caused the event, which is the author if the issue is new.
  private init(gitLabHook event: Object) throws(Problem) {
    guard let issue = event.object("object_attributes"), let number = Int(issue.text("iid")) else {
      throw Problem(description: "it describes no issue")
    }
    let person = event.object("user")
    let ids = (person?.text("id") ?? "", issue.text("author_id"))
    self.number = number
    title = issue.text("title")
    body = issue.text("description")
    isNew = issue.text("action") == "open" && (ids.0.isEmpty || ids.1.isEmpty || ids.0 == ids.1)
    account = try Account(person)
    created = issue.text("created_at").replacing(" UTC", with: "Z")
  }
}

extension IssueEvent.Account {
  fileprivate init(_ person: Object?) throws(IssueEvent.Problem) {
    let name = person?.text("login", "username") ?? ""
    guard !name.isEmpty else {
      throw IssueEvent.Problem(description: "the issue's author is missing")
    }
    self.init(
      name: name, fullName: person?.text("full_name", "name") ?? "",
      page: person?.text("html_url", "web_url") ?? "")
  }
}

/// A JSON object.
private struct Object {
  private let entries: [SourceValue.Entry]

  init(_ entries: [SourceValue.Entry]) { self.entries = entries }

  private subscript(key: String) -> SourceValue? {
    entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// The value of the first of these keys that is not empty.
  func text(_ keys: String...) -> String {
    for key in keys {
      if let text = self[key]?.text, !text.isEmpty { return text }
    }
    return ""
  }

  func object(_ key: String) -> Object? {
    if case .mapping(let entries)? = self[key] { Object(entries) } else { nil }
  }
}
