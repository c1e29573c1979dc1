/** Finds names of products in texts. */
export interface Mentions {
  /** Longest names first come first in the text's order; single words only where they are written as a name. */
  find(text: string): { productId: string; name: string }[]
  /** Call when products changed: the index is built again at the next search. */
  invalidate(): void
}

/** A word of a name; `products` end here. */
interface Node {
  next: Map<string, Node>
  products: { productId: string; name: string }[]
}

interface Word {
  folded: string
  capital: boolean
  opens: boolean
}

/**
 * Makes a finder of product names: folded, whole words, longest match, one pass over the text.
 * @param names all names and aliases of the catalog; read when the index is built.
 */
export function createMentions(names: () => Iterable<{ productId: string; name: string }>): Mentions {
  let index: Node | null = null
  return {
    find(text) {
      index ??= build(names())
      return search(index, readWords(text))
    },
    invalidate() {
      index = null
    },
  }
}

function build(names: Iterable<{ productId: string; name: string }>): Node {
  const root: Node = { next: new Map(), products: [] }
  for (const { productId, name } of names) {
    const words = readWords(name).map(({ folded }) => folded)
    if (!/\p{L}/u.test(name) || words.join('').length < 3) continue
    let node = root
    for (const word of words) {
      let next = node.next.get(word)
      if (next === undefined) {
        next = { next: new Map(), products: [] }
        node.next.set(word, next)
      }
      node = next
    }
    node.products.push({ productId, name })
  }
  return root
}

function search(root: Node, words: readonly Word[]): { productId: string; name: string }[] {
  const found: { productId: string; name: string }[] = []
  for (let at = 0; at < words.length; ) {
    let length = 0
    let products: Node['products'] = []
    let node: Node | undefined = root
    for (let offset = 0; node !== undefined; offset++) {
      const word = words[at + offset]
      node = word === undefined ? undefined : node.next.get(word.folded)
      if (node === undefined || node.products.length === 0 || (offset === 0 && !isName(word))) continue
      length = offset + 1
      products = node.products
    }
    found.push(...products)
    at += Math.max(1, length)
  }
  return found
}

/** A single word ("Café") is a name only where it is written like one, inside a sentence. */
function isName(word: Word | undefined): boolean {
  return word?.capital === true && !word.opens
}

function readWords(text: string): Word[] {
  const words: Word[] = []
  let opens = true
  let last = 0
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    opens ||= /[.!?¡¿:;•·\n"«“(]|[–—-]\s/.test(text.slice(last, match.index))
    const folded = match[0].normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    words.push({ folded, capital: /^\p{Lu}/u.test(match[0]), opens })
    opens = false
    last = match.index + match[0].length
  }
  return words
}
