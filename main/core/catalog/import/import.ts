import { performance } from 'node:perf_hooks'
import type { Actor } from '../../actor.ts'
import type { ShopBrief } from '../../engines/engine.ts'
import { DomainError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import type { JsonValue } from '../../json.ts'
import { nextSlice } from '../../slice-queue.ts'
import type { Storage } from '../../storage/storage.ts'
import type { ProductDraft, Sheet } from './draft.ts'
import { openSheet } from './open-sheet.ts'
import { readRecords } from './records.ts'
import type { ImportProgress, ImportReport, IssueCode, RowIssue } from './report.ts'
import { DraftStore } from './store.ts'

export interface ImportSource {
  /** Absolute path of the file. */
  path: string
  /** Name to show. */
  fileName: string
}

export interface ImportOptions {
  /** Reads and judges everything, writes nothing. */
  dryRun: boolean
  actor: Actor
  /** ISO 4217 of the file's prices; default: the shop's. */
  currency?: string
  signal?: AbortSignal
  onProgress?: (progress: ImportProgress) => void
  /** Header → field, for columns that were not recognised or recognised wrongly. */
  mapping?: Record<string, string>
  /** Also overwrites what a person set by hand. */
  overwriteManual?: boolean
  /** Hash in the media folder of an image that the file names without an address; null when there is none. */
  imageFile?: (name: string) => Promise<string | null>
}

export interface ImportDependencies {
  storage: Storage
  shop: ShopBrief
  running: { enter(): boolean; leave(): void }
}

/** A part of the work ends after this long, in ms, so that no import holds the loop. */
const longestSlice = 5
/** Rows of a report that are kept with the import; the caller gets them all. */
const storedIssues = 500

/** The report of an import that was cancelled before its file was understood. */
const cancelledEarly: ImportReport = {
  imported: 0,
  updated: 0,
  unchanged: 0,
  variants: 0,
  refused: [],
  warned: [],
  kept: [],
  format: 'generic',
  delimiter: ',',
  encoding: 'utf-8',
  decimal: 'none',
  columns: {},
  importId: null,
  cancelled: true,
}

export async function runImport(
  dependencies: ImportDependencies,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportReport> {
  if (!dependencies.running.enter()) throw new DomainError('import.busy')
  try {
    return await new ImportRun(dependencies, source, options).run()
  } finally {
    dependencies.running.leave()
  }
}

class ImportRun {
  readonly #storage: Storage
  readonly #shop: ShopBrief
  readonly #source: ImportSource
  readonly #options: ImportOptions
  readonly #refused: RowIssue[] = []
  readonly #warned: RowIssue[] = []
  #reported = 0

  constructor(dependencies: ImportDependencies, source: ImportSource, options: ImportOptions) {
    this.#storage = dependencies.storage
    this.#shop = dependencies.shop
    this.#source = source
    this.#options = options
  }

  async run(): Promise<ImportReport> {
    const { signal, dryRun } = this.#options
    const importId = newId()
    let opened: Awaited<ReturnType<typeof openSheet>>
    try {
      opened = await openSheet(this.#source.path, {
        shop: this.#shop,
        currency: this.#options.currency ?? this.#shop.currency,
        mapping: this.#options.mapping ?? {},
        now: this.#storage.now(),
        signal,
        issues: this.#issues,
      })
    } catch (error) {
      if (isAbort(error, signal)) return cancelledEarly
      throw error
    }
    const { sheet, file } = opened
    const store = new DraftStore(
      this.#storage,
      importId,
      this.#issues,
      this.#options.overwriteManual ?? false,
    )
    const report = (cancelled: boolean): ImportReport => ({
      ...store.counts,
      refused: this.#refused.toSorted((a, b) => a.row - b.row),
      warned: this.#warned.toSorted((a, b) => a.row - b.row),
      format: sheet.format,
      delimiter: opened.delimiter,
      encoding: file.label,
      decimal: sheet.decimal,
      columns: opened.columns,
      importId: dryRun ? null : importId,
      cancelled,
    })
    if (!dryRun) this.#begin(importId, sheet.format)
    try {
      let row = 0
      let bytes = 0
      for await (const portion of readRecords(this.#source.path, file, {
        delimiter: opened.delimiter,
        skipFirstLine: opened.skipFirstLine,
        signal,
        onBytes: (count) => {
          bytes = count
        },
        onOpenQuote: () => this.#issues.refuse(row + 1, 'damaged_row', { quote: 'open' }),
      })) {
        let drafts: ProductDraft[] = []
        let until = performance.now() + longestSlice
        for (const record of portion) {
          row += 1
          if (row > opened.headerRow) drafts.push(...opened.reader.add(record, row))
          if (performance.now() < until) continue
          await nextSlice()
          await this.#store(store, importId, drafts)
          drafts = []
          until = performance.now() + longestSlice
        }
        await this.#store(store, importId, drafts)
        this.#progress(row, bytes, file.bytes)
      }
      await this.#store(store, importId, opened.reader.end())
      this.#progress(row, file.bytes, file.bytes, true)
    } catch (error) {
      const cancelled = isAbort(error, signal)
      const final = report(cancelled)
      if (!dryRun) this.#finish(importId, cancelled ? 'cancelled' : 'failed', final)
      if (cancelled) return final
      throw error
    }
    const final = report(false)
    if (!dryRun) this.#finish(importId, 'done', final)
    return final
  }

  readonly #issues = {
    refuse: (row: number, reason: IssueCode, data: Record<string, JsonValue> = {}) => {
      this.#refused.push({ row, reason, data })
    },
    warn: (row: number, reason: IssueCode, data: Record<string, JsonValue> = {}) => {
      this.#warned.push({ row, reason, data })
    },
  }

  async #store(store: DraftStore, importId: string, drafts: readonly ProductDraft[]): Promise<void> {
    for (const draft of drafts)
      if (draft.images?.some((image) => !isAddress(image.source))) await this.#images(draft)
    let at = 0
    while (at < drafts.length) {
      this.#options.signal?.throwIfAborted()
      const until = performance.now() + longestSlice
      const slice = (tx: Parameters<DraftStore['take']>[0]) => {
        do {
          const draft = drafts[at]
          if (draft !== undefined) store.take(tx, draft)
          at += 1
        } while (at < drafts.length && performance.now() < until)
      }
      if (this.#options.dryRun) slice(null)
      // The note of its end is durable, and all of it with that.
      else this.#storage.write(`import:${importId}`, slice, { durable: false })
      await nextSlice()
    }
  }

  async #images(draft: ProductDraft): Promise<void> {
    const found: NonNullable<ProductDraft['images']> = []
    for (const image of draft.images ?? []) {
      if (isAddress(image.source)) {
        found.push(image)
        continue
      }
      const isName = !/^[/\\]|\.\.|^[a-z]+:/i.test(image.source)
      const mediaHash = isName ? ((await this.#options.imageFile?.(image.source)) ?? null) : null
      if (mediaHash === null)
        this.#issues.warn(draft.row, 'image_not_stored', { name: image.source.slice(0, 200) })
      else found.push({ ...image, mediaHash })
    }
    draft.images = found
  }

  #progress(rows: number, bytes: number, totalBytes: number, last = false): void {
    const now = performance.now()
    if (this.#options.onProgress === undefined || (!last && now - this.#reported < 100)) return
    this.#reported = now
    this.#options.onProgress({ rows, bytes: Math.min(bytes, totalBytes), totalBytes })
  }

  #begin(id: string, format: Sheet['format']): void {
    this.#storage.write(this.#options.actor, (tx) => {
      // One import at a time: what still says that it runs died with its process.
      tx.sql
        .prepare(
          "UPDATE imports SET state = 'failed', updated_at = ?, updated_by = ? WHERE state = 'running'",
        )
        .run(tx.now, tx.actor)
      tx.sql
        .prepare(
          `INSERT INTO imports (id, file_name, format, state, created_at, updated_at, created_by, updated_by)
           VALUES (?, ?, ?, 'running', ?, ?, ?, ?)`,
        )
        .run(id, this.#source.fileName, format, tx.now, tx.now, tx.actor, tx.actor)
    })
  }

  #finish(id: string, state: 'done' | 'cancelled' | 'failed', report: ImportReport): void {
    const stored = {
      ...report,
      refusedTotal: report.refused.length,
      warnedTotal: report.warned.length,
      keptTotal: report.kept.length,
      refused: report.refused.slice(0, storedIssues),
      warned: report.warned.slice(0, storedIssues),
      kept: report.kept.slice(0, storedIssues),
    }
    this.#storage.write(this.#options.actor, (tx) => {
      tx.sql
        .prepare('UPDATE imports SET state = ?, report = ?, updated_at = ?, updated_by = ? WHERE id = ?')
        .run(state, JSON.stringify(stored), tx.now, tx.actor, id)
      tx.emit('catalog.imported', { importId: id })
    })
  }
}

function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

function isAbort(error: unknown, signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && !(error instanceof DomainError)
}
