extension SanitizerPass {
  /// Writes the start of a listed element whose tag has been read, if it may stand here.
  mutating func begin(_ element: Element) {
    switch element.role {
    case .link: beginLink(element)
    case .image: writeImage(element)
    case .checkbox: writeCheckbox(element)
    default:
      guard !element.isOurs || tag.attributes.contains(where: { isOurs($0.value) }),
        open.makeRoom(for: element, into: &buffer)
      else { return }
      writeStart(of: element)
      if !element.isVoid { open.push(element, .element) }
    }
  }

  private mutating func writeStart(of element: Element) {
    buffer.write("<")
    buffer.write(element.name)
    var written: AttributeSet = []
    for (name, value) in tag.attributes {
      guard let attribute = Attribute.named(html[name]),
        element.attributes.contains(attribute) || isOurs(value),
        // An alignment is written as a class, of which there may be one.
        written.add(attribute == .align ? .class : attribute)
      else { continue }
      write(attribute, value)
    }
    buffer.write(">")
  }

  private func isOurs(_ value: Range<Int>) -> Bool {
    !value.isEmpty && html[value.lowerBound] == BodyMark.own
  }

  // MARK: Attributes

  private mutating func write(_ attribute: Attribute, _ range: Range<Int>) {
    let value = html[range]
    switch attribute {
    case .class:
      writeOurs("class", range)
      let kept = AttributeValue.keyword(value, of: ["align-left", "align-center", "align-right"])
      if let kept { writeClass("", kept) }
    case .id: writeOurs("id", range)
    case .href: writeOurs("href", range)
    case .title: writeAttribute("title", range)
    case .open: buffer.write(" open=\"\"")
    case .reversed: buffer.write(" reversed=\"\"")
    case .align:
      // The attribute is obsolete, and a style would be against the site's Content-Security-Policy.
      guard let side = AttributeValue.keyword(value, of: ["left", "center", "right"]) else {
        return
      }
      writeClass("align-", side)
    case .dir:
      guard let word = AttributeValue.keyword(value, of: ["ltr", "rtl", "auto"]) else { return }
      buffer.write(" dir=\"")
      buffer.write(word)
      buffer.write("\"")
    case .lang: if AttributeValue.isLanguage(value) { writeAttribute("lang", range) }
    case .datetime: if AttributeValue.isTime(value) { writeAttribute("datetime", range) }
    case .start: if AttributeValue.isStart(value) { writeAttribute("start", range) }
    case .colspan: writeNumber("colspan", value, upTo: 1000)
    case .rowspan: writeNumber("rowspan", value, upTo: 1000)
    case .cite:
      let address = CharacterReference.decoded(html, in: range)
      guard AddressPolicy.judge(address) == .external,
        let address = AddressPolicy.normalized(address)
      else { return }
      buffer.write(" cite=\"")
      buffer.writeEscaped(address)
      buffer.write("\"")
    case .alt, .src, .width, .height, .type, .checked, .disabled: return
    }
  }

  private mutating func writeAttribute(_ name: StaticString, _ range: Range<Int>) {
    buffer.write(" ")
    buffer.write(name)
    buffer.write("=\"")
    buffer.writeText(html, in: range, escapingQuotes: true)
    buffer.write("\"")
  }

  private mutating func writeClass(_ prefix: StaticString, _ name: StaticString) {
    buffer.write(" class=\"")
    buffer.write(prefix)
    buffer.write(name)
    buffer.write("\"")
  }

  /// Writes an attribute of Parse's, without the mark that proves it.
  private mutating func writeOurs(_ name: StaticString, _ range: Range<Int>) {
    guard isOurs(range) else { return }
    writeAttribute(name, (range.lowerBound + 1)..<range.upperBound)
  }

  private mutating func writeNumber(
    _ name: StaticString, _ value: Bytes.SubSequence, upTo limit: Int
  ) {
    guard let number = AttributeValue.number(value, upTo: limit) else { return }
    buffer.write(" ")
    buffer.write(name)
    buffer.write("=\"\(number)\"")
  }

  // MARK: Elements with rules of their own

  private mutating func beginLink(_ element: Element) {
    guard open.makeRoom(for: element, into: &buffer) else { return }
    guard !open.isInLink, let address = value(of: .href) else {
      open.push(element, .silent)
      return
    }
    if isOurs(address) {
      writeStart(of: element)
      open.push(element, .element)
    } else {
      let number = slot(of: address) ?? addLink(to: address)
      buffer.write("\u{1}a")
      buffer.write(String(number))
      buffer.write("\u{2}")
      open.push(element, .slot(number))
    }
  }

  /// The number of the slot that Parse has made for a link of markdown.
  private func slot(of address: Range<Int>) -> Int? {
    let value = html[address]
    guard value.first == BodyMark.opening, value.last == BodyMark.closing else { return nil }
    return value.dropFirst().dropLast().reduce(0) { $0 &* 10 &+ Int($1 &- UInt8(ascii: "0")) }
  }

  private mutating func addLink(to address: Range<Int>) -> Int {
    references.append(
      HTMLReference(.link, address: CharacterReference.decoded(html, in: address), line: line))
    return firstSlot + references.count - 1
  }

  private mutating func writeImage(_ element: Element) {
    guard let source = value(of: .src), open.makeRoom(for: element, into: &buffer) else { return }
    references.append(
      HTMLReference(
        .image, address: CharacterReference.decoded(html, in: source), title: decoded(.title),
        alternative: decoded(.alt), width: number(.width), height: number(.height), line: line))
    buffer.write("\u{1}i")
    buffer.write(String(firstSlot + references.count - 1))
    buffer.write("\u{2}")
  }

  /// A box that nobody can tick, as task lists have it; no other input.
  private mutating func writeCheckbox(_ element: Element) {
    guard let type = value(of: .type), value(of: .disabled) != nil,
      AttributeValue.keyword(html[type], of: ["checkbox"]) != nil,
      open.makeRoom(for: element, into: &buffer)
    else { return }
    buffer.write(
      value(of: .checked) == nil
        ? "<input type=\"checkbox\" disabled=\"\">"
        : "<input type=\"checkbox\" checked=\"\" disabled=\"\">")
  }

  /// The first value that the tag gives an attribute.
  private func value(of attribute: Attribute) -> Range<Int>? {
    tag.attributes.first { Attribute.named(html[$0.name]) == attribute }?.value
  }

  private func decoded(_ attribute: Attribute) -> String {
    value(of: attribute).map { CharacterReference.decoded(html, in: $0) } ?? ""
  }

  private func number(_ attribute: Attribute) -> Int? {
    value(of: attribute).flatMap { AttributeValue.number(html[$0], upTo: 9999) }
  }
}
