import StoaTheme
import Testing

@testable import StoaCheck

@Suite("Contrast") struct ContrastTests {
  @Test("is as WCAG's examples have it")
  func examples() throws {
    let white = try #require(Color(hexadecimal: "fff"))
    let black = try #require(Color(hexadecimal: "000000"))
    let grey = try #require(Color(hexadecimal: "767676"))
    #expect(abs(white.contrast(to: black) - 21) < 0.001)
    #expect(abs(grey.contrast(to: white) - 4.54) < 0.005)
  }

  @Test("of OKLCH is that of the same colour in sRGB")
  func oklch() throws {
    // Pure red in OKLCH, from CSS Color 4's sample conversions.
    let red = Color(lightness: 0.62796, chroma: 0.25768, hue: 29.234)
    let white = try #require(Color(hexadecimal: "fff"))
    let same = try #require(Color(hexadecimal: "ff0000"))
    #expect(abs(red.contrast(to: white) - same.contrast(to: white)) < 0.01)
  }

  @Test("of the default theme is enough for every hue that stoa.yml takes")
  func defaultTheme() throws {
    let style = try #require(DefaultTheme.files["theme.css"])
    for hue in 0..<360 {
      let palette = Palette(style, hue: Double(hue))
      for scheme in [Palette.Scheme.light, .dark] {
        let accent = try #require(palette.color("accent", scheme))
        let paper = try #require(palette.color("paper", scheme))
        #expect(accent.contrast(to: paper) >= 4.5, "hue \(hue)")
      }
    }
  }
}
