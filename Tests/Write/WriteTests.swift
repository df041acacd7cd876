import Foundation
import StoaModel
import StoaSystem
import Synchronization
import Testing

@testable import StoaRender
@testable import StoaWrite

/// Each test has the output folder of a scratch folder, and writes it without a community.
@Suite("Writing a plan") struct WriteTests {
  /// Files of all three waves, some a thousand times larger than others, in more slices than there are cores.
  private static func plan(_ count: Int = 300, edition: String = "first") -> Plan {
    let waves: [PlannedFile.Wave] = [.asset, .page, .entrance]
    let files = (0..<count).map { number in
      PlannedFile(
        path: "posts/\(number % 7)/\(number).html", wave: waves[number % 3],
        content: .stored(
          .memory(
            Array(
              String(repeating: "\(edition) \(number)\n", count: number % 50 == 0 ? 1000 : 1).utf8
            ))))
    }
    return Plan(audience: "", baseURL: "").adding(files)
  }

  private static func options(_ scratch: ScratchFolder, jobs: Int = 2) -> WriteOptions {
    WriteOptions(
      output: "\(scratch.path)/site", contentRoot: "\(scratch.path)/community", jobs: jobs)
  }

  /// Every file of the site with its content.
  private static func site(in scratch: ScratchFolder) throws -> [String: [UInt8]] {
    var site: [String: [UInt8]] = [:]
    for path in scratch.files(below: "site") { site[path] = try scratch.read("site/\(path)") }
    return site
  }

  private static func bytes(of plan: Plan) throws -> [String: [UInt8]] {
    var bytes: [String: [UInt8]] = [:]
    for file in plan.files {
      guard case .stored(let stored) = file.content else { continue }
      bytes[file.path] = try stored.load()
    }
    return bytes
  }

  @Test(arguments: [1, 2, 5]) func laysDownEveryFileWhateverTheNumberOfJobs(_ jobs: Int)
    async throws
  {
    let scratch = try ScratchFolder()
    let plan = Self.plan()
    let report = try await write(plan, to: Self.options(scratch, jobs: jobs))
    #expect(report.written.count == 300 && report.unchanged == 0)
    var site = try Self.site(in: scratch)
    let manifest = site.removeValue(forKey: Manifest.fileName)
    let expected = try Self.bytes(of: plan)
    #expect(site == expected)
    let lines = String(decoding: manifest ?? [], as: UTF8.self).split(separator: "\n").dropFirst(3)
    let paths = lines.compactMap { $0.split(separator: " ").last.map(String.init) }
    #expect(paths == plan.files.map(\.path), "in order of the paths")

    let again = try await write(plan, to: Self.options(scratch, jobs: jobs))
    #expect(again.written.isEmpty && again.unchanged == 300)
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

  /// A child has copies of all descriptors from its start until it executes another program.
  @Test func aFolderIsFreeAtOnceThoughSomebodyHasACopyOfItsDescriptor() throws {
    let scratch = try ScratchFolder()
    let held = try #require(try FileSystem.lock(scratch.path))
    let copy = dup(held)
    defer { close(copy) }
    #expect(try FileSystem.lock(scratch.path) == nil)
    FileSystem.unlock(held)
    let next = try #require(try FileSystem.lock(scratch.path))
    FileSystem.unlock(next)
  }

  /// The manifest must list exactly the files that exist, even after a cancelled task.
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

  /// A site with a reliable stamp, which exists as soon as the file system's clock has advanced.
  private static func settled(_ scratch: ScratchFolder) async throws -> WriteReport {
    var report = try await write(plan(), to: options(scratch))
    while report.stamp == nil {
      report = try #require(
        await verify(options(scratch), manifest: report.manifest, stamp: report.stamp))
    }
    return report
  }

  /// The stamp of the files' current state.
  private static func stamps(_ scratch: ScratchFolder) async throws -> [FileSystem.Stamp] {
    let options = options(scratch)
    let folder = try OutputFolder(options.output, contentRoot: options.contentRoot)
    defer { folder.release() }
    let lines = try #require(try folder.readManifest()).manifest.lines
    let drain = WorkQueue(folder: folder, jobs: 2, step: {})
    return try #require(await drain.stamps(of: lines))
  }

  /// Sets a file's times to a time long ago.
  private static func age(_ path: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: path)
  }

  /// Changes a file's first byte in place, so that its inode number and size stay.
  private static func spoil(_ path: String) throws {
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.write(contentsOf: [UInt8(ascii: "#")])
    try file.close()
  }

  @Test func aSiteWithItsStampIsNotRead() async throws {
    let scratch = try ScratchFolder()
    let report = try await Self.settled(scratch)
    let again = try await verify(
      Self.options(scratch), manifest: report.manifest, stamp: report.stamp)
    #expect(again?.unchanged == 300 && again?.stamp == report.stamp)

    // A stamp of wrong files, which no build accepts, shows that only the stamp is compared.
    try Self.spoil("\(scratch.path)/site/posts/5/201.html")
    let wrong = SiteStamp(try await Self.stamps(scratch))
    #expect(wrong != report.stamp)
    let believed = try await verify(
      Self.options(scratch), manifest: report.manifest, stamp: wrong)
    #expect(believed?.stamp == wrong)
    let read = try await verify(Self.options(scratch), manifest: report.manifest, stamp: nil)
    #expect(read == nil)
  }

  @Test func theStampOfABuildIsTheOneThatTheNextBuildFinds() async throws {
    var scratch = try ScratchFolder()
    var report = try await write(Self.plan(), to: Self.options(scratch))
    while report.stamp == nil {
      scratch = try ScratchFolder()
      report = try await write(Self.plan(), to: Self.options(scratch))
    }
    #expect(report.written.count == 300)
    #expect(report.stamp == SiteStamp(try await Self.stamps(scratch)))
    let again = try await write(Self.plan(), to: Self.options(scratch))
    #expect(again.written.isEmpty && again.stamp == report.stamp)
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
      try Self.age(page)
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

  @Test func thereIsNoStampOfAFileAsNewAsTheClock() async throws {
    let scratch = try ScratchFolder()
    _ = try await write(Self.plan(), to: Self.options(scratch))
    let stamps = try await Self.stamps(scratch)
    let last = try #require(stamps.map(\.changed).max())
    #expect(SiteStamp(stamps, asOf: last) == nil)
    #expect(SiteStamp(stamps, asOf: nil) == nil)
    #expect(SiteStamp(stamps, asOf: last + 1) == SiteStamp(stamps))
  }

  private struct Stop: Error {}
}
