extension SanitizerPass {
  /// Writes the start tag of an allowed element, if it is allowed here.
  ///
  /// - Parameter origin: nil for a tag that is not the author's.
  mutating func begin(_ element: Element, from origin: OpenElements.Origin?) {
    guard !element.isOurs || tag.attributes.contains(where: { isOurs($0.value) }) else {
      return remark(.removedElement, from: origin)
    }
    switch element.role {
    case .link: beginLink(element, from: origin)
    case .image: writeImage(element, from: origin)
    case .checkbox: writeCheckbox(element, from: origin)
    default:
      guard makeRoom(for: element, from: origin) else { return }
      writeStart(of: element, from: origin)
      if !element.isVoid { open.push(element, .element, from: origin) }
    }
  }

  private mutating func makeRoom(for element: Element, from origin: OpenElements.Origin?) -> Bool {
    let isFull = open.isFull
    if open.makeRoom(for: element, isOfAuthor: origin != nil, into: &buffer) { return true }
    remark(isFull ? .tooDeep : .misplacedElement, from: origin)
    return false
  }

  private mutating func remark(_ reason: HTMLRemark.Reason, from origin: OpenElements.Origin?) {
    if let origin { remarks.add(reason, nameOfTag(), at: origin.place) }
  }

  private mutating func writeStart(of element: Element, from origin: OpenElements.Origin?) {
    buffer.write("<")
    buffer.write(element.name)
    var written: AttributeSet = []
    for (name, value) in tag.attributes {
      let attribute = Attribute.named(html[name])
      if let attribute, element.attributes.contains(attribute) || isOurs(value),
        // An alignment is written as a class, and an element may have one class only.
        written.add(attribute == .align ? .class : attribute)
      {
        let length = buffer.count
        write(attribute, value)
        if buffer.count == length { remark(.unfitValue(of: nameOfTag()), name, from: origin) }
      } else {
        remark(.removedAttribute(of: nameOfTag()), name, from: origin)
      }
    }
    buffer.write(">")
  }

  /// Adds a remark about an attribute of the current tag.
  private mutating func remark(
    _ reason: HTMLRemark.Reason, _ name: Range<Int>, from origin: OpenElements.Origin?
  ) {
    guard origin != nil else { return }
    remarks.add(reason, Self.name(html[name]), at: place(of: name.lowerBound))
  }

  /// Adds remarks about attributes that an element with its own rules cannot keep.
  private mutating func remarkOthers(
    than kept: AttributeSet, from origin: OpenElements.Origin?
  ) {
    guard origin != nil else { return }
    var seen: AttributeSet = []
    for (name, _) in tag.attributes {
      if let attribute = Attribute.named(html[name]), kept.contains(attribute),
        seen.add(attribute)
      {
        continue
      }
      remark(.removedAttribute(of: nameOfTag()), name, from: origin)
    }
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
      // The attribute is obsolete, and the site's Content-Security-Policy does not allow styles.
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

  /// Writes an attribute of Parse, without the mark that identifies it.
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

  private mutating func beginLink(_ element: Element, from origin: OpenElements.Origin?) {
    guard makeRoom(for: element, from: origin) else { return }
    guard !open.isInLink, let address = value(of: .href) else {
      remark(open.isInLink ? .misplacedElement : .incompleteElement, from: origin)
      open.push(element, .silent, from: origin)
      return
    }
    if isOurs(address) {
      writeStart(of: element, from: origin)
      open.push(element, .element, from: origin)
    } else {
      let number = slot(of: address) ?? addLink(to: address)
      remarkOthers(than: [.href], from: origin)
      buffer.write("\u{1}a")
      buffer.write(String(number))
      buffer.write("\u{2}")
      open.push(element, .slot(number), from: origin)
    }
  }

  /// The slot number that Parse gave a link of markdown.
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

  private mutating func writeImage(_ element: Element, from origin: OpenElements.Origin?) {
    guard let source = value(of: .src) else { return remark(.incompleteElement, from: origin) }
    guard makeRoom(for: element, from: origin) else { return }
    remarkOthers(than: [.src, .alt, .title, .width, .height], from: origin)
    for attribute in [Attribute.width, .height] where number(attribute) == nil {
      if let name = name(of: attribute) { remark(.unfitValue(of: "img"), name, from: origin) }
    }
    references.append(
      HTMLReference(
        .image, address: CharacterReference.decoded(html, in: source), title: decoded(.title),
        alternative: decoded(.alt), width: number(.width), height: number(.height), line: line))
    buffer.write("\u{1}i")
    buffer.write(String(firstSlot + references.count - 1))
    buffer.write("\u{2}")
  }

  /// A disabled checkbox, as in task lists; no other input is allowed.
  private mutating func writeCheckbox(_ element: Element, from origin: OpenElements.Origin?) {
    guard let type = value(of: .type), value(of: .disabled) != nil,
      AttributeValue.keyword(html[type], of: ["checkbox"]) != nil
    else { return remark(.incompleteElement, from: origin) }
    guard makeRoom(for: element, from: origin) else { return }
    remarkOthers(than: [.type, .checked, .disabled], from: origin)
    buffer.write(
      value(of: .checked) == nil
        ? "<input type=\"checkbox\" disabled=\"\">"
        : "<input type=\"checkbox\" checked=\"\" disabled=\"\">")
  }

  /// The first value of an attribute in the tag.
  private func value(of attribute: Attribute) -> Range<Int>? {
    tag.attributes.first { Attribute.named(html[$0.name]) == attribute }?.value
  }

  /// The first place of an attribute's name in the tag.
  private func name(of attribute: Attribute) -> Range<Int>? {
    tag.attributes.first { Attribute.named(html[$0.name]) == attribute }?.name
  }

  private func decoded(_ attribute: Attribute) -> String {
    value(of: attribute).map { CharacterReference.decoded(html, in: $0) } ?? ""
  }

  private func number(_ attribute: Attribute) -> Int? {
    value(of: attribute).flatMap { AttributeValue.number(html[$0], upTo: 9999) }
  }
}
