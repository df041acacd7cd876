import Foundation
import StoaData
import StoaModel
import StoaTestSupport
import StoaYAML

@testable import StoaImport
@testable import StoaLoad

/// The readers of other tools' files, which all get the same bytes.
enum ImportReaders {
  static func problem(with bytes: [UInt8]) -> String? {
    let clean = CleanText.clean(bytes)
    _ = try? JSONReader.read(clean)
    _ = try? ForeignYAML.read(clean[...])
    _ = try? TOMLReader.read(clean[...])
    if let matter = try? SourceFrontMatter(clean), matter.text.count > clean.count {
      return "the text is longer than the file"
    }
    let text = String(decoding: clean, as: UTF8.self)
    _ = dates.read(text)
    _ = dates.readUTC(text)
    _ = HTMLEntities.decode(text)
    _ = Shortcodes(clean).html
    _ = Paragraphs.wrap(clean)
    _ = WordPressText(clean)
    _ = HTMLGuess.isHTML(clean)
    _ = InlineTags.translated(clean, withBlocks: true)
    _ = PlainText.markdown(clean, unwraps: true)
    _ = MarkdownLinks.rewrite(clean) { .address($0 + "x") }
    _ = MaskedMarkdown.masked(clean)
    _ = HTMLLinks.rewrite(clean) { $0.contains("@") ? .masked("x") : .kept }
    _ = HTMLLinks.rewrite(clean) { $0.count % 2 == 0 ? .words : .address($0) }
    _ = JekyllTags.translated(clean, isMarkdown: true, title: "t", site: GeneratorSite())
    _ = HugoShortcodes.translated(clean, isMarkdown: false, site: GeneratorSite())
    _ = VaultText(clean) { $0.count % 2 == 0 ? .missing : .note(key: $0) }
    _ = LogseqText(clean) { _ in nil }
    for isComment in [false, true] {
      let html = HTMLPreparation.prepare(clean, isComment: isComment).html
      if let problem = TextOutput.problem(in: Array(html)) { return "prepared HTML: \(problem)" }
    }
    for part in BodyText.parts(clean, first: BodyText.maximumPost) {
      if let problem = TextOutput.problem(in: Array(part)) { return "a part of a text: \(problem)" }
      if part.split(separator: 0x0A).contains(where: { $0.count > BodyText.maximumLine + 4 }) {
        return "a line is longer than a build takes"
      }
    }
    readExports(bytes)
    return nil
  }

  private static let dates = SourceDates(reader: DateReader(zone: TimeZoneRules.utc))

  /// The sources that are a single file.
  private static func readExports(_ bytes: [UInt8]) {
    guard (try? Data(bytes).write(to: export)) != nil else { return }
    defer { try? FileManager.default.removeItem(at: export) }
    for options in sources {
      guard var reader = try? options.makeReader(for: CommunityFacts()) else { continue }
      while (try? reader.next()) != nil {}
      _ = try? reader.rest()
    }
  }

  /// Every kind of source, without other programs.
  private static let sources = ImportOptions.Kind.allCases.map { kind in
    var options = ImportOptions(kind, from: export.path, into: "/nonexistent")
    options.author = "a"
    options.includesPending = true
    options.pandoc = nil
    options.git = nil
    return options
  }

  private static let export = FileManager.default.temporaryDirectory
    .appendingPathComponent("stoa-fuzz-\(ProcessInfo.processInfo.processIdentifier).xml")
}
