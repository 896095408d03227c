# shellcheck shell=bash
# Steps that are counted, so that one run tells everything that is wrong. Sourced.

steps_passed=0
steps_failed=()

# Runs `COMMAND…` as the step NAME; a failure is remembered and returned.
step() {
  local name=$1 start=$SECONDS
  shift
  echo
  echo "==> $name"
  if "$@"; then
    steps_passed=$((steps_passed + 1))
    echo "==> $name: passed after $((SECONDS - start)) s"
  else
    steps_failed+=("$name")
    echo "==> $name: FAILED after $((SECONDS - start)) s"
    return 1
  fi
}

# Prints what failed, and the line that ends the run; fails when a step did.
summarise_steps() {
  echo
  ((${#steps_failed[@]} == 0)) || printf 'failed: %s\n' "${steps_failed[@]}"
  echo "All of it took $SECONDS s."
  echo "steps: $steps_passed passed, ${#steps_failed[@]} failed"
  ((${#steps_failed[@]} == 0))
}
