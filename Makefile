# Makefile: the words that people type; CMake (presets) does the building.
#   make demo    install what is missing, build, write the account of examples/
#   make check   the same, then every test, plain and under sanitizers
.PHONY: release all configured demo check test lint eval bench fuzz tsan train install clean setup asan

release: configured
	@cmake --build --preset release --target dateline dateline_shared

all: configured
	@cmake --build --preset release

configured: setup
	@test -f build/build.ninja || cmake --preset release >/dev/null

setup:
	@./setup

demo: release
	@build/dateline brief examples/pages

asan: setup
	@test -f build-asan/build.ninja || cmake --preset asan >/dev/null
	@cmake --build --preset asan

check: all asan
	@tests/run

test: all
	@tests/run --quick

lint: all
	@./setup --dev
	@tools/lint

tsan: setup
	@test -f build-tsan/build.ninja || cmake --preset tsan >/dev/null
	@cmake --build --preset tsan
	@tests/run --tsan

eval: all
	@eval/run

bench: all
	@bench/run

fuzz: setup
	@./setup --dev
	@fuzz/run

train: all
	@train/run

install: release
	@cmake --install build

clean:
	@rm -rf build build-asan build-tsan build-fuzz
