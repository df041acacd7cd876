import StoaAddresses
import StoaHTML
package import StoaLink
import StoaModel
package import StoaRender

/// The search index for browsers, which a build writes beside the search page: `search/index/`.
///
/// All files are lines of text, because hosts compress text. `root.txt` describes the others:
///
/// - `words`: the first word of each of the files `words0.txt`, …, which contain `Postings` and filters (`:k` kind, `:t` topic,
///   `:l` language: of groups; `:p` person: of documents);
/// - `spelling` and `reversed`: the same for words of four letters or more, forwards and backwards, for finding the words that
///   were probably meant;
/// - `tables`: the number of a file's first document; each line has the data for one document's result;
/// - `sizes`: the number of documents in each group; `stamps`: four digits for each file, which are appended to its URL, so that
///   a browser never mixes files of different builds.
///
/// A query needs the root, one or two files for each of its words, and a table for each result.
package struct SearchIndex: Sendable {
  /// By name.
  package private(set) var files: [(name: String, bytes: [UInt8])] = []

  /// The folder of the files on the site.
  package static let folder = "search/index"

  /// Lines of words are almost random and compress by a quarter, tables by two thirds.
  private static let wordsSize = 16_384
  private static let tablesSize = 4_096
  /// The approximate size of a page's theme, and of a response's markup.
  private static let (pageFrame, responseFrame) = (9_000, 1_500)
  /// Browsers read no sentences from a longer page: the index has the beginnings of its documents.
  private static let longestRead = 65_536
  private static let excerptLength = 600
  private static let leastSpelled = 4

  /// Makes the index of everything that lists show.
  package init(_ community: Community, jobs: Int) async {
    let groups = community.searchable
    let firstTexts = groups.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.texts.count) }
    let sliceCount = max(1, min(groups.count, jobs * 8))
    let slices = (0..<sliceCount).map {
      (groups.count * $0 / sliceCount)..<(groups.count * ($0 + 1) / sliceCount)
    }
    let counters = await mapEach(slices, jobs: jobs) { range in
      WordOccurrences(groups[range], firstText: firstTexts[range.lowerBound], in: community)
    }
    let table = PostingTable(counters)
    let lines = await mapInSlices(table.order, jobs: jobs) { table.line($0) }
    self.init(community, groups, Postings(table, lines: lines))
  }

  /// Makes the index on the current thread.
  package init(_ community: Community) {
    let groups = community.searchable
    let table = PostingTable([WordOccurrences(groups[...], firstText: 0, in: community)])
    self.init(community, groups, Postings(table, lines: table.order.map { table.line($0) }))
  }

  private init(_ community: Community, _ groups: [SearchableGroup], _ postings: Postings) {
    let filters = SearchFilters(groups, community)

    // Both are in order: a colon comes after the digits and before every letter.
    let firstLetter = postings.terms.firstIndex { $0.term[0] > UInt8(ascii: ":") }
    let middle = firstLetter ?? postings.lines.count
    let names =
      postings.terms[..<middle].map(\.term) + filters.lines.map(\.name)
      + postings.terms[middle...].map(\.term)
    let lines =
      postings.lines[..<middle] + filters.lines.map(\.line) + postings.lines[middle...]
    let words = Shards(Array(lines), size: Self.wordsSize)
    let spelled = postings.terms.compactMap { Spelling($0.term, count: $0.count) }
    let reversed = spelled.map(\.reversed).sorted { $0.term.lexicographicallyPrecedes($1.term) }
    let spelling = Shards(spelled.map(\.line), size: Self.wordsSize)
    let backwards = Shards(reversed.map(\.line), size: Self.wordsSize)
    let tables = Shards(groups.flatMap { Self.tableLines($0) }, size: Self.tablesSize)

    var root = ByteBuffer()
    root.write("{\"sizes\":")
    root.writeJSON(Self.digits(groups.map(\.texts.count)))
    root.write(",\"tables\":[\(tables.firstLines.map(String.init).joined(separator: ","))]")
    root.writeList("words", words.firstLines.map { names.isEmpty ? [] : names[$0] })
    root.writeList("spelling", spelling.firstLines.map { spelled.isEmpty ? [] : spelled[$0].term })
    root.writeList(
      "reversed", backwards.firstLines.map { reversed.isEmpty ? [] : reversed[$0].term })
    root.write(",\"stamps\":{")
    let families = [
      ("words", words), ("spelling", spelling), ("reversed", backwards), ("tables", tables),
    ]
    for (number, (name, shards)) in families.enumerated() {
      root.write("\(number > 0 ? "," : "")\"\(name)\":\"\(shards.stamps)\"")
      for (number, bytes) in shards.files.enumerated() {
        files.append(("\(name)\(number).txt", bytes))
      }
    }
    root.write("}")
    root.writeList("topics", community.topics.map { Array($0.title.utf8) })
    root.writeList("people", filters.people.map { Array(community.contributors[$0].name.utf8) })
    root.writeList("languages", filters.languages.map { Array($0.utf8) })
    root.write("}\n")
    files.append(("root.txt", root.bytes))
  }

  /// The files for a build's plan.
  package var plannedFiles: [PlannedFile] {
    files.map {
      PlannedFile(
        path: "\(Self.folder)/\($0.name)", wave: .asset, content: .stored(.memory($0.bytes)))
    }
  }

  private static func digits(_ numbers: [Int]) -> String {
    var bytes: [UInt8] = []
    for number in numbers { Digits.write(number, into: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A line for each document of a group, its fields separated by tabs.
  ///
  /// For the page: title, address below the site's home, kind, day, authors. For a response: id, name, day, the parent's author. On
  /// a long page also the beginning of each document.
  private static func tableLines(_ group: SearchableGroup) -> [[UInt8]] {
    let length = group.texts.reduce(pageFrame) {
      $0 + ($1.body?.document.body.count ?? 0) + responseFrame
    }
    return group.texts.enumerated().map { position, text in
      let day = text.date.map { String($0.day.daysSinceEpoch) } ?? ""
      let beginning =
        length > longestRead ? [text.body?.beginning(excerptLength) ?? ""] : []
      let fields =
        position == 0
        ? [
          group.title, String(group.address.encoded().dropFirst()), String(group.kind.rawValue),
          day, text.names.joined(separator: ", "),
        ] : [text.id, text.names.joined(separator: ", "), day, text.parent]
      return Array((fields + beginning).map(\.withoutLines).joined(separator: "\t").utf8)
    }
  }

  /// A word without its documents.
  private struct Spelling: Sendable {
    let term: [UInt8]
    let count: Int

    private init(_ term: [UInt8], _ count: Int) {
      self.term = term
      self.count = count
    }

    /// Nil for a word that is too short to correct.
    init?(_ term: [UInt8], count: Int) {
      // Words in scripts without spaces have two scalars.
      let length = term.count { $0 & 0xC0 != 0x80 }
      guard length >= SearchIndex.leastSpelled, !term.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      self.init(term, count)
    }

    var reversed: Spelling {
      var backwards = String.UnicodeScalarView()
      backwards.append(contentsOf: String(decoding: term, as: UTF8.self).unicodeScalars.reversed())
      return Spelling(Array(String(backwards).utf8), count)
    }

    var line: [UInt8] {
      var line = term + [UInt8(ascii: " ")]
      Digits.write(count, into: &line)
      return line
    }
  }
}

/// Transforms a few large items, each in a separate task, and keeps their order.
private func mapEach<Input: Sendable, Output: Sendable>(
  _ items: [Input], jobs: Int, _ transform: @escaping @Sendable (Input) -> Output
) async -> [Output] {
  guard jobs > 1 else { return items.map(transform) }
  return await withTaskGroup(of: (Int, Output).self) { group in
    for (number, item) in items.enumerated() { group.addTask { (number, transform(item)) } }
    var outputs: [(Int, Output)] = []
    for await output in group { outputs.append(output) }
    return outputs.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

extension ByteBuffer {
  fileprivate mutating func writeList(_ name: String, _ values: [[UInt8]]) {
    write(",\"\(name)\":[")
    for (number, value) in values.enumerated() {
      if number > 0 { write(",") }
      writeJSON(String(decoding: value, as: UTF8.self))
    }
    write("]")
  }
}

extension String {
  /// With spaces instead of tabs and line ends.
  fileprivate var withoutLines: String {
    guard utf8.contains(where: { $0 < 0x20 }) else { return self }
    return String(decoding: utf8.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
  }
}
