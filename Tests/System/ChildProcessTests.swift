import StoaPlatform
import StoaSystem
import Testing

/// Runs a shell command and returns what it prints.
private func output(of command: String, seconds: Int = 30, maximumSize: Int = 1 << 20) throws
  -> String?
{
  let pipe = try OutputPipe()
  let process = try pipe.start { (end) throws(SystemError) in
    try ChildProcess(
      "/bin/sh", ["-c", command], environment: ["A=one"], streams: [.nothing, end, .nothing])
  }
  let bytes = pipe.read(seconds: seconds, maximumSize: maximumSize)
  if bytes == nil { process.kill() }
  _ = try process.wait()
  return bytes.map { String(decoding: $0, as: UTF8.self) }
}

@Suite("A child process") struct ChildProcessTests {
  @Test("has the environment and the streams that it is given") func streams() throws {
    #expect(try output(of: "cat; echo \"$A\"; echo lost >&2") == "one\n")
  }

  @Test("has nothing of this program's files but what it is given") func descriptors() throws {
    let before = try output(of: "ls /proc/self/fd")
    let other = try OutputPipe()
    #expect(try output(of: "ls /proc/self/fd") == before)
    withExtendedLifetime(other) {}
  }

  @Test("has no file that was opened without a mark to close it") func unmarked() throws {
    let before = try output(of: "ls /proc/self/fd")
    // In the same way as a server's library opens the connections that it accepts.
    let file = open("/dev/null", O_RDONLY)
    defer { close(file) }
    #expect(try output(of: "ls /proc/self/fd") == before)
  }

  @Test("that writes too much is given up") func size() throws {
    #expect(try output(of: "while :; do echo yes; done", maximumSize: 1_000) == nil)
  }

  @Test("that writes nothing is given up after a time") func time() throws {
    #expect(try output(of: "sleep 60", seconds: 0) == nil)
  }

  @Test("says how it ended") func status() throws {
    let good = try ChildProcess("/bin/sh", ["-c", "exit 0"], environment: [])
    #expect(try good.wait() == 0)
    let bad = try ChildProcess("/bin/sh", ["-c", "exit 3"], environment: [])
    #expect(try bad.wait() != 0)
    #expect(throws: SystemError.self) {
      try ChildProcess("/no/such/program", [], environment: [])
    }
  }

  @Test("gets this program's environment without some of it") func environment() {
    let all = ChildProcess.environment()
    #expect(all.contains { $0.hasPrefix("PATH=") })
    #expect(!ChildProcess.environment(without: ["PATH="]).contains { $0.hasPrefix("PATH=") })
  }

  @Test(
    "is looked for by a path without dots",
    arguments: [("/a/./b/../c", "/a/c"), ("/..", "/"), ("/a//b/", "/a/b")])
  func absolute(path: String, expected: String) {
    #expect(Machine.absolute(path) == expected)
  }
}
