/// The conflict markers that git writes into a file when a merge fails.
package enum ConflictMarkers {
  /// Line numbers, from 1.
  package struct Conflict: Sendable, Hashable {
    package let first: Int
    package let last: Int
  }

  /// The conflicts in a file: `<<<<<<< `, `=======` and `>>>>>>> `, each at the beginning of a line, in this order.
  package static func conflicts(in bytes: [UInt8]) -> [Conflict] {
    guard mayAppear(in: bytes) else { return [] }
    var conflicts: [Conflict] = []
    var first: Int?
    var isDivided = false
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      if isMarker(line, UInt8(ascii: "<"), hasName: true) {
        (first, isDivided) = (number + 1, false)
      } else if first != nil, isMarker(line, UInt8(ascii: "="), hasName: false) {
        isDivided = true
      } else if let begun = first, isDivided, isMarker(line, UInt8(ascii: ">"), hasName: true) {
        conflicts.append(Conflict(first: begun, last: number + 1))
        first = nil
      }
    }
    return conflicts
  }

  private static let width = 7

  /// Seven equal bytes, followed by the line's end or by a space and a name.
  private static func isMarker(_ line: ArraySlice<UInt8>, _ byte: UInt8, hasName: Bool) -> Bool {
    guard line.first == byte, line.prefix(width).count == width,
      line.prefix(width).allSatisfy({ $0 == byte })
    else { return false }
    let rest = line.dropFirst(width)
    return hasName ? rest.first == 0x20 : rest.allSatisfy { $0 == 0x0D }
  }

  /// Whether `<<` occurs anywhere; few documents have it.
  private static func mayAppear(in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var found: UInt8 = 0
      // Arithmetic, so that the compiler can vectorise it: the highest bit is set where both bytes are `<`.
      for index in bytes.indices.dropFirst() {
        let differs = (bytes[index &- 1] ^ 0x3C) | (bytes[index] ^ 0x3C)
        found |= (differs &- 1) & ~differs
      }
      return found & 0x80 != 0
    }
  }
}

extension Diagnostic {
  /// A merge conflict that was left in a file.
  package init(conflictIn file: String, line: Int) {
    self.init(
      .conflictMarker, at: SourceLocation(file: file, line: line, column: 1),
      "a merge conflict is left in the file",
      suggestion: "keep one version, or both, and delete the lines of <<<<<<<, ======= and >>>>>>>")
  }
}
