extension Element {
  /// Every allowed element: GitHub's list, without elements that change how the page around them is read.
  private static let list: [(name: StaticString, element: Element)] = [
    ("a", Element("a", .link, [.href])),
    ("abbr", Element("abbr", .phrase, [.title])),
    ("b", Element("b", .phrase)),
    ("bdo", Element("bdo", .phrase)),
    ("blockquote", Element("blockquote", .block, [.cite])),
    ("br", Element("br", .breakpoint)),
    ("caption", Element("caption", .caption)),
    ("cite", Element("cite", .phrase)),
    ("code", Element("code", .phrase)),
    ("dd", Element("dd", .definition)),
    ("del", Element("del", .phrase, [.cite])),
    ("details", Element("details", .block, [.open])),
    ("dfn", Element("dfn", .phrase, [.title])),
    ("div", Element("div", .division)),
    ("dl", Element("dl", .definitions)),
    ("dt", Element("dt", .definition)),
    ("em", Element("em", .phrase)),
    ("figcaption", Element("figcaption", .block)),
    ("figure", Element("figure", .block)),
    ("h1", Element("h1", .heading)),
    ("h2", Element("h2", .heading)),
    ("h3", Element("h3", .heading)),
    ("h4", Element("h4", .heading)),
    ("h5", Element("h5", .heading)),
    ("h6", Element("h6", .heading)),
    ("hr", Element("hr", .rule)),
    ("i", Element("i", .phrase)),
    ("img", Element("img", .image, [.src, .alt, .width, .height, .title])),
    ("input", Element("input", .checkbox, [.type, .checked, .disabled])),
    ("ins", Element("ins", .phrase, [.cite])),
    ("kbd", Element("kbd", .phrase)),
    ("label", Element("label", .phrase, isOurs: true)),
    ("li", Element("li", .item)),
    ("mark", Element("mark", .phrase)),
    ("ol", Element("ol", .list, [.start, .reversed])),
    ("p", Element("p", .paragraph)),
    ("pre", Element("pre", .block)),
    ("q", Element("q", .phrase, [.cite])),
    ("rp", Element("rp", .annotation)),
    ("rt", Element("rt", .annotation)),
    ("ruby", Element("ruby", .ruby)),
    ("s", Element("s", .phrase)),
    ("samp", Element("samp", .phrase)),
    ("section", Element("section", .block, isOurs: true)),
    ("small", Element("small", .phrase)),
    ("span", Element("span", .phrase)),
    ("strike", Element("s", .phrase)),
    ("strong", Element("strong", .phrase)),
    ("sub", Element("sub", .phrase)),
    ("summary", Element("summary", .block)),
    ("sup", Element("sup", .phrase)),
    ("table", Element("table", .table)),
    ("tbody", tableBody),
    ("td", Element("td", .cell, [.align, .class, .colspan, .rowspan])),
    ("tfoot", Element("tfoot", .rowGroup)),
    ("th", Element("th", .cell, [.align, .class, .colspan, .rowspan])),
    ("thead", Element("thead", .rowGroup)),
    ("time", Element("time", .phrase, [.datetime])),
    ("tr", tableRow),
    ("tt", Element("code", .phrase)),
    ("ul", Element("ul", .list)),
    ("var", Element("var", .phrase)),
    ("wbr", Element("wbr", .breakpoint)),
  ]

  /// The element that a browser inserts around rows directly in a table.
  static let tableBody = Element("tbody", .rowGroup)
  /// The element that a browser inserts around cells directly in a table.
  static let tableRow = Element("tr", .row)

  private static let names = NameTable(list.map { ($0.name, $0.element) })

  /// The allowed element with this name, case-insensitive.
  static func named(_ name: UnsafeBufferPointer<UInt8>.SubSequence) -> Element? {
    names.value(of: name)
  }
}
