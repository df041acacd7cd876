/// How a formula stands in its document.
package enum FormulaForm: UInt8, Sendable, Hashable {
  /// `$…$` in a line.
  case inline
  /// `$$…$$` in a line.
  case display
  /// `$$…$$` or a fenced block `math` by itself.
  case block

  /// The TeX between dollar signs, as it is typed: what stands for the formula where there is only text.
  package func typed(_ tex: [UInt8]) -> [UInt8] {
    let sign = [UInt8](repeating: UInt8(ascii: "$"), count: self == .inline ? 1 : 2)
    return sign + tex + sign
  }
}
