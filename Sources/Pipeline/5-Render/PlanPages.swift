import StoaAddresses
import StoaModel

extension Planner {
  mutating func addPages() {
    for kind in PageKind.allCases where kind.row.isMade(context.settings) { kind.view.plan(&self) }
  }

  /// The only page of a kind.
  mutating func addOne<Model: PageModel>(
    _ view: @escaping @Sendable (PageFrame, ViewContext) -> Model
  ) {
    guard let address = Model.kind.row.address else { return }
    add(at: address, view)
  }

  /// The pages of lists that turn together, at the kind's address or at one of its own.
  mutating func addList<Model: PageModel>(
    of lengths: Int..., at base: SiteAddress? = nil,
    _ view: @escaping @Sendable (ListPage, PageFrame, ViewContext) -> Model
  ) {
    guard let base = base ?? Model.kind.row.address else { return }
    for page in ListPage.pages(of: lengths, size: context.settings.pageSize, at: base) {
      add(at: page.address) { view(page, $0, $1) }
    }
  }
}
