import StoaLoad
import StoaModel

/// Commands that remove a person from a repository's history, for `git filter-repo`.
struct HistoryRecipe {
  let names: [String]
  /// Other people's lines that quoted the person.
  let quotes: [String]
  /// The person's own files: every version of these but the newest is removed.
  let files: [String]
  let word: String

  var script: String {
    // The lines of the script hold these, and each has to stay one line.
    let names = names.map(\.onOneLine)
    let word = word.onOneLine
    let rules = names.filter { $0.unicodeScalars.count > 1 }
      .sorted { $0.utf8.count > $1.utf8.count }
      .map { "regex:\(Self.pattern($0))==>\(word.replacing("\\", with: "\\\\"))" }
    let lines = quotes.map { Self.rule(for: $0) }
    return """
      cd "$(git rev-parse --show-toplevel)"
      folder=$(mktemp -d)
      cat > "$folder/files" <<'END'
      \(files.joined(separator: "\n"))
      END
      cat > "$folder/words" <<'END'
      \((lines + rules).joined(separator: "\n"))
      END
      git ls-tree -r HEAD | awk '{ print $3 }' | sort -u > "$folder/kept"
      while IFS= read -r file; do git log --all --format= --raw --no-abbrev --no-renames -- "$file"; done \\
        < "$folder/files" | awk '{ print $3; print $4 }' | grep -v '^0*$' | sort -u > "$folder/all"
      comm -23 "$folder/all" "$folder/kept" > "$folder/blobs"
      word=$(cut -d: -f2- <<'END'
      x:\(word)
      END
      )
      cut -d: -f2- > "$folder/names" <<'END'
      \(names.map { "x:\($0)" }.joined(separator: "\n"))
      END
      git log --all --format='%an%x09<%ae>%n%cn%x09<%ce>' | sort -u | while IFS=$(printf '\t') read -r name address; do
        if printf '%s\n' "$name" | grep -qixF -f "$folder/names"; then
          printf '%s <erased@invalid> %s %s\n' "$word" "$name" "$address"
        fi
      done > "$folder/mailmap"
      git filter-repo --force --strip-blobs-with-ids "$folder/blobs" --replace-text "$folder/words" \\
        --replace-message "$folder/words" --mailmap "$folder/mailmap"
      rm -rf "$folder"
      """
  }

  /// The rule that removes a quote; a quote of several lines matches any wrapping.
  private static func rule(for quote: String) -> String {
    guard quote.utf8.contains(UInt8(ascii: "\n")) else { return "literal:\(quote)==>[…]" }
    let words = quote.split { $0 == " " || $0.isNewline || $0 == "\t" }
    return "regex:\(words.map { escaped(String($0)) }.joined(separator: "[ \\t\\r\\n>]+"))==>[…]"
  }

  /// The keys of front matter: a name that is one of them stays where it is one, or hidden texts would lose their `audience`.
  private static let keys = Set(Schema.all.flatMap { $0.keys.map(\.name) })

  /// A name as a regular expression of Python over bytes: case-insensitive, as a whole word.
  private static func pattern(_ name: String) -> String {
    var pattern = "(?i)"
    if keys.contains(where: { $0.contains(name.lowercased()) }) {
      pattern = "(?im)(?:(?<!^)(?<!^[\"'])|(?![a-z-]*[\"']?[ \\t]*:))(?<!-)"
    }
    let isWord: (UInt8?) -> Bool = { $0.map(ASCII.isLetterOrDigit) ?? false }
    if isWord(name.utf8.first) { pattern += "(?<![A-Za-z0-9])" }
    pattern += escaped(name)
    if isWord(name.utf8.last) { pattern += "(?![A-Za-z0-9])" }
    return pattern
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isPlain = !scalar.isASCII || ASCII.isLetterOrDigit(UInt8(scalar.value)) || scalar == " "
      return (isPlain ? "" : "\\") + String(scalar)
    }.joined()
  }
}
