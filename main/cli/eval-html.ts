import { type Result, sectionsOf } from './eval-markdown.ts'
import { reasonText, tell } from './eval-texts.ts'
import type { CliLanguage } from './texts.ts'

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #8884; }
td:not(:first-child) { font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dd { margin: 0; }
details { border: 1px solid #8884; border-radius: .5rem; padding: .5rem 1rem; margin: .5rem 0; }
blockquote { margin: .5rem 0; padding-left: .8rem; border-left: 3px solid #8886; white-space: pre-wrap; }
.limit { color: #b3261e; font-weight: 600; }
`

/** The report as one HTML file that loads nothing. Everything in it is escaped: answers are a model's words. */
export function htmlReport(result: Result, language: CliLanguage): string {
  const { title, facts, classes, limits, comparison } = sectionsOf(result, language)
  const failed = result.report.cases.filter((item) => !item.passed)
  const body = [
    `<h1>${escaped(title)}</h1>`,
    ...limits.map((limit) => `<p class="limit">${escaped(limit)}</p>`),
    `<dl>${facts.map(([name = '', value = '']) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`,
    table(classes.head, classes.rows),
    ...(comparison === null
      ? []
      : [
          `<h2>${escaped(comparison.title)}</h2>`,
          `<p>${escaped(comparison.text)}</p>`,
          table(comparison.head, comparison.rows),
          ...comparison.lists.map(
            ({ title: name, names }) =>
              `<h3>${escaped(name)}</h3>${names.length === 0 ? `<p>${escaped(tell('none', language))}</p>` : list(names)}`,
          ),
        ]),
    ...(failed.length === 0 ? [] : [`<h2>${escaped(tell('failedCases', language))}</h2>`]),
    ...failed.map((item) =>
      [
        `<details><summary>${escaped(`${item.class} · ${item.name}`)}</summary>`,
        list(item.reasons.map((reason) => reasonText(reason, language))),
        ...item.turns.map(
          (turn) =>
            `<blockquote><b>${escaped(tell('customer', language))}:</b> ${escaped(turn.customer)}</blockquote>` +
            `<blockquote><b>${escaped(tell('answer', language))}:</b> ${escaped(turn.answer || tell('nobody', language))}</blockquote>`,
        ),
        '</details>',
      ].join('\n'),
    ),
  ]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body.join('\n')}
</body>
</html>
`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string) =>
    `<tr>${row.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`
  return `<table><thead>${cells(head, 'th')}</thead><tbody>${rows.map((row) => cells(row, 'td')).join('')}</tbody></table>`
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}
