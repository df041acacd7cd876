/// Which templates and blocks of a theme stand in which others' places, to find those that hold themselves without end.
///
/// That a partial includes itself is how a thread is shown, and ends where the thread does: only a way round on which nothing
/// is entered that the record of the level before holds has no end.
struct InclusionGraph {
  /// A tag in whose place something else stands.
  struct Inclusion {
    /// The template or block that stands there.
    let what: String
    let file: String
    let position: Template.Position
    fileprivate let place: Place
  }

  /// Where the walk is: in a template or block, and perhaps deeper in the data than it began.
  struct Place {
    let node: Int
    var goesDeeper = false

    func inclusion(
      _ what: String, _ file: String, _ position: Template.Position
    ) -> Inclusion {
      Inclusion(what: what, file: file, position: position, place: self)
    }
  }

  private var nodes: [String: Int] = [:]
  /// By node: the tags that go no deeper, and where they lead.
  private var inclusions: [[(to: Int, by: Inclusion)]] = []

  /// Adds a template or block with what its names find, and the tag that led to it.
  mutating func add(_ key: String, from inclusion: Inclusion?) -> (node: Int, isNew: Bool) {
    let known = nodes[key]
    let node = known ?? inclusions.count
    if known == nil {
      nodes[key] = node
      inclusions.append([])
    }
    if let inclusion, !inclusion.place.goesDeeper {
      inclusions[inclusion.place.node].append((node, inclusion))
    }
    return (node, known == nil)
  }

  /// The tags that close a way round.
  var cycles: [Inclusion] {
    enum State { case unseen, open, done }
    var found: [Inclusion] = []
    var states = [State](repeating: .unseen, count: inclusions.count)
    for start in inclusions.indices where states[start] == .unseen {
      var path = [(node: start, next: 0)]
      states[start] = .open
      while let (node, next) = path.last {
        guard next < inclusions[node].count else {
          states[node] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let inclusion = inclusions[node][next]
        switch states[inclusion.to] {
        case .open: found.append(inclusion.by)
        case .done: break
        case .unseen:
          states[inclusion.to] = .open
          path.append((inclusion.to, 0))
        }
      }
    }
    return found
  }
}
