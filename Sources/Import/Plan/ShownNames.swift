import StoaAddresses

/// Decides under which names people appear.
struct ShownNames: Sendable {
  private let rule: ImportOptions.Names
  private let members: NamePlan

  init(_ rule: ImportOptions.Names, community: CommunityFacts) {
    self.rule = rule
    members = community.people
  }

  /// Whether everybody appears with initials only, even people with accounts.
  var hidesAll: Bool { rule == .initials }

  func shown(_ name: String) -> String { keeps(name) ? name : Self.initials(of: name) }

  /// Whether a person appears by name.
  func keeps(_ name: String) -> Bool {
    switch rule {
    case .keep: true
    case .members: members.hasFile(name)
    case .initials: false
    }
  }

  /// `Ada B. Lovelace` is `A. B. L.`.
  static func initials(of name: String) -> String {
    let words = name.split { !$0.isLetter && !$0.isNumber }
    return words.compactMap(\.first).prefix(6).map { "\($0.uppercased())." }.joined(separator: " ")
  }
}
