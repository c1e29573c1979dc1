import { container } from './options.ts'
import type { CustomerRequest } from './request.ts'

function named(request: CustomerRequest): boolean {
  return request.phrase.nouns.length > 0
}

/** "una en M", "otra en L": an amount of something that another clause names. */
function isPart(request: CustomerRequest): boolean {
  return (
    !named(request) &&
    request.options.length > 0 &&
    (request.intent === null ||
      request.intent === 'add' ||
      request.intent === 'more' ||
      (request.intent === 'attributes' && request.quantity !== null && !request.asked)) &&
    (request.quantity !== null || /\b(?:otr[oa]s?|another|other)\b/i.test(request.text))
  )
}

function withoutOptions({ phrase }: CustomerRequest): CustomerRequest['phrase'] {
  const { nouns, definite } = phrase
  return { text: nouns.join(' '), content: nouns, nouns, definite }
}

/** "uno en grano y otro molido" after "dos cafés": shares told with words that are no option of every shop. */
function isNamedShare(request: CustomerRequest, last: boolean): boolean {
  const pronoun = last
    ? /^\W*(?:(?:y|and)\s+)?(?:(?:el|la|the)\s+)?(?:otr[oa]|another|other)\b/i
    : /^\W*(?:(?:uno|one|1|otr[oa]|another)\b|una\s+(?:en|de|con|sin)\b)/i
  return pronoun.test(request.text) && !request.asked && request.phrase.nouns.length <= 2
}

function wanted({ quantity }: CustomerRequest): CustomerRequest['quantity'] {
  return quantity?.article === false ? quantity : null
}

/** A clause that puts right the one before it in the same breath. */
function takesBack(request: CustomerRequest): boolean {
  const regrets =
    /^\W*(?:(?:no|uy|ay|ah|oh)\W+)*(?:espera|mejor|perd[oó]n|perdona|digo|quise decir|quer[ií]a decir|i mean|i meant|sorry|actually|wait|make (?:it|that)|rather)\b/i
  if (!regrets.test(request.text) || request.asked) return false
  if (request.intent === 'correct') return named(request)
  return request.intent === 'set_quantity' && !named(request) && request.quantity?.article === false
}

/** Clauses of one order put together: what divides an amount, what names its option, what takes it back. */
export function ordersOf(requests: readonly CustomerRequest[]): CustomerRequest[] {
  const orders: CustomerRequest[] = []
  for (let index = 0; index < requests.length; index++) {
    const request = requests[index]
    if (request === undefined) continue
    const next = requests[index + 1]
    // "dos camisetas negras, una en M y otra en L"
    if (request.intent === 'add' && named(request) && (request.quantity?.value ?? 0) > 1) {
      let end = index + 1
      while (end < requests.length && isPart(requests[end] ?? request)) end++
      const parts = requests.slice(index + 1, end)
      const sum = parts.reduce((total, part) => total + (part.quantity?.value ?? 1), 0)
      const shares = requests.slice(index + 1, index + 1 + (request.quantity?.value ?? 0))
      if (
        parts.length < shares.length &&
        shares.length === request.quantity?.value &&
        shares.every((one, at) => isNamedShare(one, at === shares.length - 1))
      ) {
        for (const share of shares)
          orders.push({
            ...share,
            intent: 'add',
            score: request.score,
            quantity: { value: 1, article: false },
            phrase: request.phrase,
            deictic: null,
            options: [...request.options, ...share.options, ...share.phrase.content],
          })
        index += shares.length
        continue
      }
      if (parts.length > 1 && sum === request.quantity?.value) {
        for (const part of parts)
          orders.push({
            ...part,
            intent: 'add',
            score: request.score,
            quantity: part.quantity ?? { value: 1, article: false },
            phrase: request.phrase,
            deictic: null,
            options: [...request.options, ...part.options],
          })
        index = end - 1
        continue
      }
    }
    // "dos velas, no espera, mejor tres"; "unos guantes, perdón, quería decir un gorro": only what was meant in the end
    if (next !== undefined && request.intent === 'add' && named(request) && takesBack(next)) {
      orders.push(
        named(next)
          ? { ...next, intent: 'add', score: request.score, quantity: wanted(next) ?? wanted(request) }
          : {
              ...request,
              quantity: next.quantity ?? request.quantity,
              options: [...(next.options.length > 0 ? next.options : request.options)],
            },
      )
      index++
      continue
    }
    // "la XL, ponme 5"
    if (
      next !== undefined &&
      (request.intent === null || request.intent === 'affirm') &&
      !named(request) &&
      request.quantity === null &&
      request.options.length + request.ordinals.length > 0 &&
      next.intent === 'add' &&
      !named(next) &&
      next.options.length + next.ordinals.length === 0
    ) {
      orders.push({
        ...next,
        text: `${request.text} ${next.text}`,
        options: request.options,
        ordinals: request.ordinals,
        phrase: request.phrase,
      })
      index++
      continue
    }
    // "puedo añadir | también otro jarrón"
    if (
      next !== undefined &&
      request.intent === 'add' &&
      request.phrase.content.length === 0 &&
      request.quantity === null &&
      request.deictic === null &&
      request.ordinals.length === 0 &&
      named(next) &&
      (next.intent === null || next.intent === 'search' || next.intent === 'add' || next.intent === 'more') &&
      /^\W*(?:tambi[eé]n|adem[aá]s|also|too)\b/i.test(next.text)
    ) {
      orders.push({ ...next, intent: 'add', score: request.score, asked: false })
      index++
      continue
    }
    // "wood ones, 3 boxes"
    if (
      next !== undefined &&
      (request.intent === null || request.intent === 'search') &&
      (named(request) || request.options.length > 0) &&
      request.quantity === null &&
      !request.asked &&
      !next.asked &&
      (next.intent === null || next.intent === 'add') &&
      next.quantity?.article === false &&
      named(next) &&
      next.phrase.content.every((word) => container.test(word))
    ) {
      orders.push({ ...request, intent: 'add', score: 3, quantity: next.quantity })
      index++
      continue
    }
    // "no, mejor los guantes"
    if (
      next !== undefined &&
      request.intent === 'deny' &&
      !named(request) &&
      (next.intent === null || next.intent === 'search' || next.intent === 'add') &&
      next.phrase.content.length > 0 &&
      /^(?:mejor|prefiero|preferir[ií]a|rather|actually|instead|i'?d rather|i prefer|quiero|ponme|i want|make it)\b/i.test(
        next.text,
      )
    ) {
      orders.push({ ...next, intent: 'correct', score: 4 })
      index++
      continue
    }
    // "me equivoqué, no quería la bufanda"
    if (
      next !== undefined &&
      request.intent === 'correct' &&
      request.phrase.content.length === 0 &&
      request.ordinals.length === 0 &&
      (next.intent === 'correct' || next.intent === 'remove')
    )
      continue
    orders.push(request)
  }
  // "una caja de tinto y una botella de blanco": a list and nothing else is an order
  const list = orders.filter((one) => one.intent !== 'greet' && one.intent !== 'thanks')
  if (
    list.length > 1 &&
    list.every(
      (one) =>
        (one.intent === null || one.intent === 'add') && named(one) && one.quantity !== null && !one.asked,
    )
  )
    return orders.map((one) => (list.includes(one) ? { ...one, intent: 'add', score: 3 } : one))
  // "una camiseta blanca S y una M negra": two things told in full are an order
  const told = orders.filter(
    (one) => one.intent === null && !one.asked && one.quantity !== null && one.options.length > 0,
  )
  if (told.length > 1 && told.some((one) => !named(one)) && told[0] !== undefined && named(told[0]))
    return orders.map((one, at) => {
      if (!told.includes(one)) return one
      const head = orders.slice(0, at + 1).findLast((other) => told.includes(other) && named(other))
      return {
        ...one,
        intent: 'add',
        score: 3,
        phrase: named(one) || head === undefined ? one.phrase : withoutOptions(head),
      }
    })
  // "dos blancas y una azul": each a part of a list
  const parts = orders.filter((one) => one.intent === null && isPart(one) && !one.asked)
  if (parts.length > 1)
    return orders.map((one) => (parts.includes(one) ? { ...one, intent: 'add', score: 3 } : one))
  return orders
}

/** "El plato y la vela, dos de cada": the amount is that of each. */
export function amountsOfEach(requests: readonly CustomerRequest[]): CustomerRequest[] {
  const at = requests.findIndex(
    (one) => one.amount === 'each' && !named(one) && one.quantity !== null && one.options.length === 0,
  )
  const amount = requests[at]?.quantity
  const before = requests
    .slice(0, Math.max(0, at))
    .filter((one) => named(one) && (one.intent === 'add' || one.intent === 'search' || one.intent === null))
  if (amount == null || before.length < 2 || before.some((one) => one.quantity?.article === false))
    return [...requests]
  const quantity = { value: amount.value, article: false }
  return requests.flatMap((one, index) => {
    if (index === at) return []
    return before.includes(one) ? [{ ...one, intent: 'add', quantity } satisfies CustomerRequest] : [one]
  })
}
