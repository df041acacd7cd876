import StoaHTML
import StoaModel

/// Lines of an index in files that are small enough to be downloaded for a few lines.
struct Shards: Sendable {
  /// The bytes of each file.
  private(set) var files: [[UInt8]] = []
  /// The number of each file's first line.
  private(set) var firstLines: [Int] = []

  /// - Parameter size: the maximum size of a file in bytes, unless it is one line.
  init(_ lines: [[UInt8]], size: Int) {
    var file: [UInt8] = []
    var first = 0
    for (number, line) in lines.enumerated() {
      if !file.isEmpty, file.count + line.count >= size {
        files.append(file)
        firstLines.append(first)
        file = []
        first = number
      }
      file += line
      file.append(UInt8(ascii: "\n"))
    }
    // There is always at least one file.
    files.append(file)
    firstLines.append(first)
  }

  /// The part of each file's URL that changes with its bytes: four digits for each file.
  var stamps: String {
    var stamps: [UInt8] = []
    for file in files {
      var hash: UInt64 = 14_695_981_039_346_656_037
      for byte in file { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
      hash ^= hash >> 32
      for shift in [0, 6, 12, 18] { stamps.append(Digits.all[Int(hash >> UInt64(shift) & 63)]) }
    }
    return String(decoding: stamps, as: UTF8.self)
  }
}
