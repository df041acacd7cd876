import StoaModel
import StoaWords

extension TermIndex {
  /// The similarity of two conversations about one subject.
  struct Likeness: Sendable {
    /// The most distinctive words that both posts have.
    let words: [String]
  }

  /// How many common words are shown.
  private static let wordsShown = 4
  private static let fewestWords = 3
  /// The reciprocal of the minimum cosine for a common subject.
  private static let likenessDivisor = 5
  /// In per cent of the closeness: beyond that, one word dominates, and there is no common subject.
  private static let mostOfOneWord = 60

  /// The common subject of two conversations, without their topics and code; nil when there is none.
  func likeness(_ left: Index<Conversation>, _ right: Index<Conversation>) -> Likeness? {
    let (first, second) = (vectorOfWords(left.position), vectorOfWords(right.position))
    let weights = Dictionary(
      second.terms.map { ($0.term, Int($0.weight)) }, uniquingKeysWith: { first, _ in first })
    let shared = first.terms.compactMap { entry in
      weights[entry.term].map { (term: entry.term, share: Int(entry.weight) * $0) }
    }
    let score = shared.reduce(0) { $0 + $1.share }
    guard score * Self.likenessDivisor >= first.length * second.length,
      shared.allSatisfy({ 100 * $0.share <= Self.mostOfOneWord * score })
    else { return nil }
    let own = ownTerms(of: left).intersection(ownTerms(of: right))
    let most = max(6, offeredCount / 50)
    let words = shared.filter {
      own.contains($0.term) && Int(frequencies[Int($0.term)]) <= most && isWord($0.term)
    }
    .sorted {
      $0.share != $1.share ? $0.share > $1.share : table.precedes(Int($0.term), Int($1.term))
    }
    guard words.count >= Self.fewestWords else { return nil }
    return Likeness(words: words.prefix(Self.wordsShown).map { table.text(of: Int($0.term)) })
  }

  /// The terms in a post's own title and text.
  private func ownTerms(of index: Index<Conversation>) -> Set<UInt32> {
    Set(terms(of: index.position).lazy.filter(\.isOwn).map(\.term))
  }

  /// Whether a term is meaningful to readers: more than two letters, or two letters of a script without spaces.
  private func isWord(_ term: UInt32) -> Bool {
    let word = table.text(of: Int(term)).unicodeScalars
    return word.count > 2 || word.allSatisfy { Word.isUnspaced($0) }
  }
}

extension Community {
  /// How many of the closest conversations are compared.
  private static var neighboursCompared: Int { 12 }

  /// Finds conversations about one subject that share no link, topic or author, and the posts that have joined such.
  mutating func addGaps(
    _ index: TermIndex, _ nearest: [[Index<Conversation>]], _ links: ConversationLinks, jobs: Int
  ) async {
    let pairs = strangers(nearest, links, isOffered: index.isOffered)
    let likenesses = await mapInSlices(pairs, jobs: jobs) { index.likeness($0.0, $0.1) }
    for (pair, likeness) in zip(pairs, likenesses) {
      guard let likeness else { continue }
      let bridges = links.sources(to: pair.0).intersection(links.sources(to: pair.1)).sorted()
        .filter { isListed($0) }
      if bridges.isEmpty {
        conversations[pair.0].unknown.append(Index(gaps.count))
        conversations[pair.1].unknown.append(Index(gaps.count))
      }
      gaps.append(
        Gap(newer: pair.0, older: pair.1, words: likeness.words, bridges: bridges))
    }
  }

  /// Pairs of close conversations that share no link, topic or author, sorted by the newer one, then the other.
  private func strangers(
    _ nearest: [[Index<Conversation>]], _ links: ConversationLinks, isOffered: [Bool]
  ) -> [(Index<Conversation>, Index<Conversation>)] {
    let voices = voices(isOffered)
    var pairs: [(Index<Conversation>, Index<Conversation>)] = []
    for (index, others) in zip(conversations.places, nearest) where isOffered[index.position] {
      for other in others.prefix(Self.neighboursCompared).sorted() where index < other {
        guard nearest[other.position].prefix(Self.neighboursCompared).contains(index),
          links.neighbours[index]?.contains(other) != true,
          voices[index.position].isDisjoint(with: voices[other.position]),
          conversations[index].topics.allSatisfy({ !conversations[other].topics.contains($0) })
        else { continue }
        pairs.append((index, other))
      }
    }
    return pairs
  }

  /// The authors in each conversation, without those who wrote in more than a tenth of all.
  private func voices(_ isOffered: [Bool]) -> [Set<Speaker>] {
    let all = conversations.map { conversation in
      Set(
        conversation.authors.map { .contributor($0) }
          + conversation.responses.filter(\.isCounted).compactMap { $0.speaker?.withoutAddress })
    }
    var heard: [Speaker: Int] = [:]
    for (voices, isOffered) in zip(all, isOffered) where isOffered {
      for voice in voices { heard[voice, default: 0] += 1 }
    }
    let offered = isOffered.count { $0 }
    return all.map { $0.filter { 10 * (heard[$0] ?? 0) <= offered } }
  }
}
