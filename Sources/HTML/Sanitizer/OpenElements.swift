/// The elements that are open, and what has to close or open before another may begin.
///
/// It foresees what a browser would close or put in by itself and writes that out, so that a browser finds nothing left to do:
/// the tree that it makes of a body is the one whose tags are in it.
struct OpenElements {
  /// How deep elements may stand in each other; tags beyond are left out.
  static let limit = 100
  /// The most that a table's part opens around itself.
  private static let implied = 2

  /// How an open element was written, which is how its end is.
  enum Form: Sendable, Hashable {
    case element
    /// A link that is a slot.
    case slot(Int)
    /// Not at all: a link that leads nowhere or stands in a link; its end tag must not end another.
    case silent
  }

  struct Entry: Sendable {
    let element: Element
    let form: Form
  }

  private var entries: [Entry] = []

  /// Whether only parts of a table may stand here.
  var isAmongTableParts: Bool { entries.last?.element.role.holdsTableParts ?? false }

  var isInLink: Bool { entries.contains { $0.element.role == .link && $0.form != .silent } }

  mutating func push(_ element: Element, _ form: Form) {
    entries.append(Entry(element: element, form: form))
  }

  // MARK: Ends

  /// Ends the nearest open element of a kind, and what is open in it.
  mutating func end(_ element: Element, into buffer: inout ByteBuffer) {
    let isTablePart = element.role.isScope || element.role.holdsTableParts
    for index in entries.indices.reversed() {
      let open = entries[index].element
      if open.key == element.key {
        close(from: index, into: &buffer)
        return
      }
      if isTablePart ? open.role == .table : open.role.isScope { return }
    }
  }

  mutating func endAll(into buffer: inout ByteBuffer) {
    close(from: 0, into: &buffer)
  }

  private mutating func close(from index: Int, into buffer: inout ByteBuffer) {
    while entries.count > index, let entry = entries.popLast() {
      switch entry.form {
      case .element:
        buffer.write("</")
        buffer.write(entry.element.name)
        buffer.write(">")
      case .slot(let number):
        buffer.write("\u{1}z")
        buffer.write(String(number))
        buffer.write("\u{2}")
      case .silent: break
      }
    }
  }

  // MARK: Beginnings

  /// Closes and opens what must be before an element begins; false when it may not stand here.
  mutating func makeRoom(for element: Element, into buffer: inout ByteBuffer) -> Bool {
    guard entries.count + Self.implied < Self.limit else { return false }
    switch element.role {
    case .phrase, .link, .ruby, .image, .checkbox, .breakpoint:
      makeRoomForWords(into: &buffer)
    case .block, .division, .paragraph, .rule, .list, .definitions, .table:
      makeRoomForBlock(into: &buffer)
    case .heading:
      makeRoomForBlock(into: &buffer)
      closeNearest(.heading, into: &buffer)
    case .item: return makeRoomForItem(into: &buffer)
    case .definition: return makeRoomForDefinition(into: &buffer)
    case .annotation: return makeRoomForAnnotation(into: &buffer)
    case .caption, .rowGroup: return closeInside([.table], into: &buffer)
    case .row:
      guard closeInside([.table, .rowGroup], into: &buffer) else { return false }
      imply(.tableBody, in: .table, into: &buffer)
    case .cell:
      guard closeInside([.table, .rowGroup, .row], into: &buffer) else { return false }
      imply(.tableBody, in: .table, into: &buffer)
      imply(.tableRow, in: .rowGroup, into: &buffer)
    }
    return true
  }

  /// Closes a table whose cells have not begun: words in it would be shown before it.
  mutating func makeRoomForWords(into buffer: inout ByteBuffer) {
    while isAmongTableParts, let table = entries.lastIndex(where: { $0.element.role == .table }) {
      close(from: table, into: &buffer)
    }
  }

  /// Closes the paragraph that is open, as every block does.
  mutating func makeRoomForBlock(into buffer: inout ByteBuffer) {
    makeRoomForWords(into: &buffer)
    closeNearest(.paragraph, into: &buffer)
  }

  private mutating func closeNearest(_ role: Element.Role, into buffer: inout ByteBuffer) {
    for index in entries.indices.reversed() {
      if entries[index].element.role == role { return close(from: index, into: &buffer) }
      if entries[index].element.role.isScope { return }
    }
  }

  /// Closes everything inside the nearest part of a table of some roles; false outside of tables.
  private mutating func closeInside(
    _ roles: [Element.Role], into buffer: inout ByteBuffer
  ) -> Bool {
    guard let index = entries.lastIndex(where: { roles.contains($0.element.role) }) else {
      return false
    }
    close(from: index + 1, into: &buffer)
    return true
  }

  private mutating func imply(
    _ element: Element, in role: Element.Role, into buffer: inout ByteBuffer
  ) {
    guard entries.last?.element.role == role else { return }
    buffer.write("<")
    buffer.write(element.name)
    buffer.write(">")
    push(element, .element)
  }

  private mutating func makeRoomForItem(into buffer: inout ByteBuffer) -> Bool {
    for index in entries.indices.reversed() {
      let element = entries[index].element
      switch element.role {
      case .item, .list:
        close(from: element.role == .list ? index + 1 : index, into: &buffer)
        return entries.last?.element.role == .list
      case let role where role.isPassedOver: continue
      default: return false
      }
    }
    return false
  }

  private mutating func makeRoomForDefinition(into buffer: inout ByteBuffer) -> Bool {
    for index in entries.indices.reversed() {
      let element = entries[index].element
      switch element.role {
      case .definition:
        close(from: index, into: &buffer)
        return true
      case .definitions:
        // Divisions may group a list's definitions.
        let divisions = entries[(index + 1)...].prefix { $0.element.role == .division }
        close(from: divisions.endIndex, into: &buffer)
        return true
      case let role where role.isPassedOver: continue
      default: return false
      }
    }
    return false
  }

  private mutating func makeRoomForAnnotation(into buffer: inout ByteBuffer) -> Bool {
    guard let last = entries.last else { return false }
    if last.element.role == .annotation { close(from: entries.count - 1, into: &buffer) }
    return entries.last?.element.role == .ruby
  }
}
