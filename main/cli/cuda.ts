import type { Command } from 'commander'
import type { ContractClient, CudaStatus } from '../../preload/contract/index.ts'
import type { CommandContext, Run } from './command.ts'
import { connect } from './connection.ts'
import { sayOfCuda } from './cuda-texts.ts'
import { bytesText } from './model-texts.ts'
import type { Output } from './output.ts'
import { type CliLanguage, errorText } from './texts.ts'

/** The faster build for NVIDIA cards: `model gpu …`. */
export function cudaCommands(model: Command, run: Run): void {
  const gpu = model.command('gpu').description('faster answers on an NVIDIA card: the CUDA build')

  run(gpu.command('show').description('whether it is offered, here and in use'), async (context) => {
    await withClient(context, async (client) => {
      const status = await client.cuda.status({})
      context.output.result(status, statusText(status, context.output.language))
    })
  })

  run(gpu.command('install').description('fetch it; Ctrl-C pauses, the same command goes on'), (context) =>
    withClient(context, (client) => install(client, context.output)),
  )

  run(gpu.command('cancel').description('delete what was fetched of it so far'), async (context) => {
    await withClient(context, async (client) => {
      await client.cuda.cancel({})
      context.output.result({ cancelled: true }, sayOfCuda('cancelled', context.output.language))
    })
  })

  run(gpu.command('remove').description('delete it; models go on without it'), async (context) => {
    await withClient(context, async (client) => {
      await client.cuda.remove({})
      context.output.result({ removed: true }, sayOfCuda('removed', context.output.language))
    })
  })

  run(gpu.command('retry').description('try it again after it failed'), async (context) => {
    await withClient(context, async (client) => {
      await client.cuda.retry({})
      const status = await client.cuda.status({})
      context.output.result(status, statusText(status, context.output.language))
    })
  })
}

async function withClient<T>(
  context: CommandContext,
  work: (client: ContractClient) => Promise<T>,
): Promise<T> {
  const connection = await connect(context, 'none')
  try {
    return await work(connection.client)
  } finally {
    await connection.close()
  }
}

/** Follows the installation to its end. An interrupt pauses it; what is there stays. */
async function install(client: ContractClient, output: Output): Promise<number | undefined> {
  const pause = () => void client.cuda.pause({})
  process.once('SIGINT', pause)
  try {
    let last: CudaStatus | null = null
    for await (const status of await client.cuda.install({})) {
      last = status
      if (!status.installed && status.progress.step !== 'paused')
        output.note(
          { event: 'progress', ...status.progress, total: status.size },
          progressText(status, output),
        )
    }
    if (last === null) return
    output.result(last, statusText(last, output.language))
    return last.installed ? undefined : 1
  } finally {
    process.off('SIGINT', pause)
  }
}

function progressText({ progress, size }: CudaStatus, { language }: Output): string | null {
  const { step, bytes, speed } = progress
  if (step === 'waiting' || step === 'checking' || step === 'unpacking') return sayOfCuda(step, language)
  if (step !== 'running') return null
  return sayOfCuda('running', language, {
    percent: size === 0 ? 0 : Math.floor((bytes * 100) / size),
    bytes: bytesText(bytes, language),
    total: bytesText(size, language),
    speed: bytesText(speed ?? 0, language),
  })
}

/** How it is, and what to do next. */
function statusText(status: CudaStatus, language: CliLanguage): string {
  const { progress, trouble } = status
  const data = {
    version: status.version,
    size: bytesText(status.size, language),
    disk: bytesText(status.diskSize, language),
    bytes: bytesText(progress.bytes, language),
  }
  const say = (key: Parameters<typeof sayOfCuda>[0]) => sayOfCuda(key, language, data)
  if (!status.offered) return errorText('cuda.not_offered', {}, language)
  const lines: string[] = []
  if (trouble !== null) lines.push(say(trouble === 'died' ? 'died' : 'notLoaded'))
  else if (status.installed) lines.push(say(status.inUse ? 'inUse' : 'installed'))
  else if (progress.step === 'paused') lines.push(say('paused'))
  else if (progress.step !== 'none' && progress.step !== 'failed') lines.push(say('underway'))
  else lines.push(say(status.outdated ? 'outdated' : 'offered'))
  if (progress.error !== null) lines.push(errorText(progress.error, {}, language))
  if (!status.runtime) lines.push(say('noRuntime'))
  return lines.join('\n')
}
