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

/// What Tools/package says of the program that it builds: where it is released, and which libraries it has as archives.
let release: [CSetting] = ["STOA_REPOSITORY", "STOA_LIBRARIES"].compactMap { name in
  Context.environment[name].map { .define(name, to: "\"\($0)\"") }
}

/// The allocator, which takes the place of glibc's malloc, in cmark-gfm too.
///
/// The sanitizers have one of their own, so debug builds go without, and Tools/package links it as an object.
let allocator: [LinkerSetting] =
  Context.environment["STOA_LIBRARIES"] == nil
  ? [.linkedLibrary("mimalloc", .when(platforms: [.linux], configuration: .release))] : []

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

    // SHA-256 by the processor's own instructions, which only C can name.
    .target(name: "CSHA256", path: "Sources/CSHA256"),

    // What a release is told of itself when it is built.
    .target(name: "CRelease", path: "Sources/CRelease", cSettings: release),

    // The system's C library, whichever it is.
    .target(name: "StoaPlatform", path: "Sources/Platform", swiftSettings: strict),

    // The nouns: posts, responses, contributors, topics, dates, diagnostics.
    .target(
      name: "StoaModel", dependencies: ["CRelease", "CSHA256", "StoaPlatform"],
      path: "Sources/Model",
      swiftSettings: strict),

    // Files opened below a folder without following links: openat2 is a call that only C can make.
    .target(name: "CRootedOpen", path: "Sources/CRootedOpen"),

    // Children that inherit no files: a call that Swift does not import.
    .target(name: "CSpawn", path: "Sources/CSpawn"),

    // What is asked of the operating system in more than one place: whole reads and writes, temporary files, other programs.
    .target(
      name: "StoaSystem", dependencies: ["CRootedOpen", "CSpawn", "StoaModel", "StoaPlatform"],
      path: "Sources/System",
      swiftSettings: strict),

    // What the stages share, each small and testable alone.
    .target(
      name: "StoaHTML", dependencies: ["StoaModel", "StoaPlatform"], path: "Sources/HTML",
      swiftSettings: strict),
    .target(
      name: "StoaAddresses", dependencies: ["StoaHTML", "StoaModel"], path: "Sources/Addresses",
      swiftSettings: strict),
    .target(
      name: "StoaTemplates", dependencies: ["StoaAddresses", "StoaHTML", "StoaModel"],
      path: "Sources/Templates",
      swiftSettings: strict),
    .target(name: "StoaImages", path: "Sources/Images", swiftSettings: strict),
    // What an index of texts is made of, for closeness and for search.
    .target(
      name: "StoaWords", dependencies: ["StoaAddresses", "StoaHTML"], path: "Sources/Words",
      swiftSettings: strict),
    .target(
      name: "StoaYAML", dependencies: ["CYAML", "StoaModel"], path: "Sources/YAML",
      swiftSettings: strict),
    // Other people's programs, used when they are there: git, Pygments.
    .target(
      name: "StoaExternalTools", dependencies: ["StoaModel", "StoaPlatform", "StoaSystem"],
      path: "Sources/ExternalTools",
      swiftSettings: strict),
    .target(
      name: "StoaHistory",
      dependencies: ["StoaExternalTools", "StoaModel", "StoaPlatform", "StoaSystem"],
      path: "Sources/History", swiftSettings: strict),
    // What a program holds of its own files: every file of a target's folder that is not Swift.
    .plugin(name: "EmbedFiles", capability: .buildTool()),
    // The default theme.
    .target(
      name: "StoaTheme", path: "templates", swiftSettings: [.swiftLanguageMode(.v6)],
      plugins: ["EmbedFiles"]),
    // What a new community begins with.
    .target(
      name: "StoaStarter", path: "starter", swiftSettings: [.swiftLanguageMode(.v6)],
      plugins: ["EmbedFiles"]),

    // The six stages, in the order that data flows.
    .target(
      name: "StoaLoad",
      dependencies: [
        "StoaModel", "StoaPlatform", "StoaSystem", "StoaAddresses", "StoaHistory", "StoaImages",
        "StoaHTML", "StoaYAML",
      ],
      path: "Sources/Pipeline/1-Load", swiftSettings: strict),
    .target(
      name: "StoaSelect", dependencies: ["StoaLoad", "StoaModel", "StoaAddresses"],
      path: "Sources/Pipeline/2-Select", swiftSettings: strict),
    .target(
      name: "StoaParse",
      dependencies: [
        "StoaSelect", "StoaLoad", "StoaModel", "StoaPlatform", "StoaSystem", "StoaHTML",
        "StoaExternalTools", "CMarkGFM", "CTextMemory",
      ],
      path: "Sources/Pipeline/3-Parse", swiftSettings: strict),
    .target(
      name: "StoaLink",
      dependencies: ["StoaParse", "StoaModel", "StoaHTML", "StoaAddresses", "StoaWords"],
      path: "Sources/Pipeline/4-Link", swiftSettings: strict),
    .target(
      name: "StoaRender",
      dependencies: [
        "StoaLink", "StoaModel", "StoaHTML", "StoaAddresses", "StoaSystem", "StoaTemplates",
        "StoaTheme", "StoaYAML",
      ],
      path: "Sources/Pipeline/5-Render", swiftSettings: strict),
    .target(
      name: "StoaWrite",
      dependencies: [
        "StoaRender", "StoaImages", "StoaModel", "StoaPlatform", "StoaSystem", "StoaHTML",
      ],
      path: "Sources/Pipeline/6-Write", swiftSettings: strict),

    // Colours for code, made by a tool that is used where it is there, and an index for search.
    .target(
      name: "StoaHighlight",
      dependencies: ["StoaExternalTools", "StoaLink", "StoaModel", "StoaPlatform"],
      path: "Sources/Highlight", swiftSettings: strict, plugins: ["EmbedFiles"]),
    // Formulas and diagrams, made by tools that are used where they are there.
    .target(
      name: "StoaTypeset",
      dependencies: [
        "StoaData", "StoaExternalTools", "StoaHTML", "StoaLink", "StoaModel", "StoaSystem",
      ],
      path: "Sources/Typeset", swiftSettings: strict),
    .target(
      name: "StoaSearch",
      dependencies: [
        "StoaLink", "StoaRender", "StoaModel", "StoaHTML", "StoaAddresses", "StoaWords",
      ],
      path: "Sources/Search", swiftSettings: strict),

    // What `stoa check` looks for beyond a build: one rule a file.
    .target(
      name: "StoaCheck",
      dependencies: [
        "StoaLink", "StoaModel", "StoaPlatform", "StoaHTML", "StoaAddresses", "StoaTheme",
        "StoaYAML",
      ],
      path: "Sources/Check", swiftSettings: strict),

    // The library that other programs import. Build.swift: the six calls.
    .target(
      name: "Stoa",
      dependencies: [
        "StoaLoad", "StoaSelect", "StoaParse", "StoaLink", "StoaRender", "StoaWrite", "StoaModel",
        "StoaExternalTools", "StoaHighlight", "StoaHistory", "StoaSearch", "StoaSystem", "StoaHTML",
        "StoaTypeset", "StoaAddresses", "StoaCheck", "StoaImport", "StoaYAML",
      ],
      path: "Sources/Stoa", swiftSettings: strict),

    // Other tools' data: JSON and TOML, with scalars as they were written.
    .target(
      name: "StoaData", dependencies: ["StoaModel"], path: "Sources/Data", swiftSettings: strict),

    // Importers: what other tools hold, written as what Load reads.
    .target(
      name: "StoaImport",
      dependencies: [
        "StoaData", "StoaLoad", "StoaModel", "StoaPlatform", "StoaSystem", "StoaAddresses",
        "StoaExternalTools",
        "StoaHistory", "StoaWrite", "StoaYAML", "CLibXML2",
      ],
      path: "Sources/Import", swiftSettings: strict),

    // The way out: a community as files for other programs.
    .target(
      name: "StoaExport",
      dependencies: [
        "Stoa", "StoaAddresses", "StoaLink", "StoaLoad", "StoaModel", "StoaParse",
        "StoaRender", "StoaSelect", "StoaSystem", "StoaWrite", "CSQLite",
      ],
      path: "Sources/Export", swiftSettings: strict),

    // Replies from people without a clone of the repository: what came in, the rules, and the file that comes of it.
    .target(
      name: "StoaIntake",
      dependencies: ["StoaData", "StoaLoad", "StoaModel", "StoaAddresses", "StoaYAML"],
      path: "Sources/Intake", swiftSettings: strict),

    // `stoa serve`: the site as its files change.
    .target(
      name: "StoaPreview",
      dependencies: [
        "Stoa", "StoaAddresses", "StoaCheck", "StoaExternalTools", "StoaHTML", "StoaHighlight",
        "StoaImages", "StoaIntake", "StoaLink", "StoaLoad", "StoaModel", "StoaPlatform",
        "StoaParse",
        "StoaRender", "StoaSearch", "StoaSelect",
        "StoaSystem", "StoaTypeset",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Sources/Preview", swiftSettings: strict, plugins: ["EmbedFiles"]),

    // `stoa receive`: replies from people who have nothing but a browser.
    .target(
      name: "StoaReceive",
      dependencies: [
        "CSodium", "Stoa", "StoaAddresses", "StoaIntake", "StoaLink", "StoaModel", "StoaPlatform",
        "StoaExternalTools", "StoaHistory", "StoaHTML", "StoaLoad", "StoaPreview", "StoaRender",
        "StoaSystem", "StoaYAML",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Sources/Receive", swiftSettings: strict),

    // What makes new files: communities, posts, responses.
    .target(
      name: "StoaAuthoring",
      dependencies: [
        "Stoa", "StoaIntake", "StoaLoad", "StoaModel", "StoaParse", "StoaPlatform", "StoaSystem",
        "StoaAddresses",
        "StoaHistory", "StoaStarter", "StoaYAML",
      ],
      path: "Sources/Authoring", swiftSettings: strict),

    // What changes a community's files: moves, merges, removals, with every reference.
    .target(
      name: "StoaEditing",
      dependencies: [
        "Stoa", "StoaLoad", "StoaSelect", "StoaParse", "StoaLink", "StoaModel", "StoaPlatform",
        "StoaSystem",
        "StoaHTML", "StoaAddresses", "StoaWrite", "StoaYAML",
      ],
      path: "Sources/Editing", swiftSettings: strict),

    // The command line: one file a subcommand, and a main of three lines.
    .target(
      name: "StoaCommandLine",
      dependencies: [
        "Stoa", "StoaAddresses", "StoaAuthoring", "StoaCheck", "StoaEditing", "StoaExternalTools",
        "StoaExport", "StoaImport", "StoaIntake", "StoaLoad", "StoaModel", "StoaPlatform",
        "StoaParse", "StoaPreview", "StoaReceive", "StoaSearch", "StoaSystem", "StoaWrite",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/CommandLine", swiftSettings: strict),
    .executableTarget(
      name: "StoaExecutable", dependencies: ["Stoa", "StoaCommandLine"],
      path: "Sources/Executable", swiftSettings: strict, linkerSettings: allocator),

    // Tests mirror Sources.
    .testTarget(
      name: "ModelTests", dependencies: ["StoaModel", "StoaTestSupport"], path: "Tests/Model",
      swiftSettings: strict),
    .target(
      name: "StoaTestSupport", dependencies: ["StoaHTML"], path: "Tests/Support",
      swiftSettings: strict),
    .testTarget(
      name: "SystemTests", dependencies: ["StoaPlatform", "StoaSystem"], path: "Tests/System",
      swiftSettings: strict),
    .testTarget(
      name: "YAMLTests", dependencies: ["StoaYAML", "StoaTestSupport"], path: "Tests/YAML",
      swiftSettings: strict),
    .testTarget(
      name: "ExternalToolsTests", dependencies: ["StoaExternalTools", "StoaSystem"],
      path: "Tests/ExternalTools", swiftSettings: strict),
    .testTarget(
      name: "HTMLTests", dependencies: ["StoaHTML", "StoaTestSupport"], path: "Tests/HTML",
      swiftSettings: strict),
    .testTarget(
      name: "AddressesTests", dependencies: ["StoaAddresses", "StoaTestSupport"],
      path: "Tests/Addresses",
      swiftSettings: strict),
    .testTarget(
      name: "TemplatesTests", dependencies: ["StoaTemplates", "StoaHTML", "StoaModel"],
      path: "Tests/Templates",
      swiftSettings: strict),
    .testTarget(
      name: "WordsTests", dependencies: ["StoaWords"], path: "Tests/Words", swiftSettings: strict),
    .testTarget(
      name: "ImagesTests", dependencies: ["StoaImages"], path: "Tests/Images",
      exclude: ["test_images.py"], swiftSettings: strict),
    .testTarget(
      name: "LoadTests", dependencies: ["StoaLoad", "StoaModel"], path: "Tests/Load",
      swiftSettings: strict),
    .testTarget(
      name: "ParseTests",
      dependencies: [
        "StoaParse", "StoaSelect", "StoaLoad", "StoaModel", "StoaExecutable", "StoaExternalTools",
        "StoaTestSupport",
      ],
      path: "Tests/Parse", swiftSettings: strict),
    .testTarget(
      name: "TypesetTests", dependencies: ["StoaTypeset", "StoaHTML", "StoaModel"],
      path: "Tests/Typeset", exclude: ["dollars.txt", "test_typeset.py"], swiftSettings: strict),
    .testTarget(
      name: "SelectTests",
      dependencies: ["StoaSelect", "StoaLoad", "StoaModel", "StoaTestSupport"],
      path: "Tests/Select", swiftSettings: strict),
    .testTarget(
      name: "LinkTests",
      dependencies: ["StoaLink", "StoaParse", "StoaSelect", "StoaModel", "StoaAddresses"],
      path: "Tests/Link", swiftSettings: strict),
    .testTarget(
      name: "RenderTests",
      dependencies: [
        "StoaRender", "StoaAddresses", "StoaHTML", "StoaTemplates", "StoaTheme", "StoaYAML",
        "StoaModel",
      ],
      path: "Tests/Render", exclude: ["plurals.txt"], swiftSettings: strict),
    .testTarget(
      name: "CheckTests",
      dependencies: [
        "StoaCheck", "Stoa", "StoaModel", "StoaParse", "StoaTheme", "StoaExecutable",
        "StoaTestSupport",
      ],
      path: "Tests/Check", swiftSettings: strict),
    .testTarget(
      name: "EditingTests",
      dependencies: [
        "StoaEditing", "StoaLoad", "StoaModel", "StoaParse", "Stoa", "StoaExecutable",
      ],
      path: "Tests/Editing",
      exclude: [
        "test_erasure.py", "test_moves.py", "test_random_moves.py", "test_removals.py",
        "test_sharing.py",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DataTests", dependencies: ["StoaData"], path: "Tests/Data",
      exclude: ["toml_documents.py"], swiftSettings: strict),
    .testTarget(
      name: "ImportTests",
      dependencies: [
        "StoaImport", "StoaExternalTools", "StoaLoad", "StoaModel", "Stoa", "StoaExecutable",
        "StoaTestSupport",
      ],
      path: "Tests/Import",
      exclude: [
        "test_encodings.py", "test_hostile_sources.py", "test_words.py", "test_wordpress_site.py",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AuthoringTests",
      dependencies: ["StoaAuthoring", "StoaLoad", "StoaModel", "StoaTestSupport"],
      path: "Tests/Authoring", swiftSettings: strict),
    .testTarget(
      name: "IntakeTests",
      dependencies: [
        "StoaIntake", "StoaReceive", "StoaAddresses", "StoaLoad", "StoaModel", "StoaTestSupport",
      ],
      path: "Tests/Intake",
      exclude: [
        "events", "service.py", "test_check_service.py", "test_four_replies.py",
        "test_guide_service.py",
        "test_intake_commands.py", "test_receive_abuse.py", "test_receive_browser.py",
        "test_receive_hostile.py", "test_receive_issue.py", "test_receive_kills.py",
        "test_receive_mail.py", "test_receive_service.py",
      ], swiftSettings: strict
    ),
    .testTarget(
      name: "PreviewTests",
      dependencies: [
        "StoaPreview", "Stoa", "StoaAddresses", "StoaCheck", "StoaHTML", "StoaLoad", "StoaModel",
        "StoaParse", "StoaRender", "StoaExecutable", "StoaTestSupport",
      ],
      path: "Tests/Preview", swiftSettings: strict),
    // What `make fuzz` throws bytes at, and what it has found so far.
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "StoaData", "StoaHTML", "StoaImport", "StoaLoad", "StoaModel", "StoaParse", "StoaTemplates",
        "StoaTestSupport", "StoaYAML",
      ],
      path: "Tests/Fuzz", exclude: ["corpus"], swiftSettings: strict),
    .testTarget(
      name: "WriteTests",
      dependencies: [
        "StoaHTML", "StoaModel", "StoaPlatform", "StoaRender", "StoaSystem", "StoaWrite",
      ],
      path: "Tests/Write", swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["StoaCommandLine", "StoaExternalTools", "StoaTestSupport"],
      path: "Tests/CommandLine", swiftSettings: strict),
    .testTarget(
      name: "StoaTests", dependencies: ["Stoa", "StoaModel", "StoaExecutable", "StoaTestSupport"],
      path: "Tests/Stoa", swiftSettings: strict),
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
