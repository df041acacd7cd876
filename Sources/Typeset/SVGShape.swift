import StoaModel

/// The elements of a drawing.
enum SVGShape: String {
  case path, polygon, polyline, line, rect, ellipse, circle
  case text

  /// The attributes for its place and look, without its colours.
  var geometry: Set<String> {
    let lines: Set<String> = ["stroke-width", "stroke-dasharray"]
    return switch self {
    case .path: lines.union(["d"])
    case .polygon, .polyline: lines.union(["points"])
    case .line: lines.union(["x1", "y1", "x2", "y2"])
    case .rect: lines.union(["x", "y", "width", "height", "rx", "ry"])
    case .ellipse: lines.union(["cx", "cy", "rx", "ry"])
    case .circle: lines.union(["cx", "cy", "r"])
    case .text:
      [
        "x", "y", "text-anchor", "font-size", "font-weight", "font-style", "text-decoration",
        "transform",
      ]
    }
  }
}

/// A colour of a drawing.
enum SVGColour: Equatable {
  case none
  /// Black, which becomes the text colour.
  case ink
  /// White, which becomes the background colour.
  case paper
  /// Graphviz's own grey, for filled shapes.
  case shade
  /// As SVG writes it.
  case other(String)
}

/// The values of a drawing's attributes, each with its own grammar.
enum SVGValue {
  /// A value that is allowed; nil for any other.
  static func geometry(_ attribute: MarkupReader.Attribute) -> String? {
    let value = attribute.value
    switch attribute.name {
    case "d": return consists(value, of: "MmLlHhVvCcSsQqTtAaZz0123456789.,+-e ") ? value : nil
    case "points", "stroke-dasharray": return consists(value, of: "0123456789.,+-e ") ? value : nil
    case "text-anchor": return ["start", "middle", "end"].first { $0 == value }
    case "font-weight": return value == "bold" ? value : nil
    case "font-style": return value == "italic" ? value : nil
    case "text-decoration":
      return ["underline", "overline", "line-through"].first { $0 == value }
    case "transform": return isTransform(value) ? value : nil
    case "font-size":
      return numbers(value).flatMap { $0.count == 1 && (1...200).contains($0[0]) ? value : nil }
    default: return numbers(value).flatMap { $0.count == 1 ? value : nil }
    }
  }

  /// Numbers with spaces or commas between them; nil for anything else.
  static func numbers(_ text: String) -> [Double]? {
    guard consists(text, of: "0123456789.,+-e ") else { return nil }
    let parts = text.split { $0 == " " || $0 == "," }
    let numbers = parts.compactMap { Double($0) }.filter { $0.magnitude < 1e6 }
    return numbers.count == parts.count ? numbers : nil
  }

  /// Such as `scale(1 1) rotate(0) translate(4 112)`.
  static func isTransform(_ text: String) -> Bool {
    text.utf8.count <= 200
      && text.split(separator: ")").allSatisfy { part in
        let function = part.drop { $0 == " " }
        guard let name = ["scale(", "rotate(", "translate("].first(where: function.hasPrefix)
        else { return function.isEmpty }
        return numbers(String(function.dropFirst(name.count))) != nil
      }
  }

  /// Nil for text that is not a colour, such as the name of a gradient.
  static func colour(_ text: String) -> SVGColour? {
    switch text.lowercased() {
    case "none", "transparent", "": return SVGColour.none
    case "black", "#000000", "#000": return .ink
    case "white", "#ffffff", "#fff": return .paper
    case "lightgrey", "lightgray", "#d3d3d3": return .shade
    case let name where name.utf8.count <= 24 && name.utf8.allSatisfy(isLetter): return .other(name)
    case let code where isCode(code): return .other(code)
    default: return nil
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isCode(_ text: String) -> Bool {
    [4, 7, 9].contains(text.utf8.count) && text.utf8.first == UInt8(ascii: "#")
      && text.utf8.dropFirst().allSatisfy(ASCII.isHexDigit)
  }

  private static func consists(_ text: String, of characters: StaticString) -> Bool {
    characters.withUTF8Buffer { allowed in text.utf8.allSatisfy { allowed.contains($0) } }
  }
}
