-- What POST /chat/send asks that begins a conversation: the session; the message and its open answer in one transaction
-- and round trip; the answer and what it cost in another. Ids grow with time, as the server's do.
\if :first
-- The user of this connection; seed.sql numbers them.
SELECT '00000000-0000-7000-8000-' || lpad((:client_id)::text, 12, '0') AS user \gset
\set first 0
\endif
\set n :n + 1
\set conversation (:n * 64 + :client_id) * 4
\set message :conversation + 1
\set answer :conversation + 2
\set ledger :conversation + 3
SELECT user_id, id, refresh_digest, previous_digest, refreshed_at, created_at, expires_at, ended_at
  FROM sessions
  WHERE user_id = :user
    AND id = :user;
\startpipeline
BEGIN;
INSERT INTO conversations (user_id, id, title, pinned, archived, created_at, updated_at, is_titled)
  VALUES (
    :user,
    lpad(to_hex((:conversation)::bigint), 32, '0')::uuid,
    'What is the capital of France?', FALSE, FALSE, now(), now(), TRUE);
INSERT INTO messages (user_id, id, conversation_id, role, content, attachments, status, created_at)
  VALUES (
    :user,
    lpad(to_hex((:message)::bigint), 32, '0')::uuid,
    lpad(to_hex((:conversation)::bigint), 32, '0')::uuid,
    'user', 'What is the capital of France?', '[]', 'complete', now());
INSERT INTO messages (user_id, id, conversation_id, parent_id, role, content, attachments, status, created_at)
  VALUES (
    :user,
    lpad(to_hex((:answer)::bigint), 32, '0')::uuid,
    lpad(to_hex((:conversation)::bigint), 32, '0')::uuid,
    lpad(to_hex((:message)::bigint), 32, '0')::uuid,
    'assistant', '', '[]', 'streaming', now());
SELECT id, username, email, created_at, password_hash, model, temperature, max_tokens, system_prompt
  FROM users WHERE id = :user;
COMMIT;
\endpipeline
\startpipeline
BEGIN;
UPDATE messages SET content = 'echo: What is the capital of France?', status = 'complete', finish_reason = 'stop',
    model = 'echo'
  WHERE user_id = :user
    AND id = lpad(to_hex((:answer)::bigint), 32, '0')::uuid;
INSERT INTO token_usage (user_id, id, conversation_id, message_id, model, prompt_tokens, completion_tokens, cost_micros,
    source, created_at)
  VALUES (
    :user,
    lpad(to_hex((:ledger)::bigint), 32, '0')::uuid,
    lpad(to_hex((:conversation)::bigint), 32, '0')::uuid,
    lpad(to_hex((:answer)::bigint), 32, '0')::uuid,
    'echo', 6, 7, 0, 'provider', now());
UPDATE conversations SET updated_at = now()
  WHERE user_id = :user
    AND id = lpad(to_hex((:conversation)::bigint), 32, '0')::uuid;
COMMIT;
\endpipeline
