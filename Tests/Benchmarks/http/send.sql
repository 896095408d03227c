-- What POST /chat/send asks that begins a conversation: the session; the message, its open answer and the running turn
-- in one transaction and round trip; the answer, what it cost and the end of the turn in another. Ids grow with time, as
-- the server's do.
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
INSERT INTO turns (user_id, message_id, conversation_id, slot, owner, lease_expires_at, model, text, prompt_tokens,
    reserved_tokens, stop_requested, watched, created_at)
  VALUES (
    :user,
    lpad(to_hex((:answer)::bigint), 32, '0')::uuid,
    lpad(to_hex((:conversation)::bigint), 32, '0')::uuid,
    lpad(to_hex((:conversation)::bigint), 32, '0')::uuid,
    :user, now() + interval '10 s', 'echo', '', NULL, 0, FALSE, FALSE, now());
SELECT u.model, u.temperature, u.max_tokens, u.system_prompt, t.reserved_tokens
  FROM turns AS t JOIN users AS u ON u.id = t.user_id
  WHERE t.user_id = :user
    AND t.message_id = lpad(to_hex((:answer)::bigint), 32, '0')::uuid;
COMMIT;
\endpipeline
\startpipeline
BEGIN;
SELECT 1 / COUNT(*) AS quotient FROM (
  SELECT message_id FROM turns
  WHERE user_id = :user
    AND message_id = lpad(to_hex((:answer)::bigint), 32, '0')::uuid
    AND owner = :user AND lease_expires_at <= now() + interval '1 day' FOR UPDATE) AS required;
DELETE FROM turns
  WHERE user_id = :user
    AND message_id = lpad(to_hex((:answer)::bigint), 32, '0')::uuid;
UPDATE messages SET content = 'echo: What is the capital of France?', status = 'complete', finish_reason = 'stop',
    model = 'echo'
  WHERE user_id = :user
    AND id = lpad(to_hex((:answer)::bigint), 32, '0')::uuid;
INSERT INTO token_usage (user_id, id, conversation_id, message_id, model, prompt_tokens, completion_tokens, cost_micros,
    source, attempt, created_at)
  VALUES (
    :user,
    lpad(to_hex((:ledger)::bigint), 32, '0')::uuid,
    lpad(to_hex((:conversation)::bigint), 32, '0')::uuid,
    lpad(to_hex((:answer)::bigint), 32, '0')::uuid,
    'echo', 6, 7, 0, 'provider', 1, now());
UPDATE token_budgets SET spent = spent + 13
  WHERE user_id = :user AND month = date_trunc('month', now())::date;
UPDATE conversations SET updated_at = now()
  WHERE user_id = :user
    AND id = lpad(to_hex((:conversation)::bigint), 32, '0')::uuid;
COMMIT;
\endpipeline
