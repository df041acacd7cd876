internal import StoaModel

/// What became of everything that the source holds.
package struct ImportReport: Sendable {
  /// How many items of a kind there were, and what became of them.
  package struct Sum: Sendable, Equatable {
    package let noun: String
    package let found: Int
    package internal(set) var imported = 0
    package internal(set) var merged = 0
    package internal(set) var leftOut = 0
  }

  package let kind: String
  package let site: String
  package let isDryRun: Bool
  /// In the order of the source.
  package let entries: [ReportEntry]
  /// In order of noun.
  package let sums: [Sum]
  /// What is to be said about the import as a whole.
  package let notes: [String]

  /// Throws when the outcomes do not add up to the source's own counts: then something was lost on the way.
  init(
    kind: String, site: String, isDryRun: Bool, entries: [ReportEntry], counts: SourceCounts,
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

  /// How many files are in each state.
  package func count(_ state: ReportEntry.FileState) -> Int { entries.count { $0.file == state } }
}
