-- Users by number, each with a session of the same id.
CREATE TEMPORARY TABLE numbers AS
  SELECT n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid AS id FROM generate_series(0, :users - 1) AS n;

INSERT INTO users (id, username, email, created_at, password_hash)
  SELECT id, 'user' || n, NULL, now(), '' FROM numbers;
INSERT INTO sessions (user_id, id, refresh_digest, refreshed_at, created_at, expires_at)
  SELECT id, id, '', now(), now(), now() + interval '1 day' FROM numbers;
ANALYZE;
