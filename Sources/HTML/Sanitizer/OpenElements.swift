/// The open elements, and the rules for what must be closed or opened before another element begins.
///
/// It predicts what a browser would close or insert by itself and writes that out. So a browser's tree for a body has exactly the
/// elements whose tags the body has.
struct OpenElements {
  /// The maximum nesting depth; tags beyond it are removed.
  static let limit = 100
  /// The maximum number of elements that a table's part opens around itself.
  private static let implied = 2

  /// How an open element was written, which determines how its end is written.
  enum Form: Sendable, Hashable {
    case element
    /// A link that is a slot.
    case slot(Int)
    /// It was not written: a link without a target or inside another link; its end tag must not close another element.
    case silent
  }

  /// The author's start tag.
  struct Origin: Sendable {
    let place: HTMLPlace
    /// Whether it is within a line of markdown.
    let isInline: Bool

    /// For a table's part that the author omitted.
    static let implied = Origin(place: HTMLPlace(line: 0, column: 0), isInline: false)
  }

  struct Entry: Sendable {
    let element: Element
    let form: Form
    /// Nil for elements that cmark-gfm and Parse write.
    let origin: Origin?
  }

  private var entries: [Entry] = []
  /// The author's elements that need an end tag but were closed by another element.
  private(set) var leftOpen: [(element: Element, place: HTMLPlace)] = []
  /// For each kind, how many of the author's elements were closed before their end tags, which may still follow.
  private var closedEarly: [UInt64: Int] = [:]

  /// Whether only parts of a table are allowed here.
  var isAmongTableParts: Bool { entries.last?.element.role.holdsTableParts ?? false }

  var isInLink: Bool { entries.contains { $0.element.role == .link && $0.form != .silent } }

  /// Whether the maximum depth is reached, so that no other element may begin.
  var isFull: Bool { entries.count + Self.implied >= Self.limit }

  mutating func push(_ element: Element, _ form: Form, from origin: Origin? = nil) {
    entries.append(Entry(element: element, form: form, origin: origin))
  }

  // MARK: Ends

  /// Closes the nearest open element of a kind, and everything inside it; false when there is none.
  ///
  /// - Parameter isOfAuthor: whether the end tag is the author's; it closes only the author's elements.
  mutating func end(
    _ element: Element, isOfAuthor: Bool, into buffer: inout ByteBuffer
  ) -> Bool {
    let isTablePart = element.role.isScope || element.role.holdsTableParts
    for index in entries.indices.reversed() {
      let open = entries[index]
      if open.element.key == element.key, !isOfAuthor || open.origin != nil {
        close(from: index + 1, into: &buffer)
        closeLast(into: &buffer)
        return true
      }
      if isTablePart ? open.element.role == .table : open.element.role.isScope { break }
    }
    guard isOfAuthor, let early = closedEarly[element.key] else { return false }
    closedEarly[element.key] = early > 1 ? early - 1 : nil
    return true
  }

  mutating func endAll(into buffer: inout ByteBuffer) {
    close(from: 0, into: &buffer)
  }

  /// Closes elements that the author opened within a line of markdown.
  mutating func endInline(into buffer: inout ByteBuffer) {
    guard let first = entries.firstIndex(where: { $0.origin?.isInline ?? false }) else { return }
    close(from: first, into: &buffer)
  }

  /// Closes elements before their end tags.
  private mutating func close(from index: Int, into buffer: inout ByteBuffer) {
    while entries.count > index, let entry = entries.last {
      if let origin = entry.origin {
        closedEarly[entry.element.key, default: 0] += 1
        if !entry.element.role.mayLackEnd, entry.form != .silent {
          leftOpen.append((entry.element, origin.place))
        }
      }
      closeLast(into: &buffer)
    }
  }

  private mutating func closeLast(into buffer: inout ByteBuffer) {
    if let entry = entries.popLast() {
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

  /// Closes and opens the elements that must come before a new one; false when the new one is not allowed here.
  ///
  /// - Parameter isOfAuthor: whether the start tag is the author's; it adds nothing to a table or list of markdown.
  mutating func makeRoom(
    for element: Element, isOfAuthor: Bool, into buffer: inout ByteBuffer
  ) -> Bool {
    guard !isFull else { return false }
    if isOfAuthor, let outer = element.role.outer,
      let nearest = entries.last(where: { $0.element.role == outer }), nearest.origin == nil
    {
      return false
    }
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

  /// Closes a table without cells yet: a browser would show text in it before the table.
  mutating func makeRoomForWords(into buffer: inout ByteBuffer) {
    while isAmongTableParts, let table = entries.lastIndex(where: { $0.element.role == .table }) {
      close(from: table, into: &buffer)
    }
  }

  /// Closes the open paragraph, as every block does.
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

  /// Closes everything inside the nearest part of a table with one of these roles; false outside of tables.
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
    push(element, .element, from: .implied)
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
        // A `div` may group a list's definitions.
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
