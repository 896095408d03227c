-- What GET /users/me asks: the session and the user, in one round trip.
\if :first
-- The user of this connection; seed.sql numbers them.
SELECT '00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0') AS user \gset
\set first 0
\endif
\startpipeline
SELECT COUNT(*) FROM (
    SELECT id FROM sessions WHERE user_id = :user AND id = :user AND ended_at IS NULL AND expires_at > now()
  ) AS required;
SELECT id, username, email, created_at, password_hash, model, temperature, max_tokens, system_prompt
  FROM users WHERE id = :user;
\endpipeline
