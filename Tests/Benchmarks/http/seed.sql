-- Users by number, each with a session and a conversation of the same id, and 50 messages of 300 characters.
CREATE TEMPORARY TABLE numbers AS
  SELECT n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid AS id FROM generate_series(0, :users - 1) AS n;

INSERT INTO users (id, username, email, created_at, password_hash)
  SELECT id, 'user' || n, NULL, now(), '' FROM numbers;
INSERT INTO sessions (user_id, id, refresh_digest, refreshed_at, created_at, expires_at)
  SELECT id, id, '', now(), now(), now() + interval '1 day' FROM numbers;
INSERT INTO conversations (user_id, id, title, pinned, archived, created_at, updated_at, is_titled)
  SELECT id, id, 'A long one', FALSE, FALSE, now(), now(), TRUE FROM numbers;
INSERT INTO messages (user_id, id, conversation_id, role, content, attachments, status, created_at)
  SELECT id, gen_random_uuid(), id, CASE WHEN m % 2 = 0 THEN 'user' ELSE 'assistant' END,
    left(repeat('Three hundred characters, as many as a short answer has. ', 6), 300), '[]', 'complete',
    now() - m * interval '1 minute'
  FROM numbers, generate_series(1, 50) AS m;
ANALYZE;
