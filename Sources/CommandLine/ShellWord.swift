/// Text quoted for a shell.
enum ShellWord {
  /// A path as one shell word, quoted where the shell would interpret a character.
  static func quoted(path: String) -> String {
    // A word that begins with a hyphen would be taken for an option.
    let path = path.hasPrefix("-") ? "./\(path)" : path
    let isPlain = path.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "/._-+,:@%".unicodeScalars.contains(scalar)
    }
    guard !isPlain || path.isEmpty else { return path }
    // Scalars, not Characters: a quote followed by a combining mark is another Character.
    let inner = path.unicodeScalars.map { $0 == "'" ? #"'\''"# : String($0) }
    return "'\(inner.joined())'"
  }
}
