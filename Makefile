# Every verb makes the virtual environment it needs. PYTHON=python3.13 chooses another Python.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test slow lint sanitize bench clean

## count the words of the sample texts and show the most frequent
demo: $(VENV)/.demo
	$(BIN)/python -m jobs.wordcount sample_data/wordcount | sort -t "$$(printf '\t')" -k 2,2nr | head -n 15

## run the tests that need nothing but Python
test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto

## run the tests that need Java or servers too
slow: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto -m slow

## check style and types
lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

## run the tests of the kernels under AddressSanitizer and UndefinedBehaviorSanitizer
sanitize: $(VENV)/.dev
	$(INSTALL) --no-deps --config-settings cmake.define.SANITIZE=ON --editable .
	LD_PRELOAD="$$(c++ -print-file-name=libasan.so) $$(c++ -print-file-name=libstdc++.so)" ASAN_OPTIONS=detect_leaks=0 \
		PYTHONMALLOC=malloc BIGDATA_REQUIRE_ALL=1 $(BIN)/python -m pytest tests/kernels; \
		status=$$?; $(INSTALL) --no-deps --editable . && exit $$status

## measure the hot core and whole jobs against their peers; about an hour
bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks all --repeat 2

clean:
	rm -rf $(VENV) build *.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "bigdata needs Python 3.11 or later; " \
		"this is %d.%d. Try: make PYTHON=python3.13 ..." % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)

KERNELS = $(wildcard bigdata/kernels/*.?pp) bigdata/kernels/CMakeLists.txt
$(VENV)/.demo $(VENV)/.test $(VENV)/.dev: $(BIN)/python pyproject.toml $(KERNELS)
	$(INSTALL) --editable '.$(EXTRA_$(notdir $@))'
	@touch $@

EXTRA_.test = [test]
EXTRA_.dev = [dev]
