import StoaLink
import StoaModel
import StoaTheme

extension Rule {
  /// An accent colour has too little contrast with the page's background, in one of the two colour schemes.
  ///
  /// Links have the accent colour, so it needs 4.5 to 1 (WCAG 2.2, success criterion 1.4.3). Colours in a form that the default
  /// theme does not use are not checked.
  static let lowContrast = Rule(
    .lowContrast,
    passing: [
      ["stoa.yml": "title: Bells\nhue: 200\n"],
      [
        "stoa.yml": "title: Bells\nhue: 200\n",
        "templates/theme.css": ":root { --paper: #fff; --accent: color-mix(in oklab, red, blue) }",
      ],
    ],
    failing: [
      [
        "stoa.yml": "title: Bells\nhue: ‸100\n",
        "templates/theme.css":
          ":root { --paper: light-dark(#fff, #111); --accent: oklch(70% .13 var(--hue)) }",
      ],
      [
        "stoa.yml": "title: Bells\nhue: ‸20\n",
        "templates/theme.css":
          ":root { --paper: light-dark(#fff, #444);\n--accent: light-dark(#730000, #d77) }",
      ],
    ]
  ) { community in
    let style = community.theme["theme.css"] ?? DefaultTheme.files["theme.css"] ?? []
    let hue = community.settings.hue
    let palette = Palette(style, hue: Double(hue.value))
    return [(Palette.Scheme.light, "light"), (.dark, "dark")].compactMap { scheme, name in
      guard let accent = palette.color("accent", scheme),
        let ground = palette.color("paper", scheme)
      else { return nil }
      let ratio = accent.contrast(to: ground)
      guard ratio < 4.5 else { return nil }
      let tenths = Int((ratio * 10).rounded(.down))
      return Diagnostic(
        .lowContrast, at: hue.location,
        "the accent's contrast in the \(name) scheme is \(tenths / 10).\(tenths % 10) to 1; links need 4.5",
        suggestion: "change the lightness of --accent or --paper in your style sheet")
    }
  }
}
