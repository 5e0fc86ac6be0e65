# make run     set up, build, and start the server with its dashboard
# make test    set up, check the format, and pass every test
.PHONY: build run test check format clean setup

# The crash backtracer would ask for a key on a terminal that shows the dashboard.
export SWIFT_BACKTRACE ?= interactive=no,color=no

PYTHON_ENV := .build-python
FORMATTED := Package.swift Sources Tests

setup:
	@Scripts/setup.sh

# Plain `swift build`: asking for the product alone would leave the plugins out. The mask, because a plugin that others may
# write is not loaded.
build: setup
	umask 022 && swift build -c release

run: build
	.build/release/voiced $(ARGS)

check:
	swift format lint --strict --recursive --parallel $(FORMATTED)

format:
	swift format --in-place --recursive --parallel $(FORMATTED)

test: build check
	@Scripts/setup.sh test
	swift test
	@test -x $(PYTHON_ENV)/bin/pytest || { python3 -m venv $(PYTHON_ENV) && $(PYTHON_ENV)/bin/pip install -q -r Tests/EndToEnd/requirements.txt; }
	$(PYTHON_ENV)/bin/pytest -q Tests/EndToEnd

clean:
	rm -rf .build $(PYTHON_ENV)
