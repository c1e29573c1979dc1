import type { CudaStatus } from '../../preload/contract/index.ts'
import type { ApiContext } from './context.ts'
import { Newest } from './newest.ts'
import { implementer, isDone } from './procedure.ts'

const os = implementer.cuda

export const cuda = {
  status: os.status.handler(({ context }) => context.app.cuda.status()),
  install: os.install.handler(({ context, signal }) => follow(context, signal)),
  pause: os.pause.handler(async ({ context }) => {
    await context.app.cuda.pause()
    return isDone
  }),
  cancel: os.cancel.handler(async ({ context }) => {
    await context.app.cuda.cancel()
    return isDone
  }),
  remove: os.remove.handler(async ({ context }) => {
    await context.app.cuda.remove()
    return isDone
  }),
  retry: os.retry.handler(async ({ context }) => {
    await context.app.cuda.retry()
    return isDone
  }),
  watch: os.watch.handler(({ context, signal }) => watch(context, signal)),
}

/** The newest of an installation, until it has ended. Whoever leaves does not stop it. */
async function* follow({ app }: ApiContext, signal: AbortSignal | undefined): AsyncGenerator<CudaStatus> {
  const news = new Newest<CudaStatus>(signal)
  const stop = app.cuda.onChange((status) => news.put('status', status))
  const ended = app.cuda.install()
  // Who leaves early does not read the outcome; it must not become an unhandled rejection.
  ended.then(() => news.end()).catch(() => news.end())
  try {
    for await (const status of news.items()) if (isUnderway(status)) yield status
  } finally {
    stop()
  }
  if (signal?.aborted !== true) yield await ended
}

function isUnderway({ progress: { step } }: CudaStatus): boolean {
  return step === 'running' || step === 'waiting' || step === 'checking' || step === 'unpacking'
}

async function* watch({ app }: ApiContext, signal: AbortSignal | undefined): AsyncGenerator<CudaStatus> {
  const news = new Newest<CudaStatus>(signal)
  const tell = () => news.put('status', app.cuda.status())
  const stops = [app.cuda.onChange(tell), app.modelHost.onChange(tell)]
  tell()
  try {
    yield* news.items()
  } finally {
    for (const stop of stops) stop()
  }
}
