import StoaModel
import StoaParse

/// What `stoa --version --verbose` prints: the program, the library that reads markdown, and what else is linked in.
enum VersionReport {
  static func print() {
    Terminal.print("stoa \(stoaVersion)")
    Terminal.print("cmark-gfm \(MarkdownLibrary.version)")
    if let advice = MarkdownLibrary.advice { Terminal.print("note: \(advice)") }
    if let repository = Release.repository { Terminal.print("released by \(repository)") }
    for library in Release.libraries { Terminal.print("linked in: \(library)") }
  }
}
