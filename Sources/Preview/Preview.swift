package import Stoa
import StoaModel
import StoaParse
import StoaPlatform
import StoaRender
import StoaSystem

/// The options of a preview.
package struct PreviewOptions: Sendable {
  /// The options of the build to show; the preview sets drafts and the base URL itself.
  package var build: BuildOptions
  /// The host to listen at.
  package var host = "127.0.0.1"
  /// The port to listen at, or the first free one after it; 0: any.
  package var port = 1111
  /// Whether each conversation has a form whose replies become files of the community.
  package var takesReplies = true
  /// The name of the user, who replies as an author; nil when it is unknown.
  package var userName: String?
  /// The date up to which items are published, computed for each snapshot.
  package var asOf: @Sendable () throws -> String

  package init(_ build: BuildOptions, asOf: @escaping @Sendable () throws -> String) {
    self.build = build
    self.asOf = asOf
  }
}

/// Events that a preview reports to its user.
package enum PreviewEvent: Sendable {
  /// The site is available at this address.
  case serving(address: String, port: Int, SiteSnapshot)
  /// The site has changed, because these files did, in order.
  case changed(files: [String], SiteSnapshot, Duration)
  /// This many folders cannot be watched for changes.
  case unwatched(Int)
}

/// Serves a community's site and updates it when files change, until the task is cancelled.
///
/// Nothing is written except replies that the form of a page sends. The served site is what a build with drafts would write for the
/// served URL, except for that form, one script element in each page, and the errors that prevent a build, if there are any.
///
/// - Throws: When there is no free port, when the system cannot report changes, or when the audience does not exist; never
///   because of the content.
package func preview(
  _ options: PreviewOptions, report: @Sendable (PreviewEvent) -> Void
) async throws {
  let replies = options.takesReplies ? ReplyDoor(options) : nil
  let server = try await PreviewServer(
    host: options.host, port: options.port, replies: replies)
  do {
    try await serve(options, with: server, replyForm: replies?.form, report: report)
  } catch {
    try? await server.end()
    throw error
  }
  try await server.end()
}

private func serve(
  _ options: PreviewOptions, with server: PreviewServer, replyForm: ReplyForm?,
  report: @Sendable (PreviewEvent) -> Void
) async throws {
  let address = "http://\(shownHost(options.host)):\(server.port)"
  var build = options.build
  build.includesDrafts = true
  build.baseURL = address
  // Watched before they are read, so that no change is missed.
  let watcher = try FolderWatcher(root: build.root)
  if watcher.unwatchedCount > 0 { report(.unwatched(watcher.unwatchedCount)) }
  let site = LiveSite(build, replyForm: replyForm, asOf: options.asOf)
  let first = try await site.first()
  server.hub.publish(first)
  report(.serving(address: address, port: server.port, first))

  let clock = ContinuousClock()
  await withTaskCancellationHandler {
    while let changes = await watcher.next() {
      let start = clock.now
      guard let snapshot = await site.next(after: changes) else { continue }
      server.hub.publish(snapshot)
      report(
        .changed(files: changes.shown(below: build.root), snapshot, clock.now - start))
    }
  } onCancel: {
    watcher.end()
  }
}

extension ReplyDoor {
  /// A visitor of a preview on its own machine is considered its user; others are guests.
  fileprivate init(_ options: PreviewOptions) {
    let isOwn = ["127.0.0.1", "::1", "localhost"].contains(options.host)
    self.init(
      root: options.build.root, author: isOwn ? options.userName : nil,
      textCheck: ReplyTextCheck(WorkerPool(options.build.workers))
    ) {
      try Machine.now()
    }
  }
}

/// The host under which a browser on this machine can reach the preview.
private func shownHost(_ host: String) -> String {
  switch host {
  case "0.0.0.0": "127.0.0.1"
  case "::": "[::1]"
  default: host.contains(":") ? "[\(host)]" : host
  }
}

extension Changes {
  /// The changed files, as paths below the community's folder.
  ///
  /// Temporary files that editors create beside a file are left out.
  fileprivate func shown(below root: String) -> [String] {
    let files = files.filter { !$0.hasSuffix("~") }
    let present = files.filter { access($0, F_OK) == 0 }
    let shown = !present.isEmpty ? present : !files.isEmpty ? files : subtrees
    return shown.map { path in
      path.hasPrefix("\(root)/") ? String(path.dropFirst(root.utf8.count + 1)) : path
    }.sorted { $0.precedes($1) }
  }
}
