/// A table of TOML during reading, to which later lines may add keys.
final class TOMLTable {
  /// How a table was created, which decides what may still be added to it.
  private enum Origin {
    /// A header of its own, or the file.
    case header
    /// The header of a nested table; its own header may follow.
    case longerHeader
    /// A key with dots.
    case dottedKey
  }

  private enum Node {
    case value(SourceValue)
    case table(TOMLTable)
    case list(TableList)
  }

  /// The tables below a header in double brackets.
  private final class TableList {
    var tables: [TOMLTable] = []
  }

  /// A key conflicts with an earlier one.
  struct Conflict: Error {
    let message: String
  }

  private var origin: Origin
  private var nodes: [(key: String, node: Node)] = []
  /// By the keys' bytes: hashing a String with many combining marks takes quadratic time.
  private var positions: [[UInt8]: Int] = [:]

  /// The top-level table of a file, or a table in braces.
  convenience init() {
    self.init(.header)
  }

  private init(_ origin: Origin) {
    self.origin = origin
  }

  /// The entries, in the order in which their keys appeared first.
  var entries: [SourceValue.Entry] {
    nodes.map { key, node in
      let value: SourceValue =
        switch node {
        case .value(let value): value
        case .table(let table): .mapping(table.entries)
        case .list(let list): .list(list.tables.map { .mapping($0.entries) })
        }
      return SourceValue.Entry(key: key, value: value)
    }
  }

  /// The table that `[path]` begins, relative to the file's table.
  func table(at path: [String]) throws(Conflict) -> TOMLTable {
    let parent = try parent(of: path)
    let key = path[path.count - 1]
    switch parent.node(key) {
    case nil: return parent.add(key, TOMLTable(.header))
    case .table(let table) where table.origin == .longerHeader:
      table.origin = .header
      return table
    default: throw Conflict(message: "\(key) exists already")
    }
  }

  /// The table that `[[path]]` begins, relative to the file's table.
  func listedTable(at path: [String]) throws(Conflict) -> TOMLTable {
    let parent = try parent(of: path)
    let key = path[path.count - 1]
    let list: TableList
    switch parent.node(key) {
    case nil:
      list = TableList()
      parent.append(key, .list(list))
    case .list(let known): list = known
    default: throw Conflict(message: "\(key) exists already")
    }
    let table = TOMLTable(.header)
    list.tables.append(table)
    return table
  }

  /// Sets the key at `path` to a value.
  func set(_ path: [String], to value: SourceValue) throws(Conflict) {
    var table = self
    for key in path.dropLast() {
      switch table.node(key) {
      case nil: table = table.add(key, TOMLTable(.dottedKey))
      case .table(let known) where known.origin != .header:
        known.origin = .dottedKey
        table = known
      default: throw Conflict(message: "\(key) exists already, and cannot be added to from here")
      }
    }
    let key = path[path.count - 1]
    guard table.node(key) == nil else { throw Conflict(message: "\(key) exists already") }
    table.append(key, .value(value))
  }

  /// The table that contains the last key of a header.
  private func parent(of path: [String]) throws(Conflict) -> TOMLTable {
    var table = self
    for key in path.dropLast() {
      switch table.node(key) {
      case nil: table = table.add(key, TOMLTable(.longerHeader))
      case .table(let known): table = known
      case .list(let list): table = list.tables[list.tables.count - 1]
      case .value: throw Conflict(message: "\(key) exists already, and is not a table")
      }
    }
    return table
  }

  private func node(_ key: String) -> Node? { positions[Array(key.utf8)].map { nodes[$0].node } }

  private func add(_ key: String, _ table: TOMLTable) -> TOMLTable {
    append(key, .table(table))
    return table
  }

  private func append(_ key: String, _ node: Node) {
    positions[Array(key.utf8)] = nodes.count
    nodes.append((key, node))
  }
}
