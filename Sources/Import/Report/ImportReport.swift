import StoaModel

/// The result of an import: the items of the source, and what the community has of them now.
public struct ImportReport: Sendable {
  /// The numbers of items of one kind.
  public struct Sum: Sendable, Equatable {
    /// The kind of item, such as `post`.
    public let noun: String
    /// How many the source holds.
    public let found: Int
    /// How many have a file of their own.
    public internal(set) var imported = 0
    /// How many are included in another file.
    public internal(set) var merged = 0
    /// How many the community does not have.
    public internal(set) var leftOut = 0
  }

  /// The tool that the items come from, such as `disqus`.
  public let kind: String
  /// The name of the source.
  public let site: String
  /// Whether nothing was written.
  public let isDryRun: Bool
  /// The items, in the order of the source.
  public let entries: [Entry]
  /// The numbers of items, in order of noun.
  public let sums: [Sum]
  /// Sentences about the import as a whole.
  public let notes: [String]

  /// Throws when the outcomes do not add up to the source's own counts: then an item was lost.
  init(
    kind: String, site: String, isDryRun: Bool, entries: [Entry], counts: SourceCounts,
    notes: [String]
  ) throws {
    self.kind = kind
    self.site = site
    self.isDryRun = isDryRun
    self.entries = entries
    self.notes = notes
    var sums: [String: Sum] = counts.byNoun.filter { $0.value > 0 }
      .reduce(into: [:]) { $0[$1.key] = Sum(noun: $1.key, found: $1.value) }
    for entry in entries where !entry.noun.isEmpty {
      var sum = sums[entry.noun] ?? Sum(noun: entry.noun, found: 0)
      switch entry.outcome {
      case .imported: sum.imported += 1
      case .merged: sum.merged += 1
      case .leftOut: sum.leftOut += 1
      }
      sums[entry.noun] = sum
    }
    self.sums = sums.values.sorted { $0.noun.precedes($1.noun) }
    for sum in self.sums where sum.found != sum.imported + sum.merged + sum.leftOut {
      throw AccountingError(
        description:
          "\(sum.found) of kind “\(sum.noun)” were found, and \(sum.imported) imported, "
          + "\(sum.merged) merged, \(sum.leftOut) left out")
    }
  }

  /// The outcomes do not add up: a bug.
  package struct AccountingError: Error, CustomStringConvertible {
    package let description: String
  }

  /// The number of items whose file is in a state.
  ///
  /// - Parameter state: The state.
  /// - Returns: The number of items.
  public func count(_ state: Entry.FileState) -> Int { entries.count { $0.file == state } }
}
