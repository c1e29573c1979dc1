/**
 * Engines besides the built-in one, what they were asked and what that cost. Prices are millionths of a US dollar for a
 * million tokens, costs millionths of the shop's currency unit.
 */
export const models = {
  version: 4,
  name: 'models',
  sql: `
CREATE TABLE engines (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('remote', 'local')),
  -- what the owner calls it
  name TEXT NOT NULL,
  provider TEXT CHECK (provider IS NULL OR provider IN ('deepseek', 'openrouter', 'custom')),
  base_url TEXT,
  secret_id TEXT REFERENCES secrets (id),
  -- remote: the service's id of the model; local: the file's own name
  model TEXT NOT NULL,
  -- local: the absolute path of the GGUF file
  file TEXT,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  input_price INTEGER CHECK (input_price >= 0),
  cached_price INTEGER CHECK (cached_price >= 0),
  output_price INTEGER CHECK (output_price >= 0),
  price_source TEXT NOT NULL DEFAULT 'unknown' CHECK (price_source IN ('service', 'table', 'owner', 'free', 'unknown')),
  context_tokens INTEGER CHECK (context_tokens > 0),
  -- local: threads, tokens per second and tier as measured at the first load; remote: what the service told of the model
  measured TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(measured)),
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

-- Each request to a model: reserved before it goes, settled when it ends. Kept as long as the owner wants to see it.
CREATE TABLE engine_requests (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  engine_id TEXT NOT NULL REFERENCES engines (id),
  model TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('turn', 'preview', 'summary', 'exam', 'test')),
  turn_id TEXT,
  conversation_id TEXT REFERENCES conversations (id),
  step INTEGER,
  -- reserved: under way, or the process died meanwhile; both count with what was reserved
  state TEXT NOT NULL CHECK (state IN ('reserved', 'done', 'failed')),
  reserved_micros INTEGER NOT NULL DEFAULT 0 CHECK (reserved_micros >= 0),
  cost_micros INTEGER CHECK (cost_micros >= 0),
  input_tokens INTEGER, cached_tokens INTEGER, output_tokens INTEGER,
  -- code of the engine's error
  error TEXT,
  -- what left this computer, word for word; null for local models
  body TEXT CHECK (body IS NULL OR json_valid(body)),
  redactions INTEGER NOT NULL DEFAULT 0,
  -- the shop's local day, for caps
  day TEXT NOT NULL,
  first_token_ms INTEGER, duration_ms INTEGER,
  started_at TEXT NOT NULL, ended_at TEXT
) STRICT;
-- with what a period is summed from, so that bodies are not read for it
CREATE INDEX engine_requests_day ON engine_requests (day, cost_micros, reserved_micros);
CREATE INDEX engine_requests_kept ON engine_requests (started_at) WHERE body IS NOT NULL;
CREATE INDEX engine_requests_turn ON engine_requests (turn_id) WHERE turn_id IS NOT NULL;
CREATE INDEX engine_requests_conversation ON engine_requests (conversation_id) WHERE conversation_id IS NOT NULL;

-- What fell out of the history that engines are shown, in a few sentences.
CREATE TABLE conversation_summaries (
  conversation_id TEXT PRIMARY KEY NOT NULL REFERENCES conversations (id),
  text TEXT NOT NULL,
  -- the last message that it covers
  up_to_seq INTEGER NOT NULL,
  engine_id TEXT NOT NULL,
  prompt_version TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE exam_runs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  engine_id TEXT NOT NULL,
  model TEXT,
  prompt_version TEXT,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
  -- the whole report
  report TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(report)),
  started_at TEXT NOT NULL, ended_at TEXT,
  created_by TEXT NOT NULL
) STRICT;

-- Cases that the owner wrote for their own shop.
CREATE TABLE exam_cases (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

-- Findings of the gate for a draft that was written again, and who answered the step.
ALTER TABLE turn_steps ADD COLUMN refused TEXT CHECK (refused IS NULL OR json_valid(refused));
ALTER TABLE turn_steps ADD COLUMN served TEXT CHECK (served IS NULL OR json_valid(served));
`,
} as const
