# The two commands of the README are `make report` and `make test`; everything they need is set up in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: report test check dictionary coverage pictures bench lock clean

report: .venv/ready
	$(BIN)/corridors report report

test: .venv/ready
	$(BIN)/python -m pytest

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/corridors validate .

# written documents, after a change of the schema or of the network
dictionary: .venv/ready
	$(BIN)/python -c "from corridors.sources.dictionary import dictionary_text as text; print(text(), end='')" > docs/data-dictionary.md

# with CORRIDORS_REFERENCE, a folder of reference lists of stations and checkpoints (docs/data.md says what they are)
coverage: .venv/ready
	$(BIN)/corridors info --coverage --format markdown --output docs/coverage.md

# every picture of the pages but that of docs/performance.md, which bench draws
pictures: .venv/ready
	$(BIN)/corridors map docs/img/dependency-ru-kz-rail.png --transit RU --through KZ --mode rail --dpi 100
	$(BIN)/corridors map docs/img/network.png --dpi 100
	$(BIN)/corridors map docs/img/route-kurgan-omsk-road.png --route Kurgan Omsk --alternatives 3 --mode road --lang kk --dpi 100
	$(BIN)/corridors map docs/img/criticality-road.png --crossings --mode road --dpi 100
	$(BIN)/corridors map docs/img/petropavl-closed-rail.png --compare petropavl-closed --mode rail --lang ru --dpi 100
	$(BIN)/python tests/explorer_picture.py docs/img/explorer.png
	$(BIN)/corridors map docs/img/regions-exposure-rail.png --regions exposure --mode rail --lang kk --dpi 100

# the other libraries are compared with in an environment of their own; an hour or more, and docs/performance.md anew
bench: .venv/ready .venv-bench/ready
	$(BIN)/python tests/benchmarks/questions.py --document docs/performance.md
	$(BIN)/python tests/benchmarks/explorer_page.py
	.venv-bench/bin/python tests/benchmarks/osm_build.py --document docs/performance.md
	.venv-bench/bin/python tests/benchmarks/overlay.py --growth --picture docs/img/overlay-growth.png --document docs/performance.md
	.venv-bench/bin/python tests/benchmarks/overlay.py --nodes 1000000 --limit 1800 --document docs/performance.md

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'corridors needs Python 3.11 or newer: make PYTHON=python3.11')"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --requirement requirements.lock
	$(BIN)/python -m compileall -qq -x scgraph_data .venv/lib || true  # to compile those tables takes gigabytes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/ready

.venv-bench/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --requirement requirements.lock
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --group bench
	touch .venv-bench/ready

# new versions for requirements.lock; needs the program uv
lock:
	uv pip compile --quiet --universal --python-version 3.11 --group dev --no-header --no-emit-index-url --no-annotate pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .venv-bench report build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
