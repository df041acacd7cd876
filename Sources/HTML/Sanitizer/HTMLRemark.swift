/// A place in a file, as far as the sanitiser knows it.
package struct HTMLPlace: Sendable, Hashable {
  /// The line of the file.
  package let line: Int
  /// From 1, in bytes; it is off by what markdown has taken away before the HTML, such as the mark of a quotation.
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A part of an author's HTML that is not on the page as it was written.
package struct HTMLRemark: Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    /// The tag is left out; what is in the element stays.
    case removedElement
    /// The element is left out with its content.
    case removedContent
    /// The element is one that may be written, but not where it stands.
    case misplacedElement
    /// Elements stand too deep in each other.
    case tooDeep
    /// The element lacks an attribute without which it is nothing, such as an image's `src`.
    case incompleteElement
    /// An end tag that ends nothing.
    case strayEnd
    /// An attribute, of an element with this name, that may not be written.
    case removedAttribute(of: String)
    /// An attribute whose value may not be written.
    case unfitValue(of: String)
    /// The element is closed before its end tag, or has none.
    case leftOpen
    /// A comment has no end and hides what follows it.
    case unclosedComment
    /// The tag stands in a title or in the words of an image, which are plain text.
    case removedFromWords
  }

  package let reason: Reason
  /// Of the element or the attribute, in lower case.
  package let name: String
  /// Where it is so first.
  package let place: HTMLPlace
  /// How many times it is so.
  package fileprivate(set) var count = 1

  package init(_ reason: Reason, _ name: String, at place: HTMLPlace, count: Int = 1) {
    self.reason = reason
    self.name = name
    self.place = place
    self.count = count
  }
}

/// The remarks about one text: one for a reason and a name.
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
