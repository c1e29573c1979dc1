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
]
