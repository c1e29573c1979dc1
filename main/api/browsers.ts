import type { BrowserDownload } from '../../preload/contract/index.ts'
import type { ApiContext } from './context.ts'
import { Newest } from './newest.ts'
import { implementer, isDone } from './procedure.ts'

const os = implementer.browsers

export const browsers = {
  list: os.list.handler(async ({ context }) => {
    const { browsers: library } = context.app
    return {
      browsers: await library.find(),
      chosen: library.chosen,
      download: library.download(),
      canDownload: library.canDownload,
    }
  }),
  choose: os.choose.handler(async ({ context, input }) => {
    await context.app.browsers.choose(input.path)
    return isDone
  }),
  check: os.check.handler(({ context }) => context.app.browsers.resolve()),
  download: os.download.handler(({ context }) => {
    return context.app.browsers.startDownload()
  }),
  cancelDownload: os.cancelDownload.handler(async ({ context }) => {
    await context.app.browsers.cancelDownload()
    return isDone
  }),
  progress: os.progress.handler(({ context, signal }) => progress(context, signal)),
}

async function* progress(
  { app }: ApiContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<BrowserDownload> {
  const news = new Newest<BrowserDownload>(signal)
  const stop = app.browsers.onChange((change) => {
    if (change.kind === 'download') news.put('download', change.download)
  })
  news.put('download', app.browsers.download())
  try {
    yield* news.items()
  } finally {
    stop()
  }
}
