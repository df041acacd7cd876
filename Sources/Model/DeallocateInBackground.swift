/// Lets go of something large while the caller goes on: to take a hundred thousand objects apart takes a core a while.
package func deallocateInBackground<Value: Sendable>(_ value: consuming Value) {
  let value = value
  Task.detached { withExtendedLifetime(value) {} }
}
