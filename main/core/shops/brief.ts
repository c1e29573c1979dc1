import type { ShopBrief } from '../engines/engine.ts'
import type { Storage } from '../storage/storage.ts'

/** The shop's row as everybody reads it; kept until the row changes. */
export function briefReader(storage: Storage): () => ShopBrief {
  let cached: { revision: number; brief: ShopBrief } | null = null
  return () => {
    const row = storage
      .prepare<
        [],
        {
          revision: number
          name: string
          currency: string
          locale: string
          country: string
          time_zone: string
          prices_include_tax: number
        }
      >('SELECT revision, name, currency, locale, country, time_zone, prices_include_tax FROM shop')
      .get()
    if (row === undefined) throw new Error('the database has no shop row')
    if (cached?.revision !== row.revision) {
      cached = {
        revision: row.revision,
        brief: {
          name: row.name,
          currency: row.currency,
          locale: row.locale,
          country: row.country,
          timeZone: row.time_zone,
          pricesIncludeTax: row.prices_include_tax === 1,
        },
      }
    }
    return cached.brief
  }
}
