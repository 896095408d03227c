# shellcheck shell=bash
# A private PostgreSQL cluster in a temporary folder: started here, stopped and removed here. Sourced.

postgres_folder=

# Runs a command as a user that PostgreSQL agrees to run as: it refuses root.
as_postgres() {
  if ((EUID == 0)); then
    (cd "$postgres_folder" && exec runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

# The newest installed server's programs.
postgres_programs() {
  local initdb
  initdb=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  [[ -x $initdb ]] || initdb=$(command -v initdb) || {
    echo "PostgreSQL's initdb is not installed." >&2
    return 1
  }
  dirname "$initdb"
}

# A port of the loopback interface that nobody listens on at the moment.
free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || break
  done
  echo "$port"
}

# Starts the cluster and exports PARLEY_TEST_POSTGRES, a URL of its superuser. `stop_postgres` ends it.
start_postgres() {
  local programs password port attempt
  programs=$(postgres_programs)
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  postgres_folder=$(mktemp -d /tmp/parley-postgres.XXXXXX)
  ((EUID != 0)) || chown postgres "$postgres_folder"

  (umask 077 && echo "$password" > "$postgres_folder/password")
  ((EUID != 0)) || chown postgres "$postgres_folder/password"
  as_postgres "$programs/initdb" --pgdata="$postgres_folder/data" --username=postgres --encoding=UTF8 --locale=C \
    --auth-local=scram-sha-256 --auth-host=scram-sha-256 --pwfile="$postgres_folder/password" --no-sync > /dev/null

  for attempt in 1 2 3 4 5; do
    port=$(free_port)
    if as_postgres "$programs/pg_ctl" start --silent --wait --pgdata="$postgres_folder/data" \
      --log="$postgres_folder/log" --options="-p $port -c listen_addresses=localhost \
      -c unix_socket_directories=$postgres_folder -c max_connections=1000 -c shared_buffers=256MB -c fsync=on" \
      < /dev/null; then
      export PARLEY_TEST_POSTGRES="postgresql://postgres:$password@127.0.0.1:$port/postgres"
      return
    fi
  done
  echo "PostgreSQL did not start ($attempt attempts); its log:" >&2
  tail -n 20 "$postgres_folder/log" >&2
  return 1
}

# Stops and removes what `start_postgres` made; nothing when there is nothing.
stop_postgres() {
  [[ -n $postgres_folder ]] || return 0
  if [[ -e $postgres_folder/data/postmaster.pid ]]; then
    as_postgres "$(postgres_programs)/pg_ctl" stop --silent --wait --mode=immediate --pgdata="$postgres_folder/data" \
      > /dev/null || true
  fi
  rm -rf "$postgres_folder"
  postgres_folder=
}
