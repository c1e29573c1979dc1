import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { ContractClient, ExamCase, ExamReport, ExamRun } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import type { CommandContext, Run } from './command.ts'
import { chooseShop, connect } from './connection.ts'
import { readCases } from './eval-cases.ts'
import { htmlReport } from './eval-html.ts'
import { markdownReport, type Result } from './eval-markdown.ts'
import { rateText, tell } from './eval-texts.ts'

interface EvalOptions {
  engine?: string
  compare?: string
  prompts?: string
  customer?: string
  classes?: string[]
  most?: number
  cases?: ExamCase[]
  seed: number
}

interface At {
  client: ContractClient
  shop: string
  context: CommandContext
}

/** `eval`: examines an engine on a copy of the shop. Exit code 1 where a limit is not held. */
export function evalCommand(program: Command, run: Run): void {
  run(
    program
      .command('eval')
      .option(
        '--engine <engine>',
        'id or kind (builtin, local, remote); by default the one that is asked first',
      )
      .option('--compare <engine|run>', 'hold it against another engine, or against an earlier run')
      .option('--prompts <folder>', 'use these prompts, and compare with the shipped ones')
      .option('--customer <engine>', 'a model that plays the customers who order; by rules otherwise')
      .option('--classes <list>', 'as greeting,price,catalog,owner', toList)
      .option('--most <n>', 'at most so many cases of each class', toCount)
      .option('--cases <file>', 'more cases of your own, JSON')
      .option('--seed <n>', 'for cases made from the catalog', toCount, 1)
      .option('--report <file>', 'write the report: .html, .md or .json')
      .option('--min-pass <share>', 'exit code 1 when fewer cases pass, as 0.9', toShare)
      .option('--max-wrong-figures <n>', 'exit code 1 when more wrong figures reach customers', toCount)
      .option('--max-forbidden <n>', 'exit code 1 when more is done that nobody asked for', toCount)
      .option('--list', 'the exams so far')
      .description('examine an engine with simulated customers, on a copy of the shop'),
    async (context, options) => {
      const cases = options.cases === undefined ? undefined : readCases(resolve(String(options.cases)))
      const shop = chooseShop(context, context.shop)
      const connection = await connect(context, { shop })
      try {
        const at = { client: connection.client, shop, context }
        if (options.list === true) {
          for (const each of await at.client.exam.list({ shop }))
            context.output.result(each, runLine(each, context))
          return 0
        }
        return await examine(at, options, {
          ...(options as Partial<EvalOptions>),
          seed: Number(options.seed),
          ...(cases === undefined ? {} : { cases }),
        })
      } finally {
        await connection.close()
      }
    },
  )
}

async function examine(
  at: At,
  options: Record<string, unknown>,
  wanted: Omit<EvalOptions, 'cases'> & { cases?: ExamCase[] },
): Promise<number> {
  const { context } = at
  const engine = wanted.engine ?? (await firstEngine(at))
  const base = await baseRun(at, engine, wanted)
  const report = await play(at, engine, wanted, wanted.prompts)
  const comparison =
    base === null
      ? null
      : await at.client.exam.compare({ shop: at.shop, baseRunId: base.runId, runId: report.runId })
  const failures = brokenLimits(report, options)
  const result: Result = { report, base, comparison, failures }
  const { language } = context.output
  if (typeof options.report === 'string') writeReport(resolve(options.report), result, language)
  const { cases: _, ...summary } = report
  context.output.result(
    {
      report: summary,
      failed: report.cases.filter((item) => !item.passed),
      comparison,
      failures,
      passed: failures.length === 0,
    },
    markdownReport(result, language, { transcripts: false }),
  )
  return failures.length === 0 ? 0 : 1
}

/** The run to hold the new one against: an earlier one, another engine's, or the same engine with the shipped prompts. */
async function baseRun(at: At, engine: string, wanted: EvalOptions): Promise<ExamReport | null> {
  const { compare, prompts } = wanted
  if (compare !== undefined) {
    const runs = await at.client.exam.list({ shop: at.shop })
    const earlier = runs.find((each) => each.runId === compare)
    if (earlier !== undefined) return await at.client.exam.report({ shop: at.shop, runId: earlier.runId })
    return await play(at, compare, wanted, undefined)
  }
  return prompts === undefined ? null : await play(at, engine, wanted, undefined)
}

/** Starts an exam and waits for its end, with progress. */
async function play(
  at: At,
  engineId: string,
  wanted: EvalOptions,
  prompts: string | undefined,
): Promise<ExamReport> {
  const { client, shop, context } = at
  const { classes, most, cases, seed, customer } = wanted
  const events = await client.events.stream({ shop })
  let runId: string | null = null
  const cancel = () => {
    if (runId !== null) void client.exam.cancel({ shop, runId })
  }
  process.once('SIGINT', cancel)
  try {
    for await (const item of events) {
      if (item.kind === 'ready') {
        const started = await client.exam.start({
          shop,
          engineId,
          seed,
          ...(classes === undefined ? {} : { classes }),
          ...(most === undefined ? {} : { most }),
          ...(cases === undefined ? {} : { cases }),
          ...(customer === undefined ? {} : { customer }),
          ...(prompts === undefined ? {} : { prompts: resolve(prompts) }),
        })
        runId = started.runId
      } else if (item.event.type === 'exam.progress' && item.event.payload.runId === runId) {
        const { done, total, finished } = item.event.payload
        if (finished) break
        context.output.note({ event: 'progress', runId, done, total }, `${engineId}: ${done}/${total}`)
      }
    }
  } finally {
    process.off('SIGINT', cancel)
  }
  if (runId === null) throw new DomainError('cancelled')
  return await client.exam.report({ shop, runId })
}

async function firstEngine({ client, shop }: At): Promise<string> {
  const engines = await client.engines.list({ shop })
  return engines.find((engine) => engine.position !== null)?.id ?? 'builtin'
}

/** What the run did not hold, as codes with what was found. */
function brokenLimits(report: ExamReport, options: Record<string, unknown>): Result['failures'] {
  const failures: Result['failures'] = []
  const { minPass, maxWrongFigures, maxForbidden } = options
  if (report.state !== 'done')
    failures.push({ limit: 'state', is: report.failure ?? report.state, wanted: 'done' })
  if (typeof minPass === 'number' && report.overall.rate < minPass)
    failures.push({ limit: 'min-pass', is: report.overall.rate, wanted: minPass })
  if (typeof maxWrongFigures === 'number' && report.wrongFigures > maxWrongFigures)
    failures.push({ limit: 'max-wrong-figures', is: report.wrongFigures, wanted: maxWrongFigures })
  if (typeof maxForbidden === 'number' && report.forbiddenActions > maxForbidden)
    failures.push({ limit: 'max-forbidden', is: report.forbiddenActions, wanted: maxForbidden })
  return failures
}

function writeReport(path: string, result: Result, language: 'es' | 'en'): void {
  const text = path.endsWith('.json')
    ? `${JSON.stringify(result, null, 2)}\n`
    : /\.html?$/.test(path)
      ? htmlReport(result, language)
      : markdownReport(result, language, { transcripts: true })
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new DomainError('export.path', { path }, { cause: error })
  }
}

function runLine(run: ExamRun, { output }: CommandContext): string {
  return [
    run.runId,
    run.startedAt,
    tell(`state_${run.state}`, output.language),
    run.engine.model ?? run.engine.id,
    run.engine.promptVersion ?? '–',
    `${run.overall.passed}/${run.overall.total}`,
    rateText(run.overall.rate, output.language),
    tell('figures', output.language, { count: run.wrongFigures }),
  ].join('\t')
}

function toList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function toCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number')
  return Number(text)
}

function toShare(text: string): number {
  const share = Number(text.replace(',', '.'))
  if (!(share >= 0 && share <= 1)) throw new InvalidArgumentError('between 0 and 1')
  return share
}
