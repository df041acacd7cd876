/// The form of a formula in its document.
package enum FormulaForm: UInt8, Sendable, Hashable {
  /// `$…$` in a line.
  case inline
  /// `$$…$$` in a line.
  case display
  /// `$$…$$` or a fenced block `math` as a block of its own.
  case block

  /// The TeX with its dollar signs, as typed: the replacement for the formula in plain text.
  package func typed(_ tex: [UInt8]) -> [UInt8] {
    let sign = [UInt8](repeating: UInt8(ascii: "$"), count: self == .inline ? 1 : 2)
    return sign + tex + sign
  }
}
