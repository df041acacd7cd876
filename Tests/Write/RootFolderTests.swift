import StoaPlatform
import StoaSystem
import Testing

@Suite("A folder whose files are opened") struct RootFolderTests {
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    try scratch.write(Array("inside".utf8), to: "root/a/b/c.txt")
    try scratch.write(Array("outside".utf8), to: "outside/c.txt")
    let root = "\(scratch.path)/root"
    for (link, target) in [
      ("link.txt", "a/b/c.txt"), ("folder", "a"), ("out", "../outside"), ("loop", "loop"),
      ("absolute", "\(scratch.path)/outside"), ("a/up", ".."),
    ] { #expect(symlink(target, "\(root)/\(link)") == 0) }
    #expect(mkfifo("\(root)/fifo", 0o600) == 0)
  }

  /// The result of opening a path: 0, or the error number.
  private func failure(_ path: String, walks: Bool, asFolder: Bool = false) -> Int32 {
    let descriptor = RootFolder("\(scratch.path)/root", walks: walks).open(path, asFolder: asFolder)
    guard descriptor >= 0 else { return -descriptor }
    close(descriptor)
    return 0
  }

  @Test("gives what is below it", arguments: [false, true]) func opens(_ walks: Bool) {
    #expect(failure("a/b/c.txt", walks: walks) == 0)
    #expect(failure("a/b", walks: walks, asFolder: true) == 0)
    // Opening it must not wait for a writer.
    #expect(failure("fifo", walks: walks) == 0)
    #expect(failure("a/nothing", walks: walks) == ENOENT)
    #expect(failure("nothing/c.txt", walks: walks) == ENOENT)
    #expect(failure("a/b/c.txt/d", walks: walks) == ENOTDIR)
    #expect(failure("a/b/c.txt", walks: walks, asFolder: true) == ENOTDIR)
  }

  @Test("follows no link", arguments: [false, true]) func refusesLinks(_ walks: Bool) {
    for path in ["link.txt", "folder/b/c.txt", "out/c.txt", "loop", "absolute/c.txt", "a/up/a"] {
      #expect(failure(path, walks: walks) == ELOOP, "\(path)")
    }
    for path in ["folder", "out", "absolute"] {
      #expect(failure(path, walks: walks, asFolder: true) == ELOOP, "\(path)")
    }
  }

  @Test("is not left", arguments: [false, true]) func keepsWithin(_ walks: Bool) {
    for path in ["../outside/c.txt", "a/../../outside/c.txt", "/etc/passwd"] {
      #expect(failure(path, walks: walks) != 0, "\(path)")
    }
  }

  @Test("that is not there says so for each of its files") func missing() {
    #expect(RootFolder("\(scratch.path)/nowhere").open("a") == -ENOENT)
  }
}
