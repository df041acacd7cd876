# The commands people type. Each installs what it needs, once, and can be run again.

SWIFT_FLAGS := --quiet
STOA := .build/release/stoa
PORT := 1111


.PHONY: site serve test bench record-sites format lint cmark-gfm clean

site: ## Build the program, then site/ from content/
	@Tools/install-packages build
	@Tools/install-python Tools/requirements.txt
	@swift build $(SWIFT_FLAGS) -c release --static-swift-stdlib --product stoa
	@$(STOA) build
	@echo "make serve shows it at http://127.0.0.1:$(PORT)/"

serve: site ## Show site/ in a browser
	@python3 -m http.server --bind 127.0.0.1 --directory site $(PORT)

test: ## Install what tests need and run them all
	@Tools/install-packages build test
	@Tools/install-python Tools/requirements.txt Tests/requirements.txt
	@swift build $(SWIFT_FLAGS) --build-tests
	@swift test $(SWIFT_FLAGS) --skip-build
	@.venv/bin/pytest

record-sites: ## Write what the sites of Tests/Sites become into their expected files; git diff shows what changed
	@swift build $(SWIFT_FLAGS) --build-tests
	@STOA_RECORD=1 swift test $(SWIFT_FLAGS) --skip-build --filter '(Valid|Invalid)SiteTests'

format: ## Put the code in the project's form
	@swift format --in-place --recursive --parallel Package.swift Sources Tests

lint: ## Say where it is not
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests

cmark-gfm: ## On Debian 12: take libcmark-gfm from Debian 13, which has the fixes of seven denial-of-service bugs
	@Tools/install-cmark-gfm

clean: ## Forget everything that was built
	@rm -rf .build site/* site/.stoa-*
