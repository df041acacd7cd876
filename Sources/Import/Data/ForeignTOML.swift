internal import TOMLKit

/// Reads TOML as Hugo's front matter has it.
enum ForeignTOML {
  struct Problem: Error {
    let line: Int
    let column: Int
    let message: String
  }

  static func read(_ bytes: ArraySlice<UInt8>) throws(Problem) -> [SourceValue.Entry] {
    if let line = TOMLHeaders.firstNameless(in: bytes) {
      throw Problem(line: line, column: 1, message: "a table has no name")
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
    } catch let error as TOMLParseError {
      throw Problem(
        line: error.source.begin.line, column: error.source.begin.column,
        message: SourceText.line(error.description))
    } catch {
      throw Problem(line: 1, column: 1, message: "the TOML cannot be read")
    }
    // Through JSON, in which the package writes dates as texts and without a detour over a calendar.
    do throws(JSONReader.Problem) {
      guard case .mapping(let entries) = try JSONReader.read(Array(table.convert(to: .json).utf8))
      else { return [] }
      return entries
    } catch {
      throw Problem(line: 1, column: 1, message: error.message)
    }
  }
}
