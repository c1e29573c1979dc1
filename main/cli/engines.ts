import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import type { ContractClient, Engine, EngineTest } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import type { CommandContext, Run } from './command.ts'
import { withShop } from './connection.ts'
import { cellText } from './output.ts'
import { costText, readMillionths } from './rates.ts'
import { say } from './texts.ts'

const providers = ['deepseek', 'openrouter', 'custom'] as const

/** Engines: what answers customers, in which order. */
export function engineCommands(program: Command, run: Run): void {
  const engine = program.command('engine').description('what answers customers: built-in rules and models')
  const add = engine.command('add').description('add a model; it is asked first from then on')
  addRemote(add, run)
  addLocal(add, run)

  run(
    engine
      .command('order')
      .argument('<order>', 'ids or kinds, as in "local,remote,builtin"; who is left out is not asked')
      .description('the order in which engines are asked; the built-in one is always the last resort'),
    async (context, _options, [order = '']) => {
      const wanted = order.split(',').map((part) => part.trim())
      const engines = await withShop(context, ({ client, shop }) =>
        client.engines.order({ shop, order: wanted.filter((part) => part !== '') }),
      )
      print(engines, context)
    },
  )

  run(
    engine.command('list').description('engines, in the order in which they are asked'),
    async (context) => {
      print(await withShop(context, ({ client, shop }) => client.engines.list({ shop })), context)
    },
  )

  run(
    engine
      .command('test')
      .argument('<engine>', 'id, or the kind where there is only one')
      .description('ask it something small and have it use a tool'),
    async (context, _options, [reference = '']) => {
      const { test, kind } = await withShop(context, async ({ client, shop }) => {
        const found = await engineOf(client, shop, reference)
        return { kind: found.kind, test: await client.engines.test({ shop, engineId: found.id }) }
      })
      context.output.result(test, testText(test, context))
      // As of any other service that refused or could not be reached.
      return test.ok ? 0 : kind === 'remote' ? 7 : 1
    },
  )

  run(
    engine
      .command('remove')
      .argument('<engine>', 'id, or the kind where there is only one')
      .description('take an engine away and forget its key'),
    async (context, _options, [reference = '']) => {
      const { id, name } = await withShop(context, async ({ client, shop }) => {
        const found = await engineOf(client, shop, reference)
        await client.engines.remove({ shop, engineId: found.id })
        return found
      })
      context.output.result({ removed: id }, say('engineRemoved', context.output.language, { name }))
    },
  )
}

function addRemote(add: Command, run: Run): void {
  run(
    add
      .command('remote')
      .requiredOption('--provider <name>', providers.join(', '))
      .option('--key <key>', '"-" reads it from stdin; MOSTRADOR_ENGINE_KEY when left out')
      .option('--base-url <url>', 'address of the service; needed for custom')
      .requiredOption('--model <model>', "the service's id of the model")
      .option('--name <name>', 'what you call it')
      .option('--input-price <usd>', 'US dollars for a million tokens, where the service does not tell')
      .option('--output-price <usd>', 'US dollars for a million tokens')
      .description('a model of a service: DeepSeek, OpenRouter, or any that speaks the OpenAI protocol'),
    async (context, options) => {
      const provider = providers.find((one) => one === options.provider)
      if (provider === undefined)
        throw new DomainError('input.invalid', { field: 'provider', issue: providers.join(', ') })
      const prices = pricesOf(options)
      const key = await keyOf(options.key)
      const added = await withShop(context, ({ client, shop }) =>
        client.engines.addRemote({
          shop,
          provider,
          model: String(options.model),
          ...(options.baseUrl === undefined ? {} : { baseUrl: String(options.baseUrl) }),
          ...(key === '' ? {} : { key }),
          ...(options.name === undefined ? {} : { name: String(options.name) }),
          ...(prices === null ? {} : { prices }),
        }),
      )
      context.output.result(added, say('engineAdded', context.output.language, { ...added }))
    },
  )
}

function addLocal(add: Command, run: Run): void {
  run(
    add
      .command('local')
      .requiredOption('--model <file>', 'a GGUF file')
      .option('--name <name>', 'what you call it')
      .description('a model that runs on this computer'),
    async (context, options) => {
      const file = resolve(String(options.model))
      const added = await withShop(context, ({ client, shop }) =>
        client.engines.addLocal({
          shop,
          file,
          ...(options.name === undefined ? {} : { name: String(options.name) }),
        }),
      )
      context.output.result(added, say('engineAdded', context.output.language, { ...added }))
    },
  )
}

/** The key from the option, from stdin, or from the environment, so that it need not stand in the shell's history. */
async function keyOf(option: unknown): Promise<string> {
  if (option === '-') return (await text(process.stdin)).trim()
  return String(option ?? process.env.MOSTRADOR_ENGINE_KEY ?? '').trim()
}

function pricesOf(
  options: Record<string, unknown>,
): { input: number; cached: number; output: number } | null {
  const { inputPrice, outputPrice } = options
  if (inputPrice === undefined && outputPrice === undefined) return null
  if (inputPrice === undefined || outputPrice === undefined)
    throw new DomainError('input.invalid', { field: 'input-price, output-price', issue: 'both' })
  const input = readMillionths(String(inputPrice), 'input-price')
  return { input, cached: input, output: readMillionths(String(outputPrice), 'output-price') }
}

/** @throws DomainError `engine.not_found {id}`, `input.invalid` for a kind of which there are several */
async function engineOf(client: ContractClient, shop: string, reference: string): Promise<Engine> {
  const engines = await client.engines.list({ shop })
  const [found, ...others] = engines.filter(({ id, kind }) => id === reference || kind === reference)
  if (found === undefined) throw new DomainError('engine.not_found', { id: reference })
  if (others.length > 0) throw new DomainError('input.invalid', { field: reference, issue: 'several' })
  return found
}

function print(engines: readonly Engine[], context: CommandContext): void {
  for (const engine of engines) context.output.result(engine, lineOf(engine, context))
}

function lineOf(engine: Engine, { output }: CommandContext): string {
  const { id, kind, name, model, position, health, today } = engine
  const state = health.error === null ? health.state : `${health.state} (${health.error})`
  const place = position === null ? '–' : String(position + 1)
  const told = say('engineToday', output.language, {
    requests: today.requests,
    cost: costText(today.costMicros),
  })
  return [place, id, kind, cellText(name), cellText(model ?? ''), state, told].join('\t')
}

function testText(test: EngineTest, { output }: CommandContext): string {
  if (!test.ok) return say('engineFails', output.language, { error: test.error })
  const tools = say(test.tools ? 'engineCallsTools' : 'engineCallsNoTools', output.language)
  return [`${test.text}`, tools, `${(test.durationMs / 1_000).toFixed(1)} s`].join('\n')
}
