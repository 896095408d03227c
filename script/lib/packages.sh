# shellcheck shell=bash
# Debian and Ubuntu packages that Parley needs. Sourced.

# What building and running needs.
# shellcheck disable=SC2034  # used by those who source this file
build_packages=(
  libyaml-dev libpq-dev libcurl4-openssl-dev libssl-dev libcrypt-dev libsqlite3-dev pkg-config
)

# What the tests need besides.
# shellcheck disable=SC2034
test_packages=(
  postgresql postgresql-client pgbouncer nginx-light curl python3 python3-venv nodejs node-typescript chromium
  chromium-driver shellcheck
)

# What the benchmarks need besides.
# shellcheck disable=SC2034
bench_packages=(postgresql postgresql-client python3 wrk)

# Stops unless Swift is there.
require_swift() {
  command -v swift > /dev/null && return
  echo "Swift 6.2 or newer is needed and 'swift' is not in PATH: https://www.swift.org/install" >&2
  exit 1
}

# Installs those of the named packages that are missing; says so first, and asks for no rights where none is missing.
require_packages() {
  if ! command -v dpkg-query > /dev/null; then
    echo "This is not Debian or Ubuntu; make sure that what these packages hold is installed: $*" >&2
    return
  fi

  local package missing=()
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]} == 0)) && return

  local rights=()
  if ((EUID != 0)); then
    if ! command -v sudo > /dev/null; then
      echo "These packages are missing; install them as root, then start this again:" >&2
      echo "  apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}" >&2
      exit 1
    fi
    rights=(sudo)
  fi
  echo "Installing missing packages: ${missing[*]}"
  "${rights[@]}" apt-get update --quiet --quiet > /dev/null
  "${rights[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --quiet --quiet --yes --no-install-recommends "${missing[@]}" < /dev/null > /dev/null
}
