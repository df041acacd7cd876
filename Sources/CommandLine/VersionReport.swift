import StoaModel
import StoaParse

/// What `stoa --version --verbose` prints: the program, and the library that reads markdown.
enum VersionReport {
  static func print() {
    Terminal.print("stoa \(stoaVersion)")
    Terminal.print("cmark-gfm \(MarkdownLibrary.version)")
    if let advice = MarkdownLibrary.advice { Terminal.print("note: \(advice)") }
  }
}
