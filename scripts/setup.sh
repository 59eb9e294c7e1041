#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Makes a checkout ready to use: Debian packages, npm packages, the bundle in dist/, and node_modules/.bin/kraft-ts.
# Does only what is missing, and says so; silent and quick when nothing is.
#
#   scripts/setup.sh [--run|--test|--bench]   --run (default): what building and booting need; --test: what the tests need,
#                                             too; --bench: and what the benchmarks compare with
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# --- Node ------------------------------------------------------------------------------------------------------------

command -v node >/dev/null || stop 'Node 20.19 or newer is needed, but there is no `node`. See https://nodejs.org/.'
command -v npm >/dev/null || stop 'npm is needed, but there is none. It comes with Node; on Debian: apt-get install npm.'

# --- Debian packages -------------------------------------------------------------------------------------------------

packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); }
need_file() { compgen -G "$1" >/dev/null || packages+=("$2"); }

need gcc gcc
need ld binutils
need_file '/usr/include/stdio.h' libc6-dev
need ninja ninja-build
need qemu-system-x86_64 qemu-system-x86
need xz xz-utils
need bzip2 bzip2
if [[ ${1:---run} != --run ]]; then
  need clang clang
  need g++ g++
  need rustc rustc
  need pgrep procps
  need minisat minisat
  need dot graphviz
  need redis-benchmark redis-tools
  need_file '/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.asan-x86_64.a' libclang-rt-14-dev
fi
if [[ ${1:---run} == --bench ]]; then
  need musl-gcc musl-tools
  need qemu-x86_64 qemu-user
fi

if ((${#packages[@]})); then
  as_root=()
  if [[ $(id -u) != 0 ]]; then as_root=(sudo -n); fi
  by_hand="Install the missing packages, then try again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}"
  command -v apt-get >/dev/null || stop "These Debian packages, or what your system calls them, are missing: ${packages[*]}"
  if ((${#as_root[@]})) && ! sudo -n true 2>/dev/null; then
    stop "Missing: ${packages[*]}. This user may not install packages. $by_hand"
  fi
  say "installing ${packages[*]}"
  apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >&2; }
  apt update || say 'apt-get update did not finish; trying with the lists that are here'
  apt install -y --no-install-recommends "${packages[@]}" || stop "apt-get did not install all of it. $by_hand"
fi

# --- npm packages ----------------------------------------------------------------------------------------------------

installed=node_modules/.kraft-ts-lock.json
if ! cmp -s package-lock.json "$installed"; then
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
    stop "Node 20.19 or newer is needed, but this is $(node --version). See https://nodejs.org/."
  say 'installing npm packages (npm ci)'
  npm ci --no-audit --no-fund --loglevel=error >&2 || stop 'npm ci did not finish; its message is above.'
  cp package-lock.json "$installed"
fi

# --- The bundle and the command --------------------------------------------------------------------------------------

if [[ ! -e dist/main.js ]] || [[ -n $(find toolkit cli tui scripts/bundle.mjs package.json \
  \( -type d -o -name '*.ts' -o -name '*.tsx' -o -name '*.mjs' -o -name '*.json' \) -newer dist/main.js -print -quit 2>/dev/null) ]]; then
  node scripts/bundle.mjs
fi
command=node_modules/.bin/kraft-ts
if [[ $(readlink "$command" 2>/dev/null) != ../../bin/kraft-ts.mjs ]]; then
  mkdir -p node_modules/.bin
  ln -sfn ../../bin/kraft-ts.mjs "$command"
fi
