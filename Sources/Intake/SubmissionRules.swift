import StoaAddresses
import StoaLoad
package import StoaModel

extension Submission {
  /// An error in a submission, with its field.
  package struct Problem: Sendable, Hashable {
    /// The raw values are the suffixes of the keys of their translations.
    package enum Reason: String, Sendable, CaseIterable {
      case unknownPost = "post"
      case closed
      case unknownResponse = "response"
      case nameMissing = "name"
      case nameTooLong = "name-long"
      case personalAddress = "address"
      case websiteInvalid = "website"
      case stanceUnknown = "stance"
      case textMissing = "text"
      case textTooLong = "text-long"
      case tooManyMarks = "marks"
      case conflictMarker = "conflict"
      case tooComplex = "complex"
      case mailInvalid = "mail"
      case mailMissing = "mail-missing"
      case mailNotSent = "mail-off"
    }

    package let field: Field
    package let reason: Reason

    package init(_ field: Field, _ reason: Reason) {
      self.field = field
      self.reason = reason
    }
  }

  /// The result of checking a submission.
  package enum Outcome: Sendable {
    case accepted(CheckedReply)
    /// In the order of the form's fields; never empty.
    case refused([Problem])
  }

  /// The maximum length of a name in bytes that a build accepts.
  private static let maximumNameLength = 500
  private static let maximumWebsiteLength = 2_000

  /// Checks a submission against the conversation that it answers.
  ///
  /// An accepted submission makes a file that a build reads without a diagnostic, whatever the community's settings.
  ///
  /// - Parameters:
  /// - author: the contributor, if the sender's identity is proven; nil for a guest, who gives a name.
  /// - target: the conversation of `post`; nil when there is no such post.
  /// - canShow: whether a build could show a text, which takes a parser to find out. It is asked last, and only about a text for an
  ///   open conversation.
  package func checked(
    author: String? = nil, answering target: ReplyTarget?,
    canShow: (_ text: String) async throws -> Bool
  ) async rethrows -> Outcome {
    var problems: [Problem] = []
    if let target, target.post.utf8.elementsEqual(post.utf8) {
      if !target.isOpen { problems.append(Problem(.post, .closed)) }
      if !replyTo.isEmpty, !Slug.isResponseId(replyTo) || !target.responses.contains(replyTo) {
        problems.append(Problem(.replyTo, .unknownResponse))
      }
    } else {
      problems.append(Problem(.post, .unknownPost))
    }
    let signature = author.map { ReplySignature.author($0) } ?? guest(&problems)
    let stance = Response.Stance(rawValue: stance)
    if stance == nil, !self.stance.isEmpty { problems.append(Problem(.stance, .stanceUnknown)) }
    let text = TypedText.markdown(from: self.text)
    let isHeard = !problems.contains { $0.field == .post }
    if let problem = Self.problem(inText: text) {
      problems.append(Problem(.text, problem))
    } else if isHeard, try await !canShow(text) {
      problems.append(Problem(.text, .tooComplex))
    }
    guard problems.isEmpty else { return .refused(problems) }
    return .accepted(
      CheckedReply(
        post: post, replyTo: replyTo.isEmpty ? nil : replyTo, signature: signature, stance: stance,
        text: text))
  }

  /// The mail address for notices; nil if none are requested or possible.
  ///
  /// - Parameter isSent: whether the source sends mail at all.
  package func mailBox(isSent: Bool) throws(MailProblem) -> MailBox? {
    guard tells else { return nil }
    guard isSent else { throw MailProblem(.mailNotSent) }
    let address = TypedText.line(mail)
    guard !address.isEmpty else { throw MailProblem(.mailMissing) }
    guard let box = MailBox(address) else { throw MailProblem(.mailInvalid) }
    return box
  }

  /// The problem with a submission's mail address.
  package struct MailProblem: Error {
    package let problem: Problem

    fileprivate init(_ reason: Problem.Reason) { problem = Problem(.mail, reason) }
  }

  private func guest(_ problems: inout [Problem]) -> ReplySignature {
    let name = TypedText.line(self.name)
    if name.showsNothing || PlaceholderName.matches(name) {
      problems.append(Problem(.name, .nameMissing))
    } else if name.utf8.count > Self.maximumNameLength {
      problems.append(Problem(.name, .nameTooLong))
    } else if StackedMarks.offset(in: Array(name.utf8)) != nil {
      problems.append(Problem(.name, .tooManyMarks))
    } else if PersonalAddress.isIn(name) {
      problems.append(Problem(.name, .personalAddress))
    }
    let website = TypedText.line(self.website)
    if !website.isEmpty {
      if !WebAddress.isValid(website) || website.utf8.count > Self.maximumWebsiteLength {
        problems.append(Problem(.website, .websiteInvalid))
      } else if PersonalAddress.isIn(website) || Self.namesUser(website) {
        problems.append(Problem(.website, .personalAddress))
      } else if StackedMarks.offset(in: Array(website.utf8)) != nil {
        problems.append(Problem(.website, .tooManyMarks))
      }
    }
    return .guest(name: name, website: website)
  }

  /// Whether a URL has a user name, as in `https://ann@rope.example/`.
  private static func namesUser(_ website: String) -> Bool {
    let host = website.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3)
    return host.prefix { !"/?#".utf8.contains($0) }.contains(UInt8(ascii: "@"))
  }

  private static func problem(inText text: String) -> Problem.Reason? {
    if text.showsNothing { return .textMissing }
    let bytes = Array(text.utf8)
    if bytes.count > ResponseFile.maximumTextSize { return .textTooLong }
    if StackedMarks.offset(in: bytes) != nil { return .tooManyMarks }
    return ConflictMarkers.conflicts(in: bytes).isEmpty ? nil : .conflictMarker
  }
}

extension Submission.Problem: CustomStringConvertible {
  /// In English, for the command line; pages show its translation.
  package var description: String {
    switch reason {
    case .unknownPost: "there is no such conversation"
    case .closed: "the conversation is closed"
    case .unknownResponse: "the response that it answers is not there"
    case .nameMissing: "a name is missing"
    case .nameTooLong: "the name is too long"
    case .personalAddress: "a mail address would be published"
    case .websiteInvalid: "the website is not an http or https address"
    case .stanceUnknown: "there is no such stance"
    case .textMissing: "the text is missing"
    case .textTooLong: "the text is longer than a response may be"
    case .tooManyMarks: "more than \(StackedMarks.limit) marks stand on one letter"
    case .conflictMarker: "the text contains git's markers of a merge conflict"
    case .tooComplex: "the text is nested too deep, or too complicated to show"
    case .mailInvalid: "this is no mail address"
    case .mailMissing: "the mail address is missing"
    case .mailNotSent: "no mail is sent here"
    }
  }
}

/// A reply that has passed every rule.
package struct CheckedReply: Sendable, Hashable {
  package let post: String
  package let replyTo: String?
  package let signature: ReplySignature
  package let stance: Response.Stance?
  /// Markdown with one line feed at each line end.
  package let text: String

  /// The file of the response.
  ///
  /// - Parameter date: to the second.
  package func file(id: String, date: Timestamp) -> ResponseFile {
    ResponseFile(
      post: post, id: id, signature: signature, date: date, replyTo: replyTo, stance: stance,
      text: text)
  }
}
