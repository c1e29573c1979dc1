/** Ids of what is the person's, in the order in which they are found; `%name` stands for those found before. */
export const personalSets: readonly { name: string; find: string }[] = [
  { name: 'conversations', find: 'SELECT id FROM conversations WHERE customer_id IN (%customers)' },
  { name: 'messages', find: 'SELECT id FROM messages WHERE conversation_id IN (%conversations)' },
  { name: 'turns', find: 'SELECT id FROM turns WHERE conversation_id IN (%conversations)' },
  { name: 'carts', find: ownedBy('carts') },
  { name: 'checkouts', find: `${ownedBy('checkouts')} OR cart_id IN (%carts)` },
  { name: 'quotes', find: ownedBy('quotes') },
  { name: 'orders', find: ownedBy('orders') },
  {
    name: 'documents',
    find: 'SELECT id FROM documents WHERE customer_id IN (%customers) OR order_id IN (%orders) OR quote_id IN (%quotes)',
  },
  {
    // What others asked too is nobody's own question.
    name: 'cards',
    find: `SELECT id FROM cards WHERE (turn_id IN (%turns) OR id IN (SELECT card_id FROM card_waiters WHERE customer_id IN (%customers)))
      AND id NOT IN (SELECT card_id FROM card_waiters WHERE customer_id NOT IN (%customers))`,
  },
  {
    name: 'order_summaries',
    find: 'SELECT id FROM order_summaries WHERE checkout_id IN (%checkouts) OR conversation_id IN (%conversations)',
  },
  {
    name: 'engine_requests',
    find: 'SELECT id FROM engine_requests WHERE conversation_id IN (%conversations) OR turn_id IN (%turns)',
  },
  { name: 'outbox', find: 'SELECT id FROM outbox WHERE conversation_id IN (%conversations)' },
  {
    name: 'owner_notices',
    find: 'SELECT id FROM owner_notices WHERE card_id IN (%cards) OR conversation_id IN (%conversations)',
  },
  { name: 'reply_drafts', find: 'SELECT id FROM reply_drafts WHERE conversation_id IN (%conversations)' },
  {
    // A messenger may know one person under several ids; a phone that it vouches for holds them together.
    name: 'chat_rules',
    find: `SELECT r.id FROM chat_rules r WHERE EXISTS (SELECT 1 FROM conversations c
        LEFT JOIN chat_rules o ON o.channel_account_id = c.channel_account_id AND o.chat_id = c.chat_id
        WHERE c.id IN (%conversations) AND c.channel_account_id = r.channel_account_id AND (c.chat_id = r.chat_id OR o.phone = r.phone))
      OR r.phone IN (SELECT phone_key FROM customers WHERE id IN (%customers) AND phone_source = 'channel')`,
  },
  { name: 'attachments', find: 'SELECT id FROM attachments WHERE message_id IN (%messages)' },
  { name: 'cart_lines', find: 'SELECT id FROM cart_lines WHERE cart_id IN (%carts)' },
  { name: 'order_lines', find: 'SELECT id FROM order_lines WHERE order_id IN (%orders)' },
  { name: 'order_payments', find: 'SELECT id FROM order_payments WHERE order_id IN (%orders)' },
  { name: 'customer_identities', find: ownedByCustomer('customer_identities') },
  { name: 'customer_addresses', find: ownedByCustomer('customer_addresses') },
  { name: 'customer_preferences', find: ownedByCustomer('customer_preferences') },
  {
    name: 'customer_merges',
    find: 'SELECT id FROM customer_merges WHERE kept_id IN (%customers) OR merged_id IN (%customers)',
  },
]

function ownedBy(table: string): string {
  return `SELECT id FROM ${table} WHERE customer_id IN (%customers) OR conversation_id IN (%conversations)`
}

function ownedByCustomer(table: string): string {
  return `SELECT id FROM ${table} WHERE customer_id IN (%customers)`
}
