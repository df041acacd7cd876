import StoaModel
import StoaSystem
public import StoaWrite

/// Writes a site from parts that were built with ``BuildOptions/part``.
///
/// The result has the bytes of a build of the whole site. Nothing is written unless every part is there once, all are of one
/// build, and their files are as the builds left them.
///
/// - Parameters:
///   - parts: The paths of the parts' folders, in any order.
///   - output: The path of the site's folder.
///   - root: The path of the folder of `stoa.yml`, which is never written to; nil where there is none.
///   - jobs: The number of threads; nil for one for each core.
/// - Returns: The changes to the site's folder.
/// - Throws: `InputOutputFailure` that names the part which cannot be used, or for a folder that must not be written to.
public func join(
  _ parts: [String], into output: String, root: String? = nil, jobs: Int? = nil
) async throws -> WriteReport {
  try await StoaWrite.join(
    parts.map(Machine.absolute),
    to: WriteOptions(
      output: Machine.absolute(output), contentRoot: root.map(Machine.absolute),
      jobs: jobs ?? Machine.coreCount))
}
