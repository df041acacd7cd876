/// Finds placeholders that other tools would have replaced when they built the page.
enum Markers {
  static func hasLiquid(_ text: [UInt8]) -> Bool {
    contains("{%", in: text) || contains("{{", in: text, notBefore: "<%")
  }

  private static func contains(
    _ marker: StaticString, in text: [UInt8], notBefore excluded: StaticString = ""
  ) -> Bool {
    let wanted = UnsafeBufferPointer(start: marker.utf8Start, count: marker.utf8CodeUnitCount)
    let after = UnsafeBufferPointer(start: excluded.utf8Start, count: excluded.utf8CodeUnitCount)
    var from = 0
    while let index = text[from...].firstIndex(of: wanted[0]) {
      let rest = text[index...]
      if rest.starts(with: wanted) {
        let next = index + wanted.count
        if next >= text.count || !after.contains(text[next]) { return true }
        from = next
      } else {
        from = index + 1
      }
    }
    return false
  }
}
