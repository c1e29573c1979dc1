/**
 * From cart to delivered order, and customers who are remembered. Amounts are integer minor units of the shop's
 * currency, rates basis points (2100 = 21 %), quantities the unit's smallest step.
 */
export const selling = {
  version: 3,
  name: 'selling',
  sql: `
-- customers ----------------------------------------------------------------------------------------------------

-- Keys by which one person is found again: digits of the phone with country code, folded e-mail and national id, and
-- everything searchable without accents.
ALTER TABLE customers ADD COLUMN phone_key TEXT;
ALTER TABLE customers ADD COLUMN email_key TEXT;
ALTER TABLE customers ADD COLUMN national_id_key TEXT;
ALTER TABLE customers ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
-- who vouches for the phone: the channel that it came from, a person of the shop, or only what the customer told
ALTER TABLE customers ADD COLUMN phone_source TEXT CHECK (phone_source IS NULL OR phone_source IN ('channel', 'person', 'customer'));
ALTER TABLE customers ADD COLUMN erased_at TEXT;
ALTER TABLE customers ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
CREATE INDEX customers_phone_key ON customers (phone_key) WHERE phone_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX customers_email_key ON customers (email_key) WHERE email_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX customers_national_id_key ON customers (national_id_key) WHERE national_id_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX customers_merged ON customers (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX customer_identities_customer ON customer_identities (customer_id);
CREATE INDEX conversations_customer ON conversations (customer_id);

CREATE TABLE customer_addresses (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  recipient TEXT NOT NULL DEFAULT '',
  -- street, number, floor
  address TEXT NOT NULL,
  -- town, quarter or postcode by which the delivery zone is found
  place TEXT NOT NULL DEFAULT '',
  zone_id TEXT,
  phone TEXT,
  last_used_at TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX customer_addresses_customer ON customer_addresses (customer_id) WHERE deleted_at IS NULL;

CREATE TABLE customer_preferences (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  -- what it is about: 'size', 'allergy', 'delivery', 'taste', 'other'
  topic TEXT NOT NULL,
  text TEXT NOT NULL,
  -- the message it was learnt from, for the owner
  source_message_id TEXT REFERENCES messages (id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX customer_preferences_customer ON customer_preferences (customer_id) WHERE deleted_at IS NULL;

CREATE TABLE customer_merges (
  id TEXT PRIMARY KEY NOT NULL,
  -- the record that stays
  kept_id TEXT NOT NULL REFERENCES customers (id),
  merged_id TEXT NOT NULL REFERENCES customers (id),
  -- why they may be one person: 'phone', 'email', 'national_id', 'manual'
  reason TEXT NOT NULL CHECK (reason IN ('phone', 'email', 'national_id', 'manual')),
  state TEXT NOT NULL CHECK (state IN ('suggested', 'done', 'undone', 'dismissed')),
  -- what moved and what was filled in, so that a merge can be undone
  moved TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(moved)),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX customer_merges_pair ON customer_merges (kept_id, merged_id) WHERE state IN ('suggested', 'dismissed') AND deleted_at IS NULL;

-- what was sent when: a reply confirms nothing that was received before it --------------------------------------

-- The newest message that was stored when this row was noted as sent. Who answers it has a higher seq.
ALTER TABLE outbox ADD COLUMN sent_after_seq INTEGER;
CREATE INDEX outbox_turn ON outbox (turn_id) WHERE turn_id IS NOT NULL;

-- services and tariffs -----------------------------------------------------------------------------------------

CREATE TABLE tariffs (
  id TEXT PRIMARY KEY NOT NULL,
  product_id TEXT NOT NULL REFERENCES products (id),
  -- elements and their rules; its shape is in core/tariffs/tariff.ts
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX tariffs_product ON tariffs (product_id) WHERE deleted_at IS NULL;

CREATE TABLE quotes (
  id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT REFERENCES customers (id),
  conversation_id TEXT REFERENCES conversations (id),
  product_id TEXT NOT NULL REFERENCES products (id),
  variant_id TEXT NOT NULL REFERENCES variants (id),
  tariff_id TEXT NOT NULL REFERENCES tariffs (id),
  tariff_revision INTEGER NOT NULL,
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  -- [{label:{es,en}, quantity, unitAmount, amount, unit}]
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  total INTEGER NOT NULL CHECK (total >= 0),
  -- 'from': the shop has to confirm the final figure
  price_kind TEXT NOT NULL CHECK (price_kind IN ('exact', 'from')),
  valid_until TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX quotes_customer ON quotes (customer_id, seq);

ALTER TABLE cart_lines ADD COLUMN quote_id TEXT REFERENCES quotes (id);

-- checkout -----------------------------------------------------------------------------------------------------

CREATE TABLE discounts (
  id TEXT PRIMARY KEY NOT NULL,
  code TEXT NOT NULL CHECK (length(code) > 0),
  kind TEXT NOT NULL CHECK (kind IN ('percent', 'amount')),
  -- basis points or minor units
  value INTEGER NOT NULL CHECK (value > 0),
  min_subtotal INTEGER,
  -- local dates YYYY-MM-DD, both inclusive
  starts_on TEXT,
  ends_on TEXT,
  max_uses INTEGER CHECK (max_uses IS NULL OR max_uses > 0),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX discounts_code ON discounts (code COLLATE NOCASE) WHERE deleted_at IS NULL;

-- What a customer has said about an order that is not placed yet. One for each cart; it waits as long as the cart.
CREATE TABLE checkouts (
  id TEXT PRIMARY KEY NOT NULL,
  cart_id TEXT NOT NULL REFERENCES carts (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'placed', 'dropped')),
  delivery_method TEXT CHECK (delivery_method IS NULL OR delivery_method IN ('delivery', 'pickup')),
  zone_id TEXT,
  place TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  recipient TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  slot_id TEXT,
  slot_date TEXT,
  payment_id TEXT,
  discount_code TEXT,
  note TEXT NOT NULL DEFAULT '',
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX checkouts_cart ON checkouts (cart_id) WHERE state = 'open' AND deleted_at IS NULL;

-- A summary that was put to the customer; 'hash' is over lines, prices, fees, address and payment.
CREATE TABLE order_summaries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  checkout_id TEXT NOT NULL REFERENCES checkouts (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  turn_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  snapshot TEXT NOT NULL CHECK (json_valid(snapshot)),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX order_summaries_checkout ON order_summaries (checkout_id, seq);

-- orders -------------------------------------------------------------------------------------------------------

CREATE TABLE orders (
  id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT REFERENCES customers (id),
  conversation_id TEXT REFERENCES conversations (id),
  source TEXT NOT NULL CHECK (source IN ('chat', 'counter', 'desk', 'api')),
  -- one order at most for each summary that a customer confirmed
  summary_id TEXT UNIQUE REFERENCES order_summaries (id),
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'shipped', 'delivered', 'cancelled', 'returned')),
  payment_state TEXT NOT NULL CHECK (payment_state IN ('unpaid', 'part', 'paid', 'refunded')),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  prices_include_tax INTEGER NOT NULL CHECK (prices_include_tax IN (0, 1)),
  delivery_method TEXT NOT NULL CHECK (delivery_method IN ('delivery', 'pickup', 'none')),
  zone_id TEXT,
  zone_name TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  recipient TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  slot_id TEXT,
  slot_label TEXT NOT NULL DEFAULT '',
  slot_date TEXT,
  payment_id TEXT,
  payment_name TEXT NOT NULL DEFAULT '',
  discount_code TEXT,
  note TEXT NOT NULL DEFAULT '',
  -- sum of the lines before the discount
  subtotal INTEGER NOT NULL,
  discount INTEGER NOT NULL DEFAULT 0 CHECK (discount >= 0),
  delivery_fee INTEGER NOT NULL DEFAULT 0 CHECK (delivery_fee >= 0),
  -- taxes contained in the total
  tax INTEGER NOT NULL DEFAULT 0 CHECK (tax >= 0),
  total INTEGER NOT NULL CHECK (total >= 0),
  paid INTEGER NOT NULL DEFAULT 0 CHECK (paid >= 0),
  refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded >= 0),
  -- the taxes by rate: [{rate, base, tax}]
  taxes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(taxes)),
  -- number, recipient, phone and articles, folded: what an order is searched by beside its customer
  search_text TEXT NOT NULL DEFAULT '',
  -- when an unpaid order lets its stock go; null: never by itself
  reserved_until TEXT,
  payment_warned_at TEXT,
  placed_at TEXT NOT NULL,
  seen_at TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX orders_customer ON orders (customer_id, seq) WHERE deleted_at IS NULL;
CREATE INDEX orders_conversation ON orders (conversation_id, seq) WHERE deleted_at IS NULL;
CREATE INDEX orders_state ON orders (state, seq) WHERE deleted_at IS NULL;
CREATE INDEX orders_placed ON orders (placed_at) WHERE deleted_at IS NULL;
CREATE INDEX orders_discount ON orders (discount_code COLLATE NOCASE) WHERE discount_code IS NOT NULL;
CREATE INDEX orders_slot ON orders (slot_id, slot_date) WHERE slot_id IS NOT NULL;
CREATE INDEX orders_unseen ON orders (seq) WHERE seen_at IS NULL AND deleted_at IS NULL;
CREATE INDEX orders_waiting ON orders (reserved_until) WHERE reserved_until IS NOT NULL AND state = 'pending';

CREATE TABLE order_lines (
  id TEXT PRIMARY KEY NOT NULL,
  order_id TEXT NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  product_id TEXT REFERENCES products (id),
  variant_id TEXT REFERENCES variants (id),
  quote_id TEXT REFERENCES quotes (id),
  -- as it was sold: the catalog may say something else tomorrow
  sku TEXT,
  name TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit TEXT NOT NULL DEFAULT 'piece',
  unit_size INTEGER NOT NULL DEFAULT 1,
  unit_price INTEGER NOT NULL CHECK (unit_price >= 0),
  total INTEGER NOT NULL CHECK (total >= 0),
  -- this line's share of the order's discount
  discount INTEGER NOT NULL DEFAULT 0,
  tax_class TEXT NOT NULL DEFAULT 'standard',
  tax_rate INTEGER NOT NULL DEFAULT 0,
  tax INTEGER NOT NULL DEFAULT 0,
  tracked INTEGER NOT NULL DEFAULT 0 CHECK (tracked IN (0, 1)),
  note TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX order_lines_order ON order_lines (order_id, position);
CREATE INDEX order_lines_variant ON order_lines (variant_id);
CREATE INDEX order_lines_product ON order_lines (product_id);

CREATE INDEX reservations_reference ON reservations (reference, state);

-- Who did what to an order, in order.
CREATE TABLE order_changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id TEXT NOT NULL REFERENCES orders (id),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('placed', 'state', 'payment', 'refund', 'edit', 'note', 'document', 'warned')),
  from_state TEXT,
  to_state TEXT,
  data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data))
) STRICT;
CREATE INDEX order_changes_order ON order_changes (order_id, seq);

CREATE TABLE order_payments (
  id TEXT PRIMARY KEY NOT NULL,
  order_id TEXT NOT NULL REFERENCES orders (id),
  kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund')),
  amount INTEGER NOT NULL CHECK (amount > 0),
  method TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  -- picture of the receipt, in media/
  receipt_hash TEXT,
  -- the provider's own id, for payment links
  external_id TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX order_payments_order ON order_payments (order_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX order_payments_external ON order_payments (external_id) WHERE external_id IS NOT NULL;

-- documents ----------------------------------------------------------------------------------------------------

CREATE TABLE documents (
  id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('quote', 'receipt', 'packing_slip')),
  order_id TEXT REFERENCES orders (id),
  quote_id TEXT REFERENCES quotes (id),
  customer_id TEXT REFERENCES customers (id),
  locale TEXT NOT NULL,
  name TEXT NOT NULL,
  media_hash TEXT NOT NULL,
  -- the order's or quote's revision that it shows
  of_revision INTEGER NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX documents_order ON documents (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX documents_quote ON documents (quote_id) WHERE quote_id IS NOT NULL;

-- owner in the loop --------------------------------------------------------------------------------------------

CREATE TABLE cards (
  id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('product', 'question')),
  -- folded words, by which the same question is known again
  key TEXT NOT NULL,
  question TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'dismissed', 'timed_out')),
  answer TEXT NOT NULL DEFAULT '',
  answered_at TEXT,
  answered_by TEXT,
  due_at TEXT NOT NULL,
  -- what the answer became
  knowledge_id TEXT REFERENCES knowledge (id),
  product_id TEXT REFERENCES products (id),
  -- revision of that row when the answer was put there: a later one says more than the card
  linked_revision INTEGER,
  -- the turn that opened it: one new card a turn
  turn_id TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX cards_key ON cards (key, seq) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX cards_open_key ON cards (kind, key) WHERE state = 'open' AND deleted_at IS NULL;
CREATE INDEX cards_state ON cards (state, seq) WHERE deleted_at IS NULL;

-- Everybody who waits for a card's answer.
CREATE TABLE card_waiters (
  card_id TEXT NOT NULL REFERENCES cards (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  asked_at TEXT NOT NULL,
  -- the message that told the answer (or that there is none)
  told_message_id TEXT REFERENCES messages (id),
  -- the message that told, once, that it takes longer
  late_message_id TEXT REFERENCES messages (id),
  PRIMARY KEY (card_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_waiters_conversation ON card_waiters (conversation_id);

-- Chats in which the owner answers cards, paired by a one-time code.
CREATE TABLE owner_chats (
  id TEXT PRIMARY KEY NOT NULL,
  channel_account_id TEXT NOT NULL REFERENCES channel_accounts (id),
  chat_id TEXT NOT NULL,
  sender_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  -- the answered card that the owner was asked to keep, until they say yes or no
  offer_card_id TEXT REFERENCES cards (id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT,
  created_by TEXT NOT NULL, updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX owner_chats_chat ON owner_chats (channel_account_id, chat_id) WHERE deleted_at IS NULL;

CREATE TABLE owner_pairings (
  id TEXT PRIMARY KEY NOT NULL,
  channel_account_id TEXT NOT NULL REFERENCES channel_accounts (id),
  person_id TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT;

-- Messages of owners that were heeded: the platform repeats them, and a repeat changes nothing.
CREATE TABLE owner_messages (
  channel_account_id TEXT NOT NULL REFERENCES channel_accounts (id),
  chat_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (channel_account_id, chat_id, external_id)
) STRICT, WITHOUT ROWID;

-- What is to be said to the owner in such a chat, in order.
CREATE TABLE owner_notices (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  owner_chat_id TEXT NOT NULL REFERENCES owner_chats (id),
  card_id TEXT REFERENCES cards (id),
  -- a card put to the owner, the offer to keep its answer, or anything else
  kind TEXT NOT NULL CHECK (kind IN ('card', 'offer', 'reply')),
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown')),
  not_before TEXT,
  external_id TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX owner_notices_open ON owner_notices (owner_chat_id, seq) WHERE state IN ('queued', 'sending');

-- missed demand ------------------------------------------------------------------------------------------------

CREATE TABLE missed_demand (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('not_found', 'out_of_stock', 'not_enough')),
  -- folded words of what was asked for, or the variant's id
  key TEXT NOT NULL,
  text TEXT NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  turn_id TEXT NOT NULL,
  product_id TEXT REFERENCES products (id),
  variant_id TEXT REFERENCES variants (id),
  quantity INTEGER NOT NULL DEFAULT 1,
  -- what it would have brought; null when not known
  amount INTEGER,
  dismissed_at TEXT,
  UNIQUE (turn_id, kind, key)
) STRICT;
CREATE INDEX missed_demand_key ON missed_demand (kind, key, seq);
CREATE INDEX missed_demand_at ON missed_demand (at);

-- closed hours -------------------------------------------------------------------------------------------------

-- What a conversation was told because the shop was closed: once for each closed period.
CREATE TABLE closed_notices (
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  -- 'away': the away message; 'orders_later': the sentence that orders are seen to later
  kind TEXT NOT NULL CHECK (kind IN ('away', 'orders_later')),
  -- the opening that ends the closed period, local 'YYYY-MM-DDTHH:MM'; 'none' where no opening is known
  period TEXT NOT NULL,
  message_id TEXT NOT NULL REFERENCES messages (id),
  created_at TEXT NOT NULL,
  PRIMARY KEY (conversation_id, kind, period)
) STRICT, WITHOUT ROWID;
`,
}
