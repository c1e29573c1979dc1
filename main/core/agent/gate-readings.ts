import { partialMention } from './gate-binding.ts'
import type { AmountInContext } from './gate-check-amounts.ts'
import { delivery, productsFit } from './gate-check-amounts.ts'
import { arithmeticFits } from './gate-check-arithmetic.ts'
import { quantityIn } from './gate-check-lines.ts'
import { type Evidence, evidenceIn, spokenOf } from './gate-evidence.ts'
import { holdsWords, type Ledger } from './gate-ledger.ts'
import { deliveryReading, totalReading, withDelivery } from './gate-readings-whole.ts'
import { variantsIn } from './gate-variants.ts'

/** Readings of an amount in free text that the plain reading of its clause does not give. Each is true by the facts alone. */

const refusal =
  /(?:^|\s)(?:no|not|ni|n't|cannot|can't|couldn't|won't|isn't|tampoco)\s(?:(?:te |le |se |lo |la |los |las |me |os )*(?:lo |la )?(?:pued\w+|pod\w+|cuesta\w*|vale|es|son|sale\w*|esta|baja\w*|llega|alcanza|dej\w+|can|could|do|able|cost\w*|quite)\s?)?(?:\w+\s){0,3}?(?:a |por |en |for |at |de |por debajo de )?$/
const refusedAfter =
  /^\s*(?:no|ni|tampoco|isn't|is not|won't|not)\b(?!\s(?:es|hay|hace|son)? ?(?:problema|falta|problem))/
const harmlessNo =
  /\b(?:problem\w*|importa\w*|preocup\w*|mind|worr\w*|inconvenien\w*|solo|only|wrong|say no|doubt|duda)\b/
const budgetBefore =
  /(?:\b(?:con un presupuesto de|para|menos de|por debajo de|under|below|less than|for less than|cheaper than|hasta|up to|within|presupuesto de|budget of|dentro de|entran? en|caben? en|pasa[nr]? de|encima de|over|above|tope de|maximo(?: de)?)\s(?:los |las |tus |sus |tu |su |your |esos |the )?|\b(?:tus|sus|tu|su|your|esos)\s)$/
const under =
  /\b(?:menos de|por debajo de|under|below|less than|cheaper than|hasta|up to|within|dentro de|entran? en|caben? en)\s(?:\w+\s)?$/

/** Whether the facts carry an amount in a sense that its surroundings allow. */
export function readingFits(ledger: Ledger, item: AmountInContext): boolean {
  if (customersOwn(ledger, item)) return true
  if (paidSaid.test(item.own.before)) return false
  if (deliveryReading(ledger, item)) return true
  if (totalReading(ledger, item)) return true
  // "12,90 € con envío incluido" is true of a whole alone.
  if (withDelivery.test(item.own.after)) return false
  if (savingReading(ledger, item)) return true
  if (remainderReading(ledger, item)) return true
  if (arithmeticFits(ledger, item)) return true
  if (lineReading(ledger, item)) return true
  return productReading(ledger, item)
}

const paidSaid = /\b(?:(?:has|ha|han|hemos) (?:pagado|abonado)|pagaste|abonaste|(?:you|you've|have) paid)\b/

/** The customer's own figure, refused ("no, 10 € no") or kept as the bound that it is ("por menos de 30 € tienes…"). */
function customersOwn(ledger: Ledger, item: AmountInContext): boolean {
  if (!item.customerAmounts.has(item.claim.amount)) return false
  if (
    /\b(?:busc\w+|querias|quieres gastar|looking for|looking to spend|mentioned|mencion\w+|preguntas por)\b[^,;.]*$/.test(
      item.lead,
    )
  )
    return true
  const chunk = item.lead.split(/[,;:!?.]\s/).at(-1) ?? ''
  if (!harmlessNo.test(chunk) && !harmlessNo.test(item.own.after)) {
    if (refusal.test(chunk)) return true
    if (refusedAfter.test(item.own.after)) return true
  }
  if (!budgetBefore.test(item.lead)) return false
  if (!under.test(item.lead)) return true
  const named = new Set(evidenceIn(ledger, item.text).flatMap(({ ids }) => (ids.size === 1 ? [...ids] : [])))
  return [...named].every((id) => {
    const prices =
      ledger.products.get(id)?.prices.filter(({ role }) => role === 'unit' || role === 'from') ?? []
    return prices.length === 0 || Math.min(...prices.map(({ amount }) => amount)) <= item.claim.amount
  })
}

/** "Te sobrarían 4 €" of the customer's 20; "hay 20 € de diferencia" between what was spoken of. */
function remainderReading(ledger: Ledger, item: AmountInContext): boolean {
  const { amount } = item.claim
  const near = `${item.own.before} ${item.own.after}`
  if (/\b(?:sobr\w+|left over|to spare|change|por encima|te pasas|over budget)\b/.test(near))
    return item.verified.some((price) =>
      [...item.customerAmounts].some((own) => Math.abs(own - price) === amount),
    )
  if (!/\b(?:diferencia|difference)\b/.test(item.sentence)) return false
  const ids = new Set([
    ...evidenceIn(ledger, item.text).flatMap((one) => [...one.ids]),
    ...(item.binding?.ids ?? []),
  ])
  const prices = [...ids].flatMap((id) =>
    (ledger.products.get(id)?.prices ?? []).flatMap(({ role, amount: one }) =>
      role === 'unit' ? [one] : [],
    ),
  )
  return prices.some((a) => prices.some((b) => a - b === amount))
}

const savingWords =
  /\b(?:ahorr\w+|sav(?:e|es|ed|ing|ings)|descuent\w*|rebajad\w+|rebaja|discount\w*|menos|off|less|minus)\b/

/** What a code takes off the checkout, or what a former price and the present one differ by. */
function savingReading(ledger: Ledger, item: AmountInContext): boolean {
  const { amount } = item.claim
  const near = `${item.own.before} ${item.own.after}`
  const tied =
    savingWords.test(near) ||
    (/\b(?:that's|that is|son|es decir|o sea)\s*$/.test(item.own.before) && savingWords.test(item.sentence))
  if (!tied) return false
  if (ledger.sums.some((sum) => sum.role === 'discount' && sum.amount === amount)) return true
  const spoken = spokenIds(item, ledger)
  return [...spoken].some((id) => {
    const prices = ledger.products.get(id)?.prices ?? []
    return prices.some(
      (old) =>
        old.role === 'compare_at' &&
        prices.some(
          (now) =>
            now.role === 'unit' && now.variantId === old.variantId && old.amount - now.amount === amount,
        ),
    )
  })
}

function spokenIds(item: AmountInContext, ledger: Ledger): Set<string> {
  const near = evidenceIn(ledger, item.text)
  if (near.length > 0) return new Set(near.flatMap(({ ids }) => [...ids]))
  return item.binding?.ids ?? new Set()
}

const single = /\b(?:cuesta|vale|sale a|esta a|cada|costs|is|at|each|a)\s*$/

/** A line of the cart or of an order: its total beside its goods, or the price of one of what is in it. */
function lineReading(ledger: Ledger, item: AmountInContext): boolean {
  const { claim, own } = item
  const times = /(?<![\d.,])(\d{1,3})\s?[x×]\s*(?:$|\D{0,3}[\d.,]+\D{0,4}=\s*$)/.exec(
    item.text.slice(0, claim.start),
  )
  if (times !== null && own.evidence.length === 0) {
    const lines = [...ledger.products.values()].flatMap((product) => product.cart)
    const whole = /=\s*$/.test(item.text.slice(0, claim.start))
    const quantity = Number(times[1])
    if (lines.some((line) => line.quantity === quantity && (whole ? line.total : line.unit) === claim.amount))
      return true
  }
  const ids = nearest(ledger, item) ?? item.binding?.ids ?? new Set<string>()
  return [...ids].some((id) => {
    const product = ledger.products.get(id)
    if (product === undefined) return false
    const named = variantsIn(product, [...own.attached, own.before, own.after])
    const lines = product.cart.filter(({ variantId }) => !named.named || named.ids.has(variantId))
    const said = quantityIn(item)
    return lines.some((line) =>
      line.total === claim.amount
        ? line.quantity === 1 ||
          said === line.quantity ||
          (said === null &&
            own.evidence.length > 0 &&
            !single.test(own.before) &&
            !/\b(?:cada|each|c\/u)\b/.test(own.after))
        : line.unit === claim.amount &&
          (said === null ||
            said === 1 ||
            single.test(own.before) ||
            /[x×(@]\s*$|^\s*(?:cada|each|c\/u|la unidad)/.test(`${own.before}|${own.after}`)),
    )
  })
}

/** The product whose words stand nearest to the amount, and its variant by the words nearest to that. */
function productReading(ledger: Ledger, item: AmountInContext): boolean {
  const { before, evidence } = item.own
  const price = /\b(?:precio|price|cuesta|vale|costs)\b[^,;]*$/.test(before)
  if (evidence.length === 0 && !price && (delivery.test(before) || /\b(?:sub)?total\b/.test(before)))
    return false
  const candidates = nearest(ledger, item)
  const hints = [
    ...item.own.attached,
    item.own.before,
    item.own.after,
    item.clause.text,
    item.text,
    item.earlier,
    ...item.customer.toReversed(),
  ].filter((text) => text !== '')
  const binding =
    candidates === null ? item.binding : { ids: candidates, explicit: true, all: false, hints: [] }
  if (binding !== null && productsFit(ledger, { ...item, binding: { ...binding, hints } })) return true
  return categoryReading(ledger, item, hints)
}

/** "Las gaseosas cuestan 4": of each thing that the shop's texts call so. */
function categoryReading(ledger: Ledger, item: AmountInContext, hints: string[]): boolean {
  if (evidenceIn(ledger, item.text).length > 0 || item.own.named !== null) return false
  const words = evidenceIn(ledger, item.text.slice(0, item.claim.start), true)
  const [first] = words
  if (first === undefined || words.some(({ ids }) => ids.size !== first.ids.size)) return false
  return productsFit(ledger, { ...item, binding: { ids: first.ids, explicit: true, all: true, hints } })
}

/** The products that the words nearest to an amount speak of; null when none do. */
export function nearest(ledger: Ledger, item: AmountInContext): Set<string> | null {
  const { evidence } = item.own
  if (
    evidence.length !== 1 &&
    (/\+\s*$|\b(?:mas|plus)\s*$/.test(item.own.before) || /^\s*\+/.test(item.text.slice(item.claim.end)))
  )
    return new Set(spokenOf(ledger, item.text).flatMap(({ ids }) => [...ids]))
  // What is named in full is what is meant.
  if (item.own.named !== null) return item.own.named
  const before = evidence.filter(({ end }) => end <= item.claim.start).at(-1)
  const after = evidence.find(({ start }) => start >= item.claim.end)
  const near = before ?? after
  const sole = evidenceIn(ledger, item.text)
  const [first] = sole
  if (
    near === undefined &&
    first !== undefined &&
    sole.every(({ ids }) => ids.size === 1 && first.ids.has([...ids][0] ?? ''))
  )
    return first.ids
  if (near !== undefined)
    return fromPriced(ledger, item, near) ?? sharedHead(ledger, item, near) ?? narrowed(ledger, near, item)
  const divided = /\s(?:o|or|y|and)\s|, /.test(item.text)
  if (evidenceIn(ledger, item.text).length > 0 ? !divided : item.binding?.explicit === true) return null
  const weak = evidenceIn(ledger, `${item.own.before}\ue000${item.own.after}`, true)
  const told = weak.at(0)
  if (told !== undefined && weak.length > 0) {
    let common = told.ids
    for (const { ids } of weak) {
      const both = new Set([...common].filter((id) => ids.has(id)))
      if (both.size > 0) common = both
    }
    if (common.size === 1) return common
  }
  return null
}

/** "Para la guitarra, desde 30 €": of what a word may mean, that which has such a price. */
function fromPriced(ledger: Ledger, { own }: AmountInContext, { wide }: Evidence): Set<string> | null {
  if (!/\b(?:desde|from|a partir de|starts? at)\s*$/.test(own.before)) return null
  const priced = [...wide].filter((id) => ledger.products.get(id)?.prices.some(({ role }) => role === 'from'))
  return priced.length > 0 ? new Set(priced) : null
}

/** "El mate de calabaza y el de acero": what is left out is the kind of thing named before. */
function sharedHead(ledger: Ledger, item: AmountInContext, near: Evidence): Set<string> | null {
  if (
    near.wide.size < 2 ||
    !/\b(?:el|la|los|las)\s(?:de|del|con|para)\s(?:la |el )?$/.test(item.text.slice(0, near.start))
  )
    return null
  const before = evidenceIn(ledger, item.text)
    .filter(({ end }) => end <= near.start)
    .at(-1)
  const heads = new Set([...(before?.ids ?? [])].flatMap((id) => [...(ledger.products.get(id)?.heads ?? [])]))
  const same = [...near.wide].filter((id) =>
    [...(ledger.products.get(id)?.heads ?? [])].some((one) => heads.has(one)),
  )
  return same.length > 0 ? new Set(same) : null
}

/** A vague word keeps to what was spoken of before or asked about, and to what has the variant that is named, where that fits. */
function narrowed(
  ledger: Ledger,
  { ids }: Evidence,
  { binding, own, customer }: AmountInContext,
): Set<string> {
  if (ids.size < 2) return ids
  const having = [...ids].filter((id) => {
    const product = ledger.products.get(id)
    return product?.variants.some(({ parts }) =>
      parts.some(
        (part) => /[a-z]{4}/.test(part) && (holdsWords(own.before, part) || holdsWords(own.after, part)),
      ),
    )
  })
  const left = having.length > 0 ? new Set(having) : ids
  const common = new Set([...left].filter((id) => binding?.ids.has(id)))
  if (common.size > 0 && common.size < left.size) return common
  for (const words of customer.toReversed()) {
    const asked = partialMention(ledger, words)
    const wanted = [...left].filter((id) => asked?.has(id))
    if (wanted.length > 0) return new Set(wanted)
  }
  return left
}
