import StoaModel
import StoaParse
import Testing

@Suite("A parsed body") struct BodyTests {
  @Test("links and images are slots") func linksAndImages() throws {
    let document = document("See [the *post*](../b.md \"T\") and ![a *b*](i.png).")
    #expect(try document.visibleBody == "<p>See ⟦a0⟧the <em>post</em>⟦z0⟧ and ⟦i1⟧.</p>\n")
  }
}
