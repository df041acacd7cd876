import StoaAddresses
import StoaModel
import StoaTemplates

/// A page of a list, or of several lists with a common pager.
struct ListPage: Hashable {
  /// From 1.
  let number: Int
  let count: Int
  private let size: Int
  private let base: SiteAddress

  /// The pages for lists of these lengths; empty lists have one page.
  static func pages(of lengths: [Int], size: Int, at base: SiteAddress) -> [ListPage] {
    let count = max(1, ((lengths.max() ?? 0) + size - 1) / size)
    return (1...count).map { ListPage(number: $0, count: count, size: size, base: base) }
  }

  /// The part of a list that is on this page.
  func items<Item>(of list: [Item]) -> ArraySlice<Item> {
    list.dropFirst((number - 1) * size).prefix(size)
  }

  var isFirst: Bool { number == 1 }

  var address: SiteAddress { address(of: number) }

  var previous: SiteAddress? { number > 1 ? address(of: number - 1) : nil }

  var next: SiteAddress? { number < count ? address(of: number + 1) : nil }

  private func address(of number: Int) -> SiteAddress {
    number == 1 ? base : SiteAddress("\(base.path)page/\(number)/")
  }

  /// Nil if the list fits on one page.
  func pager(_ context: ViewContext) -> Part<PagerView>? {
    count > 1 ? Part(PagerView(page: self, context: context)) : nil
  }

  func describe(_ title: String, summary: String = "", _ context: ViewContext)
    -> PageFrame.Description
  {
    let full =
      isFirst
      ? title : "\(title) · \(context.strings.phrase("page-number", ["number": String(number)]))"
    var page = PageFrame.Description(address, full, summary: summary)
    page.previous = previous
    page.next = next
    return page
  }
}
