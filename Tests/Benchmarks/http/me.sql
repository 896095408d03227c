-- What GET /users/me asks: the session, then the user.
SELECT user_id, id, refresh_digest, previous_digest, refreshed_at, created_at, expires_at, ended_at
  FROM sessions
  WHERE user_id = ('00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0'))::uuid
    AND id = ('00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0'))::uuid;
SELECT id, username, email, created_at, password_hash, model, temperature, max_tokens, system_prompt
  FROM users WHERE id = ('00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0'))::uuid;
