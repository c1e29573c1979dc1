import { type BenchQuery, makeProducts, makeQueries, queryClasses, seeded } from './search-data.ts'
import { mostrador, type Product } from './search-mostrador.ts'
import { ftsTrigram, miniSearch, orama, type Peer } from './search-peers.ts'

export interface SearchBenchOptions {
  /** Products of the judged shop. */
  judged?: number
  /** Sizes at which speed is measured. */
  sizes?: readonly number[]
  /** Above this size MiniSearch and Orama are left out: they hold everything in memory. */
  memoryPeersUpTo?: number
  /** Judged queries asked per size. */
  timedQueries?: number
}

export interface QualityReport {
  name: string
  ndcg: number
  /** 95 % bootstrap interval of the mean. */
  interval: [number, number]
  classes: Record<string, { queries: number; ndcg: number; interval: [number, number] }>
  /** Queries without an answer that got one, of how many. */
  falseAnswers: [number, number]
  /** Queries with an answer that got none, of how many. */
  abstentions: [number, number]
}

export interface SearchBenchReport {
  products: number
  queries: number
  quality: QualityReport[]
  /** Mean difference to the best peer with its paired 95 % bootstrap interval. */
  lead: { peer: string; ndcg: number; interval: [number, number] }
  /** Results of the product that cost more than the query allowed; must be 0. */
  priceViolations: number
  speed: {
    products: number
    name: string
    buildMs: number
    p50: number
    p95: number
    longestPauseMs: number | null
  }[]
}

const DEPTH = 10
const RESAMPLES = 1_000

/** Compares the product's search with its peers on a generated shop, in one run. */
export async function runSearchBench(options: SearchBenchOptions = {}): Promise<SearchBenchReport> {
  const products = makeProducts(options.judged ?? 1_200)
  const queries = makeQueries(products)
  const own = await mostrador(products)
  const peers = [miniSearch(products), await orama(products), ftsTrigram(products)]
  const asked = await askAll(own, queries)
  const scores = new Map<string, number[]>([[own.name, asked.ndcg]])
  const quality = [summary(own.name, queries, asked)]
  for (const peer of peers) {
    const found = await askPeer(peer, queries)
    scores.set(peer.name, found.ndcg)
    quality.push(summary(peer.name, queries, found))
  }
  for (const system of [own, ...peers]) await system.close()
  const best = quality.slice(1).reduce((left, right) => (right.ndcg > left.ndcg ? right : left))
  const differences = asked.ndcg
    .map((value, index) => value - (scores.get(best.name)?.[index] ?? 0))
    .filter((value) => !Number.isNaN(value))
  const speed: SearchBenchReport['speed'] = []
  for (const size of options.sizes ?? [1_000, 10_000]) speed.push(...(await speedAt(size, queries, options)))
  return {
    products: products.length,
    queries: queries.length,
    quality,
    lead: { peer: best.name, ndcg: mean(differences), interval: bootstrap(differences) },
    priceViolations: asked.violations,
    speed,
  }
}

interface Asked {
  /** NaN for a query without an answer. */
  ndcg: number[]
  answered: boolean[]
  violations: number
}

async function askAll(own: Product, queries: readonly BenchQuery[]): Promise<Asked> {
  const asked: Asked = { ndcg: [], answered: [], violations: 0 }
  for (const query of queries) {
    const { hits, answered } = await own.search.products(query.text, { limit: DEPTH })
    asked.ndcg.push(
      ndcg(
        hits.map(({ productId }) => productId),
        query,
      ),
    )
    asked.answered.push(answered)
    for (const hit of hits) {
      const price = own.catalog.variant(hit.variantId)?.variant.price
      if (
        query.maxPrice !== null &&
        (price === undefined || price.kind === 'ask' || price.amount > query.maxPrice)
      )
        asked.violations += 1
    }
  }
  return asked
}

async function askPeer(peer: Peer, queries: readonly BenchQuery[]): Promise<Asked> {
  const asked: Asked = { ndcg: [], answered: [], violations: 0 }
  for (const query of queries) {
    const ids = await peer.find(query.text, DEPTH)
    asked.ndcg.push(ndcg(ids, query))
    asked.answered.push(ids.length > 0)
  }
  return asked
}

function summary(
  name: string,
  queries: readonly BenchQuery[],
  { ndcg: values, answered }: Asked,
): QualityReport {
  const judged = values.filter((value) => !Number.isNaN(value))
  const classes: QualityReport['classes'] = {}
  for (const kind of queryClasses) {
    const own = values.filter((value, index) => queries[index]?.class === kind && !Number.isNaN(value))
    if (own.length > 0) classes[kind] = { queries: own.length, ndcg: mean(own), interval: bootstrap(own) }
  }
  const none = queries.map((query) => query.relevance.size === 0)
  return {
    name,
    ndcg: mean(judged),
    interval: bootstrap(judged),
    classes,
    falseAnswers: [
      none.filter((without, index) => without && answered[index]).length,
      none.filter(Boolean).length,
    ],
    abstentions: [
      none.filter((without, index) => !without && answered[index] === false).length,
      judged.length,
    ],
  }
}

async function speedAt(
  size: number,
  queries: readonly BenchQuery[],
  options: SearchBenchOptions,
): Promise<SearchBenchReport['speed']> {
  const products = makeProducts(size)
  const makers: (() => Promise<Peer>)[] = [() => mostrador(products), async () => ftsTrigram(products)]
  if (size <= (options.memoryPeersUpTo ?? 10_000))
    makers.push(
      async () => miniSearch(products),
      () => orama(products),
    )
  const step = Math.max(1, Math.floor(queries.length / (options.timedQueries ?? 150)))
  const timed = queries.filter((_, index) => index % step === 0)
  const rows: SearchBenchReport['speed'] = []
  for (const make of makers) {
    const started = performance.now()
    const system = await make()
    const wholeMs = performance.now() - started
    for (const query of timed.slice(0, 20)) await system.find(query.text, DEPTH)
    const times: number[] = []
    for (const query of timed) {
      const before = performance.now()
      await system.find(query.text, DEPTH)
      times.push(performance.now() - before)
    }
    await system.close()
    times.sort((left, right) => left - right)
    const { buildMs, longestPauseMs } = isProduct(system)
      ? system
      : { buildMs: wholeMs, longestPauseMs: null }
    rows.push({
      products: size,
      name: system.name,
      buildMs,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      longestPauseMs,
    })
  }
  return rows
}

function isProduct(system: Peer): system is Product {
  return 'search' in system
}

function ndcg(ids: readonly string[], { relevance }: BenchQuery): number {
  if (relevance.size === 0) return Number.NaN
  const gain = (values: readonly number[]) =>
    values.slice(0, DEPTH).reduce((sum, value, index) => sum + (2 ** value - 1) / Math.log2(index + 2), 0)
  return (
    gain(ids.map((id) => relevance.get(id) ?? 0)) /
    gain([...relevance.values()].sort((left, right) => right - left))
  )
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function bootstrap(values: readonly number[]): [number, number] {
  const random = seeded(3)
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  )
  means.sort((left, right) => left - right)
  return [quantile(means, 0.025), quantile(means, 0.975)]
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

/** The report as text. */
export function searchBenchTable({
  products,
  queries,
  quality,
  lead,
  priceViolations,
  speed,
}: SearchBenchReport): string {
  const figure = (value: number) => value.toFixed(3)
  const range = ([low, high]: [number, number]) => `[${figure(low)}, ${figure(high)}]`
  const lines = [`NDCG@${DEPTH}, ${queries} judged queries on ${products} products`]
  for (const { name, ndcg: overall, interval, classes, falseAnswers, abstentions } of quality) {
    lines.push(
      `${name.padEnd(14)} ${figure(overall)} ${range(interval)}  false answers ${falseAnswers.join('/')}  abstentions ${abstentions.join('/')}`,
    )
    for (const [kind, own] of Object.entries(classes))
      lines.push(`    ${kind.padEnd(16)} ${figure(own.ndcg)} ${range(own.interval)} (${own.queries})`)
  }
  lines.push(
    `lead over ${lead.peer}: ${figure(lead.ndcg)} ${range(lead.interval)}; price-limit violations: ${priceViolations}`,
  )
  for (const row of speed) {
    const pause =
      row.longestPauseMs === null
        ? ''
        : `  longest pause of the loop while building ${row.longestPauseMs.toFixed(0)} ms`
    lines.push(
      `${String(row.products).padStart(7)}  ${row.name.padEnd(14)} p50 ${row.p50.toFixed(1)} ms  p95 ${row.p95.toFixed(1)} ms  build ${(row.buildMs / 1000).toFixed(1)} s${pause}`,
    )
  }
  return lines.join('\n')
}

if (import.meta.main) {
  const sizes = process.argv
    .slice(2)
    .filter((argument) => /^\d+$/.test(argument))
    .map(Number)
  const report = await runSearchBench(sizes.length === 0 ? {} : { sizes })
  console.log(process.argv.includes('--json') ? JSON.stringify(report) : searchBenchTable(report))
}
