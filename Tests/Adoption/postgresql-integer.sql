-- Written by models.py: postgresql, integer keys.

CREATE TABLE users (
  id SERIAL NOT NULL,
  username VARCHAR(64) NOT NULL,
  email VARCHAR(254),
  hashed_password VARCHAR(128) NOT NULL,
  is_active BOOLEAN NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (email)
);

CREATE UNIQUE INDEX ix_users_username ON users (username);

CREATE INDEX ix_users_id ON users (id);

CREATE TABLE conversations (
  id SERIAL NOT NULL,
  user_id INTEGER NOT NULL,
  title VARCHAR(200) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX ix_conversations_id ON conversations (id);

CREATE INDEX ix_conversations_user_id ON conversations (user_id);

CREATE TABLE messages (
  id SERIAL NOT NULL,
  conversation_id INTEGER NOT NULL,
  role VARCHAR(16) NOT NULL,
  content TEXT NOT NULL,
  token_count INTEGER,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
);

CREATE INDEX ix_messages_id ON messages (id);

CREATE INDEX ix_messages_conversation_id ON messages (conversation_id);
