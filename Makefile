# The commands people type. Each installs what it needs, once, and can be run again.

SWIFT_FLAGS := --quiet
# SwiftPM says what it fetches even so.
BUILD := Tools/quietly swift build $(SWIFT_FLAGS)
# What is not debugged needs no debug information, which is a fifth of the compiler's work, and lld does not warn of functions that
# nothing here calls. A build compares the program with that of the last build by its build ID, which lld writes only when asked.
RELEASE_BUILD := -c release --static-swift-stdlib -debug-info-format none -Xswiftc -use-ld=lld -Xlinker --build-id=sha1 \
	--product stoa
STOA := .build/release/stoa
PORT := 1111
FUZZ_SECONDS := 30
# Tests try an optimised program whose assertions are checked, and see into its modules. It has a folder of its own, so that
# neither make site nor a debug build has to build anything again.
TESTS := .build/tests
TESTS_13 := .build/cmark-gfm-13/build
SCRIPT_13 := .build/cmark-gfm-13/stoa
TEST_BUILD := -c release -Xswiftc -enable-testing -Xswiftc -assert-config -Xswiftc Debug
# One process of pytest's more than there are cores, because some tests wait. A file stays in one, so that what its tests share
# is made once; the files that take longest come first (Tests/conftest.py), not those with the most tests.
AT_ONCE := -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist loadfile --no-loadscope-reorder

.PHONY: site
site: ## Build the program, then site/ from content/
	@Tools/install-packages build
	@Tools/install-python Tools/requirements.txt
	@[ -x $(STOA) ] || echo "Building the program, which takes some minutes the first time"
	@$(BUILD) $(RELEASE_BUILD)
	@$(STOA) build
	@echo "make serve shows it at http://127.0.0.1:$(PORT)/"

.PHONY: serve
serve: ## Show the example community in a browser, reloading as its files change
	@Tools/install-packages build
	@$(BUILD) $(RELEASE_BUILD)
	@$(STOA) serve --port $(PORT)

.PHONY: test
test: ## Install what tests need and run them all
	@Tools/install-packages build test
	@Tools/install-python Tools/requirements.txt Tests/requirements.txt
	@[ -d $(TESTS) ] || echo "Building the program and its tests, which takes some minutes the first time"
	@$(BUILD) $(TEST_BUILD) --scratch-path $(TESTS) --build-tests
	@swift test $(SWIFT_FLAGS) -c release --scratch-path $(TESTS) --skip-build
	@STOA=$(abspath $(TESTS)/release/stoa) .venv/bin/pytest $(AT_ONCE)

.PHONY: test-library
test-library: ## Repeat what depends on the markdown library with Debian 13's version of it, unpacked beside the machine's
	@Tools/install-packages build test
	@Tools/install-python Tools/requirements.txt Tests/requirements.txt
	@$(BUILD) $(TEST_BUILD) --scratch-path $(TESTS) --product stoa
	@Tools/with-cmark-gfm-13 --script $(TESTS)/release/stoa $(SCRIPT_13)
	@STOA=$(abspath $(SCRIPT_13)) STOA_OTHER=$(abspath $(TESTS)/release/stoa) .venv/bin/pytest $(AT_ONCE) Tests/Library \
		$(patsubst %,Tests/Hostile/test_%.py,hang noncharacters references shapes)

.PHONY: test-library-swift
test-library-swift: ## Build the Swift tests that depend on the markdown library with that version's headers, and run them
	@Tools/install-packages build test
	@Tools/with-cmark-gfm-13 $(BUILD) $(TEST_BUILD) --scratch-path $(TESTS_13) --build-tests
	@Tools/with-cmark-gfm-13 swift test $(SWIFT_FLAGS) -c release --scratch-path $(TESTS_13) --skip-build --filter '^(ParseTests|FuzzTests|SiteTests)\.'

.PHONY: trust
trust: site ## Try every promise of SECURITY.md at length and write the table there; takes an hour
	@Tools/install-packages test
	@Tools/install-python Tests/requirements.txt
	@$(BUILD) $(TEST_BUILD) --scratch-path $(TESTS) --build-tests
	@STOA=$(abspath $(STOA)) Tools/trust

.PHONY: fuzz
fuzz: ## Throw bytes at front matter, markdown, sanitiser, templates and importers, 30 seconds each
	@Tools/install-packages build
	@Tools/fuzz --seconds $(FUZZ_SECONDS)

.PHONY: screenshots
screenshots: site ## Picture every kind of page at five widths, light, dark, on paper, zoomed and right to left, in screenshots/
	@Tools/install-packages test
	@Tools/install-python Tests/requirements.txt
	@PYTHONPATH=Tests .venv/bin/python -m Browser.screenshots screenshots

.PHONY: record
record: ## Write anew what the sites of Tests/Sites become and what the guide shows of the code; git diff shows what changed
	@$(BUILD) --build-tests
	@STOA_RECORD=1 swift test $(SWIFT_FLAGS) --skip-build --filter '(Valid|Invalid)SiteTests|ViewModelTests'
	@STOA_RECORD=1 swift test $(SWIFT_FLAGS) --skip-build --filter DiagnosticsPageTests
	@STOA_RECORD=1 .venv/bin/pytest -q Tests/Guide/test_commands.py Tests/Schema

.PHONY: communities
communities: site ## Try 300 random communities against a model of their own; make test tries 20
	@Tools/install-python Tests/requirements.txt
	@STOA=$(abspath $(STOA)) STOA_COMMUNITIES=300 .venv/bin/pytest Tests/Property

.PHONY: bench
bench: site ## Compare with Hugo at 10,000 posts, and measure how a build grows; takes an hour
	@Tools/install-packages bench
	@Tools/install-python Benchmarks/requirements.txt
	@.venv/bin/python Benchmarks/bench.py

.PHONY: bench-scale
bench-scale: site ## Say what a build costs up to 100,000 posts; takes an hour and 30 GB
	@python3 Benchmarks/scaling.py --stoa $(STOA) --posts 1000,10000,30000,100000 --runs 3

.PHONY: bench-quick
bench-quick: site ## Count a small build's instructions and compare them with the recorded ones
	@Tools/install-packages bench
	@.venv/bin/python Benchmarks/quick.py

.PHONY: bench-preview
bench-preview: site ## Say how long after a save stoa serve serves it, at 10,000 posts
	@.venv/bin/python Benchmarks/preview.py

.PHONY: bench-import
bench-import: site ## Time the importers on 25,000 comments of Staticman and 5,000 of WordPress
	@Tools/install-packages bench test
	@python3 Benchmarks/import_sources.py --stoa $(STOA)

.PHONY: bench-intake
bench-intake: site ## Try the promises of stoa receive at length: kills, load, addresses, tokens, hostile fields
	@Tools/install-packages test
	@Tools/install-python Tests/requirements.txt
	@.venv/bin/python Benchmarks/intake.py --stoa $(STOA)

.PHONY: bench-related
bench-related: site ## Say how many linked pairs of the real community are related without their links
	@Tools/install-python Tests/requirements.txt
	@.venv/bin/python Benchmarks/related.py --stoa $(STOA)

.PHONY: bench-history
bench-history: site ## Compare reading 40,000 commits with git log --name-status
	@python3 Benchmarks/history.py --stoa $(STOA)

.PHONY: bench-check
bench-check: site ## Compare stoa check with stoa build at 10,000 posts
	@python3 Benchmarks/check.py --stoa $(STOA)

.PHONY: format
format: ## Put the code in the project's form
	@swift format --in-place --recursive --parallel Package.swift Plugins Sources Tests

.PHONY: lint
lint: ## Say where it is not, and where the documentation of what is public is not complete
	@swift format lint --strict --recursive --parallel Package.swift Plugins Sources Tests
	@swift format lint --strict --parallel $$(grep -rlE '^ *public [a-z(]+' Sources --include=*.swift) \
	  --configuration "$$(sed '/"ValidateDocumentationComments"/s/false/true/' .swift-format)"

.PHONY: cmark-gfm
cmark-gfm: ## On Debian 12: take libcmark-gfm from Debian 13, which has the fixes of seven denial-of-service bugs
	@Tools/install-cmark-gfm

.PHONY: package
package: ## On Debian 12: build the release that everybody can install, into dist/; STOA_REPOSITORY says where it is published
	@Tools/install-packages build package
	@Tools/package

.PHONY: clean
clean: ## Forget everything that was built
	@rm -rf .build dist site/* site/.stoa-* .stoa-cache
