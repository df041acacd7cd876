import Foundation
import StoaSystem
import Testing

/// A folder with a file `a`, a link `link` to it, a FIFO, a folder with a file in it, and a link to a folder outside.
private func withFolder(_ body: (String) throws -> Void) throws {
  let scratch = try ScratchFolder()
  let outside = try ScratchFolder()
  try outside.write(Array("secret".utf8), to: "secret")
  try scratch.write(Array("hello".utf8), to: "a")
  try scratch.write(Array("inner".utf8), to: "folder/b")
  let manager = FileManager.default
  try manager.createSymbolicLink(
    atPath: "\(scratch.path)/link", withDestinationPath: "\(scratch.path)/a")
  try manager.createSymbolicLink(
    atPath: "\(scratch.path)/outside", withDestinationPath: outside.path)
  #expect(mkfifo("\(scratch.path)/fifo", 0o600) == 0)
  try body(scratch.path)
}

@Suite("Files are read") struct FileReaderTests {
  @Test("whole, when they are regular and of a size that was asked for") func files() throws {
    try withFolder { (folder) throws in
      #expect(try FileReader.read("\(folder)/a") == Array("hello".utf8))
      #expect(try FileReader.read("\(folder)/link", followsLinks: true) == Array("hello".utf8))
      for name in ["link", "fifo", "folder", "missing"] {
        #expect(throws: FileReader.Refusal.self, "\(name)") {
          try FileReader.read("\(folder)/\(name)")
        }
      }
      #expect(throws: FileReader.Refusal.self) {
        try FileReader.read("\(folder)/a", maximumSize: 4)
      }
    }
  }

  @Test("as absent only where there is nothing", arguments: [("missing", true), ("fifo", false)])
  func absence(name: String, isAbsent: Bool) throws {
    try withFolder { (folder) throws in
      let refusal = try #require(throws: FileReader.Refusal.self) {
        try FileReader.read("\(folder)/\(name)")
      }
      #expect(refusal.isAbsence == isAbsent)
    }
  }

  @Test("below a folder without leaving it", arguments: [false, true])
  func beneath(walks: Bool) throws {
    try withFolder { (folder) throws in
      let root = RootFolder(folder, walks: walks)
      #expect(try FileReader.read("folder/b", in: root) == Array("inner".utf8))
      for name in ["link", "outside/secret", "../\(folder)/a", "/etc/hostname", "folder", "fifo"] {
        #expect(throws: FileReader.Refusal.self, "\(name)") {
          try FileReader.read(name, in: root)
        }
      }
    }
  }

  @Test("with paths relative to a folder, unless they are elsewhere") func relative() {
    let root = RootFolder("/tmp")
    #expect(root.relative("/tmp/a/b") == "a/b")
    #expect(root.relative("/tmpa/b") == nil)
    #expect(root.relative("/tmp") == nil)
  }
}
