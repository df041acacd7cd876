import StoaModel

/// The names that may be shown for people in a log.
struct PersonNames {
  private var names: [FileLives.Person: String] = [:]

  /// Collects every person named in the lives of files; git applies its mailmap to co-authors too.
  init(_ lives: [FileLives.Life], _ git: Git) throws {
    let people = lives.reduce(into: Set<FileLives.Person>()) { people, life in
      people.formUnion(life.firstPeople)
      for touch in life.touches { people.formUnion(touch.people) }
    }
    var contacts: [[UInt8]] = []
    for person in people {
      switch person {
      case .author(let name): names[person] = Self.presentable(name)
      case .coAuthor(let contact):
        names[person] = Self.presentable(Self.name(of: contact))
        if Self.isContact(contact) { contacts.append(contact) }
      }
    }
    guard !contacts.isEmpty else { return }
    let outcome = try git.run(
      ["check-mailmap", "--stdin"], input: Array(contacts.joined(separator: "\n".utf8)) + [0x0A])
    let mapped = outcome.output.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard outcome.succeeded, mapped.count >= contacts.count else { return }
    for (contact, answer) in zip(contacts, mapped) {
      names[.coAuthor(contact)] = Self.presentable(Self.name(of: Array(answer)))
    }
  }

  /// The names in byte order; people without a name that may be shown are omitted.
  func names(of people: some Sequence<FileLives.Person>) -> [String] {
    Set(people.compactMap { names[$0].map { Array($0.utf8) } })
      .sorted { $0.lexicographicallyPrecedes($1) }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The name in `Name <address>`.
  private static func name(of contact: [UInt8]) -> [UInt8] {
    Array(contact.prefix { $0 != UInt8(ascii: "<") })
  }

  /// Whether git accepts it as a name with an address: anything else makes `check-mailmap` fail.
  private static func isContact(_ contact: [UInt8]) -> Bool {
    guard let open = contact.firstIndex(of: UInt8(ascii: "<")), contact.last == UInt8(ascii: ">")
    else { return false }
    let address = contact[(open + 1)...].dropLast()
    return !address.isEmpty
      && !address.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
  }

  /// A name that may be shown on a page; nil when there is none, or when it is an address.
  ///
  /// Names in commits are untrusted: control characters and bidirectional controls are removed.
  static func presentable(_ bytes: [UInt8]) -> String? {
    var name = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      // Some scripts need joiners in names.
      case .format where scalar == "\u{200C}" || scalar == "\u{200D}":
        name.unicodeScalars.append(scalar)
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        continue
      default: name.unicodeScalars.append(scalar)
      }
    }
    let trimmed = name.trimmingSpaces
    let isName = !trimmed.isEmpty && trimmed.utf8.count <= 200 && !PersonalAddress.isIn(trimmed)
    return isName ? trimmed : nil
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...end])
  }
}
