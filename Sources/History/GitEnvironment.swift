import StoaPlatform

/// The environment in which git is started: the caller's, without variables that would make it read another repository or write in
/// another language.
package enum GitEnvironment {
  /// Variables of git that are kept: where its configuration is (which lists the trusted folders), where its programs are, and how
  /// far up it may search.
  private static let kept: Set<String> = [
    "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH",
  ]

  /// Variables that are always set: no translated or coloured output, no prompt on the terminal, no lock, and no grafts or
  /// replacements, which may differ between clones.
  private static let fixed = [
    "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_REPLACE_OBJECTS=1",
    "GIT_GRAFT_FILE=/dev/null", "GIT_LITERAL_PATHSPECS=1",
  ]

  /// Each as `NAME=value`.
  package static func make() -> [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if passes(text) { variables.append(text) }
      next += 1
    }
    return variables + fixed
  }

  static func passes(_ variable: String) -> Bool {
    let name = String(variable.prefix { $0 != "=" })
    if name.hasPrefix("GIT_CONFIG_KEY_") || name.hasPrefix("GIT_CONFIG_VALUE_") { return true }
    if name.hasPrefix("GIT_") { return kept.contains(name) }
    return name != "LANGUAGE" && !name.hasPrefix("LC_")
  }
}
