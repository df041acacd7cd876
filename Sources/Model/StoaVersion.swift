/// The version of Stoa.
package let stoaVersion = "0.1.0"
