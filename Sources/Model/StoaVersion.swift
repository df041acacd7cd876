/// The version of Stoa.
package let stoaVersion = "0.2.0"
