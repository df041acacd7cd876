import CLibXML2
import StoaPlatform

/// Reads an XML file in pieces, with libxml2's push parser and our own handlers.
///
/// libxml2 and not FoundationXML: it is part of the distribution (MIT licence, with security fixes), reads a file in pieces, and
/// reports line and column; FoundationXML is the same library behind a class.
/// Untrusted files are safe because a document type is refused before its entities are read, so nothing is expanded or fetched (the
/// network is off too); only our handlers run, which build no tree; and libxml2's own limits on depth (256) and on the size of a
/// text (10 MB) apply, because `XML_PARSE_HUGE` is never set.
final class XMLStream {
  enum Event {
    case start(XMLElement)
    case text([UInt8])
    case end
    /// The XML is broken here; only in a stream that recovers.
    case broken(ImportFailure)
  }

  private let path: String
  private let descriptor: Int32
  private var context: xmlParserCtxtPtr?
  private var events: [Event] = []
  private var nextEvent = 0
  private var isAtStart = true
  private var isAtEnd = false
  private var skippedLines = 0
  fileprivate var hasDocumentType = false

  private static let pieceSize = 1 << 16

  private let recovers: Bool
  private let repairs: Bool
  private var characters = XMLCharacters()
  /// How many characters that XML does not allow were removed.
  private(set) var repairCount = 0

  /// - Parameters:
  ///   - recovers: whether to continue after broken places, which become events.
  ///   - repairs: whether to remove characters that XML does not allow, instead of treating them as broken places.
  init(path: String, recovers: Bool = false, repairs: Bool = false) throws {
    self.path = path
    self.recovers = recovers
    self.repairs = repairs
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SourceError(path, String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw SourceError(path, "this is not a file")
    }
    xmlInitParser()
    var handlers = Self.makeHandlers()
    context = xmlCreatePushParserCtxt(
      &handlers, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
    var options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
    options |= XML_PARSE_NOWARNING.rawValue | (recovers ? XML_PARSE_RECOVER.rawValue : 0)
    xmlCtxtUseOptions(context, Int32(options))
  }

  deinit {
    if let context { xmlFreeParserCtxt(context) }
    close(descriptor)
  }

  /// The next event; nil after a complete document.
  func next() throws -> Event? {
    while nextEvent == events.count {
      guard !isAtEnd else { return nil }
      events.removeAll(keepingCapacity: true)
      nextEvent = 0
      try readPiece()
    }
    defer { nextEvent += 1 }
    return events[nextEvent]
  }

  func failure(_ reason: String) -> ImportFailure {
    ImportFailure(
      path, line: Int(xmlSAX2GetLineNumber(context)) + skippedLines,
      column: Int(xmlSAX2GetColumnNumber(context)), reason)
  }

  private func readPiece() throws {
    var piece = [UInt8](repeating: 0, count: Self.pieceSize)
    let count = read(descriptor, &piece, piece.count)
    guard count >= 0 else {
      if errno == EINTR { return }
      throw SourceError(path, String(cString: strerror(errno)))
    }
    isAtEnd = count == 0
    var rest = piece[..<count]
    if isAtStart, count > 0 {
      isAtStart = false
      rest = rest.dropFirst(Self.lengthOfRubbish(rest))
      skippedLines = piece[..<rest.startIndex].count { $0 == 0x0A }
    }
    while let fault = characters.firstFault(in: rest) {
      parse(rest[..<fault.place.lowerBound])
      rest = rest[fault.place.upperBound...]
      if repairs {
        repairCount += 1
        continue
      }
      let failure = ImportFailure(
        path, line: fault.line + skippedLines, column: fault.column, fault.message)
      guard recovers else { throw failure }
      events.append(.broken(failure))
    }
    parse(rest, isLast: isAtEnd)
    if hasDocumentType {
      throw failure("DOCTYPE is not allowed (entity expansion)")
    }
    if let failure = lastFailure {
      guard recovers else { throw failure }
      noteFailure()
    }
  }

  private func parse(_ bytes: ArraySlice<UInt8>, isLast: Bool = false) {
    guard !bytes.isEmpty || isLast else { return }
    bytes.withUnsafeBytes { buffer in
      _ = xmlParseChunk(
        context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count),
        isLast ? 1 : 0)
    }
  }

  /// The last fatal error of the parser.
  private var lastFailure: ImportFailure? {
    guard let error = xmlCtxtGetLastError(context), error.pointee.level == XML_ERR_FATAL else {
      return nil
    }
    let message = error.pointee.message.map { String(cString: $0) } ?? "this is not XML"
    return ImportFailure(
      path, line: Int(error.pointee.line) + skippedLines, column: Int(error.pointee.int2),
      "the XML is broken: \(CleanText.line(message))")
  }

  /// Adds an event for an error since the last one.
  private func noteFailure() {
    guard recovers, let failure = lastFailure else { return }
    xmlCtxtResetLastError(context)
    events.append(.broken(failure))
  }

  /// The number of bytes before the first `<`: real exports begin with empty lines or with the output of plug-ins.
  ///
  /// A file that begins like UTF-16 or UTF-32 is read without skipping anything.
  private static func lengthOfRubbish(_ piece: ArraySlice<UInt8>) -> Int {
    let window = piece.prefix(256)
    guard let start = window.firstIndex(of: UInt8(ascii: "<")), !window[..<start].contains(0),
      !window.starts(with: [0xFE, 0xFF]), !window.starts(with: [0xFF, 0xFE])
    else { return 0 }
    return start
  }

  // MARK: Handlers

  fileprivate func append(_ event: Event) {
    noteFailure()
    events.append(event)
  }

  fileprivate func refuseDocumentType() {
    hasDocumentType = true
    xmlStopParser(context)
  }

  private static func makeHandlers() -> xmlSAXHandler {
    var handlers = xmlSAXHandler()
    handlers.initialized = UInt32(XML_SAX2_MAGIC)
    handlers.internalSubset = { stream, _, _, _ in XMLStream.from(stream)?.refuseDocumentType() }
    handlers.startElementNs = { stream, name, prefix, _, _, _, count, _, attributes in
      guard let name else { return }
      var values: [String: String] = [:]
      for index in 0..<Int(count) {
        // Five pointers each: name, prefix, namespace, start and end of the value.
        let at = index * 5
        guard let attributes, let key = attributes[at], let start = attributes[at + 3],
          let end = attributes[at + 4]
        else { continue }
        values[XMLStream.name(key, attributes[at + 1])] = String(
          decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
      }
      XMLStream.from(stream)?.append(
        .start(XMLElement(name: XMLStream.name(name, prefix), attributes: values)))
    }
    handlers.endElementNs = { stream, _, _, _ in XMLStream.from(stream)?.append(.end) }
    handlers.characters = { stream, text, count in XMLStream.take(text, count, stream) }
    handlers.cdataBlock = { stream, text, count in XMLStream.take(text, count, stream) }
    return handlers
  }

  private static func take(
    _ text: UnsafePointer<UInt8>?, _ count: Int32, _ stream: UnsafeMutableRawPointer?
  ) {
    guard let text else { return }
    from(stream)?.append(.text(Array(UnsafeBufferPointer(start: text, count: Int(count)))))
  }

  private static func name(
    _ name: UnsafePointer<UInt8>, _ prefix: UnsafePointer<UInt8>?
  ) -> String {
    let local = String(cString: name)
    return prefix.map { String(cString: $0) + ":" + local } ?? local
  }

  private static func from(_ pointer: UnsafeMutableRawPointer?) -> XMLStream? {
    pointer.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
  }
}
