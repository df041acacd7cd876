import StoaHTML
import StoaModel
import StoaWords

/// Answers queries from an index as templates/search.js does: the same results in the same order.
package struct SearchReader {
  package struct Answer: Sendable {
    /// Best first.
    package fileprivate(set) var results: [Result] = []
    /// Words that no document has.
    package fileprivate(set) var nowhere: [String] = []
    /// Words that no document has, each with the one that was searched instead.
    package fileprivate(set) var instead: [(word: String, other: String)] = []
    /// Whether no result has all of the words.
    package fileprivate(set) var isApart = false
    /// All forms of the words that were searched.
    package fileprivate(set) var terms: Set<String> = []
  }

  /// A page that matches.
  package struct Result: Sendable {
    /// Its number among the groups of the index.
    let group: Int
    fileprivate let matched: Int
    fileprivate let score: Int
    /// The matching documents, by their numbers in the group, best first; 0 is the page's own.
    let texts: [Int]
  }

  private let families: [String: [[ArraySlice<UInt8>]]]
  private let starts: [Int]

  private var total: Int { starts[starts.count - 1] }

  init(_ index: SearchIndex, groups: [SearchableGroup]) {
    var families: [String: [[ArraySlice<UInt8>]]] = [:]
    for (name, bytes) in index.files where name != "root.txt" {
      let family = String(name.prefix { !$0.isNumber && $0 != "." })
      families[family, default: []].append(bytes.split(separator: UInt8(ascii: "\n")))
    }
    self.families = families
    starts = groups.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.texts.count) }
  }

  /// - Parameters:
  ///   - query: the query as typed; its last word is a prefix unless something follows it.
  ///   - chosen: the names of filters, such as `:t3`.
  package func search(_ query: String, chosen: [String] = [], byDate: Bool = false) -> Answer {
    var answer = Answer()
    let (asked, open) = Self.words(query)
    let passes = admitted(chosen)
    var parts: [(scores: [Int], isNeeded: Bool)] = []
    for word in asked {
      let isOpen = open.map { $0.utf8.elementsEqual(word.utf8) } ?? false
      var found = forms(of: word, isOpen: isOpen)
      if found.isEmpty, let other = meant(by: word) {
        answer.instead.append((word, other))
        found = forms(of: other, isOpen: false)
      } else if found.isEmpty {
        answer.nowhere.append(word)
      }
      guard let first = found.first, let most = found.map(\.count).max() else { continue }
      var scores = [Int](repeating: 0, count: total)
      let known = first.weight == 16 ? first.count : most
      let rarity = SearchRanking.rarity(all: total, some: known)
      var isWhole = true
      for form in found {
        isWhole = spread(form, rarity, into: &scores) == form.count && isWhole
        answer.terms.insert(form.term)
      }
      parts.append((scores, isWhole && known <= max(SearchRanking.fewTexts, total >> 2)))
    }
    if !asked.isEmpty, parts.isEmpty { return answer }
    rank(parts, hasWords: !asked.isEmpty, passes, chosen, byDate, into: &answer)
    return answer
  }

  private func rank(
    _ parts: [(scores: [Int], isNeeded: Bool)], hasWords: Bool, _ passes: [Bool]?,
    _ chosen: [String], _ byDate: Bool, into answer: inout Answer
  ) {
    let needed = parts.filter(\.isNeeded)
    let telling = needed.isEmpty ? parts : needed
    let isAboutPeople = chosen.contains { $0.hasPrefix(":p") }
    var fullest = 0
    for group in 0..<(starts.count - 1) {
      var best = -1
      var hits: [(text: Int, score: Int)] = []
      for text in starts[group]..<starts[group + 1] where passes.map({ $0[text] }) ?? true {
        let score = parts.reduce(0) { $0 + $1.scores[text] }
        let isHit =
          hasWords
          ? telling.contains { $0.scores[text] > 0 } : text == starts[group] || isAboutPeople
        if isHit { hits.append((text, score)) }
        best = max(best, score)
      }
      guard !hits.isEmpty else { continue }
      let tops = parts.map { part in
        (starts[group]..<starts[group + 1]).reduce(0) { max($0, part.scores[$1]) }
      }
      let matched = zip(parts, tops).count { $0.isNeeded && $1 > 0 }
      fullest = max(fullest, matched)
      hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.text < $1.text }
      answer.results.append(
        Result(
          group: group, matched: matched, score: tops.reduce(best, +),
          texts: hits.map { $0.text - starts[group] }))
    }
    answer.isApart = fullest < needed.count
    let least = fullest - SearchRanking.allowance(of: needed.count)
    answer.results.removeAll { $0.matched < least }
    answer.results.sort {
      !byDate && $0.score != $1.score ? $0.score > $1.score : $0.group > $1.group
    }
  }

  /// The words of a query, without duplicates; the last one is a prefix unless a space follows it.
  private static func words(_ query: String) -> (words: [String], open: String?) {
    var reader = WordReader()
    var typed: [String] = []
    reader.read(query) { typed.append($0.string) }
    let isOpen = query.unicodeScalars.last.map { $0 != " " && $0 != "\u{3000}" } ?? false
    var words: [String] = []
    for word in typed where !words.contains(where: { $0.utf8.elementsEqual(word.utf8) }) {
      words.append(word)
    }
    return (Array(words.prefix(SearchRanking.mostWords)), isOpen ? typed.last : nil)
  }

  // MARK: Words

  private struct Form {
    let line: ArraySlice<UInt8>
    let term: String
    let count: Int
    let weight: Int

    init(_ line: ArraySlice<UInt8>, weight: Int) {
      self.line = line
      self.weight = weight
      term = line.term
      var index = line.startIndex + term.utf8.count + 1
      count = Digits.read(line, at: &index)
    }
  }

  private func forms(of word: String, isOpen: Bool) -> [Form] {
    let letters = word.unicodeScalars
    let shorter = [1, 2].filter { letters.count - $0 > 3 }.map { String(letters.dropLast($0)) }
    let places = places("words", word, most: 2) + shorter.map { place("words", $0) }
    var forms: [Form] = []
    for line in lines("words", places) {
      let weight = SearchRanking.weight(of: line.term, for: word, isOpen: isOpen)
      if weight > 0 { forms.append(Form(line, weight: weight)) }
    }
    forms.sort {
      let (left, right) = ($0.weight == 16, $1.weight == 16)
      if left != right { return left }
      return $0.count != $1.count ? $0.count > $1.count : $0.term.precedes($1.term)
    }
    return Array(forms.prefix(SearchRanking.mostForms))
  }

  /// The most frequent word that is one edit away from this one.
  private func meant(by word: String) -> String? {
    let letters = Array(word.unicodeScalars)
    guard letters.count > 3 else { return nil }
    let half = letters.count / 2
    var swapped = letters
    swapped.swapAt(half - 1, half)
    let ahead = lines(
      "spelling",
      places("spelling", String(letters[..<half]), most: 3)
        + [place("spelling", String(swapped[...]))])
    let back = lines(
      "reversed", places("reversed", String(Array(letters[half...].reversed())[...]), most: 3))
    let near =
      ahead.map { Form($0, weight: 0) }.map { ($0.term, $0.count) }
      + back.map { Form($0, weight: 0) }.map {
        (String(Array($0.term.unicodeScalars.reversed())[...]), $0.count)
      }
    return near.filter { SearchRanking.isSlip($0.0, word) }
      .min { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.precedes($1.0) }?.0
  }

  /// The number of the file of a kind that may contain a word.
  private func place(_ family: String, _ word: String) -> Int {
    let files = families[family] ?? []
    return max(0, files.lastIndex { $0.first.map { !word.precedes($0.term) } ?? false } ?? 0)
  }

  /// The numbers of that file, and of a few more that may contain words with this prefix.
  private func places(_ family: String, _ word: String, most: Int) -> [Int] {
    let files = families[family] ?? []
    var found = [place(family, word)]
    while found.count < most {
      let next = found[found.count - 1] + 1
      guard next < files.count, files[next].first?.term.utf8.starts(with: word.utf8) == true else {
        break
      }
      found.append(next)
    }
    return found
  }

  private func lines(_ family: String, _ places: [Int]) -> [ArraySlice<UInt8>] {
    let files = families[family] ?? []
    return Set(places).sorted().flatMap { $0 < files.count ? files[$0] : [] }
  }

  // MARK: Texts

  /// Adds a form's scores to its documents, and returns their number.
  private func spread(_ form: Form, _ rarity: Int, into scores: inout [Int]) -> Int {
    let line = form.line
    var index = line.startIndex + form.term.utf8.count + 1
    _ = Digits.read(line, at: &index)
    var held = 0
    while index < line.endIndex {
      let score = (form.weight * rarity * Digits.read(line, at: &index)) >> 4
      var text = -1
      for _ in 0..<Digits.read(line, at: &index) {
        text += Digits.read(line, at: &index) + 1
        if scores.indices.contains(text) { scores[text] = max(scores[text], score) }
        held += 1
      }
    }
    return held
  }

  /// The documents that the filters allow; nil for all.
  private func admitted(_ chosen: [String]) -> [Bool]? {
    var admitted: [Bool]?
    for name in chosen {
      var passes = [Bool](repeating: false, count: total)
      if let line = lines("words", [place("words", name)]).first(where: { $0.term == name }) {
        let isOfTexts = name.hasPrefix(":p")
        var found = [Int](repeating: 0, count: isOfTexts ? total : starts.count - 1)
        _ = spread(Form(line, weight: 16), 1, into: &found)
        for (number, count) in found.enumerated() where count > 0 {
          for text in isOfTexts ? number..<(number + 1) : starts[number]..<starts[number + 1] {
            passes[text] = true
          }
        }
      }
      admitted = admitted.map { zip($0, passes).map { $0 && $1 } } ?? passes
    }
    return admitted
  }
}

extension String {
  fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}

extension ArraySlice<UInt8> {
  /// The part of a line before its first space.
  fileprivate var term: String {
    String(decoding: prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
  }
}
