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

  /// A start tag of the author's.
  struct Origin: Sendable {
    let place: HTMLPlace
    /// Whether it stands among the words of a block of markdown.
    let isInline: Bool

    /// Of a table's part that the author left out.
    static let implied = Origin(place: HTMLPlace(line: 0, column: 0), isInline: false)
  }

  struct Entry: Sendable {
    let element: Element
    let form: Form
    /// Nil for what the library and Parse write.
    let origin: Origin?
  }

  private var entries: [Entry] = []
  /// The author's elements that something other than their end tag has closed, though they need one.
  private(set) var leftOpen: [(element: Element, place: HTMLPlace)] = []
  /// How many of the author's elements of each kind were closed before their end tags, which may still follow.
  private var closedEarly: [UInt64: Int] = [:]

  /// Whether only parts of a table may stand here.
  var isAmongTableParts: Bool { entries.last?.element.role.holdsTableParts ?? false }

  var isInLink: Bool { entries.contains { $0.element.role == .link && $0.form != .silent } }

  /// Whether so many elements are open that no other may begin.
  var isFull: Bool { entries.count + Self.implied >= Self.limit }

  mutating func push(_ element: Element, _ form: Form, from origin: Origin? = nil) {
    entries.append(Entry(element: element, form: form, origin: origin))
  }

  // MARK: Ends

  /// Ends the nearest open element of a kind, and what is open in it; false when there is none.
  ///
  /// - Parameter isOfAuthor: whether the end tag is the author's, which ends only what the author began.
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

  /// Closes what the author has opened among the words of a block of markdown.
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

  /// Closes and opens what must be before an element begins; false when it may not stand here.
  ///
  /// - Parameter isOfAuthor: whether the start tag is the author's, which adds nothing to a table or list of markdown.
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
