import StoaImport

/// An issue on a forge, as an event or the forge's interface tells of it.
package struct IssueEvent: Sendable, Equatable {
  /// A file that tells of no issue.
  package struct Problem: Error, CustomStringConvertible {
    package let description: String
  }

  /// The number that people see.
  package let number: Int
  package let title: String
  package let body: String
  /// Whether it is new: an event may also tell that it was edited or closed.
  package let isNew: Bool
  /// Who wrote it.
  package let account: Account
  /// When it was written, as the forge writes it; empty when it does not say.
  package let created: String

  package struct Account: Sendable, Equatable {
    package let name: String
    /// The name that people gave; empty where the forge does not tell it.
    package let fullName: String
    /// The address of its page; empty where the forge does not tell it.
    package let page: String

    package init(name: String, fullName: String, page: String) {
      self.name = name
      self.fullName = fullName
      self.page = page
    }
  }

  /// Reads the JSON of a webhook or of a workflow's event, of GitHub, Forgejo or GitLab, or that of GitLab's interface.
  package init(_ bytes: [UInt8]) throws(Problem) {
    let value: SourceValue
    do throws(SourceProblem) {
      value = try JSONReader.read(bytes)
    } catch {
      throw Problem(description: "\(error.line):\(error.column): no JSON: \(error.message)")
    }
    guard case .mapping(let entries) = value else {
      throw Problem(description: "it is no event of a forge, which is an object of JSON")
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

  /// GitHub and Forgejo have an issue in the event, GitLab's interface has it alone.
  private init(_ issue: Object, action: String, person: Object?) throws(Problem) {
    // A pull request is an issue to some events.
    guard let number = Int(issue.text("number", "iid")), issue.object("pull_request") == nil else {
      throw Problem(description: "it tells of no issue")
    }
    self.number = number
    title = issue.text("title")
    body = issue.text("body", "description")
    isNew = action == "opened"
    account = try Account(person)
    created = issue.text("created_at")
  }

  /// The person of GitLab's webhook is who did what it tells of: the author, if the issue is new.
  private init(gitLabHook event: Object) throws(Problem) {
    guard let issue = event.object("object_attributes"), let number = Int(issue.text("iid")) else {
      throw Problem(description: "it tells of no issue")
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
      throw IssueEvent.Problem(description: "it does not say who wrote the issue")
    }
    self.init(
      name: name, fullName: person?.text("full_name", "name") ?? "",
      page: person?.text("html_url", "web_url") ?? "")
  }
}

/// An object of JSON.
private struct Object {
  private let entries: [SourceValue.Entry]

  init(_ entries: [SourceValue.Entry]) { self.entries = entries }

  private subscript(key: String) -> SourceValue? {
    entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// The first of these that is there and not empty.
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
