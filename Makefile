# `make app` and `make test` set everything up on a fresh machine; the set-up is skipped when nothing changed.
VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev
TYPES_READY := node_modules/.ready
REQUIREMENTS := $(wildcard requirements*.txt)
PRETRAIN = $(PYTHON) -m vae_explorer train --replace --lr 1e-3 --schedule cosine --start plain
# One architecture and one budget for all: 3 epochs, 34,089 steps of 64 images, 2.2 million images.
SPRITES = $(PYTHON) -m vae_explorer train --replace --dataset sprites --batch-size 64 --lr 1e-3 --schedule constant --start plain --epochs 3
SPRITES_NET := mlp-256-256-z10
# One architecture and one budget for every β, and four budgets for the one network that is trained for all of them.
FAMILY = $(PYTHON) -m vae_explorer train --replace --dataset mnist --download --preset conv-64-z10 --threads 1 --epochs 8
TWO_UNITS = $(PYTHON) -m vae_explorer train --replace --dataset mnist --download --threads 1 --epochs 10
ZOO := digits-mlp-z2 mnist-mlp-z2 mnist-conv-z10-b1 mnist-conv-z10-b4

# Compiled modules are kept, whatever the machine's own wish: each of the many processes would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: app test test-fast check bench lock zoo

app: $(READY)
	$(VENV)/bin/streamlit run app.py

test: $(DEV_READY)
	$(PYTHON) -m pytest -n 2

test-fast: $(DEV_READY)
	$(PYTHON) -m pytest -n 2 -m "not browser and not process and not thorough"

check: $(DEV_READY) $(TYPES_READY)
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m pyright --pythonpath $(PYTHON)
	node_modules/.bin/tsc

bench: $(DEV_READY)
	$(PYTHON) -m bench

# On the platform of the tests: Linux on x86-64, Python 3.11.
lock: $(DEV_READY)
	$(PYTHON) -m pip install --quiet --dry-run --ignore-installed --report - $(addprefix -r ,$(REQUIREMENTS)) \
	  | $(PYTHON) .ci/lock >requirements.lock.new && mv requirements.lock.new requirements.lock

zoo: $(READY)
	$(PRETRAIN) --dataset digits --preset mlp-small-z2 --epochs 300 --batch-size 32 --out pretrained/digits-mlp-z2
	$(PRETRAIN) --dataset mnist --download --preset mlp-z2 --epochs 40 --out pretrained/mnist-mlp-z2
	$(PRETRAIN) --dataset mnist --download --preset conv-z10 --epochs 24 --out pretrained/mnist-conv-z10-b1
	$(PRETRAIN) --dataset mnist --download --preset conv-z10 --epochs 24 --beta 4 --out pretrained/mnist-conv-z10-b4
	for seed in 0 1 2; do \
	  for beta in 1 4 16; do $(SPRITES) --preset $(SPRITES_NET) --beta $$beta --seed $$seed --out pretrained/sprites-vae-b$$beta-s$$seed || exit 1; done; \
	  $(SPRITES) --preset $(SPRITES_NET) --objective beta-tcvae --beta 2 --annealing cool-down --seed $$seed --out pretrained/sprites-tcvae-b2-s$$seed || exit 1; done
	$(SPRITES) --preset ae-$(SPRITES_NET) --out pretrained/sprites-ae-s0
	$(SPRITES) --preset $(SPRITES_NET) --objective beta-tcvae --multi-rate 1,8 --annealing cool-down --lr 2e-3 --epochs 4 --seed 1 --out pretrained/sprites-tcvae-multi
	for beta in 0.5 1 2 4 8 16; do $(FAMILY) --beta $$beta --out pretrained/mnist-conv-64-b$$beta-s0 || exit 1; done
	for seed in 1 2; do $(FAMILY) --beta 4 --seed $$seed --out pretrained/mnist-conv-64-b4-s$$seed || exit 1; done
	$(FAMILY) --multi-rate 0.25,16 --epochs 32 --out pretrained/mnist-conv-64-multi
	$(TWO_UNITS) --preset pca-z2 --epochs 1 --out pretrained/mnist-z2-pca
	$(TWO_UNITS) --preset ae-mlp-small-z2 --out pretrained/mnist-z2-ae
	$(TWO_UNITS) --preset mlp-small-z2 --out pretrained/mnist-z2-vae
	$(TWO_UNITS) --preset mlp-small-z2 --beta 4 --out pretrained/mnist-z2-vae-b4
	$(TWO_UNITS) --preset cvae-mlp-small-z2 --out pretrained/mnist-z2-cvae
	$(TWO_UNITS) --preset mlp-small-z2 --multi-rate 0.25,16 --epochs 40 --out pretrained/mnist-z2-multi
	for model in pretrained/sprites-* pretrained/mnist-conv-64-* pretrained/mnist-z2-* pretrained/mnist-mlp-z2; do \
	  $(PYTHON) -m vae_explorer embed $$model --half || exit 1; done
	$(PYTHON) -m vae_explorer metrics $(filter-out %-multi,$(wildcard pretrained/sprites-*)) --scores all --variants
	for beta in 1 2 4 8; do $(PYTHON) -m vae_explorer metrics pretrained/sprites-tcvae-multi@$$beta --scores mig,mig-chen,sap || exit 1; done
	for model in $(ZOO); do for map in umap densmap tsne; do \
	  $(PYTHON) -m vae_explorer project pretrained/$$model --method $$map || exit 1; done; done

# The stamp comes last: an install that broke half-way is taken up again by the next call. Modules are compiled by all
# cores, where pip uses one; a library may hold files that are no Python, which say nothing and are never imported.
$(READY): requirements.txt
	@found=; for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if $$python -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "VAE Explorer needs Python 3.11 or newer with venv and pip; install it (on Debian: python3 and python3-venv) and run make again." >&2; exit 1; \
	fi; \
	$(PYTHON) -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); $$found -m venv --upgrade-deps $(VENV); }
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.txt
	$(PYTHON) -m compileall -qq -j 0 $(VENV)/lib || true
	@touch $(READY)

$(DEV_READY): $(READY) $(REQUIREMENTS)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check $(addprefix -r ,$(REQUIREMENTS))
	@touch $(DEV_READY)

$(TYPES_READY): package.json package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null || { \
	  echo "make check reads the types of the JavaScript with TypeScript; install node and npm (on Debian: nodejs and npm) and run make again." >&2; exit 1; \
	}
	npm ci --no-audit --no-fund --ignore-scripts --silent
	@touch $(TYPES_READY)
