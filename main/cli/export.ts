import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ExportRequest } from '../../preload/contract/index.ts'
import type { Run } from './command.ts'
import { chooseShop, connect } from './connection.ts'
import { say } from './texts.ts'

const kinds = ['customers', 'products', 'orders', 'order-lines']
const orderStates = ['pending', 'processing', 'shipped', 'delivered', 'cancelled', 'returned']

/** `export`: customers, products, orders or their lines as a CSV or Excel file. */
export function exportCommand(program: Command, run: Run): void {
  run(
    program
      .command('export')
      .argument('<what>', kinds.join(', '), toKind)
      .argument('<file>', 'file to write; .xlsx makes an Excel workbook, anything else a CSV')
      .addOption(new Option('--format <format>', 'instead of what the name says').choices(['csv', 'xlsx']))
      .addOption(
        new Option('--delimiter <sign>', 'CSV: comma, semicolon (decimal comma) or tab')
          .choices(['comma', 'semicolon', 'tab'])
          .default('comma'),
      )
      .option('--no-bom', 'CSV: without the mark by which Excel knows UTF-8')
      .option('--from <date>', 'first day, YYYY-MM-DD', toDate)
      .option('--to <date>', 'last day, YYYY-MM-DD', toDate)
      .option('--customer <id>', 'of this customer')
      .option('--product <id>', 'with this product')
      .option('--text <text>', 'that hold this text')
      .addOption(new Option('--state <state...>', 'orders in these states').choices(orderStates))
      .description('write data to a file'),
    async (context, options, [what = '', file = '']) => {
      const path = resolve(file)
      const slug = chooseShop(context, context.shop)
      const connection = await connect(context, { shop: slug })
      const { client } = connection
      let runId: string | null = null
      const cancel = () => {
        if (runId !== null) void client.exports.cancel({ shop: slug, runId })
      }
      process.once('SIGINT', cancel)
      try {
        const request = requestOf(what, file, options, context.output.language)
        for await (const event of await client.exports.start({ shop: slug, request, path })) {
          if (event.kind === 'started') runId = event.runId
          else if (event.kind === 'progress')
            context.output.note({ event: 'progress', ...event }, `${event.rows}/${event.total}`)
          else {
            const { rows, bytes } = event
            context.output.result(
              { rows, bytes, path },
              say('exported', context.output.language, { rows, path }),
            )
          }
        }
      } finally {
        process.off('SIGINT', cancel)
        await connection.close()
      }
    },
  )
}

const delimiters = { comma: ',', semicolon: ';', tab: '\t' } as const

function requestOf(
  what: string,
  file: string,
  options: Record<string, unknown>,
  language: 'es' | 'en',
): ExportRequest {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined)
  const format = text('format') ?? (/\.xlsx$/i.test(file) ? 'xlsx' : 'csv')
  // Commander has checked both against these very names.
  const delimiter = delimiters[(text('delimiter') ?? 'comma') as keyof typeof delimiters]
  const states = options.state as ExportRequest['filter']['states']
  return {
    what: what.replace('-', '_') as ExportRequest['what'],
    format: format === 'xlsx' ? 'xlsx' : 'csv',
    bom: options.bom !== false,
    delimiter,
    language,
    filter: {
      ...(text('from') === undefined ? {} : { from: text('from') }),
      ...(text('to') === undefined ? {} : { to: text('to') }),
      ...(text('customer') === undefined ? {} : { customerId: text('customer') }),
      ...(text('product') === undefined ? {} : { productId: text('product') }),
      ...(text('text') === undefined ? {} : { text: text('text') }),
      ...(states === undefined ? {} : { states }),
    },
  }
}

function toKind(text: string): string {
  if (!kinds.includes(text)) throw new InvalidArgumentError(kinds.join(', '))
  return text
}

function toDate(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('YYYY-MM-DD')
  return text
}
