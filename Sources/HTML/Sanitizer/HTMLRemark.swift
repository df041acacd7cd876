/// A place in a file, as precisely as the sanitiser knows it.
package struct HTMLPlace: Sendable, Hashable {
  /// The line of the file.
  package let line: Int
  /// From 1, in bytes; too small by the bytes that markdown removed before the HTML, such as the mark of a quotation.
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A part of an author's HTML that the sanitiser changed or removed.
package struct HTMLRemark: Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    /// The tag is removed; the element's content is kept.
    case removedElement
    /// The element is removed with its content.
    case removedContent
    /// The element is allowed, but not in this place.
    case misplacedElement
    /// Elements are nested too deep.
    case tooDeep
    /// The element lacks a required attribute, such as an image's `src`.
    case incompleteElement
    /// An end tag without a start tag.
    case strayEnd
    /// An attribute, of an element with this name, that is not allowed.
    case removedAttribute(of: String)
    /// An attribute with a value that is not allowed.
    case unfitValue(of: String)
    /// The element is closed before its end tag, or has none.
    case leftOpen
    /// A comment has no end and hides the content after it.
    case unclosedComment
    /// The tag is in a title or in an image's alternative text, which are plain text.
    case removedFromWords
  }

  package let reason: Reason
  /// The name of the element or the attribute, in lower case.
  package let name: String
  /// The first place.
  package let place: HTMLPlace
  /// The number of places.
  package fileprivate(set) var count = 1

  package init(_ reason: Reason, _ name: String, at place: HTMLPlace, count: Int = 1) {
    self.reason = reason
    self.name = name
    self.place = place
    self.count = count
  }
}

/// The remarks about one document: one for each reason and name.
package struct HTMLRemarks: Sendable {
  private struct Key: Hashable {
    let reason: HTMLRemark.Reason
    let name: String
  }

  package private(set) var all: [HTMLRemark] = []
  private var numbers: [Key: Int] = [:]

  package init() {}

  package mutating func add(_ reason: HTMLRemark.Reason, _ name: String, at place: HTMLPlace) {
    let key = Key(reason: reason, name: name)
    if let number = numbers[key] {
      all[number].count += 1
    } else {
      numbers[key] = all.count
      all.append(HTMLRemark(reason, name, at: place))
    }
  }
}
