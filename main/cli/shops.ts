import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { ShopProfileInput } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import type { Run } from './command.ts'
import { chooseShop, connect, requireFile } from './connection.ts'
import { errorText, say } from './texts.ts'

export function shopCommands(program: Command, run: Run): void {
  const shop = program.command('shop').description('shops of this computer')

  run(
    shop
      .command('create')
      .description('make a shop')
      .requiredOption('--name <name>', 'its name')
      .requiredOption('--currency <code>', 'ISO 4217 code, as EUR')
      .requiredOption('--locale <tag>', 'as es-ES')
      .option('--country <code>', 'ISO 3166 code, as ES')
      .option('--time-zone <zone>', 'as Europe/Madrid')
      .option('--demo', 'fill it with the demo shop'),
    async (context, options) => {
      const connection = await connect(context, 'none')
      try {
        const made = await connection.client.shops.create({
          name: String(options.name),
          currency: String(options.currency).toUpperCase(),
          locale: String(options.locale),
          ...(options.country === undefined ? {} : { country: String(options.country).toUpperCase() }),
          ...(options.timeZone === undefined ? {} : { timeZone: String(options.timeZone) }),
          ...(options.demo === true ? { demo: true } : {}),
        })
        context.output.result(
          { slug: made.slug },
          say('created', context.output.language, { slug: made.slug }),
        )
      } finally {
        await connection.close()
      }
    },
  )

  run(shop.command('list').description('the shops there are'), async (context) => {
    const connection = await connect(context, 'all')
    try {
      const entries = await connection.client.shops.list()
      for (const entry of entries) {
        const { slug, error } = entry
        const value = {
          slug,
          name: entry.shop?.name ?? null,
          currency: entry.shop?.currency ?? null,
          locale: entry.shop?.locale ?? null,
          error,
        }
        const trouble = error === null ? '' : errorText(error, { path: slug }, context.output.language)
        context.output.result(value, `${slug}\t${entry.shop?.name ?? trouble}`)
      }
      if (entries.length === 0 && !context.output.json) {
        context.output.result(null, say('noShops', context.output.language))
      }
    } finally {
      await connection.close()
    }
  })

  run(
    shop
      .command('profile')
      .argument('<file>', 'JSON file')
      .description('store the profile: hours, delivery, payments…'),
    async (context, _options, [file = '']) => {
      const profile = readProfile(file)
      const slug = chooseShop(context, context.shop)
      const connection = await connect(context, { shop: slug })
      try {
        const saved = await connection.client.shops.setProfile({ shop: slug, profile })
        context.output.result({ slug, profile: saved }, say('profileSaved', context.output.language))
      } finally {
        await connection.close()
      }
    },
  )
}

function readProfile(file: string): ShopProfileInput {
  requireFile(file)
  try {
    // Checked field by field by the contract.
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as ShopProfileInput
  } catch (error) {
    throw new DomainError('input.invalid', {
      field: file,
      issue: error instanceof SyntaxError ? error.message : 'unreadable',
    })
  }
}
