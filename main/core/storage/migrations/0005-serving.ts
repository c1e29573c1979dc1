/**
 * Serving people on messengers: which chats are answered, who holds a conversation and since when, replies that wait for
 * the owner's look, times in which nobody was there.
 */
export const serving = {
  version: 5,
  name: 'serving',
  sql: `
-- since when the mode is what it is
ALTER TABLE conversations ADD COLUMN mode_since TEXT;
-- when a person of the shop last took it or wrote in it
ALTER TABLE conversations ADD COLUMN person_at TEXT;
-- when the customer was first told that an automatic assistant answers
ALTER TABLE conversations ADD COLUMN disclosed_at TEXT;
-- when the customer asked not to be answered automatically
ALTER TABLE conversations ADD COLUMN opted_out_at TEXT;

-- 1: heard of after a time in which the channel was not connected; its age counts from sent_at then, else from created_at
ALTER TABLE messages ADD COLUMN backlog INTEGER NOT NULL DEFAULT 0 CHECK (backlog IN (0, 1));

-- what a reader made of it (a transcript); null while nobody has read it
ALTER TABLE attachments ADD COLUMN understood TEXT;

-- What is known of a chat beside its messages, also of chats that have none here.
CREATE TABLE chat_rules (
  id TEXT PRIMARY KEY NOT NULL,
  channel_account_id TEXT NOT NULL REFERENCES channel_accounts (id),
  chat_id TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  -- digits with country code, where the platform tells them: one person may have two chat ids
  phone TEXT,
  -- 1: was there before the shop was connected, or the owner wrote first
  existed INTEGER NOT NULL DEFAULT 0 CHECK (existed IN (0, 1)),
  -- 1: because the owner wrote first
  owner_first INTEGER NOT NULL DEFAULT 0 CHECK (owner_first IN (0, 1)),
  -- the owner's word; it goes before everything else
  answer TEXT NOT NULL DEFAULT 'default' CHECK (answer IN ('default', 'always', 'never')),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX chat_rules_chat ON chat_rules (channel_account_id, chat_id) WHERE deleted_at IS NULL;
CREATE INDEX chat_rules_phone ON chat_rules (channel_account_id, phone) WHERE phone IS NOT NULL AND deleted_at IS NULL;

-- What speaks for or against the health of an account: refused sends, logouts, ceilings. Kept for 30 days.
CREATE TABLE channel_incidents (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  channel_account_id TEXT NOT NULL REFERENCES channel_accounts (id),
  at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('send_failed', 'logged_out', 'conflict', 'replies_ceiling', 'contacts_ceiling', 'loop', 'opted_out', 'restart'))
) STRICT;
CREATE INDEX channel_incidents_account ON channel_incidents (channel_account_id, at);

-- Replies that nobody sends without the owner's look, because what they answer is old. One for each conversation at a time.
CREATE TABLE reply_drafts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  -- waiting: to be written; ready: to be looked at; overtaken: somebody wrote meanwhile
  state TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'sent', 'dismissed', 'overtaken', 'failed')),
  -- the conversation's when it was asked for
  epoch INTEGER NOT NULL,
  -- the customer's messages that it answers
  first_message_seq INTEGER NOT NULL,
  last_message_seq INTEGER NOT NULL,
  text TEXT NOT NULL DEFAULT '',
  engine TEXT,
  -- code of why none could be written
  error TEXT,
  -- how often writing it has begun; one that kills the process is given up
  attempts INTEGER NOT NULL DEFAULT 0,
  -- what was sent of it
  message_id TEXT REFERENCES messages (id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX reply_drafts_one_open ON reply_drafts (conversation_id) WHERE state IN ('waiting', 'ready');
CREATE INDEX reply_drafts_state ON reply_drafts (state, seq);

-- Times in which customers could not be answered, for the overview when the shop is back.
CREATE TABLE absences (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  -- off: the app did not run; asleep: the computer slept; paused: by the owner, for all conversations
  reason TEXT NOT NULL CHECK (reason IN ('off', 'asleep', 'disconnected', 'paused')),
  -- null: all channels
  channel_account_id TEXT REFERENCES channel_accounts (id),
  started_at TEXT NOT NULL,
  -- null while it lasts
  ended_at TEXT,
  -- the newest message when it ended: what came during it has a higher seq or is older than that
  ended_seq INTEGER,
  -- when the owner put the overview away
  seen_at TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX absences_open ON absences (seq) WHERE ended_at IS NULL;

-- Texts that people send often.
CREATE TABLE quick_replies (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX quick_replies_title ON quick_replies (title COLLATE NOCASE) WHERE deleted_at IS NULL;

-- Owners are called to a conversation too, and may answer there.
CREATE TABLE owner_notices_new (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  owner_chat_id TEXT NOT NULL REFERENCES owner_chats (id),
  card_id TEXT REFERENCES cards (id),
  conversation_id TEXT REFERENCES conversations (id),
  -- a card put to the owner, the offer to keep its answer, a call to a conversation, or anything else
  kind TEXT NOT NULL CHECK (kind IN ('card', 'offer', 'reply', 'call')),
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown')),
  not_before TEXT,
  external_id TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
INSERT INTO owner_notices_new (seq, id, owner_chat_id, card_id, kind, text, state, not_before, external_id, created_at, updated_at)
  SELECT seq, id, owner_chat_id, card_id, kind, text, state, not_before, external_id, created_at, updated_at FROM owner_notices;
DROP TABLE owner_notices;
ALTER TABLE owner_notices_new RENAME TO owner_notices;
CREATE INDEX owner_notices_open ON owner_notices (owner_chat_id, seq) WHERE state IN ('queued', 'sending');

-- the desk's selections, newest first
CREATE INDEX conversations_mode ON conversations (mode, last_message_seq DESC) WHERE deleted_at IS NULL;
CREATE INDEX conversations_unread ON conversations (last_message_seq DESC) WHERE deleted_at IS NULL AND unread > 0;
CREATE INDEX conversations_waiting ON conversations (last_message_seq DESC)
  WHERE deleted_at IS NULL AND done_at IS NULL AND (mode = 'person' OR instr(mode_reason, 'loop_') = 1);
CREATE INDEX conversations_done ON conversations (last_message_seq DESC) WHERE deleted_at IS NULL AND done_at IS NOT NULL;
CREATE INDEX conversations_assigned ON conversations (assigned_to, last_message_seq DESC)
  WHERE deleted_at IS NULL AND assigned_to IS NOT NULL;

-- customers' messages of a time
CREATE INDEX messages_heard ON messages (created_at) WHERE author = 'customer' AND backlog = 0;
CREATE INDEX messages_waited ON messages (sent_at) WHERE author = 'customer' AND backlog = 1;

-- what an account has said today, and what the platform calls it
CREATE INDEX outbox_sent ON outbox (channel_account_id, updated_at) WHERE state = 'sent';
CREATE INDEX outbox_external ON outbox (channel_account_id, external_id) WHERE external_id IS NOT NULL;
`,
}
