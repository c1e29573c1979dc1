import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allTexts } from '../../main/electron/texts.ts'

const root = join(import.meta.dirname, '..', '..')

/** Bold words that are no label of ours: they stress something. */
const stressed: Record<string, readonly string[]> = {
  es: [
    'en negrita',
    'entera',
    'no lo abras todavía',
    'Tus datos se quedan',
    'Importante:',
    'Windows:',
    'Mac:',
  ],
  en: [
    'in bold',
    'whole',
    'don’t open it yet',
    "don't open it yet",
    'Your data stays',
    'Important:',
    'Windows:',
    'Mac:',
  ],
}
const alsoStressed: Record<string, readonly string[]> = {
  es: [
    'Con la AppImage:',
    'Con el `.deb`:',
    'Linux:',
    'Los tokens de Telegram y las claves de los servicios.',
    'WhatsApp',
  ],
  en: [
    'With the AppImage:',
    'With the `.deb`:',
    'Linux:',
    "Telegram's tokens and the services' keys.",
    'WhatsApp',
  ],
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : []
}

/** Everything that the desk and the desktop app may show in that language. */
function labels(language: 'es' | 'en'): Set<string> {
  const folder = join(root, 'renderer', 'src', 'i18n', language)
  const desk = readdirSync(folder).flatMap((name) =>
    strings(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  )
  const app = Object.values(allTexts).map((text) => text[language])
  return new Set([...desk, ...app])
}

/** A heading's anchor, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

describe.each([
  ['es', 'docs/owner.es.md'],
  ['en', 'docs/owner.md'],
] as const)('the guide for owners in %s', (language, path) => {
  const text = readFileSync(join(root, path), 'utf8')

  it('names what is on the screen as it is on the screen', () => {
    const known = labels(language)
    const fine = new Set([...(stressed[language] ?? []), ...(alsoStressed[language] ?? [])])
    const bold = [...text.matchAll(/\*\*(.+?)\*\*/g)].map((match) => match[1] ?? '')
    expect(bold.length).toBeGreaterThan(50)
    expect(bold.filter((one) => !known.has(one) && !fine.has(one))).toEqual([])
  })

  it('links to what is there', () => {
    const anchors = new Set([...text.matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? '')))
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '')
    expect(links.length).toBeGreaterThan(9)
    const broken = links.filter((link) =>
      link.startsWith('#') ? !anchors.has(link.slice(1)) : !existsSync(join(root, dirname(path), link)),
    )
    expect(broken).toEqual([])
  })
})

it('both guides have the same sections', () => {
  const shape = (path: string): string[] =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/^(#+) /gm)].map((match) => match[1] ?? '')
  expect(shape('docs/owner.es.md')).toEqual(shape('docs/owner.md'))
})
