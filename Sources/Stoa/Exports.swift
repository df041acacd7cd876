// Signatures of this module use types from modules below it. A program that imports Stoa can use them without importing modules
// that are not products of the package. Only a re-export makes that possible: a type alias would hide their members from programs
// that enable MemberImportVisibility.

@_exported public import struct StoaImport.ImportFailure
@_exported public import struct StoaImport.ImportOptions
@_exported public import struct StoaImport.ImportReport
@_exported public import func StoaImport.importConversations
@_exported public import struct StoaModel.Diagnostic
@_exported public import enum StoaModel.DiagnosticCode
@_exported public import protocol StoaModel.InputOutputFailure
@_exported public import struct StoaModel.SourceLocation
@_exported public import struct StoaModel.UsageError
@_exported public import struct StoaWrite.WriteReport
