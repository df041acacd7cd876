import StoaModel

extension Community {
  /// Gives each person a hue, so that the participants of a conversation differ as long as there are enough hues.
  ///
  /// Each person gets the hue of the name, unless another participant of one of their conversations has it: then the next free one.
  mutating func addHues() {
    /// The used hues of each conversation, as a bit set.
    var taken = [UInt32](repeating: 0, count: conversations.count)
    var meetings = [[Int]](repeating: [], count: contributors.count)
    var guests: [String: [Int]] = [:]
    for (index, conversation) in conversations.enumerated() {
      for speaker in conversation.participants {
        switch speaker {
        case .contributor(let person): meetings[person.position].append(index)
        case .guest(let name, _): guests[name, default: []].append(index)
        }
      }
    }
    func choose(_ wanted: Int, in places: [Int]) -> Int {
      let used = places.reduce(UInt32(0)) { $0 | taken[$1] }
      let offset = (0..<Face.hueCount).first { used & Self.bit((wanted + $0) % Face.hueCount) == 0 }
      let hue = (wanted + (offset ?? 0)) % Face.hueCount
      for place in places { taken[place] |= Self.bit(hue) }
      return hue
    }
    for person in contributors.indices {
      contributors[person].hue = choose(contributors[person].hue, in: meetings[person])
    }
    for (name, places) in guests.sorted(by: { $0.key.precedes($1.key) }) {
      let wanted = Face.hue(of: name)
      let hue = choose(wanted, in: places)
      if hue != wanted { guestHues[name] = hue }
    }
  }

  private static func bit(_ hue: Int) -> UInt32 { 1 << UInt32(hue) }

  /// The hue of a guest.
  package func hue(ofGuest name: String) -> Int { guestHues[name] ?? Face.hue(of: name) }
}
