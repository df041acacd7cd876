import StoaExternalTools
import StoaModel
import StoaParse
import StoaRender
import StoaSelect
import StoaSystem
import StoaWrite

/// The previous build: whether its site is still valid, and the record for the next build.
struct LastBuild {
  private let options: BuildOptions
  private let program: Task<[SHA256.Digest]?, Never>
  /// Nil until something is selected, and when the next build must not rely on the record.
  private var digest: BuildDigest?
  /// The hash of what decides the bytes of the site's files besides their fingerprints; nil when none are kept.
  private var rules: SHA256.Digest?

  /// Starts to hash the program while a core is idle.
  init(_ options: BuildOptions) {
    self.options = options
    program = Task { await BuildDigest.hashes(ofPrograms: options) }
  }

  /// Whether the last build made the same site from the same selection, and the site is unchanged since.
  ///
  /// If so, the report gets the last build's diagnostics.
  mutating func made(
    _ selected: Selected, in destination: WriteOptions, _ cache: CacheFolder,
    _ report: inout BuildReport
  ) async throws -> Bool {
    let (options, program) = (options, await program.value)
    if let program, cache.isTrusted, options.part == nil {
      rules = BuildDigest.rules(selected, program: program, options, folder: destination.output)
    }
    digest = try await report.stage("Digest") {
      await BuildDigest(selected, program: program, options)
    }
    guard options.part == nil else { return false }
    guard let record = BuildRecord(of: digest, in: cache, audience: selected.audienceName) else {
      return false
    }
    report.written = try await report.stage("Verify") {
      try await verify(destination, manifest: record.manifest, stamp: record.stamp)
    }
    guard let written = report.written else { return false }
    report.describe(selected, record)
    if written.stamp != record.stamp { self.record(report, in: cache) }
    return true
  }

  /// The documents that the last build for the same audience parsed.
  ///
  /// The caches of audiences that the community no longer has are removed.
  func documents(for selected: Selected, in cache: CacheFolder) async -> DocumentCache? {
    let audiences = selected.settings.audiences.isEmpty ? [""] : selected.settings.audiences
    cache.removeEntries(
      beginning: [BuildRecord.namePrefix, SiteRecord.namePrefix, DocumentCache.namePrefix],
      except: Set(
        audiences.flatMap {
          [BuildRecord.name(for: $0), SiteRecord.name(for: $0)] + DocumentCache.names(for: $0)
        }))
    return DocumentCache(
      in: cache, audience: selected.audienceName, program: await program.value)
  }

  /// Writes the plan, or the part of it that this build is for; files that would be the same are neither rendered nor written.
  func write(
    _ plan: Plan, to destination: WriteOptions, _ cache: CacheFolder
  ) async throws -> WriteReport {
    let record = rules.flatMap { rules in
      cache.read(SiteRecord.name(for: plan.audience)).flatMap { SiteRecord($0, rules: rules) }
    }
    return try await StoaWrite.write(
      part(of: plan), to: destination, last: record, isRecorded: rules != nil)
  }

  /// The part of the plan that this build writes.
  ///
  /// - Throws: `UsageError` when a file cannot be read, so that the parts could not be recognised as parts of one site.
  private func part(of plan: Plan) throws(UsageError) -> Plan {
    guard let part = options.part else { return plan }
    guard let digest else {
      throw UsageError("--part needs to read every file of the site, and one cannot be read")
    }
    return plan.part(part.number, of: part.count, build: digest.hexadecimal)
  }

  /// Records the result of this build for the next one.
  func record(_ report: BuildReport, in cache: CacheFolder) {
    if let rules, let record = report.written?.record {
      cache.store([record.bytes(rules: rules)], as: SiteRecord.name(for: report.audience))
    }
    // A document that exceeded a time limit may be parsed on a less busy machine.
    let isSettled = !report.diagnostics.contains { $0.code == .markdownTooComplex }
    guard options.part == nil, isSettled, let digest, let written = report.written else { return }
    BuildRecord(
      digest: digest, manifest: written.manifest, stamp: written.stamp, counts: report.counts,
      diagnostics: report.diagnostics
    ).store(in: cache, audience: report.audience)
  }
}

extension SiteRecord {
  fileprivate static let namePrefix = "site-"

  fileprivate static func name(for audience: String) -> String {
    namePrefix + (audience.isEmpty ? "all" : audience)
  }
}
