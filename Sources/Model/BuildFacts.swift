/// The parameters of a build, which are the same for all stages from Select on.
package struct BuildFacts: Sendable {
  package var settings: Settings
  /// The audience of the build.
  package var audience: Audience
  /// The day or instant up to which items count as published, not scheduled.
  package var asOf: Timestamp
  /// The folder of stoa.yml, which assets' paths are relative to.
  package var root: String
  /// The community's own theme files, by their path below `templates`.
  package var theme: [String: [UInt8]]

  package init(
    settings: Settings, audience: Audience, asOf: Timestamp, root: String,
    theme: [String: [UInt8]] = [:]
  ) {
    self.settings = settings
    self.audience = audience
    self.asOf = asOf
    self.root = root
    self.theme = theme
  }
}

/// The result of a stage, which passes the facts of its build on to the next.
package protocol StageResult: Sendable {
  var facts: BuildFacts { get }
}

extension StageResult {
  package var settings: Settings { facts.settings }
  package var audience: Audience { facts.audience }
  package var asOf: Timestamp { facts.asOf }
  package var root: String { facts.root }
  package var theme: [String: [UInt8]] { facts.theme }
}
