/** Pieces of a query that may be a whole SKU: the query, its words with a digit or a joint, and pairs of words. */
export function skuCandidates(query: string): string[] {
  const text = query.trim()
  if (text.length > 200) return []
  const pieces = text.split(/\s+/).map((piece) => piece.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, ''))
  const codes = pieces.filter(
    (piece) => piece.length >= 3 && (/\d/.test(piece) || /[\p{L}][-_][\p{L}]/u.test(piece)),
  )
  const pairs = pieces.slice(0, -1).flatMap((piece, at) => {
    const next = pieces[at + 1] ?? ''
    return /\d/.test(piece + next) && piece !== '' && next !== ''
      ? [`${piece}-${next}`, `${piece}${next}`]
      : []
  })
  return [
    ...new Set([
      ...(text.length <= 60 && /\d|[-_]/.test(text) ? [text, text.replace(/\s+/g, '-')] : []),
      ...codes,
      ...pairs,
    ]),
  ]
    .filter((code) => !/^\d{1,3}$/.test(code))
    .slice(0, 12)
}
