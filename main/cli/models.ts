import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import type {
  CatalogModel,
  ContractClient,
  EmbeddingState,
  ModelDownload,
} from '../../preload/contract/index.ts'
import type { CommandContext, Run } from './command.ts'
import { type Connection, connect, withShop } from './connection.ts'
import { cudaCommands } from './cuda.ts'
import { bytesText, sayOfModels } from './model-texts.ts'
import { cellText, type Output } from './output.ts'
import { type CliLanguage, errorText } from './texts.ts'

/** How often the way of an embedding model is looked at, ms. */
const lookAgainMs = 500

/** Models of this computer: `model …`, and the one that search uses: `embedding …`. */
export function modelCommands(program: Command, run: Run): void {
  const model = program.command('model').description('models that run on this computer')

  run(model.command('list').description('recommended models and those that are here'), async (context) => {
    await withModels(context, 'all', async ({ client }) => list(client, context.output))
  })

  run(
    model
      .command('download')
      .argument('<id>', 'from "model list"')
      .description('fetch a model; Ctrl-C pauses, the same command goes on'),
    async (context, _options, [modelId = '']) =>
      withModels(context, 'none', ({ client }) => download(client, modelId, context.output)),
  )

  run(
    model
      .command('remove')
      .argument('<file>', 'path from "model list"')
      .description('delete a model from the models folder'),
    async (context, _options, [file = '']) => {
      const path = resolve(file)
      // Every shop is asked whether it works with it.
      await withModels(context, 'all', async ({ client }) => {
        await client.models.remove({ file: path })
        context.output.result(
          { removed: path },
          sayOfModels('removed', context.output.language, { file: path }),
        )
      })
    },
  )

  cudaCommands(model, run)

  const embedding = program.command('embedding').description('the model by which search knows meanings')

  run(
    embedding
      .command('use')
      .argument('<file>', 'GGUF file of an embedding model, or "builtin" for none')
      .option('--no-wait', 'do not wait until every product is prepared')
      .description('search by meaning too; search works by words meanwhile'),
    async (context, options, [given = '']) =>
      withShop(context, async ({ client, shop }) => {
        const file = given === 'builtin' ? null : resolve(given)
        const begun = await client.search.useEmbedding({ shop, file })
        const state = options.wait === false ? begun : await settled(client, shop, begun, context.output)
        context.output.result(state, embeddingText(state, context.output.language))
        return state.state === 'failed' ? 1 : undefined
      }),
  )

  run(embedding.command('show').description('which one it is, and how far it is'), async (context) => {
    await withShop(context, async ({ client, shop }) => {
      const state = await client.search.embedding({ shop })
      context.output.result(state, embeddingText(state, context.output.language))
    })
  })
}

async function withModels<T>(
  context: CommandContext,
  scope: 'all' | 'none',
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connect(context, scope)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

const advice = { local: 'adviceLocal', small_local: 'adviceSmallLocal', remote: 'adviceRemote' } as const
const fits = { good: 'fitGood', tight: 'fitTight', too_large: 'fitTooLarge' } as const
const kinds = { chat: 'kindChat', embedding: 'kindEmbedding', other: 'kindOther' } as const

async function list(client: ContractClient, output: Output): Promise<void> {
  const { language } = output
  const { computer, folder, models } = await client.models.catalog({})
  const memory = bytesText(computer.memory, language)
  output.result(
    { computer, folder },
    sayOfModels(advice[computer.advice], language, { memory, cores: computer.cores }),
  )
  for (const model of models) output.result(model, catalogText(model, language))
  for (const file of await client.models.files({})) {
    if (file.modelId !== null) continue
    const kind = sayOfModels(kinds[file.kind], language)
    const size = bytesText(file.size, language)
    output.result(file, [cellText(file.name), kind, size, cellText(file.file)].join('\t'))
  }
}

function catalogText(model: CatalogModel, language: CliLanguage): string {
  const say = (key: Parameters<typeof sayOfModels>[0]) => sayOfModels(key, language)
  return [
    model.id,
    say(kinds[model.kind]),
    model.size === null ? say('sizeUnknown') : bytesText(model.size, language),
    model.license,
    say(fits[model.fit]),
    model.file ?? say(model.download === null ? 'notHere' : 'partly'),
    ...(model.recommended ? [say('recommended')] : []),
    ...(model.verified ? [] : [say('notVerified')]),
  ].join('\t')
}

/** Follows a download to its end. An interrupt pauses it; what is there stays. */
async function download(
  client: ContractClient,
  modelId: string,
  output: Output,
): Promise<number | undefined> {
  const pause = () => void client.models.pause({ modelId })
  process.once('SIGINT', pause)
  try {
    let last: ModelDownload | null = null
    for await (const item of await client.models.download({ modelId })) {
      last = item
      output.note({ event: 'progress', ...item }, progressText(item, output.language))
    }
    if (last === null) return
    if (last.state !== 'done') {
      const bytes = bytesText(last.bytes, output.language)
      output.result(last, sayOfModels('paused', output.language, { bytes }))
      return 1
    }
    const { models } = await client.models.catalog({})
    const file = models.find(({ id }) => id === modelId)?.file ?? ''
    output.result({ ...last, file }, sayOfModels('downloaded', output.language, { file }))
  } finally {
    process.off('SIGINT', pause)
  }
}

function progressText({ state, bytes, total, speed }: ModelDownload, language: CliLanguage): string | null {
  if (state === 'waiting' || state === 'checking') return sayOfModels(state, language)
  if (state !== 'running') return null
  const figures = { bytes: bytesText(bytes, language), speed: bytesText(speed ?? 0, language) }
  if (total === null) return sayOfModels('progressUnknown', language, figures)
  const percent = total === 0 ? 0 : Math.floor((bytes * 100) / total)
  return sayOfModels('progress', language, { ...figures, percent, total: bytesText(total, language) })
}

/** Waits until every product is prepared, or the model cannot be used. */
async function settled(
  client: ContractClient,
  shop: string,
  begun: EmbeddingState,
  output: Output,
): Promise<EmbeddingState> {
  let state = begun
  for (let told = ''; state.state === 'building'; ) {
    const text = embeddingText(state, output.language)
    if (text !== told) output.note({ event: 'progress', ...state }, text)
    told = text
    await wait(lookAgainMs)
    state = await client.search.embedding({ shop })
  }
  return state
}

function embeddingText({ state, name, done, total, error }: EmbeddingState, language: CliLanguage): string {
  const data = { name: cellText(name ?? ''), done, total }
  if (state === 'building') return sayOfModels('embeddingBuilding', language, data)
  if (state === 'ready') return sayOfModels('embeddingReady', language, data)
  if (state === 'off') return sayOfModels('embeddingOff', language)
  const reason = error === null ? '' : errorText(error, { file: name }, language)
  return sayOfModels('embeddingFailed', language, { ...data, reason })
}
