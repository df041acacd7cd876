/// Releases a large value while the caller continues: deallocating a hundred thousand objects keeps a core busy for a while.
package func deallocateInBackground<Value: Sendable>(_ value: consuming Value) {
  let value = value
  Task.detached { withExtendedLifetime(value) {} }
}
