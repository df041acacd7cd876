package import StoaLink
package import StoaModel

/// A check of `stoa check` that builds do not make, with examples that pass and examples that are reported.
package struct Rule: Sendable {
  package let code: DiagnosticCode
  package let passing: [Example]
  /// Each with a mark at every place that is reported.
  package let failing: [Example]
  package let check: @Sendable (Community) -> [Diagnostic]

  init(
    _ code: DiagnosticCode, passing: [Example], failing: [Example],
    _ check: @escaping @Sendable (Community) -> [Diagnostic]
  ) {
    self.code = code
    self.passing = passing
    self.failing = failing
    self.check = check
  }

  /// Every rule, in the order of their codes.
  package static let all: [Rule] = [
    .duplicateTitle, .emptyResponse, .guestNamedLikeContributor, .headingJump, .lateResponse,
    .lowContrast,
    .missingAlternative, .misspeltMention, .orphanedAsset, .overlappingTopics, .placeholderName,
    .redirectedLink,
    .repeatedResponse, .similarContributors, .similarTopics,
  ]

  /// The diagnostics of a rule for a community as it is shown; a rule must not see hidden content.
  package static func diagnostics(for community: Community) -> [Diagnostic] {
    all.flatMap { rule in
      community.settings.rules[rule.code] == .off ? [] : rule.check(community)
    }
  }
}

/// A few files of a community, by their path below the folder of stoa.yml.
package struct Example: Sendable, ExpressibleByDictionaryLiteral {
  /// Marks the place of a diagnostic in a file; at the start of a file that cannot hold a mark, it stands for the whole file.
  package static let mark = "‸"

  package let files: [String: String]

  package init(dictionaryLiteral files: (String, String)...) {
    self.init(files)
  }

  init(_ files: [(String, String)]) {
    self.files = Dictionary(files) { $1 }
  }

  /// A post “a” with this body.
  static func post(_ text: String) -> Example {
    ["content/posts/a.md": post(text, title: "A bell")]
  }

  /// The content of a post's file.
  static func post(_ text: String, title: String) -> String {
    "---\ntitle: \(title)\nauthor: Maren\ndate: 2026-03-04\n---\n\n\(text)\n"
  }
}
