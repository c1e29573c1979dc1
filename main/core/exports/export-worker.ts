import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { openReadOnly } from '../storage/read-only.ts'
import { type Column, columnsOf } from './columns.ts'
import { csvSheet } from './csv-file.ts'
import type { ExportJob, ExportMessage } from './export.ts'
import { readReport } from './report.ts'
import { xlsxSheet } from './xlsx-file.ts'

/** Writes one export, in a thread of its own and on a connection that cannot write. */

/** Rows between two words about how far it is. */
const between = 1_000

// Posted by the service only, as this very type.
const job = workerData as ExportJob

function tell(message: ExportMessage): void {
  parentPort?.postMessage(message)
}

function run(): void {
  const { request, timeZone } = job
  const { language } = request
  const sql = openReadOnly(job.database)
  const file = openSync(job.target, 'w', 0o600)
  try {
    sql.exec('BEGIN')
    const { count, rows } = readReport(sql, request, timeZone)
    tell({ kind: 'started', rows: count })
    const write = (chunk: Uint8Array) => {
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at)
    }
    const sheet = request.format === 'csv' ? csvSheet(job, write) : xlsxSheet(job, write)
    // The rows of a report are those that its columns read; the pair is chosen by one key.
    const columns = columnsOf(request.what, language) as Column<unknown>[]
    sheet.begin(columns.map(({ heading, width, type }) => ({ heading: heading[language], width, type })))
    let done = 0
    for (const row of rows) {
      sheet.row(columns.map(({ type, value }) => ({ type, value: value(row) })))
      if (++done % between === 0) tell({ kind: 'progress', rows: done })
    }
    sheet.end()
    fsyncSync(file)
    tell({ kind: 'done', rows: done, bytes: statSync(job.target).size })
  } finally {
    closeSync(file)
    sql.close()
  }
}

function codeOf(error: unknown): Extract<ExportMessage, { kind: 'failed' }>['code'] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') return 'storage.full'
  if (code === 'EROFS') return 'storage.read_only'
  return code === 'ENOENT' || code === 'EACCES' || code === 'EPERM' || code === 'EISDIR' || code === 'ENOTDIR'
    ? 'export.path'
    : 'storage.failed'
}

try {
  run()
} catch (error) {
  rmSync(job.target, { force: true, recursive: false })
  tell({ kind: 'failed', code: codeOf(error), detail: String(error) })
}
