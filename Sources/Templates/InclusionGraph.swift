/// The templates and blocks of a theme and their inclusions, to find those that include themselves without end.
///
/// A partial that includes itself shows a thread, and ends when the thread does: a cycle is endless only if no step in it enters a
/// record within the current one.
struct InclusionGraph {
  /// A tag that includes something.
  struct Inclusion {
    /// The included template or block.
    let what: String
    let file: String
    let position: Template.Position
    fileprivate let place: Place
  }

  /// The position of the search: a template or block, and whether it is deeper in the data than at the start.
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
  /// By node: the inclusions that go no deeper into the data, with their targets.
  private var inclusions: [[(to: Int, by: Inclusion)]] = []

  /// Adds a template or block with the results of its names, and the tag that included it.
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

  /// The tags that close a cycle.
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
