/**
 * Looks for a customer's latest message, unknown sends and edits walked whole conversations or tables; they have their
 * own small indexes now.
 */
export const longConversations = {
  version: 2,
  name: 'long conversations',
  sql: `
CREATE INDEX messages_customer ON messages (conversation_id, seq) WHERE author = 'customer' AND removed_at IS NULL;
CREATE INDEX messages_agent ON messages (conversation_id, seq) WHERE author = 'agent';
CREATE INDEX message_edits_message ON message_edits (message_id);
CREATE INDEX outbox_unknown_sends ON outbox (seq) WHERE state = 'unknown';
`,
}
