import Foundation
import StoaSystem
import Testing

@testable import Stoa

/// An ELF file of one segment, which holds these notes.
private func program(notes: [UInt8], alignment: UInt8 = 4, segment: UInt8 = 4) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: 64 + 56)
  bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
  (bytes[32], bytes[54], bytes[56]) = (64, 56, 1)
  (bytes[64], bytes[64 + 8], bytes[64 + 32], bytes[64 + 48]) = (
    segment, UInt8(bytes.count), UInt8(notes.count), alignment
  )
  return bytes + notes
}

private func note(_ type: UInt8, _ name: String, _ content: [UInt8], alignment: Int = 4) -> [UInt8]
{
  let name = Array(name.utf8) + [0]
  var bytes: [UInt8] = [UInt8(name.count), 0, 0, 0, UInt8(content.count), 0, 0, 0, type, 0, 0, 0]
  for part in [name, content] {
    bytes += part
    while bytes.count % alignment != 0 { bytes.append(0) }
  }
  return bytes
}

private func buildID(of bytes: [UInt8]) throws -> [UInt8]? {
  let scratch = try ScratchFolder()
  try scratch.write(bytes, to: "program")
  return BuildID.read(from: try #require(FileReader.hold(trusted: "\(scratch.path)/program")))
}

@Suite("A program's build ID") struct BuildIDTests {
  private let identifier: [UInt8] = [1, 2, 3, 4, 5]

  @Test("is read after other notes") func after() throws {
    let notes = note(1, "GNU", [9, 9]) + note(3, "Go", [7]) + note(3, "GNU", identifier)
    #expect(try buildID(of: program(notes: notes)) == identifier)
    let wide = note(5, "GNU", [9], alignment: 8) + note(3, "GNU", identifier, alignment: 8)
    #expect(try buildID(of: program(notes: wide, alignment: 8)) == identifier)
  }

  @Test("is absent from files without one") func absent() throws {
    let good = program(notes: note(3, "GNU", identifier))
    #expect(try buildID(of: good) == identifier)
    #expect(try buildID(of: program(notes: note(1, "GNU", identifier))) == nil)
    #expect(try buildID(of: program(notes: note(3, "GNU", identifier), segment: 1)) == nil)
    #expect(try buildID(of: []) == nil)
    #expect(try buildID(of: Array("#!/bin/sh\n".utf8)) == nil)
    for length in 0..<good.count - 3 { #expect(try buildID(of: Array(good.prefix(length))) == nil) }
  }

  @Test("never reads outside a damaged file") func damaged() throws {
    let good = program(notes: note(3, "GNU", identifier))
    for place in 6..<good.count {
      for value: UInt8 in [0, 1, 0x7F, 0xFF] {
        var damaged = good
        damaged[place] = value
        _ = try buildID(of: damaged)
      }
    }
  }

  @Test("is the one that readelf prints") func real() throws {
    let (readelf, output) = (Process(), Pipe())
    readelf.executableURL = URL(filePath: "/usr/bin/readelf")
    readelf.arguments = ["--notes", "/bin/sh"]
    readelf.standardOutput = output
    try readelf.run()
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    readelf.waitUntilExit()
    let file = try #require(FileReader.hold(trusted: "/bin/sh"))
    let identifier = try #require(BuildID.read(from: file))
    let hexadecimal = identifier.map { String(format: "%02x", $0) }.joined()
    #expect(printed.contains("Build ID: \(hexadecimal)\n"))
  }
}
