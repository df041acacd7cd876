import StoaIntake
import StoaModel

extension MailBox {
  /// Reads an address from an argument, or from standard input for `-`.
  static func argument(_ text: String) throws(UsageError) -> MailBox {
    let text = text == "-" ? readLine() ?? "" : text
    guard let box = MailBox(text) else {
      throw UsageError("this is no mail address: write one such as ada@portico.example")
    }
    return box
  }
}
