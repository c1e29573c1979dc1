/** What a list of products is narrowed to. */
export interface ProductFilter {
  /** Words of the name, brand, category, another name or an SKU. */
  text?: string
  status?: string
  /** With everything below it. */
  category?: string
}

/** A filter as SQL on `products p`: conditions to be joined by AND, and their values in order. */
export function productCondition(filter: ProductFilter): { sql: string[]; values: string[] } {
  const sql = ['p.deleted_at IS NULL']
  const values: string[] = []
  if (filter.status !== undefined) {
    sql.push('p.status = ?')
    values.push(filter.status)
  }
  if (filter.category !== undefined) {
    sql.push("(p.category = ? OR substr(p.category, 1, length(?) + 3) = ? || ' > ')")
    values.push(filter.category, filter.category, filter.category)
  }
  const words = (filter.text ?? '').split(/\s+/).filter((part) => part !== '')
  for (const word of words.slice(0, 12)) {
    const pattern = looseGlob(word)
    sql.push(`(p.name GLOB ? OR p.brand GLOB ? OR p.category GLOB ?
      OR EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id AND v.deleted_at IS NULL AND v.sku GLOB ?)
      OR EXISTS (SELECT 1 FROM product_aliases a WHERE a.product_id = p.id AND a.deleted_at IS NULL AND a.alias GLOB ?))`)
    values.push(pattern, pattern, pattern, pattern, pattern)
  }
  return { sql, values }
}

const letterClasses: Record<string, string> = {
  a: 'aAáÁàÀâÂäÄãÃ',
  e: 'eEéÉèÈêÊëË',
  i: 'iIíÍìÌîÎïÏ',
  o: 'oOóÓòÒôÔöÖõÕ',
  u: 'uUúÚùÙûÛüÜ',
  n: 'nNñÑ',
  c: 'cCçÇ',
}

/** A GLOB pattern that finds `text` anywhere; letters match with any case and accent. SQLite's LIKE folds ASCII only. */
function looseGlob(text: string): string {
  let pattern = '*'
  for (const character of text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()) {
    const letters = letterClasses[character]
    if (letters !== undefined) pattern += `[${letters}]`
    else if (character === ']') pattern += ']'
    else pattern += `[${character}${character.toUpperCase()}]`
  }
  return `${pattern}*`
}
