import { homedir } from 'node:os'
import { certainSpans, likelySpans } from '../../core/privacy/patterns.ts'
import { joined, outside, type Span } from '../../core/privacy/spans.ts'

const removed = '[removed]'

/** Fields whose value is somebody's name, number or words, whatever it looks like. */
const personalKeys: ReadonlySet<string> = new Set([
  'name',
  'firstname',
  'lastname',
  'fullname',
  'displayname',
  'username',
  'customer',
  'customername',
  'recipient',
  'contact',
  'person',
  'author',
  'address',
  'street',
  'phone',
  'email',
  'jid',
  'chat',
  'chatid',
  'chatname',
  'from',
  'to',
  'externalid',
  'userid',
  'nationalid',
  'text',
  'texts',
  'words',
  'caption',
  'body',
  'content',
  'draft',
  'reply',
  'query',
  'question',
  'answer',
  'note',
  'title',
  'filename',
  'token',
  'key',
  'secret',
  'authorization',
  'cookie',
  'passphrase',
  'password',
  'launchurl',
])

/** Digits that are no phone: ids, instants and versions. */
const harmless =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?|\d+\.\d+\.\d+(?:[-.]\w+)*/giu
/** Bot tokens, API keys, bearer tokens and long random words. */
const secret =
  /\d{6,}:[A-Za-z0-9_-]{30,}|\b(?:sk|pk|key|ghp|xox[a-z])[-_][A-Za-z0-9_-]{8,}|(?:bearer\s+|token=)\S{8,}|[A-Za-z0-9_-]{40,}={0,2}/gi
/** What somebody or something said, as errors cite it. */
const quoted = /"[^"\n]{2,}"|“[^”\n]{2,}”|«[^»\n]{2,}»|`[^`\n]{2,}`|(?<![\p{L}])'[^'\n]{2,}'(?![\p{L}])/gu
/** Fields of our own programs' sentences; everywhere else several words are somebody's. */
const sentenceKeys: ReadonlySet<string> = new Set(['msg', 'message', 'stack', 'error'])
const deepest = 6

/** A line of the log as it may be passed on; null for one that is no JSON: nobody knows what stands in it. */
export function withoutPersonalData(line: string): string | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return JSON.stringify(cleanFields(value, 0, true))
}

/** A text of our own programs, with everything taken out that may be somebody's. */
export function cleanText(text: string): string {
  const ownFolder = homedir()
  const homeless = ownFolder.length > 1 ? text.replaceAll(ownFolder, '~') : text
  const plain = homeless.replace(secret, removed).replace(quoted, '"…"')
  return withoutSpans(
    plain,
    outside([...certainSpans(plain), ...likelySpans(plain)], placesOf(plain, harmless)),
  )
}

function cleanFields(value: object, depth: number, isLine = false): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, cleanValue(key, field, depth, isLine)]),
  )
}

function cleanValue(key: string, value: unknown, depth: number, isLine: boolean): unknown {
  // What pino itself writes: the event's name and the instant.
  if (isLine && (key === 'msg' || key === 'time' || key === 'level' || key === 'pid')) return value
  if (typeof value === 'boolean' || value === null) return value
  const isErrorName = key === 'name' && typeof value === 'string' && /^[A-Z][A-Za-z]*Error$/.test(value)
  if (personalKeys.has(key.toLowerCase()) && !isErrorName) return removed
  if (typeof value === 'string')
    return /\s/.test(value.trim()) && !sentenceKeys.has(key) ? removed : cleanText(value)
  if (typeof value !== 'object') return value
  if (depth >= deepest) return removed
  if (Array.isArray(value)) return value.map((one) => cleanValue('', one, depth + 1, false))
  return cleanFields(value, depth + 1)
}

function placesOf(text: string, pattern: RegExp): { from: number; to: number }[] {
  return [...text.matchAll(pattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }))
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  let result = ''
  let at = 0
  for (const { from, to } of joined(spans)) {
    result += text.slice(at, from) + removed
    at = to
  }
  return result + text.slice(at)
}
