package import Stoa
import StoaModel
import StoaPlatform
import StoaRender
import StoaSystem

/// What a preview is asked for.
package struct PreviewOptions: Sendable {
  /// Those of the build whose site is shown; drafts and the base URL are the preview's own concern.
  package var build: BuildOptions
  /// The host to listen at.
  package var host = "127.0.0.1"
  /// The port to listen at, or the first free one after it; 0: any.
  package var port = 1111
  /// Whether each conversation has a form whose replies become files of the community.
  package var takesReplies = true
  /// The name of the user, who signs as an author; nil when it is not known.
  package var userName: String?
  /// The day up to which items are due, asked for each snapshot.
  package var asOf: @Sendable () throws -> String

  package init(_ build: BuildOptions, asOf: @escaping @Sendable () throws -> String) {
    self.build = build
    self.asOf = asOf
  }
}

/// What a preview tells the user who started it.
package enum PreviewEvent: Sendable {
  /// The site can be seen at this address.
  case serving(address: String, port: Int, SiteSnapshot)
  /// The site has changed; the files that did, in order.
  case changed(files: [String], SiteSnapshot, Duration)
  /// Changes in this many folders will not be seen.
  case unwatched(Int)
}

/// Serves a community's site as its files change, until the task is cancelled.
///
/// Nothing is written but the replies that are sent by the form of a page. What is served is the site that a build with drafts
/// for the served address would write, apart from that form, one script element in each page, and what keeps the site from
/// being built while something does.
///
/// - Throws: When there is no port to listen at, no way to hear of changes, or no such audience; never for what is in the
///   content.
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
  // Watched before they are read, so that no change falls between.
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
  /// Whoever reaches a preview on its own machine is taken for the user; others are guests.
  fileprivate init(_ options: PreviewOptions) {
    let isOwn = ["127.0.0.1", "::1", "localhost"].contains(options.host)
    self.init(root: options.build.root, author: isOwn ? options.userName : nil) {
      try Machine.now()
    }
  }
}

/// The host that a browser on this machine can ask for.
private func shownHost(_ host: String) -> String {
  switch host {
  case "0.0.0.0": "127.0.0.1"
  case "::": "[::1]"
  default: host.contains(":") ? "[\(host)]" : host
  }
}

extension Changes {
  /// What changed, as paths below the community's folder.
  ///
  /// What editors make and take away again beside a file that they save is left out.
  fileprivate func shown(below root: String) -> [String] {
    let files = files.filter { !$0.hasSuffix("~") }
    let present = files.filter { access($0, F_OK) == 0 }
    let shown = !present.isEmpty ? present : !files.isEmpty ? files : subtrees
    return shown.map { path in
      path.hasPrefix("\(root)/") ? String(path.dropFirst(root.utf8.count + 1)) : path
    }.sorted { $0.precedes($1) }
  }
}
