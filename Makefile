# mingbai: ledgers in, clear notices out. `make help` lists the targets.
BUILD  ?= build
CC     ?= cc
CFLAGS ?= -O2 -g
# Debian's own, whatever else is on the PATH.
PYTHON := /usr/bin/python3
Q      := $(if $(V),,@)

# Debian 12 packages, each with its reason in README.md.
DEB_BUILD := gcc libc6-dev pkg-config libglib2.0-dev libyaml-dev libcsv-dev libsqlite3-dev libicu-dev \
             libharfbuzz-dev libfreetype-dev libfontconfig-dev libcairo2-dev libxlsxwriter-dev \
             libpng-dev libjpeg62-turbo-dev libqrencode-dev libzip-dev libexpat1-dev \
             fonts-noto-cjk fonts-lxgw-wenkai fonts-babelstone-han fonts-hanazono
DEB_TEST  := libcmocka-dev bats clang libclang-rt-14-dev llvm-14 valgrind python3 python3-openpyxl \
             poppler-utils qpdf mupdf-tools libreoffice-calc zbar-tools

FLOORS := base ledger store document typeset render command
# What each floor may link besides itself; tests/check/floors says what it may include.
NEEDS_base     :=
NEEDS_ledger   := base
NEEDS_store    := ledger base
NEEDS_document := store ledger base
NEEDS_typeset  := base
NEEDS_render   := typeset base
NEEDS_command  := render typeset document store ledger base

PKGS := glib-2.0 yaml-0.1 sqlite3 icu-i18n icu-uc harfbuzz harfbuzz-subset freetype2 \
        fontconfig cairo cairo-pdf cairo-ft xlsxwriter libpng libjpeg libqrencode libzip expat
# -lcsv has no .pc file in Debian 12.
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS))
PKG_LIBS   = $(shell pkg-config --libs $(PKGS)) -lcsv -lpthread -lm
WARN := -Wall -Wextra -Wshadow -Wvla -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes \
        -Wwrite-strings -Wpointer-arith -Wundef $(if $(WERROR),-Werror)
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L $(WARN) -Igen $(PKG_CFLAGS) $(CFLAGS)

SRC  := $(foreach f,$(FLOORS),$(sort $(wildcard gen/$(f)/*.c)))
OBJ  := $(SRC:%.c=$(BUILD)/%.o)
LIBS := $(FLOORS:%=$(BUILD)/lib%.a)
BIN  := $(BUILD)/mingbai

.PHONY: all
all: $(BIN) ## build build/mingbai

$(BIN): $(BUILD)/gen/command/main.o $(BUILD)/libcommand.a $(NEEDS_command:%=$(BUILD)/lib%.a)
	@echo "  LINK $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

define floor_library
$(BUILD)/lib$(1).a: $(filter-out %/main.o,$(filter $(BUILD)/gen/$(1)/%,$(OBJ)))
	@rm -f $$@
	$(Q)ar rcs $$@ $$^
endef
$(foreach f,$(FLOORS),$(eval $(call floor_library,$(f))))

# Unit tests: tests/unit/FLOOR/test_X.c links its floor and those below, nothing else.
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*/test_*.c))

define floor_unit
$(filter $(BUILD)/unit/$(1)/%,$(UNIT)): $(BUILD)/unit/$(1)/%: tests/unit/$(1)/%.c $(BUILD)/lib$(1).a $(NEEDS_$(1):%=$(BUILD)/lib%.a)
	@mkdir -p $$(@D)
	@echo "  CC   $$<"
	$(Q)$$(CC) $$(ALL_CFLAGS) -Itests/unit -MMD -MP -o $$@ $$< $(BUILD)/lib$(1).a $(NEEDS_$(1):%=$(BUILD)/lib%.a) $$(LDFLAGS) $$(PKG_LIBS) -lcmocka
endef
$(foreach f,$(FLOORS),$(eval $(call floor_unit,$(f))))

.PHONY: unit test test-long asan tsan bench golden deps deps-test demo check-tree clean help
unit: $(UNIT)

deps: ## install what building and rendering need (Debian packages, the face 仿宋)
	$(Q)sh .ci/deps.sh $(DEB_BUILD)

deps-test: ## install also what the tests need
	$(Q)sh .ci/deps.sh $(DEB_BUILD) $(DEB_TEST)

# A second make: pkg-config may only have come with the packages.
demo: deps ## install, build, render the sample ledgers of input/ into output/
	$(Q)$(MAKE) --no-print-directory all
	$(Q)$(BIN) render

test: deps-test ## install, build, run every test; ends with `N passed, N failed`
	$(Q)$(MAKE) --no-print-directory all unit
	$(Q)$(PYTHON) tests/run.py --build $(BUILD)

test-long: deps-test ## the same at full counts
	$(Q)$(MAKE) --no-print-directory all unit
	$(Q)MINGBAI_LONG=1 $(PYTHON) tests/run.py --build $(BUILD)

ASAN := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
asan: ## the tests under AddressSanitizer and UBSan, built with clang
	$(Q)$(MAKE) --no-print-directory BUILD=build-asan CC=clang CFLAGS='$(ASAN)' \
	    LDFLAGS='-fsanitize=address,undefined' all unit
	$(Q)$(PYTHON) tests/run.py --build build-asan

TSAN := -O1 -g -fno-omit-frame-pointer -fsanitize=thread
tsan: ## what threads share under ThreadSanitizer, built with clang
	$(Q)$(MAKE) --no-print-directory BUILD=build-tsan CC=clang CFLAGS='$(TSAN)' LDFLAGS='-fsanitize=thread' \
	    all $(addprefix build-tsan/unit/,base/test_pool store/test_store render/test_together)
	$(Q)sh tests/tsan.sh build-tsan

bench: all ## measure speed and memory; prints one table
	$(Q)$(PYTHON) tests/bench/run.py --build $(BUILD)

check-tree: ## includes against the table of floors, globals, headers that stand alone
	$(Q)$(PYTHON) tests/check/tree.py --build $(BUILD)

golden: all ## show what CASE=… of tests/golden/ gives now and ask to replace it
	$(Q)$(PYTHON) tests/check/golden.py --build $(BUILD) --replace $(CASE)

clean: ## remove what was built
	rm -rf build build-asan build-tsan

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

-include $(OBJ:.o=.d) $(UNIT:=.d)
