import type { Migration } from '../storage/migrate.ts'

/** Migrations of `app.db`: what is above shops. */
export const appMigrations: readonly Migration[] = [
  {
    version: 1,
    name: 'ground',
    sql: `
CREATE TABLE settings (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  updated_at TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  type TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload))
) STRICT;

CREATE TABLE audit_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('create', 'update', 'delete', 'restore')),
  changes TEXT NOT NULL CHECK (json_valid(changes))
) STRICT;

CREATE TABLE roles (
  id TEXT PRIMARY KEY NOT NULL,
  -- names of what its people may do; '*' is everything
  permissions TEXT NOT NULL CHECK (json_valid(permissions))
) STRICT;
INSERT INTO roles (id, permissions) VALUES ('owner', '["*"]'), ('staff', '["desk"]');

CREATE TABLE people (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL REFERENCES roles (id),
  language TEXT CHECK (language IS NULL OR language IN ('es', 'en')),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id),
  -- sha256 of the token, hex; the token itself is nowhere but in the browser's cookie
  token_hash TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX sessions_person ON sessions (person_id) WHERE ended_at IS NULL;
`,
  },
  {
    version: 2,
    name: 'passwords',
    sql: `
CREATE TABLE passwords (
  person_id TEXT PRIMARY KEY NOT NULL REFERENCES people (id),
  -- scrypt with N = 2^cost_log2
  cost_log2 INTEGER NOT NULL CHECK (cost_log2 BETWEEN 1 AND 20),
  block_size INTEGER NOT NULL CHECK (block_size BETWEEN 1 AND 32),
  parallel INTEGER NOT NULL CHECK (parallel BETWEEN 1 AND 16),
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  set_at TEXT NOT NULL, set_by TEXT NOT NULL
) STRICT;

-- Failed tries to sign in, by address of the network, by typed name (hashed) and by person.
CREATE TABLE sign_in_tries (
  key TEXT PRIMARY KEY NOT NULL,
  failures INTEGER NOT NULL CHECK (failures > 0),
  -- ms since the epoch
  last_at INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL
) STRICT;

-- what the browser called itself, shortened; empty when unknown
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN used_at TEXT;
UPDATE sessions SET used_at = created_at;
`,
  },
]
