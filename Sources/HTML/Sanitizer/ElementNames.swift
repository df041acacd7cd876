/// The names of all current and former HTML elements.
///
/// Any other name in angle brackets is text: people write `<your name>`, `<HOST>` and `List<Int>`, and expect to see it.
package enum ElementNames {
  /// Whether it is the name of an element, case-insensitive.
  static func contain(_ name: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
    Element.named(name) != nil || others.value(of: name) != nil
  }

  /// The elements that are not allowed, including obsolete ones.
  private static let others = NameTable<Bool>(
    [
      "acronym", "address", "applet", "area", "article", "aside", "audio", "base", "basefont",
      "bdi", "bgsound", "big", "blink", "body", "button", "canvas", "center", "col", "colgroup",
      "data", "datalist", "dialog", "dir", "embed", "fieldset", "font", "footer", "form", "frame",
      "frameset", "head", "header", "hgroup", "html", "iframe", "isindex", "keygen", "label",
      "legend", "link", "listing", "main", "map", "marquee", "math", "menu", "menuitem", "meta",
      "meter", "multicol", "nav", "nextid", "nobr", "noembed", "noframes", "noscript", "object",
      "optgroup", "option", "output", "param", "picture", "plaintext", "progress", "rb", "rtc",
      "script", "search", "select", "selectedcontent", "slot", "source", "spacer", "style", "svg",
      "template", "textarea", "title", "track", "u", "video", "xmp",
    ].map { ($0, true) })
}
