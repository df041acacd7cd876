import StoaAddresses
import StoaLoad
package import StoaModel
import StoaSelect
import StoaYAML

/// Documents that a change shares with a wider audience than before, without the agreement of all their authors.
///
/// - Parameters:
///   - options: Which site to check. With an audience, only what that audience could see before counts.
///   - root: The folder that holds the community as it was before the change.
package func missingConsents(
  _ options: BuildOptions, since root: String
) async throws -> [Diagnostic] {
  let before = try await load(from: root, options: options.loading.withoutHistory)
  // Without audiences, everybody saw everything before.
  guard before.hasSettings, !before.settings.audiences.isEmpty else { return [] }
  let after = try await load(from: options.root, options: options.loading.withoutHistory)
  guard after.hasSettings else { return [] }
  let widening = Widening(from: SharedTexts(before), to: SharedTexts(after), for: options.audience)
  return leveled(widening.diagnostics, after.settings, isStrict: options.isStrict)
}

extension LoadOptions {
  /// The history has no effect on who may see a document.
  fileprivate var withoutHistory: LoadOptions {
    var options = self
    options.git = nil
    return options
  }
}

/// The documents that a change shares with a wider audience.
private struct Widening {
  private let before: SharedTexts
  private let after: SharedTexts
  /// The check's audience may not learn of documents that it could not see before.
  private let narrowest: Audience
  /// Documents with a new name, each by its earlier name.
  private var renamed: [SharedTexts.Name: SharedTexts.Name] = [:]

  init(from before: SharedTexts, to after: SharedTexts, for audience: String?) {
    self.before = before
    self.after = after
    narrowest = Audience(
      rank: audience.flatMap { name in
        before.settings.audiences.firstIndex { $0.utf8.elementsEqual(name.utf8) }
      } ?? 0)
    findRenamed()
  }

  var diagnostics: [Diagnostic] {
    after.texts.compactMap { text in
      guard let old = before[renamed[text.name] ?? text.name], old.audience >= narrowest else {
        return nil
      }
      return diagnostic(old, text)
    }
  }

  // MARK: One text

  private func diagnostic(_ old: SharedTexts.Text, _ new: SharedTexts.Text) -> Diagnostic? {
    guard isWidened(old.audience, new.audience), !new.voices.isEmpty else { return nil }
    // A person who is no longer named as an author is still one.
    var voices = new.voices
    for (name, _) in old.voices {
      let voice = after.people.voice(of: name)
      if old.voices.contains(where: { $0.name == name && $0.voice == .guest }) { continue }
      if !voices.contains(where: { $0.voice == voice }) { voices.append((name, voice)) }
    }
    let missing = voices.filter { !isAgreed(by: $0.voice, old, new) }
    guard !missing.isEmpty else { return nil }

    let place =
      new.written?.location ?? SourceLocation(file: new.file, line: 1, column: 1)
    let now = quoted(new.audience, after.settings)
    let past = quoted(old.audience, before.settings)
    let stays = after.settings.audiences.indices.reversed()
      .first { !isWidened(old.audience, Audience(rank: $0)) }
      .map { "audience: \(after.settings.audiences[$0])" }
    if missing.contains(where: { $0.voice == .guest }) {
      return Diagnostic(
        .consentMissing, at: place,
        "this was for \(past) and is for \(now) now, and a guest cannot agree to that",
        suggestion: stays.map { "\(new.written == nil ? "add" : "write") \($0)" }
          ?? "take it out, or keep the audiences")
    }
    let names = missing.map { after.people.written($0.name) }
    var lines = agreement(of: voices, old, new)
    if voices.count > new.voices.count {
      let authors = voices.map { FrontMatterText.scalar(after.people.written($0.name)) }
      lines = "author: [\(authors.joined(separator: ", "))] and \(lines)"
    }
    let alternative = stays.map {
      new.written == nil ? ", or add \($0) to keep its audience" : ", or write \($0)"
    }
    return Diagnostic(
      .consentMissing, at: place,
      "this was for \(past) and is for \(now) now, and \(list(names)) \(names.count == 1 ? "has" : "have") not agreed to that",
      suggestion:
        "\(new.agreements.isEmpty ? "add" : "write") \(lines) once \(names.count == 1 ? "\(names[0]) agrees" : "they agree")\(alternative ?? "")"
    )
  }

  /// The line of front matter that records everybody's agreement.
  private func agreement(
    of voices: [(name: String, voice: SharedTexts.Voice)], _ old: SharedTexts.Text,
    _ new: SharedTexts.Text
  ) -> String {
    let names = voices.map { FrontMatterText.scalar(after.people.written($0.name)) }
      .joined(separator: ", ")
    let needsAudience = voices.contains { hasAgreed($0.voice, to: old) }
    let audience = after.settings.name(of: new.audience)
    return needsAudience && !audience.isEmpty
      ? "agreed-by: {\(FrontMatterText.scalar(audience)): [\(names)]}" : "agreed-by: [\(names)]"
  }

  /// Whether a person agreed to the document's new audience.
  private func isAgreed(
    by voice: SharedTexts.Voice, _ old: SharedTexts.Text, _ new: SharedTexts.Text
  ) -> Bool {
    new.agreements.contains { agreement in
      guard after.people.voice(of: agreement.name.value) == voice else { return false }
      return agreement.audience.map { $0 >= new.audience } ?? !hasAgreed(voice, to: old)
    }
  }

  /// Whether a person agreed to the document's earlier audience, which does not cover a wider one.
  ///
  /// The narrowest audience needs no agreement, so a name there already agrees to the next change.
  private func hasAgreed(_ voice: SharedTexts.Voice, to old: SharedTexts.Text) -> Bool {
    old.audience.rank > 0
      && old.agreements.contains {
        $0.audience == nil && after.people.voice(of: $0.name.value) == voice
      }
  }

  private func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and \(last)"
  }

  private func quoted(_ audience: Audience, _ settings: Settings) -> String {
    settings.audiences.isEmpty ? "everybody" : "“\(settings.name(of: audience))”"
  }

  // MARK: Audiences before and after

  /// Whether a document has readers now that it did not have before.
  private func isWidened(_ old: Audience, _ new: Audience) -> Bool {
    let (past, now) = (before.settings, after.settings)
    guard !now.audiences.isEmpty else { return old < past.widestAudience }
    if old < past.widestAudience, new >= now.widestAudience { return true }
    // If the order of audiences is reversed, documents get other readers, too.
    let gainsReaders = past.audiences.enumerated().contains { rank, name in
      guard let present = presentRank(of: name) else { return false }
      return old.rank < rank && new.rank >= present
    }
    return gainsReaders || new > present(old)
  }

  /// An audience by its current name; the narrowest if that is unknown.
  private func present(_ old: Audience) -> Audience {
    if let rank = presentRank(of: before.settings.name(of: old)) { return Audience(rank: rank) }
    let isRenamed = before.settings.audiences.count == after.settings.audiences.count
    return isRenamed ? old : Audience(rank: 0)
  }

  private func presentRank(of name: String) -> Int? {
    after.settings.audiences.firstIndex { $0.utf8.elementsEqual(name.utf8) }
  }

  // MARK: Texts with another name

  /// Finds documents that were renamed: by their old addresses and anchors, otherwise by their text.
  private mutating func findRenamed() {
    let gone = before.texts.filter { after[$0.name] == nil && !$0.voices.isEmpty }
    guard !gone.isEmpty else { return }
    var byName: [SharedTexts.Name: SharedTexts.Name] = [:]
    var byWords: [SHA256.Digest: SharedTexts.Text] = [:]
    for text in gone {
      byName[text.name] = text.name
      guard let words = text.digest else { continue }
      if byWords[words].map({ $0.audience > text.audience }) ?? true { byWords[words] = text }
    }
    var posts: [String: String] = [:]
    for text in after.texts where before[text.name] == nil {
      let former = Self.formerNames(of: text, posts)
      guard
        let old = former.lazy.compactMap({ byName[$0] }).first
          ?? text.digest.flatMap({ byWords[$0]?.name })
      else { continue }
      renamed[text.name] = old
      if case .post(let slug) = text.name, case .post(let earlier) = old { posts[slug] = earlier }
    }
  }

  /// - Parameter posts: the earlier slugs, by the current ones.
  private static func formerNames(
    of text: SharedTexts.Text, _ posts: [String: String]
  ) -> [SharedTexts.Name] {
    switch text.name {
    case .post:
      return text.formerNames.compactMap { address in
        address.split(separator: "/").last.map {
          .post(PercentEncoding.decode(String($0)) ?? String($0))
        }
      }
    case .response(let post, let id):
      let earlier = posts[post] ?? post
      let elsewhere = text.formerNames.compactMap { place -> SharedTexts.Name? in
        let parts = place.split(separator: "#", omittingEmptySubsequences: false)
        guard let anchor = parts.last, anchor.hasPrefix("response-") else { return nil }
        let id = String(anchor.dropFirst("response-".utf8.count))
        guard parts.count > 1, let page = parts[0].split(separator: "/").last else {
          return .response(post: earlier, id: id)
        }
        let slug = PercentEncoding.decode(String(page)) ?? String(page)
        return .response(post: posts[slug] ?? slug, id: id)
      }
      return [.response(post: earlier, id: id)] + elsewhere
    }
  }
}

extension SharedTexts.Text {
  /// A hash of the text without white space; nil if it is too short to identify a document.
  fileprivate var digest: SHA256.Digest? {
    guard let body, case .memory(let bytes) = body.bytes else { return nil }
    let words = bytes.filter { $0 > 0x20 }
    return words.count < 16 ? nil : SHA256.digest(of: words)
  }
}
