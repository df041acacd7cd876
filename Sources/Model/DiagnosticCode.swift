/// The stable name of a kind of diagnostic.
///
/// The raw value is the name that messages show and that a community's `rules` use. Names never change, and the
/// guide explains each. Later versions add cases, so a switch over them needs an `@unknown default`.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
  // stoa.yml
  case missingSettings = "missing-settings"
  case invalidSetting = "invalid-setting"
  case unknownSetting = "unknown-setting"
  case missingContent = "missing-content"

  // Files and names
  case unreadableFile = "unreadable-file"
  case tooManyMarks = "too-many-marks"
  case notUTF8 = "not-utf-8"
  case emptyFile = "empty-file"
  case fileTooLarge = "file-too-large"
  case lineTooLong = "line-too-long"
  case notARegularFile = "not-a-regular-file"
  case invalidName = "invalid-name"
  case strayFile = "stray-file"
  case duplicateSlug = "duplicate-slug"
  case duplicateId = "duplicate-id"
  case slugCollision = "slug-collision"
  case duplicateAddress = "duplicate-address"

  // Front matter
  case missingFrontMatter = "missing-front-matter"
  case unclosedFrontMatter = "unclosed-front-matter"
  case earlyFrontMatterEnd = "early-front-matter-end"
  case invalidYAML = "invalid-yaml"
  case forbiddenYAML = "forbidden-yaml"
  case controlCharacter = "control-character"
  case unknownKey = "unknown-key"
  case duplicateKey = "duplicate-key"
  case invalidValue = "invalid-value"
  case halfReadValue = "half-read-value"
  case tooManyNames = "too-many-names"
  case invalidDate = "invalid-date"
  case missingTitle = "missing-title"
  case missingAuthor = "missing-author"
  case missingDate = "missing-date"
  case updatedBeforeDate = "updated-before-date"
  case dateFromHistory = "date-from-history"
  case authorAndGuest = "author-and-guest"
  case personalAddress = "personal-address"
  case unknownAudience = "unknown-audience"
  case audienceTooWide = "audience-too-wide"
  case agreementWithoutEffect = "agreement-without-effect"

  // Conversations
  case missingPost = "missing-post"
  case missingParent = "missing-parent"
  case replyCycle = "reply-cycle"
  case missingAnswer = "missing-answer"
  case answerWithoutQuestion = "answer-without-question"
  case olderThanParent = "older-than-parent"
  case lostPassage = "lost-passage"

  // References
  case unresolvedLink = "unresolved-link"
  case unresolvedMention = "unresolved-mention"
  case unresolvedReference = "unresolved-reference"
  case claimedTwice = "claimed-twice"
  case ambiguousLink = "ambiguous-link"
  case missingHeading = "missing-heading"
  case missingResponse = "missing-response"
  case missingImage = "missing-image"
  case unreadableImage = "unreadable-image"
  case unclearTranslation = "unclear-translation"
  case missingTopic = "missing-topic"
  case topicCycle = "topic-cycle"
  case shadowedAlias = "shadowed-alias"
  case pageLeftOut = "page-left-out"

  // Markdown
  case markdownTooComplex = "markdown-too-complex"
  case nestedTooDeep = "nested-too-deep"
  case unsafeAddress = "unsafe-address"
  case removedHTML = "removed-html"
  case unclosedHTML = "unclosed-html"
  case conflictMarker = "conflict-marker"
  case tableCells = "table-cells"
  case unknownCallout = "unknown-callout"
  case unreadWikilink = "unread-wikilink"
  case embeddedText = "embedded-text"
  case emptyQuote = "empty-quote"
  case quoteCycle = "quote-cycle"
  case tooManyQuotes = "too-many-quotes"
  case imageSize = "image-size"
  case remoteImage = "remote-image"
  case personalAddressInText = "personal-address-in-text"
  case unreadFormula = "unread-formula"
  case unreadDiagram = "unread-diagram"

  // Theme
  case templateSyntax = "template-syntax"
  case unknownName = "unknown-name"
  case unknownPartial = "unknown-partial"
  case partialCycle = "partial-cycle"
  case rawText = "raw-text"
  case invalidStrings = "invalid-strings"
  case missingStrings = "missing-strings"

  // What only a check looks for
  case consentMissing = "consent-missing"
  case duplicateTitle = "duplicate-title"
  case emptyResponse = "empty-response"
  case guestNamedLikeContributor = "guest-named-like-contributor"
  case headingJump = "heading-jump"
  case lateResponse = "late-response"
  case lowContrast = "low-contrast"
  case missingAlternative = "missing-alternative"
  case misspeltMention = "misspelt-mention"
  case orphanedAsset = "orphaned-asset"
  case overlappingTopics = "overlapping-topics"
  case placeholderName = "placeholder-name"
  case redirectedLink = "redirected-link"
  case repeatedResponse = "repeated-response"
  case similarContributors = "similar-contributors"
  case similarTopics = "similar-topics"
  case vanishedAddress = "vanished-address"
  case vanishedHeading = "vanished-heading"
  case vanishedResponse = "vanished-response"
  case unreachableService = "unreachable-service"

  // Tools and history
  case missingTool = "missing-tool"
  case plainCode = "plain-code"
  case shallowHistory = "shallow-history"
  case missingHistory = "missing-history"
  case trackedCache = "tracked-cache"

  /// The severity unless a community's `rules` set another one: errors are about identity, structure and safety.
  package var severity: Diagnostic.Severity {
    switch self {
    // stoa.yml
    case .missingSettings: .error
    case .invalidSetting: .error
    case .unknownSetting: .warning
    case .missingContent: .error

    // Files and names
    case .unreadableFile: .error
    case .tooManyMarks: .error
    case .notUTF8: .error
    case .emptyFile: .error
    case .fileTooLarge: .error
    case .lineTooLong: .error
    case .notARegularFile: .error
    case .invalidName: .error
    case .strayFile: .warning
    case .duplicateSlug: .error
    case .duplicateId: .error
    case .slugCollision: .error
    case .duplicateAddress: .error

    // Front matter
    case .missingFrontMatter: .error
    case .unclosedFrontMatter: .error
    case .earlyFrontMatterEnd: .error
    case .invalidYAML: .error
    case .forbiddenYAML: .error
    case .controlCharacter: .error
    case .unknownKey: .warning
    case .duplicateKey: .error
    case .halfReadValue: .warning
    case .tooManyNames: .error
    case .updatedBeforeDate: .warning
    case .invalidValue: .error
    case .invalidDate: .error
    case .missingTitle: .error
    case .missingAuthor: .error
    case .missingDate: .error
    case .dateFromHistory: .warning
    case .authorAndGuest: .error
    case .personalAddress: .error
    case .unknownAudience: .error
    case .audienceTooWide: .error
    case .agreementWithoutEffect: .warning

    // Conversations
    case .missingPost: .error
    case .missingParent: .error
    case .replyCycle: .error
    case .missingAnswer: .warning
    case .answerWithoutQuestion: .warning
    case .olderThanParent: .warning
    case .lostPassage: .warning

    // References
    case .unresolvedLink: .warning
    case .unresolvedMention: .warning
    case .unresolvedReference: .warning
    case .claimedTwice: .error
    case .ambiguousLink: .warning
    case .missingHeading: .warning
    case .missingResponse: .warning
    case .missingImage: .warning
    case .unreadableImage: .warning
    case .unclearTranslation: .warning
    case .missingTopic: .warning
    case .topicCycle: .error
    case .shadowedAlias: .warning
    case .pageLeftOut: .warning

    // Markdown
    case .markdownTooComplex: .error
    case .nestedTooDeep: .error
    case .unsafeAddress: .warning
    case .removedHTML: .warning
    case .unclosedHTML: .warning
    case .conflictMarker: .error
    case .tableCells: .warning
    case .unknownCallout: .warning
    case .unreadWikilink: .warning
    case .embeddedText: .warning
    case .emptyQuote: .warning
    case .quoteCycle: .error
    case .tooManyQuotes: .warning
    case .imageSize: .warning
    case .remoteImage: .warning
    case .personalAddressInText: .warning
    case .unreadFormula: .warning
    case .unreadDiagram: .warning

    // Theme
    case .templateSyntax: .error
    case .unknownName: .error
    case .unknownPartial: .error
    case .partialCycle: .error
    case .rawText: .error
    case .invalidStrings: .error
    case .missingStrings: .warning

    // What only a check looks for
    case .consentMissing: .error
    case .duplicateTitle: .warning
    case .emptyResponse: .warning
    case .guestNamedLikeContributor: .note
    case .lateResponse: .warning
    case .repeatedResponse: .warning
    case .headingJump: .warning
    case .lowContrast: .warning
    case .missingAlternative: .warning
    case .misspeltMention: .warning
    case .orphanedAsset: .warning
    case .overlappingTopics: .warning
    case .placeholderName: .warning
    case .redirectedLink: .warning
    case .similarContributors: .warning
    case .similarTopics: .warning
    case .vanishedAddress: .error
    case .vanishedHeading: .warning
    case .vanishedResponse: .note
    case .unreachableService: .error

    // Tools and history
    case .missingTool: .warning
    case .plainCode: .note
    case .shallowHistory: .error
    case .missingHistory: .warning
    case .trackedCache: .warning
    }
  }
}
