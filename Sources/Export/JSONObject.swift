/// Builds a JSON object on one line; keys without a value are left out.
struct JSONObject {
  private(set) var bytes: [UInt8] = Array("{".utf8)

  /// The line, with its end.
  var line: [UInt8] { bytes + "}\n".utf8 }

  init(type: String) { add("type", type) }

  private init() {}

  mutating func add(_ key: String, _ text: String) {
    guard !text.isEmpty else { return }
    begin(key)
    write(text.utf8)
  }

  mutating func add(_ key: String, text: [UInt8]) {
    guard !text.isEmpty else { return }
    begin(key)
    write(String(decoding: text, as: UTF8.self).utf8)
  }

  mutating func add(_ key: String, flag: Bool) {
    guard flag else { return }
    begin(key)
    bytes += "true".utf8
  }

  mutating func add(_ key: String, _ texts: [String]) {
    guard !texts.isEmpty else { return }
    begin(key)
    bytes += "[".utf8
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes += ",".utf8 }
      write(text.utf8)
    }
    bytes += "]".utf8
  }

  /// Adds an object with texts.
  mutating func add(_ key: String, object pairs: [(String, String)]) {
    guard !pairs.isEmpty else { return }
    begin(key)
    var object = JSONObject()
    for (key, text) in pairs { object.add(key, text) }
    bytes += object.bytes + "}".utf8
  }

  /// Adds a list of objects with texts.
  mutating func add(_ key: String, objects: [[(String, String)]]) {
    guard !objects.isEmpty else { return }
    begin(key)
    bytes += "[".utf8
    for (index, pairs) in objects.enumerated() {
      if index > 0 { bytes += ",".utf8 }
      var object = JSONObject()
      for (key, text) in pairs { object.add(key, text) }
      bytes += object.bytes + "}".utf8
    }
    bytes += "]".utf8
  }

  private mutating func begin(_ key: String) {
    if bytes.count > 1 { bytes += ",".utf8 }
    write(key.utf8)
    bytes += ":".utf8
  }

  private mutating func write(_ text: some Sequence<UInt8>) {
    bytes += "\"".utf8
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
      default: bytes.append(byte)
      }
    }
    bytes += "\"".utf8
  }
}
