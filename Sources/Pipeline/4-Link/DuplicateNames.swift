import StoaModel

extension Diagnostic {
  /// Two files have the same name, or names that differ only in case.
  init(
    _ code: DiagnosticCode, _ name: String, of file: String, like other: String,
    of otherFile: String
  ) {
    let isSame = name.utf8.elementsEqual(other.utf8)
    self.init(
      code, at: SourceLocation(file: file),
      isSame
        ? "“\(name)” is also the name of \(otherFile)"
        : "“\(name)” differs from the name of \(otherFile) only in case, which some systems ignore",
      suggestion: "rename one of the two",
      notes: [Diagnostic.Note("first used here", at: SourceLocation(file: otherFile))])
  }
}
