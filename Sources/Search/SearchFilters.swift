import StoaLink
import StoaModel

/// The filters of results.
struct SearchFilters {
  /// In order of the names.
  private(set) var lines: [(name: [UInt8], line: [UInt8])] = []
  /// The people with a filter, by name.
  let people: [Index<ContributorEntry>]
  let languages: [String]

  init(_ groups: [SearchableGroup], _ community: Community) {
    people = community.listedPeople
    var numbers: [String: [Int]] = [:]
    var filterOfPerson: [Index<ContributorEntry>: String] = [:]
    for (number, person) in people.enumerated() { filterOfPerson[person] = ":p\(number)" }
    var languages: Set<String> = []
    var text = 0
    for (number, group) in groups.enumerated() {
      numbers[":k\(group.kind.rawValue)", default: []].append(number)
      for topic in Set(group.topics) { numbers[":t\(topic.position)", default: []].append(number) }
      var spoken: Set<String> = []
      for searchable in group.texts {
        for person in Set(searchable.people) {
          if let name = filterOfPerson[person] { numbers[name, default: []].append(text) }
        }
        spoken.insert((searchable.language ?? community.settings.language).lowercased())
        text += 1
      }
      for language in spoken { numbers[":l\(language)", default: []].append(number) }
      languages.formUnion(spoken)
    }
    self.languages = languages.sorted { $0.precedes($1) }
    lines = numbers.sorted { $0.key.precedes($1.key) }.map {
      (Array($0.key.utf8), Postings.line($0.key, $0.value))
    }
  }
}
