/// placeholder
package struct Record: Sendable {}
