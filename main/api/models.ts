import type { CatalogModel as CatalogItem, ModelDownload } from '../../preload/contract/index.ts'
import type { CatalogModel, LibraryChange } from '../core/models/model.ts'
import type { ApiContext } from './context.ts'
import { Newest } from './newest.ts'
import { implementer, isDone } from './procedure.ts'

const os = implementer.models

export const models = {
  catalog: os.catalog.handler(async ({ context }) => {
    const { computer, folder, models: listed } = await context.app.models.catalog()
    return { computer, folder, models: listed.map(toItem) }
  }),
  files: os.files.handler(({ context }) => context.app.models.files()),
  inspect: os.inspect.handler(({ context, input }) => {
    return context.app.models.inspect(input.file)
  }),
  download: os.download.handler(({ context, input, signal }) => follow(context, input.modelId, signal)),
  pause: os.pause.handler(({ context, input }) => {
    context.app.models.pause(input.modelId)
    return isDone
  }),
  cancel: os.cancel.handler(async ({ context, input }) => {
    await context.app.models.cancel(input.modelId)
    return isDone
  }),
  remove: os.remove.handler(async ({ context, input }) => {
    await context.app.models.remove(input.file)
    return isDone
  }),
  setFolder: os.setFolder.handler(async ({ context, input }) => {
    await context.app.models.setFolder(input.folder)
    return isDone
  }),
  host: os.host.handler(({ context }) => context.app.modelHost.status()),
  watch: os.watch.handler(({ context, signal }) => watch(context, signal)),
  turnOn: os.turnOn.handler(({ context }) => {
    context.app.modelHost.turnOn()
    return isDone
  }),
  unload: os.unload.handler(async ({ context }) => {
    await context.app.modelHost.unload()
    return isDone
  }),
}

function toItem({ model, fit, recommended, file, download }: CatalogModel): CatalogItem {
  const { id, name, kind, repository, size, sha256, verified, license, licenseUrl } = model
  return {
    id,
    name,
    kind,
    repository,
    fileName: model.file,
    size,
    sha256,
    verified,
    license,
    licenseUrl,
    memory: model.memory,
    parameters: model.parameters,
    languages: model.languages,
    fit,
    recommended,
    file,
    download,
  }
}

/** The newest of a download, until it has ended. Whoever leaves does not stop it. */
async function* follow(
  context: ApiContext,
  modelId: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ModelDownload> {
  const news = new Newest<ModelDownload>(signal)
  const ended = context.app.models.download(modelId, (download) => news.put('download', download))
  // Who leaves early does not read the outcome; it must not become an unhandled rejection.
  ended.then(() => news.end()).catch(() => news.end())
  for await (const download of news.items()) if (!isLast(download)) yield download
  if (signal?.aborted !== true) yield await ended
}

function isLast({ state }: ModelDownload): boolean {
  return state === 'done' || state === 'paused' || state === 'failed'
}

async function* watch(context: ApiContext, signal: AbortSignal | undefined): AsyncGenerator<LibraryChange> {
  const news = new Newest<LibraryChange>(signal)
  const stop = context.app.models.onChange((change) =>
    news.put(change.kind === 'host' ? 'host' : change.download.modelId, change),
  )
  try {
    yield* news.items()
  } finally {
    stop()
  }
}
