/// Something that the system refused: a full disk, a folder without permission.
///
/// Commands end with status 74.
package protocol InputOutputFailure: Error, CustomStringConvertible {}
