import StoaLoad
import StoaModel

/// The diagnostics about files that did not become items; none where this audience may not see the files.
extension Selected {
  /// Reports posts that could not be read, according to the visibility that they declare.
  mutating func tell(
    posts files: [UnreadFile], _ gate: Gate, _ standing: inout ResponseStanding,
    _ hidden: inout HiddenFolders
  ) {
    for file in files where file.kind == .post {
      let audience = file.visibility.widest(
        ifUnknown: settings.widestAudience, ifSilent: settings.audienceByDefault)
      let isTold = gate.shows(audience, gate.status(of: file.visibility))
      standing.add(unreadPost: file.name, audience: audience, isTold: isTold)
      if isTold {
        tell(file, gate)
      } else {
        hidden.add(post: file.name, file: file.file)
      }
    }
  }

  /// - Parameter hidden: the folders of all posts that are not shown.
  mutating func tell(pagesAndOthers files: [UnreadFile], _ gate: Gate, _ hidden: HiddenFolders) {
    for file in files {
      switch file.kind {
      case .page: tell(file, gate, isUsed: gate.audience <= settings.audienceByDefault)
      case .other where !hidden.holds(file.file):
        tell(file, gate, isUsed: gate.audience <= settings.audienceByDefault)
      default: break
      }
    }
  }

  /// Reports a file, if this audience may see it.
  ///
  /// - Parameter isUsed: whether the build would show an item that names no audience.
  mutating func tell(_ file: UnreadFile, _ gate: Gate, isUsed: Bool) {
    let written = file.visibility
    guard written.audience != nil || !written.isCertain || isUsed else { return }
    let audience = written.audience ?? settings.widestAudience
    if gate.shows(audience, gate.status(of: written)) { tell(file, gate) }
  }

  /// Reports a file that this audience may see.
  ///
  /// If it may have another audience, nothing of its content is reported; builds for the narrowest audience report everything.
  mutating func tell(_ file: UnreadFile, _ gate: Gate) {
    let isForAll = file.visibility.isCertain || gate.audience == Audience(rank: 0)
    if isForAll {
      diagnostics += file.diagnostics
    } else if let worst = file.diagnostics.max(by: { $0.severity < $1.severity }) {
      diagnostics.append(worst.withoutText)
    }
    switch file.kind {
    case .post: unread.add(post: file.name, file: file.file, title: file.title)
    case .response(let post): unread.add(response: file.name, to: post, file: file.file)
    case .contributor, .topic, .page:
      unread.add(file: file.file, name: file.name, title: file.title)
    case .other: break
    }
  }
}

extension Diagnostic {
  /// The diagnostic for an audience that may not see the file's content.
  fileprivate var withoutText: Diagnostic {
    // A diagnostic about a whole file quotes none of it.
    guard location.line > 0 else { return self }
    return Diagnostic(
      code, at: SourceLocation(file: location.file),
      "the file has an error, and its audience is unknown",
      suggestion: "run stoa check, which reports the place")
  }
}

extension Gate {
  func status(of written: WrittenVisibility) -> ItemStatus? {
    status(isDraft: written.isDraft, date: written.date)
  }
}
