/// A file, a folder or another program that the system refused: a full disk, a folder without permission.
///
/// The description says what was refused, with its path. Commands end with status 74.
public protocol InputOutputFailure: Error, CustomStringConvertible {}
