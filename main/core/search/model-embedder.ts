import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { ModelFacts, ModelHost } from '../engines/local/model-host.ts'
import { DomainError } from '../errors.ts'
import type { Embedder, EmbedderSource } from './embedder.ts'

export interface ModelEmbedderDeps {
  host: Pick<ModelHost, 'embed'>
  /** Reads what a file is. @throws DomainError `model.*` */
  inspect: (file: string) => Promise<ModelFacts>
  /** What the model of this file wants to see before a text. */
  prefixesOf: (file: string) => { query: string; document: string }
}

/** How much of a model's file is read at its head and its end to know it again. */
const READ = 1024 * 1024

/** Embedders from model files, through the one process that runs models. */
export function modelEmbedders({ host, inspect, prefixesOf }: ModelEmbedderDeps): EmbedderSource {
  return {
    open: async (file): Promise<Embedder> => {
      const { kind, embeddingDimensions } = await inspect(file)
      if (kind !== 'embedding' || embeddingDimensions === null) throw new DomainError('model.no_embedding')
      const prefixes = prefixesOf(file)
      return {
        id: await identityOf(file, prefixes),
        dimensions: embeddingDimensions,
        embed: (texts, purpose, signal) =>
          host.embed(
            file,
            texts.map((text) => prefixes[purpose] + text),
            signal,
          ),
      }
    },
  }
}

/** Size, head and tail of the file: reading gigabytes at each start would say no more. @throws DomainError `model.not_found` */
async function identityOf(file: string, prefixes: { query: string; document: string }): Promise<string> {
  const handle = await open(file).catch((error: unknown) => {
    throw new DomainError('model.not_found', { file }, { cause: error })
  })
  try {
    const { size } = await handle.stat()
    const hash = createHash('sha256').update(JSON.stringify([size, prefixes]))
    for (const from of [0, Math.max(0, size - READ)]) {
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(Math.min(READ, size)),
        0,
        Math.min(READ, size),
        from,
      )
      hash.update(buffer.subarray(0, bytesRead))
    }
    return hash.digest('hex')
  } finally {
    await handle.close()
  }
}
