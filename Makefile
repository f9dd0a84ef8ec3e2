# Everything happens in .venv, made from requirements.lock when something needs it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= 2
export PYTHONHASHSEED := 0

.PHONY: check check-fresh test test-slow lint format benchmark gate figures ledger schemas lock clean

check: $(READY)  ## set up, check the claims, analyse a shipped example
	$(BIN)/backfire check
	mkdir -p out
	$(BIN)/backfire examples two-curators --out out
	$(BIN)/backfire analyze out/two-curators.toml

check-fresh: $(READY)  ## run every engine on every claim, whatever is on record
	$(BIN)/backfire check --fresh

test: $(READY)  ## set up, run the fast tests
	$(BIN)/python -m pytest -n $(JOBS)

test-slow: $(READY)  ## the tests that take longer than five seconds each
	$(BIN)/python -m pytest -n $(JOBS) -m slow

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmark: $(READY)
	$(BIN)/python -m benchmarks

gate: $(READY)  ## the planted statements of known truth: none may be got wrong
	$(BIN)/python -m proofs_check.gate --write

figures: $(READY)
	$(BIN)/backfire figures --out out/figures

ledger: $(READY)  ## check every claim afresh and store the evidence
	$(BIN)/python -m proofs_check.store_evidence

schemas: $(READY)  ## bring the shipped JSON Schemas up to date
	$(BIN)/python -c "from proofs_check.report.schemas import write; write()"

# The lock names no registry: whatever the installer is configured with serves it.
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra test --extra smt --extra sos --extra attack --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --fork-strategy fewest --upgrade --output-file requirements.lock

clean:
	rm -rf $(VENV) out

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed (make PYTHON=/path/to/python3.11)")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@
