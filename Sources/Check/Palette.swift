import StoaPlatform

/// The colours of a style sheet's custom properties, if they are written in a form that the default theme uses: `#rgb`, `#rrggbb`
/// or `oklch(47% .13 var(--hue))`, alone or as the two sides of `light-dark()`.
struct Palette {
  enum Scheme {
    case light
    case dark
  }

  private let style: String
  private let hue: Double

  init(_ style: [UInt8], hue: Double) {
    self.style = String(decoding: style, as: UTF8.self)
    self.hue = hue
  }

  /// The first colour of `--<name>`; nil when it is not set or written in another form.
  func color(_ name: String, _ scheme: Scheme) -> Color? {
    guard let start = style.firstRange(of: "--\(name):")?.upperBound else { return nil }
    let value = style[start...].prefix { $0 != ";" && $0 != "}" }.filter { $0 != "\n" }
    let text = Self.trimmed(value[...])
    guard let sides = Self.arguments(of: "light-dark", in: text) else { return color(text) }
    // Neither side has a comma of its own.
    let parts = sides.split(separator: ",")
    guard parts.count == 2 else { return nil }
    return color(Self.trimmed(scheme == .light ? parts[0] : parts[1]))
  }

  private func color(_ text: Substring) -> Color? {
    if text.hasPrefix("#") { return Color(hexadecimal: text.dropFirst()) }
    guard let inner = Self.arguments(of: "oklch", in: text) else { return nil }
    let parts = inner.split(separator: " ")
    guard parts.count == 3, parts[0].hasSuffix("%"), let lightness = Double(parts[0].dropLast()),
      let chroma = Self.number(parts[1]),
      let angle = parts[2] == "var(--hue)" ? hue : Self.number(parts[2])
    else { return nil }
    return Color(lightness: lightness / 100, chroma: chroma, hue: angle)
  }

  private static func arguments(of function: String, in text: Substring) -> Substring? {
    guard text.hasPrefix("\(function)("), text.hasSuffix(")") else { return nil }
    return text.dropFirst(function.count + 1).dropLast()
  }

  /// CSS allows `.13`, which Swift reads only as `0.13`.
  private static func number(_ text: Substring) -> Double? {
    Double(text.hasPrefix(".") ? "0\(text)" : String(text))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? start
  }
}

/// A colour in linear sRGB, each part from 0 to 1.
struct Color {
  private let red: Double
  private let green: Double
  private let blue: Double

  /// From `rgb` or `rrggbb`.
  init?(hexadecimal digits: Substring) {
    let values = digits.compactMap(\.hexDigitValue)
    guard values.count == digits.count, values.count == 3 || values.count == 6 else { return nil }
    let parts = (0..<3).map { part -> Int in
      values.count == 3 ? values[part] * 17 : values[part * 2] * 16 + values[part * 2 + 1]
    }
    // The transfer function of sRGB (IEC 61966-2-1).
    let linear = parts.map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    (red, green, blue) = (linear[0], linear[1], linear[2])
  }

  /// From OKLCH, with the hue in degrees; values outside sRGB are clipped.
  ///
  /// The matrices are those of Björn Ottosson, “A perceptual color space for image processing” (2020).
  init(lightness: Double, chroma: Double, hue: Double) {
    let radians = hue * .pi / 180
    let (a, b) = (chroma * cos(radians), chroma * sin(radians))
    func cube(_ value: Double) -> Double { value * value * value }
    func cone(_ byA: Double, _ byB: Double) -> Double { cube(lightness + byA * a + byB * b) }
    let long = cone(0.3963377774, 0.2158037573)
    let medium = cone(-0.1055613458, -0.0638541728)
    let short = cone(-0.0894841775, -1.2914855480)
    func shown(_ byLong: Double, _ byMedium: Double, _ byShort: Double) -> Double {
      let value = byLong * long + byMedium * medium + byShort * short
      return min(1, max(0, value))
    }
    red = shown(4.0767416621, -3.3077115913, 0.2309699292)
    green = shown(-1.2684380046, 2.6097574011, -0.3413193965)
    blue = shown(-0.0041960863, -0.7034186147, 1.7076147010)
  }

  /// The contrast ratio of WCAG 2.2, from 1 to 21.
  func contrast(to other: Color) -> Double {
    let (first, second) = (luminance, other.luminance)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  private var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}
