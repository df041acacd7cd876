import Foundation
import StoaHTML
import StoaSystem
import Synchronization
import Testing

@testable import StoaRender
@testable import StoaWrite

/// Each with the output folder of a scratch folder, written without a community behind it.
@Suite("Writing a plan") struct WriteTests {
  /// Files of all three waves, some a thousand times as large as others, in more slices than there are cores.
  private static func plan(_ count: Int = 300, edition: String = "first") -> Plan {
    let waves: [PlannedFile.Wave] = [.asset, .page, .entrance]
    let files = (0..<count).map { number in
      PlannedFile(
        path: "posts/\(number % 7)/\(number).html", wave: waves[number % 3],
        content: .render { buffer in
          for _ in 0..<(number % 50 == 0 ? 1000 : 1) { buffer.write("\(edition) \(number)\n") }
        })
    }
    return Plan(audience: "", baseURL: "").adding(files)
  }

  private static func options(_ scratch: ScratchFolder, jobs: Int = 2) -> WriteOptions {
    WriteOptions(
      output: "\(scratch.path)/site", contentRoot: "\(scratch.path)/community", jobs: jobs)
  }

  /// Every file of the site with its bytes.
  private static func site(in scratch: ScratchFolder) throws -> [String: [UInt8]] {
    var site: [String: [UInt8]] = [:]
    for path in scratch.files(below: "site") { site[path] = try scratch.read("site/\(path)") }
    return site
  }

  private static func bytes(of plan: Plan) throws -> [String: [UInt8]] {
    var bytes: [String: [UInt8]] = [:]
    for file in plan.files {
      guard case .render(let render) = file.content else { continue }
      var buffer = ByteBuffer(capacity: 16)
      try render(&buffer)
      bytes[file.path] = buffer.bytes
    }
    return bytes
  }

  @Test(arguments: [1, 2, 5]) func laysDownEveryFileWhateverTheNumberOfJobs(_ jobs: Int)
    async throws
  {
    let scratch = try ScratchFolder()
    let plan = Self.plan()
    let report = try await write(plan, to: Self.options(scratch, jobs: jobs))
    #expect(report.written == 300 && report.unchanged == 0)
    var site = try Self.site(in: scratch)
    let manifest = site.removeValue(forKey: Manifest.fileName)
    let expected = try Self.bytes(of: plan)
    #expect(site == expected)
    let lines = String(decoding: manifest ?? [], as: UTF8.self).split(separator: "\n").dropFirst(3)
    let paths = lines.compactMap { $0.split(separator: " ").last.map(String.init) }
    #expect(paths == plan.files.map(\.path), "in order of the paths")

    let again = try await write(plan, to: Self.options(scratch, jobs: jobs))
    #expect(again.written == 0 && again.unchanged == 300)
    #expect(again.manifest == report.manifest)
  }

  @Test func aBuildThatFailsLeavesWholeFilesAndTheNextOneCompletesIt() async throws {
    for last in [1, 2, 40, 299] {
      let scratch = try ScratchFolder()
      _ = try await write(Self.plan(edition: "old"), to: Self.options(scratch))
      var options = Self.options(scratch)
      let steps = Atomic(0)
      options.step = {
        if steps.add(1, ordering: .relaxed).newValue > last { throw Stop() }
      }
      await #expect(throws: Stop.self) { try await write(Self.plan(), to: options) }
      var site = try Self.site(in: scratch)
      site[Manifest.fileName] = nil
      let (old, new) = (
        try Self.bytes(of: Self.plan(edition: "old")), try Self.bytes(of: Self.plan())
      )
      for (path, bytes) in site { #expect(bytes == old[path] || bytes == new[path], "\(path)") }

      _ = try await write(Self.plan(), to: Self.options(scratch))
      site = try Self.site(in: scratch)
      site[Manifest.fileName] = nil
      #expect(site == new)
    }
  }

  /// What a cancelled task has not written must not be missing from what the manifest lists.
  @Test func aBuildThatIsCancelledIsOneThatWasKilled() async throws {
    let scratch = try ScratchFolder()
    var options = Self.options(scratch, jobs: 1)
    let steps = Atomic(0)
    options.step = {
      if steps.add(1, ordering: .relaxed).newValue == 20 {
        withUnsafeCurrentTask { $0?.cancel() }
      }
    }
    await #expect(throws: CancellationError.self) { try await write(Self.plan(), to: options) }
    let bytes = try scratch.read("site/\(Manifest.fileName)")
    let isUnfinished = Manifest(bytes)?.isUnfinished
    #expect(isUnfinished == true)

    _ = try await write(Self.plan(), to: Self.options(scratch))
    var site = try Self.site(in: scratch)
    site[Manifest.fileName] = nil
    let expected = try Self.bytes(of: Self.plan())
    #expect(site == expected)
  }

  /// Files as they are a while after a build: on all but the fastest disks, time has passed since the last one was written.
  private static func settled(_ scratch: ScratchFolder) async throws -> WriteReport {
    let report = try await write(plan(), to: options(scratch))
    for path in scratch.files(below: "site") where path != Manifest.fileName {
      try age("\(scratch.path)/site/\(path)")
    }
    return try #require(
      await verify(options(scratch), manifest: report.manifest, stamp: report.stamp))
  }

  /// Gives a file a time long past.
  private static func age(_ path: String, seconds: Double = 0) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000 + seconds)],
      ofItemAtPath: path)
  }

  /// Changes a file's first byte where it lies, so that its number and its size stay.
  private static func spoil(_ path: String) throws {
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.write(contentsOf: [UInt8(ascii: "#")])
    try file.close()
  }

  @Test func aSiteWithItsStampIsNotRead() async throws {
    let scratch = try ScratchFolder()
    let report = try await Self.settled(scratch)
    #expect(report.unchanged == 300 && report.stamp != nil)
    let again = try await verify(
      Self.options(scratch), manifest: report.manifest, stamp: report.stamp)
    #expect(again?.stamp == report.stamp)

    // What no program does without meaning to shows that the stamp is all that is asked for.
    let page = "\(scratch.path)/site/posts/5/201.html"
    try Self.spoil(page)
    try Self.age(page)
    #expect(
      try await verify(Self.options(scratch), manifest: report.manifest, stamp: report.stamp) != nil
    )
    #expect(try await verify(Self.options(scratch), manifest: report.manifest, stamp: nil) == nil)
  }

  @Test(arguments: [
    "written to", "replaced", "longer", "gone", "a link", "in a folder that is one",
  ])
  func aSiteIsReadWhenAFileIs(_ what: String) async throws {
    let scratch = try ScratchFolder()
    let report = try await Self.settled(scratch)
    let page = "\(scratch.path)/site/posts/5/201.html"
    let files = FileManager.default
    switch what {
    case "written to":
      try Self.spoil(page)
      try Self.age(page, seconds: 1)
    case "replaced":
      let size = try scratch.read("site/posts/5/201.html").count
      try scratch.write([UInt8](repeating: 0x23, count: size), to: "new")
      try files.removeItem(atPath: page)
      try files.moveItem(atPath: "\(scratch.path)/new", toPath: page)
      try Self.age(page)
    case "longer":
      let file = try #require(FileHandle(forUpdatingAtPath: page))
      try file.seekToEnd()
      try file.write(contentsOf: [0x23])
      try file.close()
      try Self.age(page)
    case "gone": try files.removeItem(atPath: page)
    case "a link":
      try files.moveItem(atPath: page, toPath: "\(scratch.path)/page")
      try files.createSymbolicLink(
        atPath: page, withDestinationPath: "\(scratch.path)/page")
    default:
      try files.moveItem(atPath: "\(scratch.path)/site/posts/5", toPath: "\(scratch.path)/5")
      try files.createSymbolicLink(
        atPath: "\(scratch.path)/site/posts/5", withDestinationPath: "\(scratch.path)/5")
    }
    #expect(
      try await verify(Self.options(scratch), manifest: report.manifest, stamp: report.stamp) == nil
    )
  }

  @Test func aFileAsNewAsTheManifestHasNoStampToRelyOn() async throws {
    let scratch = try ScratchFolder()
    let report = try await Self.settled(scratch)
    try Self.age("\(scratch.path)/site/\(Manifest.fileName)")
    let again = try await verify(
      Self.options(scratch), manifest: report.manifest, stamp: report.stamp)
    #expect(again != nil && again?.stamp == nil)
  }

  private struct Stop: Error {}
}
