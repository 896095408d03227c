-- What GET /users/me asks: the session, then the user.
\if :first
-- The user of this connection; seed.sql numbers them.
SELECT '00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0') AS user \gset
\set first 0
\endif
SELECT user_id, id, refresh_digest, previous_digest, refreshed_at, created_at, expires_at, ended_at
  FROM sessions
  WHERE user_id = :user
    AND id = :user;
SELECT id, username, email, created_at, password_hash, model, temperature, max_tokens, system_prompt
  FROM users WHERE id = :user;
