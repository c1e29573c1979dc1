import { newId } from '../../main/core/ids.ts'
import type { Shop } from '../../main/core/shops/shop.ts'

const customers = 20_000
const states = [
  'delivered',
  'delivered',
  'delivered',
  'delivered',
  'shipped',
  'processing',
  'pending',
  'cancelled',
] as const
const things = ['Taza', 'Plato', 'Vela', 'Cuaderno', 'Lámpara', 'Manta', 'Cojín', 'Jarra']

/**
 * Fills a shop with orders of two years, two and a bit lines each, straight into the tables: what is measured is reading
 * them. Returns how many lines there are.
 */
export function fillOrders(shop: Shop, orders: number): number {
  const variants = shop.storage.write('system', (tx) =>
    things.map((name, index) => {
      const product = shop.catalog.create(tx, {
        name,
        category: 'Hogar',
        variants: [{ sku: `S-${index}`, price: { kind: 'exact', amount: 990 + index * 250 } }],
      })
      return {
        productId: product.id,
        variantId: product.variants[0]?.id ?? '',
        name,
        price: 990 + index * 250,
      }
    }),
  )
  const names = Array.from({ length: customers }, (_, index) => ({
    id: newId(),
    name: `Ana Apellido${index}`,
  }))
  shop.storage.write('system', (tx) => {
    const insert = tx.sql.prepare(
      `INSERT INTO customers (id, name, phone, search_text, created_at, updated_at, created_by, updated_by)
       VALUES (?, ?, ?, ?, ?, ?, 'system', 'system')`,
    )
    names.forEach(({ id, name }, index) => {
      const phone = `+346${String(index).padStart(8, '0')}`
      insert.run(id, name, phone, `${name.toLowerCase()} ${phone.slice(1)}`, tx.now, tx.now)
    })
  })
  const first = Date.UTC(2025, 0, 1)
  const step = (730 * 86_400_000) / orders
  let lines = 0
  for (let from = 0; from < orders; from += 5_000) {
    shop.storage.write('system', (tx) => {
      const insertOrder = tx.sql.prepare(
        `INSERT INTO orders (id, seq, number, customer_id, source, state, payment_state, currency, prices_include_tax,
           delivery_method, recipient, phone, payment_name, subtotal, delivery_fee, tax, total, search_text, placed_at,
           created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, 'chat', ?, ?, 'EUR', 1, 'delivery', ?, ?, 'Bizum', ?, 395, ?, ?, ?, ?, ?, ?, 'agent', 'agent')`,
      )
      const insertLine = tx.sql.prepare(
        `INSERT INTO order_lines (id, order_id, position, product_id, variant_id, sku, name, quantity, unit_price, total,
           tax_rate, created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 2100, ?, ?, 'agent', 'agent')`,
      )
      for (let index = from; index < Math.min(from + 5_000, orders); index++) {
        const customer = names[(index * 7919) % customers]
        const at = new Date(first + index * step).toISOString()
        const chosen = variants.slice(index % 6, (index % 6) + 1 + (index % 3) + (index % 5 === 0 ? 1 : 0))
        const subtotal = chosen.reduce((sum, { price }) => sum + price * 2, 0)
        const state = states[index % states.length] ?? 'pending'
        const number = String(1001 + index)
        const id = newId()
        const text = [number, customer?.name, ...chosen.map(({ name }) => name)].join(' ').toLowerCase()
        insertOrder.run(
          id,
          index + 1,
          number,
          customer?.id,
          state,
          state === 'delivered' ? 'paid' : 'unpaid',
          customer?.name,
          `+346${index}`,
          subtotal,
          Math.round(subtotal * 0.1736),
          subtotal + 395,
          text,
          at,
          at,
          at,
        )
        chosen.forEach(({ productId, variantId, name, price }, position) => {
          insertLine.run(
            newId(),
            id,
            position,
            productId,
            variantId,
            `S-${position}`,
            name,
            2,
            price,
            price * 2,
            at,
            at,
          )
          lines++
        })
      }
    })
  }
  shop.storage.sql.exec('ANALYZE')
  return lines
}
