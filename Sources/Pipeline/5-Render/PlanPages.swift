import StoaAddresses
import StoaHTML
import StoaModel
import StoaTemplates

/// The subject of a page, as data, from which its view is made when the page is rendered.
protocol PageSubject: Rendering {
  associatedtype View: PageModel

  func view(_ frame: PageFrame, _ context: ViewContext) -> View
}

extension PageSubject {
  func write(_ context: RenderContext, into buffer: inout ByteBuffer) throws {
    let record = Part(view(context.frame, context.view)).record
    try buffer.write {
      $0.add(View.kind.row.template)
      $0.add(record)
    } _: {
      try context.theme.render(View.kind.row.template, record, into: &$0)
    }
  }
}

extension Planner {
  mutating func addPages() {
    for kind in PageKind.allCases where kind.row.isMade(context.settings) { kind.view.plan(&self) }
  }

  /// Plans the only page of a kind.
  mutating func addOne<Subject: PageSubject>(_ subject: Subject) {
    guard let address = Subject.View.kind.row.address else { return }
    add(subject, at: address)
  }

  /// Plans the pages of lists that share a pager, at the kind's address or at one of its own.
  mutating func addList<Subject: PageSubject>(
    of lengths: Int..., at base: SiteAddress? = nil, _ subject: (ListPage) -> Subject
  ) {
    guard let base = base ?? Subject.View.kind.row.address else { return }
    for page in ListPage.pages(of: lengths, size: context.settings.pageSize, at: base) {
      add(subject(page), at: page.address)
    }
  }
}
