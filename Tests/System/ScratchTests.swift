import Foundation
import StoaSystem
import Testing

@Suite("A scratch folder") struct ScratchTests {
  @Test("holds files in order, and is removed with them") func folder() throws {
    var path = ""
    do {
      let scratch = try ScratchFolder()
      path = scratch.path
      try scratch.write([1], to: "x/b")
      try scratch.write([2, 3], to: "x/a/c")
      #expect(scratch.files(below: "x") == ["a/c", "b"])
      #expect(try scratch.read("x/a/c") == [2, 3])
      // Nothing is overwritten.
      #expect(throws: SystemError.self) { try scratch.write([4], to: "x/b") }
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("file is read as it was written, piece by piece") func file() throws {
    let scratch = try ScratchFile()
    try scratch.write([1, 2, 3])
    try scratch.write([9], at: 1)
    #expect(try scratch.read() == [1, 9, 3])
  }

  @Test("write goes on until all is taken") func wholeWrite() {
    var taken: [UInt8] = []
    var interruptions = 2
    let failure = WholeWrite.all(Array(0..<100)) { start, count, done in
      #expect(done == taken.count)
      if interruptions > 0 {
        interruptions -= 1
        errno = EINTR
        return -1
      }
      let part = min(count, 7)
      taken += UnsafeRawBufferPointer(start: start, count: part)
      return part
    }
    #expect(failure == nil)
    #expect(taken == Array(0..<100))
    #expect(
      WholeWrite.all([1]) { _, _, _ in
        errno = ENOSPC
        return -1
      } == ENOSPC)
  }
}
