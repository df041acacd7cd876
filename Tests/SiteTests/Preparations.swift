import Foundation

/// What git cannot hold, or not on every system, added to the copy of an invalid site before it is built.
let preparations: [String: @Sendable (URL) throws -> Void] = [:]
