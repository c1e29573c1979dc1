/** The first schema of a shop's database. Never change a migration that was released: add the next number. */
export const ground = {
  version: 1,
  name: 'ground',
  sql: `
-- Times are UTC ISO 8601 text. Money is integer minor units of the shop's one currency. Quantities are integers in
-- the unit's smallest step. Actors are 'customer:<id>', 'agent', 'person:<id>', 'import:<id>' or 'system'.

CREATE TABLE shop (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  locale TEXT NOT NULL,
  country TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  prices_include_tax INTEGER NOT NULL DEFAULT 1 CHECK (prices_include_tax IN (0, 1)),
  -- random, new after a restore: derived stores compare it to know that they belong to this database
  database_id TEXT NOT NULL,
  wrapped_key BLOB,
  wrapped_key_method TEXT,
  profile TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(profile)),
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  updated_at TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

CREATE TABLE secrets (
  id TEXT PRIMARY KEY NOT NULL,
  sealed BLOB NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
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
CREATE INDEX audit_log_entity ON audit_log (entity, entity_id, seq);

-- catalog ------------------------------------------------------------------------------------------------------

CREATE TABLE products (
  id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL DEFAULT 'good' CHECK (kind IN ('good', 'service')),
  name TEXT NOT NULL CHECK (length(name) > 0),
  description TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  brand TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
  status TEXT NOT NULL DEFAULT 'available' CHECK (status IN ('available', 'sold_out', 'discontinued', 'hidden', 'draft')),
  tax_class TEXT NOT NULL DEFAULT 'standard',
  made_to_order INTEGER NOT NULL DEFAULT 0 CHECK (made_to_order IN (0, 1)),
  lead_time_days INTEGER CHECK (lead_time_days IS NULL OR lead_time_days >= 0),
  -- names of the options its variants differ by, in order: ["Size","Colour"]
  option_names TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(option_names)),
  url TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT 'manual',
  external_id TEXT,
  -- fields a person edited by hand after an import: a re-import does not overwrite them silently
  manual_fields TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(manual_fields)),
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX products_external ON products (source, external_id) WHERE deleted_at IS NULL AND external_id IS NOT NULL;
CREATE INDEX products_name ON products (name COLLATE NOCASE) WHERE deleted_at IS NULL;
CREATE INDEX products_category ON products (category) WHERE deleted_at IS NULL;

CREATE TABLE variants (
  id TEXT PRIMARY KEY NOT NULL,
  product_id TEXT NOT NULL REFERENCES products (id),
  position INTEGER NOT NULL DEFAULT 0,
  sku TEXT,
  title TEXT NOT NULL DEFAULT '',
  -- values in the order of products.option_names: ["M","Red"]
  options TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(options)),
  -- 'exact': price is the price. 'from': price is the lowest. 'ask': no price, the shop answers.
  price_kind TEXT NOT NULL DEFAULT 'exact' CHECK (price_kind IN ('exact', 'from', 'ask')),
  price INTEGER CHECK (price IS NULL OR price >= 0),
  compare_at_price INTEGER CHECK (compare_at_price IS NULL OR compare_at_price >= 0),
  -- what the shop paid; never shown to a customer
  cost INTEGER CHECK (cost IS NULL OR cost >= 0),
  -- quantity is counted in steps of this unit: 'piece', 'g', 'ml', 'mm'; the price is for unit_size steps
  unit TEXT NOT NULL DEFAULT 'piece',
  unit_size INTEGER NOT NULL DEFAULT 1 CHECK (unit_size > 0),
  min_quantity INTEGER NOT NULL DEFAULT 1 CHECK (min_quantity > 0),
  max_quantity INTEGER CHECK (max_quantity IS NULL OR max_quantity >= min_quantity),
  tracked INTEGER NOT NULL DEFAULT 0 CHECK (tracked IN (0, 1)),
  on_hand INTEGER NOT NULL DEFAULT 0,
  barcode TEXT,
  status TEXT NOT NULL DEFAULT 'available' CHECK (status IN ('available', 'sold_out', 'discontinued')),
  manual_fields TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(manual_fields)),
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL,
  CHECK (price_kind = 'ask' OR price IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX variants_sku ON variants (sku COLLATE NOCASE) WHERE deleted_at IS NULL AND sku IS NOT NULL;
CREATE INDEX variants_product ON variants (product_id, position) WHERE deleted_at IS NULL;
CREATE INDEX variants_removed_sku ON variants (sku COLLATE NOCASE) WHERE deleted_at IS NOT NULL AND sku IS NOT NULL;

CREATE TABLE product_aliases (
  id TEXT PRIMARY KEY NOT NULL,
  product_id TEXT NOT NULL REFERENCES products (id),
  alias TEXT NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX product_aliases_unique ON product_aliases (product_id, alias COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE TABLE product_images (
  id TEXT PRIMARY KEY NOT NULL,
  product_id TEXT NOT NULL REFERENCES products (id),
  variant_id TEXT REFERENCES variants (id),
  position INTEGER NOT NULL DEFAULT 0,
  url TEXT,
  -- content hash of a file in media/ when the image is kept here
  media_hash TEXT,
  alt TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL,
  CHECK (url IS NOT NULL OR media_hash IS NOT NULL)
) STRICT;
CREATE INDEX product_images_product ON product_images (product_id, position) WHERE deleted_at IS NULL;

CREATE TABLE stock_movements (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  variant_id TEXT NOT NULL REFERENCES variants (id),
  delta INTEGER NOT NULL,
  on_hand_after INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('import', 'edit', 'sale', 'return', 'count', 'initial')),
  reference TEXT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;
CREATE INDEX stock_movements_variant ON stock_movements (variant_id, seq);

CREATE TABLE reservations (
  id TEXT PRIMARY KEY NOT NULL,
  variant_id TEXT NOT NULL REFERENCES variants (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  reference TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'consumed', 'released')),
  expires_at TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX reservations_active ON reservations (variant_id) WHERE state = 'active';

CREATE TABLE imports (
  id TEXT PRIMARY KEY NOT NULL,
  file_name TEXT NOT NULL,
  format TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
  report TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(report)),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

-- search -------------------------------------------------------------------------------------------------------

-- One row for each entity whose index entry may be behind; the worker clears only up to the revision it read.
CREATE TABLE search_outbox (
  kind TEXT NOT NULL CHECK (kind IN ('product', 'knowledge')),
  entity_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (kind, entity_id)
) STRICT, WITHOUT ROWID;

-- Text search inside SQLite, kept by the search feature; it serves while the index is missing.
CREATE VIRTUAL TABLE search_text USING fts5 (
  entity_id UNINDEXED, kind UNINDEXED, body, tokenize = 'trigram remove_diacritics 1'
);

CREATE TABLE synonyms (
  id TEXT PRIMARY KEY NOT NULL,
  -- terms that mean the same in this shop: ["playera","camiseta"]
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

CREATE TABLE knowledge (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  topic TEXT NOT NULL CHECK (topic IN ('hours', 'address', 'contact', 'delivery', 'pickup', 'payment', 'deposit', 'returns', 'discounts', 'handoff', 'faq', 'note')),
  locale TEXT NOT NULL DEFAULT '',
  question TEXT NOT NULL DEFAULT '',
  answer TEXT NOT NULL,
  -- 'profile' entries are rewritten from the shop's profile, 'manual' ones belong to the owner
  source TEXT NOT NULL DEFAULT 'manual',
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

-- customers and conversations ----------------------------------------------------------------------------------

CREATE TABLE customers (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  national_id TEXT,
  phone TEXT,
  email TEXT,
  language TEXT,
  form_of_address TEXT CHECK (form_of_address IS NULL OR form_of_address IN ('tu', 'usted', 'vos')),
  notes TEXT NOT NULL DEFAULT '',
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  -- set when this record was merged into another one
  merged_into TEXT REFERENCES customers (id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;

CREATE TABLE channel_accounts (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('testchat', 'telegram', 'whatsapp')),
  name TEXT NOT NULL,
  external_id TEXT,
  config TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(config)),
  secret_id TEXT REFERENCES secrets (id),
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX channel_accounts_external ON channel_accounts (kind, external_id) WHERE deleted_at IS NULL AND external_id IS NOT NULL;

CREATE TABLE customer_identities (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  channel_account_id TEXT NOT NULL REFERENCES channel_accounts (id),
  external_id TEXT NOT NULL,
  display_name TEXT NOT NULL DEFAULT '',
  username TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX customer_identities_unique ON customer_identities (channel_account_id, external_id) WHERE deleted_at IS NULL;

CREATE TABLE conversations (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  channel_account_id TEXT NOT NULL REFERENCES channel_accounts (id),
  chat_id TEXT NOT NULL,
  mode TEXT NOT NULL DEFAULT 'bot' CHECK (mode IN ('bot', 'person', 'paused')),
  mode_reason TEXT NOT NULL DEFAULT '',
  epoch INTEGER NOT NULL DEFAULT 0,
  assigned_to TEXT,
  language TEXT,
  form_of_address TEXT CHECK (form_of_address IS NULL OR form_of_address IN ('tu', 'usted', 'vos')),
  -- what an engine keeps between turns; opaque to everybody else
  dialogue_state TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(dialogue_state)),
  -- counters of the guard that stops two bots talking to each other
  loop_state TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(loop_state)),
  unread INTEGER NOT NULL DEFAULT 0,
  last_message_seq INTEGER NOT NULL DEFAULT 0,
  done_at TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX conversations_chat ON conversations (channel_account_id, chat_id) WHERE deleted_at IS NULL;
CREATE INDEX conversations_recent ON conversations (last_message_seq DESC) WHERE deleted_at IS NULL;

CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  channel_account_id TEXT NOT NULL REFERENCES channel_accounts (id),
  chat_id TEXT NOT NULL,
  -- the platform's id; null until an own message was accepted by the platform
  external_id TEXT,
  author TEXT NOT NULL CHECK (author IN ('customer', 'agent', 'person', 'system')),
  author_id TEXT,
  kind TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'photo', 'document', 'voice', 'video', 'location', 'sticker', 'note', 'other')),
  text TEXT NOT NULL DEFAULT '',
  reply_to_id TEXT REFERENCES messages (id),
  sent_at TEXT NOT NULL,
  edited_at TEXT,
  removed_at TEXT,
  -- class, scores, language: recorded for each customer message
  understanding TEXT CHECK (understanding IS NULL OR json_valid(understanding)),
  turn_id TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX messages_external ON messages (channel_account_id, chat_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX messages_conversation ON messages (conversation_id, seq);

CREATE TABLE message_edits (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id TEXT NOT NULL REFERENCES messages (id),
  at TEXT NOT NULL,
  text_before TEXT NOT NULL
) STRICT;

CREATE TABLE attachments (
  id TEXT PRIMARY KEY NOT NULL,
  message_id TEXT NOT NULL REFERENCES messages (id),
  position INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'document', 'voice', 'video', 'location', 'sticker', 'other')),
  state TEXT NOT NULL CHECK (state IN ('pending', 'stored', 'failed')),
  media_hash TEXT,
  mime TEXT,
  name TEXT,
  size INTEGER,
  -- what the channel needs to fetch it again, or a location's coordinates
  reference TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(reference)),
  error TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX attachments_message ON attachments (message_id, position);
CREATE INDEX attachments_pending ON attachments (state) WHERE state = 'pending';

-- turns --------------------------------------------------------------------------------------------------------

CREATE TABLE turns (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  epoch INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'done', 'cancelled', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  drafts_dropped INTEGER NOT NULL DEFAULT 0,
  first_message_seq INTEGER NOT NULL,
  -- the last customer message this turn has taken in; rises while it is open
  last_message_seq INTEGER NOT NULL,
  due_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT,
  end_reason TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX turns_one_open ON turns (conversation_id) WHERE state IN ('pending', 'running');
CREATE INDEX turns_open ON turns (state, due_at) WHERE state IN ('pending', 'running');
CREATE INDEX turns_conversation ON turns (conversation_id, seq);

CREATE TABLE turn_steps (
  turn_id TEXT NOT NULL REFERENCES turns (id),
  step INTEGER NOT NULL,
  engine TEXT NOT NULL,
  model TEXT,
  -- the engine's whole answer: text, calls, state
  answer TEXT NOT NULL CHECK (json_valid(answer)),
  usage TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(usage)),
  -- last customer message the engine saw in this step
  saw_message_seq INTEGER NOT NULL,
  dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1)),
  duration_ms INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (turn_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE tool_calls (
  turn_id TEXT NOT NULL REFERENCES turns (id),
  step INTEGER NOT NULL,
  call INTEGER NOT NULL,
  tool TEXT NOT NULL,
  arguments TEXT NOT NULL CHECK (json_valid(arguments)),
  result TEXT NOT NULL CHECK (json_valid(result)),
  effect INTEGER NOT NULL DEFAULT 0 CHECK (effect IN (0, 1)),
  duration_ms INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (turn_id, step, call)
) STRICT, WITHOUT ROWID;

CREATE TABLE traces (
  turn_id TEXT PRIMARY KEY NOT NULL REFERENCES turns (id),
  message_id TEXT REFERENCES messages (id),
  trace TEXT NOT NULL CHECK (json_valid(trace)),
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX traces_message ON traces (message_id);

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  channel_account_id TEXT NOT NULL REFERENCES channel_accounts (id),
  message_id TEXT NOT NULL REFERENCES messages (id),
  turn_id TEXT,
  epoch INTEGER NOT NULL,
  part INTEGER NOT NULL,
  author TEXT NOT NULL CHECK (author IN ('agent', 'person', 'system')),
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before TEXT,
  external_id TEXT,
  error TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  UNIQUE (message_id, part)
) STRICT;
CREATE INDEX outbox_open ON outbox (conversation_id, seq) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_unknown ON outbox (conversation_id, seq) WHERE state IN ('sending', 'unknown');

-- selling ------------------------------------------------------------------------------------------------------

CREATE TABLE carts (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'ordered', 'abandoned')),
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX carts_open ON carts (conversation_id) WHERE state = 'open' AND deleted_at IS NULL;

CREATE TABLE cart_lines (
  id TEXT PRIMARY KEY NOT NULL,
  cart_id TEXT NOT NULL REFERENCES carts (id),
  variant_id TEXT NOT NULL REFERENCES variants (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  -- what the customer was told, to notice a change of price before anything is placed
  quoted_price INTEGER,
  note TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX cart_lines_variant ON cart_lines (cart_id, variant_id) WHERE deleted_at IS NULL;
`,
}
