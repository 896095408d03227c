# shellcheck shell=bash
# Steps that are counted, so that one run tells everything that is wrong. Sourced.

steps_passed=0
steps_failed=()
# What the failed steps said was wrong.
steps_faults=

# Runs `COMMAND…` as the step NAME; a failure is remembered and returned.
step() {
  local name=$1 start=$SECONDS output sink copier status=0
  shift
  output=$(mktemp)
  echo
  echo "==> $name"
  # Not a pipe, whose command would run in a shell of its own: what a step starts must be known here when the run is
  # interrupted.
  exec {sink}> >(tee "$output")
  copier=$!
  "$@" >&"$sink" 2>&1 || status=$?
  exec {sink}>&-
  wait "$copier" || true
  if ((status == 0)); then
    steps_passed=$((steps_passed + 1))
    echo "==> $name: passed after $((SECONDS - start)) s"
  else
    steps_failed+=("$name")
    steps_faults+=$(printf '\n\n==> %s\n' "$name"; faults "$output")
    echo "==> $name: FAILED after $((SECONDS - start)) s"
  fi
  rm "$output"
  return "$status"
}

# The lines of a step's output that tell what is wrong, as Swift Testing, compilers, Node's test runner and our own
# programs write them; its last ones where there is none.
faults() {
  local marks='✘|↳|error:|^not ok|^ *(Error|error|message): |[Ff]ailed:|FAILED' found
  found=$(grep -a -E "$marks" "$1" | cut -c 1-400 | tail -n 60) || found=
  if [[ -n $found ]]; then echo "$found"; else tail -n 20 "$1" | cut -c 1-400; fi
}

# Prints what failed and why, and the line that ends the run; fails when a step did.
summarise_steps() {
  ((${#steps_failed[@]} == 0)) || echo "$steps_faults"
  echo
  ((${#steps_failed[@]} == 0)) || printf 'failed: %s\n' "${steps_failed[@]}"
  echo "All of it took $SECONDS s."
  echo "steps: $steps_passed passed, ${#steps_failed[@]} failed"
  ((${#steps_failed[@]} == 0))
}
