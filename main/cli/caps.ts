import type { Command } from 'commander'
import type { Spending } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import { currencyDigits } from '../core/money/money.ts'
import { parseMajorAmount } from '../core/money/parse-amount.ts'
import type { CommandContext, Run } from './command.ts'
import { withShop } from './connection.ts'
import { costText, readMillionths } from './rates.ts'
import { say } from './texts.ts'

/** What models may cost. */
export function capCommands(program: Command, run: Run): void {
  const cap = program.command('cap').description('what models may cost by day and by month')

  run(
    cap
      .command('set')
      .option('--day <amount>', "in the shop's currency, as 2.50; none takes it away")
      .option('--month <amount>', "in the shop's currency; none takes it away")
      .option('--warn <percent>', 'warn from this share of a cap')
      .option('--rate <amount>', "what a US dollar costs in the shop's currency; none for the shipped figure")
      .description('set caps; what is left out stays'),
    async (context, options) => {
      const { day, month, warn, rate } = options
      if ([day, month, warn, rate].every((one) => one === undefined))
        throw new DomainError('input.invalid', { field: 'day, month, warn, rate' })
      const spending = await withShop(context, async ({ client, shop }) => {
        const { currency } = await client.engines.spending({ shop })
        return client.engines.setSpending({
          shop,
          ...(day === undefined ? {} : { day: amountOf(day, 'day', currency) }),
          ...(month === undefined ? {} : { month: amountOf(month, 'month', currency) }),
          ...(warn === undefined ? {} : { warnAt: Number(warn) }),
          ...(rate === undefined
            ? {}
            : { usdRate: isNone(rate) ? null : readMillionths(String(rate), 'rate') }),
        })
      })
      print(spending, context)
    },
  )

  run(cap.command('show').description('caps and what is spent'), async (context) => {
    print(await withShop(context, ({ client, shop }) => client.engines.spending({ shop })), context)
  })
}

function isNone(value: unknown): boolean {
  return String(value).toLowerCase() === 'none'
}

/** Minor units, or null for `none`. @throws DomainError `input.invalid` */
function amountOf(value: unknown, field: string, currency: string): number | null {
  if (isNone(value)) return null
  const amount = parseMajorAmount(String(value), currency)
  if (amount === null) throw new DomainError('input.invalid', { field, issue: 'amount' })
  return amount
}

function print(spending: Spending, { output }: CommandContext): void {
  const { caps, spent, currency, usdRate, rateSource, warning, capped } = spending
  const capText = (minor: number | null) =>
    minor === null
      ? say('capNone', output.language)
      : (minor / 10 ** currencyDigits(currency)).toFixed(currencyDigits(currency))
  const lines = [
    say('capDay', output.language, { spent: costText(spent.day), cap: capText(caps.day), currency }),
    say('capMonth', output.language, { spent: costText(spent.month), cap: capText(caps.month), currency }),
    say(rateSource === 'owner' ? 'capRateOwner' : 'capRate', output.language, {
      rate: usdRate === 0 ? '?' : costText(usdRate),
      currency,
    }),
  ]
  if (capped) lines.push(say('capReached', output.language))
  else if (warning) lines.push(say('capWarning', output.language))
  output.result(spending, lines.join('\n'))
}
