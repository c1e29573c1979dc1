import type { ExamComparison, ExamReport } from '../../preload/contract/index.ts'
import { numberText, rateText, reasonText, tell } from './eval-texts.ts'
import { costText } from './rates.ts'
import type { CliLanguage } from './texts.ts'

/** An exam with what it was held against and the limits it did not hold. */
export interface Result {
  report: ExamReport
  base: ExamReport | null
  comparison: ExamComparison | null
  failures: { limit: string; is: string | number; wanted: string | number }[]
}

type Row = readonly string[]

/** What a report says, as rows of text; Markdown and HTML lay them out. */
export interface Sections {
  title: string
  facts: Row[]
  classes: { head: Row; rows: Row[] }
  limits: string[]
  comparison: {
    title: string
    text: string
    head: Row
    rows: Row[]
    lists: { title: string; names: string[] }[]
  } | null
}

export function sectionsOf({ report, base, comparison, failures }: Result, language: CliLanguage): Sections {
  const { engine, overall, steps, seconds } = report
  const said = (key: Parameters<typeof tell>[0], data?: Record<string, unknown>) => tell(key, language, data)
  const count = (value: number) => numberText(value, language)
  const shareRow = (name: string, share: ExamReport['overall']): Row => [
    name,
    `${share.passed}/${share.total}`,
    rateText(share.rate, language),
    `${rateText(share.low, language)} – ${rateText(share.high, language)}`,
  ]
  return {
    title: said('title', { engine: engine.model ?? engine.id }),
    facts: [
      [said('state'), `${said(`state_${report.state}`)}${report.failure ? ` (${report.failure})` : ''}`],
      [said('model'), `${engine.kind} · ${engine.id}${engine.model === null ? '' : ` · ${engine.model}`}`],
      [said('prompts'), engine.promptVersion ?? '–'],
      [said('seed'), String(report.seed)],
      [said('passed'), `${overall.passed}/${overall.total} · ${rateText(overall.rate, language)}`],
      [said('wrongFigures'), String(report.wrongFigures)],
      [said('forbidden'), String(report.forbiddenActions)],
      [said('refused'), String(report.refusedDrafts)],
      [said('fallbacks'), String(report.fallbacks)],
      [said('steps'), `${count(steps.mean)} · ${steps.most}`],
      [said('time'), `${count(seconds.p50)} · ${count(seconds.p95)}`],
      [said('cost'), report.costMicros === null ? said('unknown') : costText(report.costMicros)],
    ],
    classes: {
      head: [said('class'), said('passed'), said('rate'), said('interval')],
      rows: [...report.classes.map((share) => shareRow(share.class, share)), shareRow(said('all'), overall)],
    },
    limits: failures.map((failure) => said('limit', failure)),
    comparison: comparison === null ? null : comparisonOf(comparison, base, language),
  }
}

function comparisonOf(
  found: ExamComparison,
  base: ExamReport | null,
  language: CliLanguage,
): Sections['comparison'] {
  const points = (value: number) => numberText(value * 100, language, 1)
  return {
    title: tell('comparison', language, {
      base: `${base?.engine.model ?? base?.engine.id ?? found.baseRunId} ${base?.engine.promptVersion ?? ''}`.trim(),
    }),
    text: tell('difference', language, {
      difference: points(found.difference),
      low: points(found.low),
      high: points(found.high),
      p: numberText(found.p, language, 4),
      cases: found.cases,
    }),
    head: [tell('class', language), tell('before', language), tell('now', language)],
    rows: [
      ...found.classes.map((each) => [
        each.class,
        rateText(each.baseRate, language),
        rateText(each.rate, language),
      ]),
      [tell('all', language), rateText(found.baseRate, language), rateText(found.rate, language)],
      [tell('wrongFigures', language), String(found.wrongFigures.base), String(found.wrongFigures.now)],
    ],
    lists: [
      { title: tell('regressions', language), names: found.regressions },
      { title: tell('improvements', language), names: found.improvements },
    ],
  }
}

/** The report as Markdown; `transcripts` adds what was said in the cases that did not pass. */
export function markdownReport(
  result: Result,
  language: CliLanguage,
  options: { transcripts: boolean },
): string {
  const sections = sectionsOf(result, language)
  const parts = [
    `# ${cell(sections.title)}`,
    sections.facts.map(([name = '', value = '']) => `- ${name}: ${cell(value)}`).join('\n'),
    ...(sections.limits.length === 0
      ? []
      : [`## ${tell('limits', language)}`, sections.limits.map((limit) => `- ${cell(limit)}`).join('\n')]),
    table(sections.classes.head, sections.classes.rows),
  ]
  const { comparison } = sections
  if (comparison !== null) {
    parts.push(`## ${cell(comparison.title)}`, comparison.text, table(comparison.head, comparison.rows))
    for (const { title, names } of comparison.lists)
      parts.push(
        `### ${title}`,
        names.length === 0 ? tell('none', language) : names.map((name) => `- ${cell(name)}`).join('\n'),
      )
  }
  const failed = result.report.cases.filter((item) => !item.passed)
  if (failed.length > 0) parts.push(`## ${tell('failedCases', language)}`)
  for (const item of failed) {
    const reasons = item.reasons.map((reason) => `- ${cell(reasonText(reason, language))}`).join('\n')
    if (!options.transcripts) {
      parts.push(`**${cell(`${item.class} · ${item.name}`)}**\n${reasons}`)
      continue
    }
    const talk = item.turns.map(
      (turn) =>
        `> ${tell('customer', language)}: ${quoted(turn.customer)}\n>\n> ${tell('answer', language)}: ${quoted(turn.answer || tell('nobody', language))}`,
    )
    parts.push(`### ${cell(`${item.class} · ${item.name}`)}`, reasons, talk.join('\n>\n'))
  }
  return `${parts.join('\n\n')}\n`
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (row: Row) => `| ${row.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Words of customers and models in one line of Markdown: nothing in them is read as a sign of layout. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`)
}

function quoted(text: string): string {
  return text.split('\n').map(cell).join('\n> ')
}
