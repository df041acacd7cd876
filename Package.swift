// swift-tools-version: 6.2

import PackageDescription

/// Settings that every target of ours shares: the strictest the language offers, without unsafe flags.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// Facts that Tools/package passes to a release: the repository that publishes it, and the libraries that it includes.
let release: [CSetting] = ["STOA_REPOSITORY", "STOA_LIBRARIES"].compactMap { name in
  Context.environment[name].map { .define(name, to: "\"\($0)\"") }
}

/// The allocator, which replaces glibc's malloc, also in cmark-gfm.
///
/// Debug builds do not use it, because the sanitizers have their own, and Tools/package links it as an object.
let allocator: [LinkerSetting] =
  Context.environment["STOA_LIBRARIES"] == nil
  ? [.linkedLibrary("mimalloc", .when(platforms: [.linux], configuration: .release))] : []

/// The server of previews and of the service for replies.
let nio: [Target.Dependency] = ["NIOCore", "NIOHTTP1", "NIOPosix"].map {
  .product(name: $0, package: "swift-nio")
}

/// A module of ours, by default in the folder of its name: `StoaYAML` in Sources/YAML.
func module(
  _ name: String, uses dependencies: [Target.Dependency] = [], at path: String? = nil,
  plugins: [Target.PluginUsage] = []
) -> Target {
  let folder = name == "Stoa" ? name : String(name.dropFirst("Stoa".count))
  return .target(
    name: name, dependencies: dependencies, path: path ?? "Sources/\(folder)",
    swiftSettings: strict, plugins: plugins)
}

/// The tests of a module, in the folder of Tests with its name.
func tests(_ name: String, of dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "stoa",
  products: [
    .executable(name: "stoa", targets: ["StoaExecutable"]),
    .library(name: "Stoa", targets: ["Stoa"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
  ],
  targets: [
    // The distribution's C libraries: markdown, YAML, XML for importers, and a database for an export.
    .systemLibrary(
      name: "CMarkGFM", path: "Sources/CMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(
      name: "CYAML", path: "Sources/CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CLibXML2", path: "Sources/CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CSQLite", path: "Sources/CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CSodium", path: "Sources/CSodium", pkgConfig: "libsodium",
      providers: [.apt(["libsodium-dev"])]),

    // The memory of one document while it is parsed; the library calls it through C function pointers.
    .target(name: "CTextMemory", path: "Sources/CTextMemory"),

    // SHA-256 with the processor's own instructions, which only C can use.
    .target(name: "CSHA256", path: "Sources/CSHA256"),

    // The facts about a release that its build passes in.
    .target(name: "CRelease", path: "Sources/CRelease", cSettings: release),

    // The system's C library.
    module("StoaPlatform"),

    // The nouns: posts, responses, contributors, topics, dates, diagnostics.
    module("StoaModel", uses: ["CRelease", "CSHA256", "StoaPlatform"]),

    // Opens files below a folder without following links, by openat2, which only C can call.
    .target(name: "CRootedOpen", path: "Sources/CRootedOpen"),

    // Starts child processes that inherit no open files, by a function that Swift does not import.
    .target(name: "CSpawn", path: "Sources/CSpawn"),

    // Calls of the operating system that several modules need: whole reads and writes, temporary files, child processes.
    module("StoaSystem", uses: ["CRootedOpen", "CSpawn", "StoaModel", "StoaPlatform"]),

    // Modules that the stages share, each small and testable alone.
    module("StoaHTML", uses: ["StoaModel", "StoaPlatform"]),
    module("StoaAddresses", uses: ["StoaHTML", "StoaModel"]),
    module("StoaTemplates", uses: ["StoaAddresses", "StoaHTML", "StoaModel"]),
    module("StoaImages"),
    // Splits documents into the words of an index, for closeness and for search.
    module("StoaWords", uses: ["StoaAddresses", "StoaHTML"]),
    module("StoaYAML", uses: ["CYAML", "StoaModel"]),
    // Third-party programs, which are used if they are installed: git, Pygments, pandoc, Graphviz.
    module("StoaExternalTools", uses: ["StoaModel", "StoaPlatform", "StoaSystem"]),
    module("StoaHistory", uses: ["StoaExternalTools", "StoaModel", "StoaPlatform", "StoaSystem"]),
    // Embeds every file of a target's folder that is not Swift into the program.
    .plugin(name: "EmbedFiles", capability: .buildTool()),
    // The default theme.
    .target(
      name: "StoaTheme", path: "templates", swiftSettings: [.swiftLanguageMode(.v6)],
      plugins: ["EmbedFiles"]),
    // The files of a new community.
    .target(
      name: "StoaStarter", path: "starter", swiftSettings: [.swiftLanguageMode(.v6)],
      plugins: ["EmbedFiles"]),

    // The six stages, in the order that data flows.
    module(
      "StoaLoad",
      uses: [
        "StoaModel", "StoaPlatform", "StoaSystem", "StoaAddresses", "StoaHistory", "StoaImages",
        "StoaHTML", "StoaYAML",
      ], at: "Sources/Pipeline/1-Load"),
    module(
      "StoaSelect", uses: ["StoaLoad", "StoaModel", "StoaAddresses"],
      at: "Sources/Pipeline/2-Select"),
    module(
      "StoaParse",
      uses: [
        "StoaSelect", "StoaLoad", "StoaModel", "StoaPlatform", "StoaSystem", "StoaHTML",
        "StoaExternalTools", "CMarkGFM", "CTextMemory",
      ], at: "Sources/Pipeline/3-Parse"),
    module(
      "StoaLink", uses: ["StoaParse", "StoaModel", "StoaHTML", "StoaAddresses", "StoaWords"],
      at: "Sources/Pipeline/4-Link"),
    module(
      "StoaRender",
      uses: [
        "StoaLink", "StoaModel", "StoaHTML", "StoaAddresses", "StoaSystem", "StoaTemplates",
        "StoaTheme", "StoaYAML",
      ], at: "Sources/Pipeline/5-Render"),
    module(
      "StoaWrite",
      uses: ["StoaRender", "StoaImages", "StoaModel", "StoaPlatform", "StoaSystem", "StoaHTML"],
      at: "Sources/Pipeline/6-Write"),

    // Syntax highlighting, by Pygments if it is installed.
    module(
      "StoaHighlight", uses: ["StoaExternalTools", "StoaLink", "StoaModel", "StoaPlatform"],
      plugins: ["EmbedFiles"]),
    // Formulas and diagrams, by pandoc and Graphviz if they are installed.
    module(
      "StoaTypeset",
      uses: ["StoaData", "StoaExternalTools", "StoaHTML", "StoaLink", "StoaModel", "StoaSystem"]),
    // The search index.
    module(
      "StoaSearch",
      uses: ["StoaLink", "StoaRender", "StoaModel", "StoaHTML", "StoaAddresses", "StoaWords"]),

    // The rules of `stoa check`, one in each file.
    module(
      "StoaCheck",
      uses: [
        "StoaLink", "StoaModel", "StoaPlatform", "StoaHTML", "StoaAddresses", "StoaTheme",
        "StoaYAML",
      ]),

    // The library that other programs import. Build.swift: the six calls.
    module(
      "Stoa",
      uses: [
        "StoaLoad", "StoaSelect", "StoaParse", "StoaLink", "StoaRender", "StoaWrite", "StoaModel",
        "StoaExternalTools", "StoaHighlight", "StoaHistory", "StoaSearch", "StoaSystem", "StoaHTML",
        "StoaTypeset", "StoaAddresses", "StoaCheck", "StoaImport", "StoaYAML",
      ]),

    // Data of other tools: JSON and TOML, with scalars as they were written.
    module("StoaData", uses: ["StoaModel"]),

    // Importers, which write other tools' content as files that Load reads.
    module(
      "StoaImport",
      uses: [
        "StoaData", "StoaLoad", "StoaModel", "StoaPlatform", "StoaSystem", "StoaAddresses",
        "StoaExternalTools", "StoaHistory", "StoaWrite", "StoaYAML", "CLibXML2",
      ]),

    // Exporters, which write a community as files for other programs.
    module(
      "StoaExport",
      uses: [
        "Stoa", "StoaAddresses", "StoaImport", "StoaLink", "StoaLoad", "StoaModel", "StoaParse",
        "StoaRender", "StoaSelect", "StoaSystem", "StoaWrite", "CSQLite",
      ]),

    // Replies from people without a clone of the repository: the submission, the rules, and the resulting file.
    module("StoaIntake", uses: ["StoaData", "StoaLoad", "StoaModel", "StoaAddresses", "StoaYAML"]),

    // `stoa serve`: the site, updated when files change.
    module(
      "StoaPreview",
      uses: [
        "Stoa", "StoaAddresses", "StoaCheck", "StoaExternalTools", "StoaHTML", "StoaHighlight",
        "StoaImages", "StoaIntake", "StoaLink", "StoaLoad", "StoaModel", "StoaPlatform",
        "StoaParse", "StoaRender", "StoaSearch", "StoaSelect", "StoaSystem", "StoaTypeset",
      ] + nio, plugins: ["EmbedFiles"]),

    // `stoa receive`: replies from people who have only a browser.
    module(
      "StoaReceive",
      uses: [
        "CSodium", "Stoa", "StoaAddresses", "StoaIntake", "StoaLink", "StoaModel", "StoaPlatform",
        "StoaExternalTools", "StoaHistory", "StoaHTML", "StoaLoad", "StoaPreview", "StoaRender",
        "StoaSystem", "StoaYAML",
      ] + nio),

    // Creates files: communities, posts, responses.
    module(
      "StoaAuthoring",
      uses: [
        "Stoa", "StoaIntake", "StoaLoad", "StoaModel", "StoaParse", "StoaPlatform", "StoaSystem",
        "StoaAddresses", "StoaHistory", "StoaStarter", "StoaYAML",
      ]),

    // Changes a community's files: moves, merges, removals, with every reference.
    module(
      "StoaEditing",
      uses: [
        "Stoa", "StoaLoad", "StoaSelect", "StoaParse", "StoaLink", "StoaModel", "StoaPlatform",
        "StoaSystem", "StoaHTML", "StoaAddresses", "StoaWrite", "StoaYAML",
      ]),

    // The command line: one file for each subcommand, and a main of three lines.
    module(
      "StoaCommandLine",
      uses: [
        "Stoa", "StoaAddresses", "StoaAuthoring", "StoaCheck", "StoaEditing", "StoaExternalTools",
        "StoaExport", "StoaImport", "StoaIntake", "StoaLoad", "StoaModel", "StoaPlatform",
        "StoaParse", "StoaPreview", "StoaReceive", "StoaSearch", "StoaSystem", "StoaWrite",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "StoaExecutable", dependencies: ["Stoa", "StoaCommandLine"],
      path: "Sources/Executable", swiftSettings: strict, linkerSettings: allocator),

    // Tests mirror Sources.
    tests("Model", of: ["StoaModel", "StoaTestSupport"]),
    module("StoaTestSupport", uses: ["StoaHTML"], at: "Tests/Support"),
    tests("System", of: ["StoaPlatform", "StoaSystem"]),
    tests("YAML", of: ["StoaYAML", "StoaTestSupport"]),
    tests("ExternalTools", of: ["StoaExternalTools", "StoaSystem"]),
    tests("HTML", of: ["StoaHTML", "StoaTestSupport"]),
    tests("Addresses", of: ["StoaAddresses", "StoaTestSupport"]),
    tests("Templates", of: ["StoaTemplates", "StoaHTML", "StoaModel"]),
    tests("Words", of: ["StoaWords"]),
    tests("Images", of: ["StoaImages"], exclude: ["test_images.py"]),
    tests("Load", of: ["StoaLoad", "StoaModel"]),
    tests(
      "Parse",
      of: [
        "StoaParse", "StoaSelect", "StoaLoad", "StoaModel", "StoaExecutable", "StoaExternalTools",
        "StoaTestSupport",
      ]),
    tests(
      "Typeset", of: ["StoaTypeset", "StoaHTML", "StoaModel"],
      exclude: ["dollars.txt", "test_typeset.py"]),
    tests("Select", of: ["StoaSelect", "StoaLoad", "StoaModel", "StoaTestSupport"]),
    tests("Link", of: ["StoaLink", "StoaParse", "StoaSelect", "StoaModel", "StoaAddresses"]),
    tests(
      "Render",
      of: [
        "StoaRender", "StoaAddresses", "StoaHTML", "StoaTemplates", "StoaTheme", "StoaYAML",
        "StoaModel",
      ], exclude: ["plurals.txt"]),
    tests(
      "Check",
      of: [
        "StoaCheck", "Stoa", "StoaModel", "StoaParse", "StoaTheme", "StoaExecutable",
        "StoaTestSupport",
      ]),
    tests(
      "Editing",
      of: ["StoaEditing", "StoaLoad", "StoaModel", "StoaParse", "Stoa", "StoaExecutable"],
      exclude: [
        "test_erasure.py", "test_moves.py", "test_random_moves.py", "test_removals.py",
        "test_sharing.py",
      ]),
    tests("Data", of: ["StoaData"], exclude: ["toml_documents.py"]),
    tests(
      "Import",
      of: [
        "StoaImport", "StoaExternalTools", "StoaLoad", "StoaModel", "Stoa", "StoaExecutable",
        "StoaTestSupport",
      ],
      exclude: [
        "test_encodings.py", "test_hostile_sources.py", "test_words.py", "test_wordpress_site.py",
      ]),
    tests("Authoring", of: ["StoaAuthoring", "StoaLoad", "StoaModel", "StoaTestSupport"]),
    tests(
      "Intake",
      of: [
        "StoaIntake", "StoaReceive", "StoaAddresses", "StoaLoad", "StoaModel", "StoaTestSupport",
      ],
      exclude: [
        "events", "service.py", "test_check_service.py", "test_four_replies.py",
        "test_guide_service.py", "test_intake_commands.py", "test_receive_abuse.py",
        "test_receive_browser.py", "test_receive_hostile.py", "test_receive_issue.py",
        "test_receive_kills.py", "test_receive_mail.py", "test_receive_service.py",
      ]),
    tests(
      "Preview",
      of: [
        "StoaPreview", "Stoa", "StoaAddresses", "StoaCheck", "StoaHTML", "StoaLoad", "StoaModel",
        "StoaParse", "StoaRender", "StoaExecutable", "StoaTestSupport",
      ]),
    // The targets of `make fuzz`, and the files that it has found.
    tests(
      "Fuzz",
      of: [
        "StoaData", "StoaHTML", "StoaImport", "StoaLoad", "StoaModel", "StoaParse", "StoaTemplates",
        "StoaTestSupport", "StoaYAML",
      ], exclude: ["corpus"]),
    tests(
      "Write",
      of: ["StoaHTML", "StoaModel", "StoaPlatform", "StoaRender", "StoaSystem", "StoaWrite"]),
    tests("CommandLine", of: ["StoaCommandLine", "StoaExternalTools", "StoaTestSupport"]),
    tests("Stoa", of: ["Stoa", "StoaModel", "StoaExecutable", "StoaTestSupport"]),
    .testTarget(
      name: "SiteTests",
      dependencies: [
        "Stoa", "StoaCheck", "StoaCommandLine", "StoaExecutable", "StoaTestSupport",
        "StoaExternalTools", "StoaModel",
        "StoaParse", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/SiteTests", swiftSettings: strict),
  ]
)
