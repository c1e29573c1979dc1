/** What a conversation was told because the shop was closed: once for each closed period. */
export const away = {
  version: 4,
  name: 'away',
  sql: `
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
