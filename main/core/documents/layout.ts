import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Paper } from './paper.ts'

const grey = '#5b6470'
const rule = '#d9dee4'

/** How a paper looks: A4, a head with the shop and the number, who it is for, the lines, the sums, the terms. */
export function layOut(paper: Paper, logo: string | null): TDocumentDefinitions {
  return {
    info: { title: paper.title, author: paper.shop.name, creator: 'Mostrador' },
    language: paper.language,
    pageSize: 'A4',
    pageMargins: [48, 48, 48, 64],
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.25, color: '#1d232a' },
    content: [
      head(paper, logo),
      parties(paper),
      text(paper.words.intro, [0, 0, 0, 14]),
      lines(paper),
      sums(paper),
      note(paper),
      text(paper.terms, [0, 18, 0, 0], grey),
    ].filter((part) => part !== null),
    footer: (page, pages) => ({
      margin: [48, 16, 48, 0],
      columns: [
        { text: paper.words.footer, color: grey, fontSize: 9 },
        {
          width: 'auto',
          alignment: 'right',
          color: grey,
          fontSize: 9,
          text: paper.pages.replace('{page}', String(page)).replace('{pages}', String(pages)),
        },
      ],
    }),
  }
}

type Part = Content | null

function head(paper: Paper, logo: string | null): Content {
  const shop: Content = {
    stack: [
      { text: paper.shop.name, fontSize: 13, bold: true },
      { text: paper.shop.lines.join('\n'), color: grey, fontSize: 9 },
    ],
  }
  const left: Content =
    logo === null ? shop : { stack: [{ image: logo, fit: [150, 64], margin: [0, 0, 0, 8] }, shop] }
  return {
    columns: [
      left,
      {
        width: 220,
        alignment: 'right',
        stack: [
          { text: paper.words.title, fontSize: 20, bold: true, color: paper.colour },
          { text: paper.number, fontSize: 12, bold: true },
          { text: paper.date, color: grey },
          ...paper.facts.map(({ label, value }): Content => ({ text: `${label}: ${value}`, color: grey })),
        ],
      },
    ],
    margin: [0, 0, 0, 18],
  }
}

function parties(paper: Paper): Part {
  const blocks = [paper.customer, paper.delivery].filter((block) => block !== null)
  if (blocks.length === 0) return null
  return {
    columns: blocks.map(({ label, lines: own }) => ({
      stack: [{ text: label, color: grey, fontSize: 9 }, { text: own.join('\n') }],
    })),
    columnGap: 24,
    margin: [0, 0, 0, 18],
  }
}

function lines(paper: Paper): Part {
  if (paper.rows.length === 0) return null
  const { headings } = paper
  const columns: {
    key: 'sku' | 'item' | 'quantity' | 'price' | 'amount'
    heading: string
    width: number | string
  }[] = [
    ...(headings.sku === null ? [] : [{ key: 'sku' as const, heading: headings.sku, width: 72 }]),
    { key: 'item', heading: headings.item, width: '*' },
    { key: 'quantity', heading: headings.quantity, width: 62 },
    ...(headings.price === null ? [] : [{ key: 'price' as const, heading: headings.price, width: 74 }]),
    ...(headings.amount === null ? [] : [{ key: 'amount' as const, heading: headings.amount, width: 78 }]),
  ]
  const alignment = (key: string) => (key === 'sku' || key === 'item' ? 'left' : 'right')
  const first: TableCell[] = columns.map(({ key, heading }) => ({
    text: heading,
    bold: true,
    color: '#ffffff',
    fillColor: paper.colour,
    alignment: alignment(key),
  }))
  const rest = paper.rows.map((row): TableCell[] =>
    columns.map(({ key }) => ({ text: row[key], alignment: alignment(key) })),
  )
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width),
      body: [first, ...rest],
    },
    layout: {
      hLineWidth: (index, node) => (index > 1 && index <= node.table.body.length ? 0.5 : 0),
      vLineWidth: () => 0,
      hLineColor: () => rule,
      paddingTop: () => 5,
      paddingBottom: () => 5,
    },
  }
}

function sums(paper: Paper): Part {
  if (paper.sums.length === 0) return null
  return {
    margin: [0, 12, 0, 0],
    columns: [
      { text: '', width: '*' },
      {
        width: 260,
        unbreakable: true,
        table: {
          widths: ['*', 'auto'],
          body: paper.sums.map(({ label, value, strong }): TableCell[] => [
            { text: label, bold: strong, color: strong ? paper.colour : grey, fontSize: strong ? 12 : 10 },
            { text: value, bold: strong, alignment: 'right', fontSize: strong ? 12 : 10 },
          ]),
        },
        layout: 'noBorders',
      },
    ],
  }
}

function note(paper: Paper): Part {
  if (paper.note === null) return null
  return {
    margin: [0, 14, 0, 0],
    stack: [{ text: paper.note.label, color: grey, fontSize: 9 }, { text: paper.note.text }],
  }
}

function text(content: string, margin: [number, number, number, number], color?: string): Part {
  return content.trim() === '' ? null : { text: content, margin, ...(color === undefined ? {} : { color }) }
}
