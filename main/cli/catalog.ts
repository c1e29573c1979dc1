import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Command, InvalidArgumentError } from 'commander'
import type { ContractClient, ImportReport, ProductSearch } from '../../preload/contract/index.ts'
import { formatMoney } from '../core/money/money.ts'
import type { Run } from './command.ts'
import { chooseShop, connect, requireFile } from './connection.ts'
import { issueText } from './import-texts.ts'
import type { Output } from './output.ts'
import { say } from './texts.ts'

export function catalogCommands(program: Command, run: Run): void {
  const catalog = program.command('catalog').description('products')

  run(
    catalog
      .command('import')
      .argument('<file>', 'CSV file')
      .option('--dry-run', 'only say what would happen')
      .description('import products'),
    async (context, options, [file = '']) => {
      const path = resolve(file)
      requireFile(path)
      const slug = chooseShop(context, context.shop)
      const connection = await connect(context, { shop: slug })
      try {
        await importFile(connection.client, slug, path, options.dryRun === true, context.output)
      } finally {
        await connection.close()
      }
    },
  )

  run(
    catalog
      .command('search')
      .argument('[text...]', 'what is looked for; without it one query a line on stdin')
      .option('--limit <n>', 'results at most, up to 100', toLimit, 10)
      .description('search products'),
    async (context, options, words) => {
      const slug = chooseShop(context, context.shop)
      const connection = await connect(context, { shop: slug })
      try {
        const { locale } = await connection.client.shops.get({ shop: slug })
        const limit = Number(options.limit)
        const search = async (query: string) => {
          const found = await connection.client.search.products({ shop: slug, query, limit })
          context.output.result(resultOf(found), textOf(found, locale, context.output))
        }
        if (words.length > 0) await search(words.join(' '))
        else for await (const line of createInterface({ input: process.stdin })) await search(line)
      } finally {
        await connection.close()
      }
    },
  )

  const search = program.command('search').description("the catalog's search index")
  run(search.command('rebuild').description('build the index anew'), async (context) => {
    const slug = chooseShop(context, context.shop)
    const connection = await connect(context, { shop: slug })
    try {
      for await (const event of await connection.client.search.rebuild({ shop: slug })) {
        if (event.type === 'progress')
          context.output.note({ event: 'progress', ...event }, `${event.done}/${event.total}`)
        else
          context.output.result({ products: event.products }, say('rebuilt', context.output.language, event))
      }
    } finally {
      await connection.close()
    }
  })
}

function toLimit(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('1–100')
  return Math.min(100, limit)
}

async function importFile(
  client: ContractClient,
  shop: string,
  path: string,
  dryRun: boolean,
  output: Output,
): Promise<void> {
  let runId: string | null = null
  const cancel = () => {
    if (runId !== null) void client.catalog.importCancel({ shop, runId })
  }
  process.once('SIGINT', cancel)
  try {
    for await (const event of await client.catalog.importStart({ shop, path, dryRun })) {
      if (event.type === 'started') runId = event.runId
      else if (event.type === 'progress') {
        const { rows, bytes, totalBytes } = event
        output.note({ event: 'progress', rows, bytes, totalBytes }, `${rows}`)
      } else output.result(summaryOf(event.report), reportText(event.report, output))
    }
  } finally {
    process.removeListener('SIGINT', cancel)
  }
}

function summaryOf(report: ImportReport) {
  const { imported, updated, variants, refused, warned, ...rest } = report
  return { imported, updated, variants, refused, warned, ...rest }
}

function reportText(report: ImportReport, output: Output): string {
  const rows = [...report.refused, ...report.warned]
    .sort((a, b) => a.row - b.row)
    .map(({ row, reason }) =>
      say('row', output.language, { row, reason: issueText(reason, output.language) }),
    )
  const counts = say('imported', output.language, {
    imported: report.imported,
    updated: report.updated,
    variants: report.variants,
    refused: report.refused.length,
    warned: report.warned.length,
  })
  return [...rows, counts, ...(report.dryRun ? [say('dryRun', output.language)] : [])].join('\n')
}

function resultOf(found: ProductSearch) {
  return {
    query: found.query,
    results: found.results.map((result) => ({
      sku: result.sku,
      product: result.productId,
      name: result.name,
      price: result.price.kind === 'ask' ? null : result.price.amount,
      currency: result.currency,
      stock: result.available,
      score: result.score,
    })),
    answered: found.answered,
  }
}

function textOf(found: ProductSearch, locale: string, output: Output): string {
  if (found.results.length === 0) return say('nothingFits', output.language)
  return found.results
    .map(({ sku, name, title, price, currency, available }) => {
      const amount = price.kind === 'ask' ? '?' : formatMoney({ amount: price.amount, currency }, locale)
      return [
        sku ?? '-',
        [name, title].filter((part) => part !== '').join(' · '),
        amount,
        available ?? '',
      ].join('\t')
    })
    .join('\n')
}
