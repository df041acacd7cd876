/// Web URLs: http or https, followed by at least one character, without white space.
package enum WebAddress {
  package static func isValid(_ text: String) -> Bool {
    let bytes = text.utf8
    let start = bytes.prefix(8).map { $0 | 0x20 }
    let count = start.starts(with: "https://".utf8) ? 8 : start.starts(with: "http://".utf8) ? 7 : 0
    return count > 0 && bytes.count > count && !bytes.contains { $0 <= 0x20 || $0 == 0x7F }
  }
}
