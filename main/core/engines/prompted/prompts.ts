import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The shipped texts that make a prompt. They are data: changing one changes the version that each trace names. */
export interface PromptFiles {
  /** `salesperson@<first 8 hex digits of the hash of all files>` */
  version: string
  /** What the model is and must heed; the beginning of every head. */
  policy: string
  /** The same in few words, for models with little room. */
  smallPolicy: string
  /** How the memory of what fell out of the history is written. */
  summary: string
  /** A block of `personality.md` or `turn.md` by its heading. Throws where there is none. */
  block(name: string): string
}

const fileNames = ['policy.md', 'policy-small.md', 'personality.md', 'turn.md', 'summary.md'] as const

/**
 * Reads the prompt files of a resources folder; another folder's files stand in for those of the same name. Throws where
 * one is missing, or where that folder has none: without them nothing may be asked.
 */
export function loadPrompts(resources: string, folder?: string): PromptFiles {
  const shipped = join(resources, 'prompts')
  const own = folder === undefined ? [] : fileNames.filter((name) => existsSync(join(folder, name)))
  if (folder !== undefined && own.length === 0) throw new Error(`no prompt files in ${folder}`)
  const read = (name: (typeof fileNames)[number]) =>
    readFileSync(join(own.includes(name) ? (folder ?? shipped) : shipped, name), 'utf8').replace(
      /\r\n?/g,
      '\n',
    )
  const texts = new Map<string, string>(fileNames.map((name) => [name, read(name)]))
  const hash = createHash('sha256')
  for (const name of fileNames) hash.update(`${name}\n${texts.get(name)}\n`)
  const blocks = new Map([
    ...blocksOf(texts.get('personality.md') ?? ''),
    ...blocksOf(texts.get('turn.md') ?? ''),
  ])
  return {
    version: `salesperson@${hash.digest('hex').slice(0, 8)}`,
    policy: (texts.get('policy.md') ?? '').trim(),
    smallPolicy: (texts.get('policy-small.md') ?? '').trim(),
    summary: (texts.get('summary.md') ?? '').trim(),
    block(name) {
      const block = blocks.get(name)
      if (block === undefined) throw new Error(`no block ${name} in the prompt files`)
      return block
    },
  }
}

function blocksOf(text: string): [string, string][] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      return [part.slice(0, end).trim(), part.slice(end).trim()]
    })
}
