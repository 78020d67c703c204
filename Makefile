# Makefile of the sla tools.  GNU make; everything it makes goes under build/.
#
#   make            build the four programs (as build/$(CC)/bin/sla-*)
#   make deps       install the Debian packages that are missing
#   make demo       show the programs at work on a real incident log
#   make check      run every test; SUITES="unit golden man io" picks some
#   make check-outputs  open the reports in Chromium, LibreOffice and others; KEEP=DIR keeps them
#   make lint       check the format, the manual pages and the rules of the house
#   make bench      measure speed and memory
#   make fuzz       fuzz every parser for FUZZ_SECONDS=60 each
#   make coverage   print the line coverage of the tests
#   make install    into PREFIX=/usr/local, below DESTDIR; make uninstall undoes it
#   make clean      remove build/
#
# CC, CFLAGS, LDFLAGS are yours; WERROR=1 stops at warnings; V=1 shows the commands;
# SANITIZE=address,undefined builds (and checks) with these sanitizers.

VERSION = 0.1.0
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
SUITES = unit golden man io
FUZZ_SECONDS = 60
CFLAGS = -O2 -g
ifeq ($(origin CC),default)
CC = gcc
endif
comma = ,

# One folder for each compiler and kind of build, so that objects never mix.
BUILD := build/$(notdir $(firstword $(CC)))$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))$(if \
    $(VARIANT),-$(VARIANT))

PROGS := $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
LIB := $(wildcard lib/*/*.c lib/*/*/*.c)
MAPS := $(wildcard lib/ingest/sources/*.json)
TESTS := $(wildcard tests/*.c)
SUITE_NAMES := $(filter-out main,$(patsubst tests/check_%.c,%,$(wildcard tests/check_*.c)))
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES := $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/*.c))
PAGES := $(wildcard man/*.[157])
quiet = $(if $(V),,@echo '  $(1)';)
object = $(patsubst %.c,$(BUILD)/%.o,$(1))

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
    -Wmissing-prototypes -Wold-style-definition -Wvla -Wwrite-strings -Wcast-qual \
    -Wpointer-arith -Wformat=2 -Wundef $(if $(WERROR),-Werror)
SANITIZERS = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
    -fno-omit-frame-pointer)
KIND_fuzz = -fsanitize=fuzzer-no-link
KIND_coverage = -O0 --coverage
FLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -DSLA_VERSION='"$(VERSION)"' \
    -I. -Ilib -I$(BUILD) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) $(SANITIZERS) $(KIND_$(VARIANT))
# A program links only what it calls: the others start without the tree library.
LIBS = -Wl,--as-needed -lcsv $$(pkg-config --libs libcjson libical nettle xlsxwriter) -lxgboost -lm
link = $(CC) $(CFLAGS) $(SANITIZERS) $(KIND_$(VARIANT)) $(LDFLAGS) -o $@ $^
run = PATH="$(CURDIR)/$(BUILD)/bin:$$PATH" BUILD="$(CURDIR)/$(BUILD)" MAKE="$(MAKE)" CC="$(CC)"

all: $(PROGS:%=$(BUILD)/bin/%)

deps:
	@tests/deps.sh

$(PROGS:%=$(BUILD)/bin/%): $(BUILD)/bin/%: $(BUILD)/cmd/%.o $(BUILD)/libsla.a
	@mkdir -p $(@D)
	$(call quiet,LINK $@)$(link) $(LIBS)
$(BUILD)/libsla.a: $(call object,$(LIB)) $(BUILD)/source_files.o $(BUILD)/files
	@rm -f $@
	$(call quiet,AR $@)$(AR) -rcs $@ $(filter %.o,$^)
$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,CC $<)$(CC) $(FLAGS) $$(pkg-config --cflags libcjson libical nettle) -MMD -MP -c -o $@ $<
$(BUILD)/source_files.o: $(BUILD)/source_files.c
	$(call quiet,CC $<)$(CC) $(FLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/source_files.c: lib/ingest/embed.sh $(MAPS) $(BUILD)/files
	$(call quiet,EMBED $(MAPS))lib/ingest/embed.sh $(MAPS) >$@.new && mv $@.new $@

# These change when the flags or the lists of files do, and then only.
$(BUILD)/flags: export TEXT = $(CC) $(FLAGS)
$(BUILD)/files: export TEXT = $(LIB) $(MAPS) $(TESTS)
$(BUILD)/flags $(BUILD)/files: FORCE
	@mkdir -p $(@D); printf '%s\n' "$$TEXT" | cmp -s - $@ || printf '%s\n' "$$TEXT" >$@

$(BUILD)/suites.h: $(BUILD)/files
	@printf 'SUITE(%s)\n' $(SUITE_NAMES) >$@
$(BUILD)/tests/check_main.o: $(BUILD)/suites.h
$(BUILD)/check: $(call object,$(TESTS)) $(BUILD)/libsla.a
	$(call quiet,LINK $@)$(link) $$(pkg-config --libs check) $(LIBS)
$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libsla.a
	@mkdir -p $(@D)
	$(call quiet,LINK $@)$(link) $(LIBS)
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/libsla.a
	@mkdir -p $(@D)
	$(call quiet,LINK $@)$(link) -fsanitize=fuzzer $(LIBS)
test-programs: all $(BUILD)/check $(FUZZERS:%=$(BUILD)/tests/fuzz/%.o)
fuzz-programs: $(FUZZERS:%=$(BUILD)/fuzz/%)

demo:
	@tests/deps.sh build
	@$(MAKE) --no-print-directory all
	@$(run) examples/demo.sh
check: deps
	@$(MAKE) --no-print-directory test-programs
	@$(run) WRAP="$(WRAP)" tests/run.sh $(SUITES)
check-outputs:
	@tests/deps.sh outputs
	@$(MAKE) --no-print-directory all
	@$(run) KEEP="$(KEEP)" tests/outputs.sh
lint: deps
	@$(MAKE) --no-print-directory all
	@$(run) FLAGS='$(subst ','\'',$(FLAGS))' tests/lint.sh
bench: all $(BENCHES:%=$(BUILD)/bench/%)
	@$(run) tests/bench/run.sh
fuzz:
	@$(MAKE) --no-print-directory CC=clang SANITIZE=address,undefined VARIANT=fuzz fuzz-programs
	@BUILD=build/clang-address-undefined-fuzz tests/fuzz.sh $(FUZZ_SECONDS) $(FUZZERS)
coverage:
	@find build/gcc-coverage -name '*.gcda' -delete 2>/dev/null || :
	@$(MAKE) --no-print-directory CC=gcc SANITIZE= VARIANT=coverage SUITES="unit golden" check
	@tests/coverage.sh build/gcc-coverage

install: all
	install -d "$(DESTDIR)$(BINDIR)" $(foreach s,1 5 7,"$(DESTDIR)$(MANDIR)/man$s")
	install -m 755 $(PROGS:%=$(BUILD)/bin/%) "$(DESTDIR)$(BINDIR)"
	for p in $(PAGES); do install -m 644 $$p "$(DESTDIR)$(MANDIR)/man$${p##*.}" || exit; done
uninstall:
	for p in $(PROGS); do rm -f "$(DESTDIR)$(BINDIR)/$$p" || exit; done
	for p in $(PAGES:man/%=%); do rm -f "$(DESTDIR)$(MANDIR)/man$${p##*.}/$$p" || exit; done
clean:
	rm -rf build
help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

.PHONY: all deps test-programs fuzz-programs demo check check-outputs lint bench fuzz coverage install uninstall \
    clean help FORCE
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
