# shellcheck shell=bash
# Programs from PyPI, in virtual environments. Sourced after packages.sh.

# python_environment FOLDER REQUIREMENTS: makes a virtual environment, again when the requirements have changed.
python_environment() (
  set -e
  # Two runs at once would clear each other's.
  exec 9< "$2"
  flock 9
  cmp --silent "$2" "$1/requirements.txt" && exit
  require_packages python3 python3-venv
  echo "Installing $(tr '\n' ' ' < "$2")into $1" >&2
  python3 -m venv --clear "$1"
  "$1/bin/pip" install --quiet --disable-pip-version-check --requirement "$2"
  cp "$2" "$1/requirements.txt"
)
