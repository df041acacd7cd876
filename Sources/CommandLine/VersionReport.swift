import StoaModel
import StoaParse

/// The output of `stoa --version --verbose`: the versions of the program, of its markdown library, and of what else is linked in.
enum VersionReport {
  static func print() {
    Terminal.print("stoa \(stoaVersion)")
    Terminal.print("cmark-gfm \(MarkdownLibrary.version)")
    if let advice = MarkdownLibrary.advice { Terminal.print("note: \(advice)") }
    if let repository = Release.repository { Terminal.print("released by \(repository)") }
    for library in Release.libraries { Terminal.print("linked in: \(library)") }
  }
}
