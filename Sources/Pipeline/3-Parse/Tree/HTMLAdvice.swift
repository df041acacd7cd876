import StoaHTML
import StoaModel

/// Suggestions for HTML that is not shown.
enum HTMLAdvice {
  /// The suggestion for an element that is not allowed.
  static func inPlace(ofElement name: String) -> String {
    switch name {
    case "video", "audio", "source", "track":
      "write ![words](talk.mp4) for a file of this site, or a link to another site"
    case "iframe", "embed", "object", "param", "applet", "frame", "frameset", "noframes":
      "write a link to what it shows, or ![words](talk.mp4) for a video of this site"
    case "picture": "write ![words](picture.png)"
    case "svg": "save the drawing as a file and write ![words](drawing.svg)"
    case "math": "write it as TeX between dollar signs, with math: true in stoa.yml"
    case "script", "noscript", "template", "slot": "put scripts into the theme"
    case "style", "link": "put rules into templates/extra.css"
    case "title", "meta", "head", "html", "body", "base":
      "write what belongs to the whole page into the front matter"
    case "article", "aside", "footer", "header", "hgroup", "main", "nav", "search", "section",
      "address":
      "write <div>, or divide the text by headings"
    case "u": "write <ins>, or *emphasis*"
    case "big", "font", "basefont": "write **strong words**"
    case "acronym": "write <abbr>"
    case "bdi": "write <span dir=\"auto\">"
    case "data": "write <span>"
    case "dir", "menu", "menuitem": "write <ul> and <li>"
    case "listing", "xmp", "plaintext": "write a block of code between lines of ```"
    case "textarea", "form", "input", "button", "select", "option", "optgroup", "label", "fieldset",
      "legend", "datalist", "output", "keygen", "isindex":
      "link to a page that has the form"
    case "col", "colgroup": "give each cell its own align"
    default: "take the tag out"
    }
  }

  /// The suggestion for an attribute that is not allowed.
  static func inPlace(ofAttribute name: String) -> String {
    switch name {
    case "style", "class", "color", "bgcolor", "background", "face", "border", "cellpadding",
      "cellspacing", "size", "hspace", "vspace", "valign", "nowrap":
      "put styles into templates/extra.css"
    case "id", "name": "link to a heading, which has an id of its own"
    case "target", "rel", "download": "let readers choose how a link opens"
    case "width", "height": "give width and height to images alone"
    case "align": "write align for a cell of a table alone"
    case "title": "write what it says into the text"
    case "srcset", "sizes", "loading", "decoding":
      "write src alone; images load lazily anyway"
    default: name.hasPrefix("on") ? "put scripts into the theme" : "take the attribute out"
    }
  }

  /// The valid values of an attribute.
  static func value(of name: String) -> String {
    switch name {
    case "width", "height": "write a whole number of pixels from 1 to 9999"
    case "colspan", "rowspan": "write a whole number from 1 to 1000"
    case "align": "write left, center or right"
    case "dir": "write ltr, rtl or auto"
    case "lang": "write a language tag (BCP 47), such as pt-BR"
    case "datetime": "write a date such as 2026-06-01"
    case "start": "write a whole number"
    case "cite": "write an address that begins with https://"
    default: "take the attribute out"
    }
  }

  /// The valid place of an allowed element.
  static func place(of name: String) -> String {
    switch name {
    case "caption", "thead", "tbody", "tfoot", "tr", "td", "th":
      "put it into a <table> of HTML, in its place among rows and cells"
    case "li": "put it directly into <ul> or <ol>"
    case "dt", "dd": "put it directly into <dl>"
    case "rt", "rp": "put it directly into <ruby>"
    case "a": "end the link around it first"
    default: "take the tag out"
    }
  }

  /// The required part of an allowed element.
  static func part(of name: String) -> String {
    switch name {
    case "a": "give it an href; a link can lead to any heading, which has an id of its own"
    case "img": "give it a src, or write ![words](picture.png)"
    default: "write - [ ] for a task; no other input can be shown"
    }
  }
}

extension TreeEditor {
  /// Reports a remark of the sanitiser.
  mutating func report(_ remark: HTMLRemark) {
    let name = remark.name
    let tag = "<\(name)>"
    let shown = "or write `\(tag)`, with its backticks, to show the tag"
    let more = remark.count - 1
    let others = more > 1 ? " and in \(more) more places" : more == 1 ? " and in 1 more place" : ""
    switch remark.reason {
    case .removedElement:
      report(
        remark, "Stoa removes the tag \(tag) here\(others)",
        "\(HTMLAdvice.inPlace(ofElement: name)), \(shown)")
    case .removedContent:
      report(
        remark, "Stoa removes \(tag) and everything in it here\(others)",
        "\(HTMLAdvice.inPlace(ofElement: name)), \(shown)")
    case .misplacedElement:
      report(
        remark, "Stoa removes the tag \(tag), which is not allowed here\(others)",
        "\(HTMLAdvice.place(of: name)), \(shown)")
    case .tooDeep:
      report(
        remark, "Stoa removes the tag \(tag), because elements are nested too deep",
        "use fewer levels of elements")
    case .incompleteElement:
      report(
        remark, "Stoa removes the tag \(tag), which lacks an attribute here\(others)",
        "\(HTMLAdvice.part(of: name)), \(shown)")
    case .strayEnd:
      report(
        remark, "Stoa removes </\(name)>, which closes nothing that is open here\(others)",
        "write \(tag) before it, or `</\(name)>`, with its backticks, to show the tag")
    case .removedAttribute(let element):
      report(
        remark, "Stoa removes the attribute \(name) of <\(element)> here\(others)",
        HTMLAdvice.inPlace(ofAttribute: name))
    case .unfitValue(let element):
      report(
        remark,
        "Stoa removes the attribute \(name) of <\(element)> because of its value here\(others)",
        HTMLAdvice.value(of: name))
    case .removedFromWords:
      report(
        remark, "Stoa removes the tag \(tag) from words that are plain text here\(others)",
        "take it out, or write it without its angle brackets")
    case .leftOpen:
      report(
        remark,
        "\(tag) is left open, and closed at the end of the element around it, here\(others)",
        "write </\(name)> where it ends, \(shown)")
    case .unclosedComment:
      report(
        remark, "the comment that begins here has no end and hides what follows\(others)",
        "write --> where it ends, or `<!--`, with its backticks, to show the sign")
    }
  }

  private mutating func report(
    _ remark: HTMLRemark, _ message: String, _ suggestion: String
  ) {
    let code: DiagnosticCode
    let word: String
    switch remark.reason {
    case .leftOpen: (code, word) = (.unclosedHTML, "<\(remark.name)")
    case .unclosedComment: (code, word) = (.unclosedHTML, "<!--")
    case .strayEnd: (code, word) = (.removedHTML, "</\(remark.name)")
    case .removedAttribute, .unfitValue: (code, word) = (.removedHTML, remark.name)
    default: (code, word) = (.removedHTML, "<\(remark.name)")
    }
    let line = remark.place.line - text.firstLine + 1
    let place = source.place(
      of: word.utf8, near: SourceLines.Place(line: line, column: remark.place.column))
    report(code, at: place, message, suggestion)
  }
}
