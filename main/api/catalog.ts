import { basename, isAbsolute } from 'node:path'
import type { ImportEvent } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Shop } from '../core/shops/shop.ts'
import { type ApiContext, actorOf, signedIn } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'
import { runWithProgress } from './progress.ts'

const os = implementer.catalog

/** Imports that run, by shop and run, so that another call can cancel them. */
const running = new WeakMap<Shop, Map<string, AbortController>>()

export const catalog = {
  list: os.list.handler(({ context, input }) => {
    const { text, status, category, limit, offset } = input
    return shopOf(context, input).catalog.list({ text, status, category, limit, offset })
  }),
  get: os.get.handler(({ context, input }) => productOf(shopOf(context, input), input.productId)),
  getMany: os.getMany.handler(({ context, input }) =>
    shopOf(context, input).catalog.products(input.productIds),
  ),
  create: os.create.handler(({ context, input }) => {
    const { storage, catalog } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => catalog.create(tx, input.product))
  }),
  update: os.update.handler(({ context, input }) => {
    const { storage, catalog } = shopOf(context, input)
    const { productId, changes, expectedRevision } = input
    return storage.write(actorOf(context), (tx) =>
      catalog.update(tx, productId, changes, { expectedRevision }),
    )
  }),
  remove: os.remove.handler(({ context, input }) => {
    const { storage, catalog } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => catalog.remove(tx, input.productId))
    return isDone
  }),
  restore: os.restore.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    shop.storage.write(actorOf(context), (tx) => shop.catalog.restore(tx, input.productId))
    return productOf(shop, input.productId)
  }),
  setStock: os.setStock.handler(({ context, input }) => {
    const { storage, catalog } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => catalog.setStock(tx, input.variantId, input.onHand, input.reason))
    const found = catalog.variant(input.variantId)
    if (found === null) throw new DomainError('not_found', { entity: 'variants', id: input.variantId })
    return found.product
  }),
  categories: os.categories.handler(({ context, input }) => shopOf(context, input).catalog.categories()),
  importStart: os.importStart.handler(async function* ({
    context,
    input,
    signal,
  }): AsyncGenerator<ImportEvent> {
    const shop = shopOf(context, input)
    const source = importSource(context, input)
    const runId = newId()
    const controller = new AbortController()
    const runs = running.get(shop) ?? new Map<string, AbortController>()
    running.set(shop, runs.set(runId, controller))
    const actor = actorOf(context)
    const work = async (onProgress: (progress: ImportProgress) => void) => {
      try {
        return await shop.catalog.importCsv(source, {
          dryRun: input.dryRun,
          actor,
          currency: input.currency,
          mapping: input.mapping,
          signal: controller.signal,
          onProgress,
        })
      } finally {
        runs.delete(runId)
        source.release(input.dryRun)
      }
    }
    yield { type: 'started', runId }
    const report = yield* runWithProgress('progress', work, signal)
    yield { type: 'report', report: { ...report, dryRun: input.dryRun } }
  }),
  importCancel: os.importCancel.handler(({ context, input }) => {
    const controller = running.get(shopOf(context, input))?.get(input.runId)
    controller?.abort()
    return { cancelled: controller !== undefined }
  }),
  imports: os.imports.handler(({ context, input }) => shopOf(context, input).catalog.imports()),
}

interface ImportProgress {
  rows: number
  bytes: number
  totalBytes: number
}

function productOf(shop: Shop, id: string) {
  const product = shop.catalog.product(id)
  if (product === null) throw new DomainError('not_found', { entity: 'products', id })
  return product
}

interface ImportSource {
  path: string
  fileName: string
  /** An upload stays after a dry run, for the run that follows it. */
  release(dryRun: boolean): void
}

function importSource(context: ApiContext, input: { path?: string; uploadId?: string }): ImportSource {
  const caller = signedIn(context)
  if (input.path !== undefined) {
    // A browser must not name files of this computer; the door's caller could read them anyway.
    if (caller.via !== 'door') throw new DomainError('session.forbidden', { field: 'path' })
    if (!isAbsolute(input.path)) throw new DomainError('input.invalid', { field: 'path' })
    return { path: input.path, fileName: basename(input.path), release: () => undefined }
  }
  const sessionId = caller.via === 'desk' ? caller.sessionId : 'door'
  const upload = context.serving.upload(input.uploadId ?? '', sessionId)
  if (upload === null) throw new DomainError('upload.not_found')
  return {
    path: upload.path,
    fileName: upload.fileName,
    release: (dryRun) => {
      if (!dryRun) upload.release()
    },
  }
}
