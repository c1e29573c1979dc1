import { asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { insertRow, softDeleteRow } from '../storage/rows.ts'
import type { Reader, Tx } from '../storage/storage.ts'
import type { ExamReport } from './exam.ts'
import { examCases, examRuns } from './tables.ts'

export function insertRun(tx: Tx, report: ExamReport): void {
  tx.orm
    .insert(examRuns)
    .values({ id: report.runId, ...columnsOf(report), startedAt: report.startedAt, createdBy: tx.actor })
    .run()
}

export function updateRun(tx: Tx, report: ExamReport): void {
  tx.orm.update(examRuns).set(columnsOf(report)).where(eq(examRuns.id, report.runId)).run()
}

function columnsOf(report: ExamReport) {
  return {
    engineId: report.engine.id,
    model: report.engine.model,
    promptVersion: report.engine.promptVersion,
    state: report.state,
    report: JSON.stringify(report),
    endedAt: report.endedAt,
  }
}

/** @throws DomainError `exam.not_found` */
export function readRun(reader: Reader, id: string): ExamReport {
  const row = reader.orm.select({ report: examRuns.report }).from(examRuns).where(eq(examRuns.id, id)).get()
  if (row === undefined) throw new DomainError('exam.not_found', { id })
  return parse(row.report)
}

/** Newest first, without the cases: what was said in them may be megabytes. */
export function listRuns(reader: Reader, limit: number): ExamReport[] {
  const rows = reader.orm
    .select({ report: sql<string>`json_set(${examRuns.report}, '$.cases', json('[]'))` })
    .from(examRuns)
    .orderBy(desc(examRuns.seq))
    .limit(limit)
    .all()
  return rows.map((row) => parse(row.report))
}

export function unfinishedRuns(reader: Reader): ExamReport[] {
  const rows = reader.orm
    .select({ report: examRuns.report })
    .from(examRuns)
    .where(eq(examRuns.state, 'running'))
    .all()
  return rows.map((row) => parse(row.report))
}

/** Only this file's own writers fill the column. */
function parse(report: string): ExamReport {
  return JSON.parse(report) as ExamReport
}

export interface StoredCase {
  id: string
  name: string
  definition: unknown
}

/** The owner's cases in the order they came: their ids carry the time. */
export function listCases(reader: Reader): StoredCase[] {
  return reader.orm
    .select({ id: examCases.id, name: examCases.name, definition: examCases.definition })
    .from(examCases)
    .where(isNull(examCases.deletedAt))
    .orderBy(asc(examCases.id))
    .all()
    .map((row) => ({ ...row, definition: JSON.parse(row.definition) as unknown }))
}

export function insertCase(tx: Tx, name: string, definition: object): string {
  const id = newId()
  insertRow(tx, examCases, { id, name, definition: JSON.stringify(definition) })
  return id
}

/** @throws DomainError `not_found` */
export function removeCase(tx: Tx, id: string): void {
  softDeleteRow(tx, examCases, id)
}
