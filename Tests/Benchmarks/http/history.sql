-- What GET /chat/history asks: the session, then the conversation and its latest messages in one round trip.
\if :first
-- The user of this connection; seed.sql numbers them.
SELECT '00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0') AS user \gset
\set first 0
\endif
SELECT user_id, id, refresh_digest, previous_digest, refreshed_at, created_at, expires_at, ended_at
  FROM sessions
  WHERE user_id = :user
    AND id = :user;
\startpipeline
SELECT id, title, pinned, archived, created_at, updated_at, user_id, is_titled
  FROM conversations
  WHERE user_id = :user
    AND id = :user;
SELECT id, conversation_id, parent_id, role, content, attachments, status, finish_reason, model, created_at, user_id,
    idempotency_key
  FROM messages
  WHERE user_id = :user
    AND conversation_id = :user
  ORDER BY created_at DESC, id DESC LIMIT 51;
\endpipeline
