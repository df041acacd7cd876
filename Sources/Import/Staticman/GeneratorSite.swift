import StoaAddresses
import StoaModel

/// What the tags of a Jekyll or Hugo text can name: the site, and its other texts.
struct GeneratorSite: Sendable {
  var title = ""
  /// Such as `https://old.example`, without a slash at its end.
  var url = ""
  /// The path that all addresses of the site begin with, such as `/blog`; empty at the top of a host.
  var basePath = ""
  /// Paths of texts below the source, by the names under which tags call them.
  private var files: [String: String] = [:]

  init() {}

  init(_ configuration: SiteConfiguration, texts: [String]) {
    title = configuration.title
    url = Self.withoutSlash(configuration.host)
    basePath = Self.withoutSlash(configuration.basePath)
    for file in texts {
      let parts = file.split(separator: "/").map(String.init)
      // The longest suffix of the path first, the shortest last: `ref "rope"` may mean any of them.
      for start in parts.indices {
        for name in Self.names(of: parts[start...].joined(separator: "/")) where files[name] == nil
        {
          files[name] = file
        }
      }
    }
  }

  /// The text that a tag names; nil when there is none.
  func file(called name: String) -> String? {
    let name = name.split(separator: "/").joined(separator: "/")
    return files[name] ?? files[StaticmanLayout.stem(of: name)]
  }

  private static func names(of path: String) -> [String] {
    var names = [path]
    if StaticmanLayout.isText(path) { names.append(StaticmanLayout.stem(of: path)) }
    for end in ["/index", "/_index"] where names.last?.hasSuffix(end) == true {
      names.append(String(names[names.count - 1].dropLast(end.count)))
    }
    return names
  }

  private static func withoutSlash(_ text: String) -> String {
    text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}

/// The arguments of a tag: words, with or without quotes, alone or after a name.
struct TagArguments {
  private(set) var words: [String] = []
  private(set) var named: [String: String] = [:]

  init(_ bytes: ArraySlice<UInt8>) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: ",") {
        index += 1
        continue
      }
      let (word, next) = Self.word(in: bytes, from: index)
      if next < bytes.endIndex, bytes[next] == UInt8(ascii: "="), next + 1 < bytes.endIndex {
        let (value, end) = Self.word(in: bytes, from: next + 1)
        named[word] = value
        index = max(end, next + 2)
      } else {
        words.append(word)
        index = max(next, index + 1)
      }
    }
  }

  private static func word(in bytes: ArraySlice<UInt8>, from start: Int) -> (String, Int) {
    let first = bytes[start]
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") || first == UInt8(ascii: "`") {
      let end = bytes[(start + 1)...].firstIndex(of: first) ?? bytes.endIndex
      return (
        String(decoding: bytes[(start + 1)..<end], as: UTF8.self), min(end + 1, bytes.endIndex)
      )
    }
    let word = bytes[start...].prefix { $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != 0x2C }
    return (String(decoding: word, as: UTF8.self), word.endIndex)
  }
}
