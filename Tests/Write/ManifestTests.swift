import StoaModel
import Testing

@testable import StoaWrite

@Suite("A manifest") struct ManifestTests {
  private static let digest = SHA256.digest(of: Array("tin".utf8))

  private static func manifest(_ paths: [String]) -> Manifest {
    Manifest(
      audience: "everybody", baseURL: "https://a.example",
      lines: paths.map {
        Manifest.Line(path: $0, entry: Manifest.Entry(size: 3, digest: Self.digest))
      })
  }

  @Test func isReadAsItWasWritten() {
    var lines = Self.manifest(["a b\\c", "index.html"]).lines
    lines.append(Manifest.Line(path: "x/\u{E9}.html", entry: .unfinished))
    let manifest = Manifest(audience: "", baseURL: "", lines: lines)
    #expect(Manifest(manifest.bytes) == manifest)
    #expect(manifest.isUnfinished)
  }

  @Test func isOneOnlyWhenABuildCouldHaveWrittenIt() {
    #expect(Manifest(Self.manifest(["a", "b"]).bytes) != nil)
    #expect(Manifest(Self.manifest(["b", "a"]).bytes) == nil, "not in order")
    #expect(Manifest(Self.manifest(["a", "a"]).bytes) == nil, "twice")
    #expect(Manifest(Self.manifest(["../a"]).bytes) == nil)
    let text = String(decoding: Self.manifest(["a"]).bytes, as: UTF8.self)
    let hash = Self.digest.hexadecimal
    #expect(Manifest(Array(text.replacing(hash, with: hash.uppercased()).utf8)) == nil)
    #expect(Manifest(Array(text.replacing(hash, with: String(hash.dropLast())).utf8)) == nil)
  }

  @Test func tellsFilesApartByTheirBytes() {
    // To Swift, the two are equal.
    let (composed, decomposed) = ("\u{E9}", "e\u{301}")
    let manifest = Self.manifest([decomposed, "f", composed].sorted { $0.precedes($1) })
    #expect(
      manifest.lines(without: ["f", composed]).map { Array($0.path.utf8) } == [
        Array(decomposed.utf8)
      ])
    #expect(manifest.lines(without: []) == manifest.lines)
    #expect(manifest.lines(without: manifest.lines.map(\.path)).isEmpty)
  }

  @Test(arguments: [
    ("index.html", true), ("a/b/c.html", true), ("...", true), (".gitx", true),
    (".well-known/a", true), ("a/.git/b", true), ("a..b/c", true),
    ("", false), ("/", false), ("a//b", false), ("a/", false), ("/a", false), (".", false),
    ("..", false), ("a/../b", false), ("a/.", false), (".git", false), (".git/config", false),
    (".gitignore", false), (".stoa-manifest", false), ("a\u{1}b", false), ("a\n", false),
  ]) func takesPathsThatStayInside(_ path: String, isSound: Bool) {
    #expect(SitePath.isSound(path) == isSound)
  }
}
