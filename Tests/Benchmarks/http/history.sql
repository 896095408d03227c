-- What GET /chat/history asks: the session, then the conversation, its latest messages and those of its chosen branch,
-- which it has not, in one round trip.
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
SELECT id, title, pinned, archived, current_message_id, created_at, updated_at, user_id, is_titled
  FROM conversations
  WHERE user_id = :user
    AND id = :user;
SELECT id, conversation_id, parent_id, role, content, attachments, status, finish_reason, model, created_at, user_id,
    idempotency_key
  FROM messages
  WHERE user_id = :user
    AND conversation_id = :user
  ORDER BY created_at DESC, id DESC LIMIT 51;
WITH RECURSIVE branch (id, parent_id, depth) AS (
  SELECT last.id, last.parent_id, 1 FROM conversations AS c
  JOIN messages AS last ON last.user_id = c.user_id AND last.id = c.current_message_id
  WHERE c.user_id = :user AND c.id = :user
  UNION ALL
  SELECT before.id, before.parent_id, branch.depth + 1 FROM branch
  JOIN messages AS before ON before.user_id = :user AND before.id = branch.parent_id
  WHERE branch.depth < 51)
SELECT m.id, m.conversation_id, m.parent_id, m.role, m.content, m.attachments, m.status, m.finish_reason, m.model,
    m.created_at, m.user_id, m.idempotency_key
  FROM branch JOIN messages AS m ON m.user_id = :user AND m.id = branch.id
  ORDER BY branch.depth LIMIT 51;
\endpipeline
