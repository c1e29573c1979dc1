import { dataTags } from './delimit.ts'
import { withoutMarkdown } from './markdown.ts'

/** Characters of a chat message; what is longer ends after its last whole sentence. */
const longestAnswer = 1_500

/**
 * What a model wrote as it may stand in a chat: no thoughts, no marks of prompt or template, no JSON, no blanks to fill
 * in, no markdown. Pure; cleaning twice changes nothing. '' where nothing is left.
 */
export function cleanAnswer(text: string, options: { emoji: boolean } = { emoji: true }): string {
  let current = bounded(withoutThoughts(withoutControls(text)))
  for (let pass = 0; pass < 6; pass++) {
    const next = cleanOnce(current, options.emoji)
    if (next === current) return next
    current = next
  }
  return current
}

/** More than a chat message needs, and no run of blanks: what is read below for each of its places stays quick. */
function bounded(text: string): string {
  const dense = text.replace(/\s{12,}/g, (run) => (run.includes('\n') ? '\n\n' : '  '))
  return dense.slice(0, 4 * longestAnswer).replace(/[\ud800-\udbff]$/, '')
}

function cleanOnce(text: string, emoji: boolean): string {
  const steps = [
    withoutControls,
    withoutThoughts,
    withoutMarks,
    withoutJson,
    withoutMarkdown,
    withoutRoles,
    withoutBlanks,
    ...(emoji ? [] : [withoutEmoji]),
    withoutRepeats,
    tidied,
    shortened,
  ]
  return steps.reduce((current, step) => step(current), text)
}

/** Controls, broken characters and invisible marks; line ends become one kind. */
function withoutControls(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\n\t\u200d])[\p{Cc}\p{Cf}\u2028\u2029\ufffd]/gu, '')
}

const thought = '(?:think|thinking|thought|reasoning|analysis|scratchpad)'
const thoughtBlock = new RegExp(`<${thought}>[\\s\\S]*?</${thought}>`, 'gi')
const thoughtEnd = new RegExp(`^[\\s\\S]*</${thought}>`, 'i')
const thoughtOpen = new RegExp(`<${thought}>[\\s\\S]*$`, 'i')

function withoutThoughts(text: string): string {
  return text.replace(thoughtBlock, '').replace(thoughtEnd, '').replace(thoughtOpen, '')
}

const tags = dataTags.join('|')
const block = new RegExp(`[<‹](${tags})\\b[^>›\\n]*[>›][\\s\\S]*?[<‹]/\\1\\s*[>›]`, 'gi')
const tag = new RegExp(`[<‹]/?\\s*(?:${tags})\\b[^>›\\n]*[>›]?`, 'gi')
const toolBlock =
  /<(tool_calls?|function_calls?|function|tool_response|tool_result|invoke|tools?)\b[^>]*>[\s\S]*?<\/\1\s*>/gi
const toolTag =
  /<\/?(?:tool_calls?|function_calls?|function|tool_response|tool_result|invoke|tools?)\b[^>\n]*>?/gi
/** Marks of chat templates: `<|im_end|>`, `<｜end▁of▁sentence｜>`, `<end_of_turn>`, `[INST]`, `<s>`. */
const template =
  /<[|｜][^\n]{0,60}?[|｜]>|<\/?(?:start_of_turn|end_of_turn|bos|eos|pad|unk|s)>(?:(?:user|model|assistant)(?=\n|$))?|\[\/?(?:INST|SYS|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\]|<<\/?SYS>>/gi

function withoutMarks(text: string): string {
  return text
    .replace(toolBlock, '')
    .replace(toolTag, '')
    .replace(block, '')
    .replace(tag, '')
    .replace(template, '')
}

/** Objects and calls written as text. What begins like one and never ends goes with the rest of the text. */
function withoutJson(text: string): string {
  const fenced = text.replace(/```(?:json|tool_code|tool_call|python)?\s*\n?\s*[[{][\s\S]*?(?:```|$)/gi, '')
  const called = fenced.replace(/\b(?:functions\.)?[a-z]+(?:_[a-z]+)+\s*\((?:[^()\n]|\([^()\n]*\))*\)/g, '')
  let rest = called
  let kept = ''
  for (;;) {
    const start = rest.search(/(?:\[\s*)?\{\s*(?:["'][\w$]+["']\s*:|\})/)
    if (start === -1) return kept + rest
    const end = endOfBraces(rest, start)
    kept += rest.slice(0, start)
    if (end === -1) return kept
    rest = rest.slice(end)
  }
}

/** Index after the bracket that closes the one at or after `start`; -1 where none does. */
function endOfBraces(text: string, start: number): number {
  let depth = 0
  let quote = false
  for (let index = start; index < text.length; index++) {
    const sign = text[index]
    if (quote) {
      if (sign === '\\') index += 1
      else if (sign === '"') quote = false
      continue
    }
    if (sign === '"') quote = true
    else if (sign === '{' || sign === '[') depth += 1
    else if (sign === '}' || sign === ']') {
      depth -= 1
      if (depth <= 0) return index + 1
    }
  }
  return -1
}

const ownRole =
  /^\s*(?:assistant|asistente|vendedora?|salesperson|seller|model|bot|ai|respuesta|answer|reply|shop|tienda|mensaje|message)\s*:[ \t]*/i
const othersRole = /^(?:customer|cliente|user|usuario|human|system|sistema|tool)[ \t]*:[\s\S]*$/im
const preamble =
  /^(?:(?:sure|claro|of course|por supuesto|vale|ok)[!.,]?\s*)?(?:here(?:'s| is)|aqu[ií] (?:tienes|est[aá]|va)) (?:the|my|a|el|la|un|una|mi)\b[^\n]{0,60}(?:message|mensaje|reply|respuesta|draft|borrador|versi[oó]n|version)[^\n]{0,40}:\s*\n?/i

/** "Assistant:", "Here is the message:", quotes around everything, and a customer's part played by the model. */
function withoutRoles(text: string): string {
  const bare = text.trim().replace(preamble, '').replace(ownRole, '').replace(othersRole, '').trim()
  const quoted = /^["“«]([^"“”«»]+)["”»]$/.exec(bare)
  return quoted?.[1] ?? bare
}

const personal = /\s*,?\s*\[NAME_\d+\]/g
const blank =
  /\[(?:[A-Z]+_\d+|(?:insert|inserta\w*|your|tu|su|the|el|la|nombre|name|precio|price|link|enlace|url|fecha|date|hora|time|producto|product|total|cantidad|quantity|direcci[oó]n|address|tel[eé]fono|phone|importe|amount|customer|cliente|shop|tienda|n[uú]mero|number|xxx*|\.{2,})(?:[ _:/-][^\]\n]{0,60})?)\](?!\()|\{\{?[a-z_][\w .]{0,40}\}?\}|\b(?:XX+|xxx+)\b/gi

/** What was to be filled in and was not: a name is left out, a sentence with any other goes whole. */
function withoutBlanks(text: string): string {
  const named = text.replace(personal, '')
  if (named.search(blank) === -1) return named
  return named
    .split('\n')
    .map((line) =>
      line
        .split(/(?<=[.!?])\s+/)
        .filter((sentence) => sentence.search(blank) === -1)
        .join(' '),
    )
    .join('\n')
}

function withoutEmoji(text: string): string {
  return text
    .replace(
      /(?![©®™])\p{Extended_Pictographic}(?:[\u{1f3fb}-\u{1f3ff}\ufe0f]|\u200d\p{Extended_Pictographic})*/gu,
      '',
    )
    .replace(/[\u{1f1e6}-\u{1f1ff}\ufe0f\u20e3\u200d]/gu, '')
}

/** A line that stood there before: small models go round in circles. */
function withoutRepeats(text: string): string {
  const seen = new Set<string>()
  const lines = text.split('\n').filter((line) => {
    const key = line.trim().toLowerCase()
    if (key.length < 12) return true
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return lines.join('\n')
}

function tidied(text: string): string {
  return text
    .replace(/\t/g, ' ')
    .replace(/(\S) {2,}/g, '$1 ')
    .replace(/ +([,.;:!?])(?=\s|$)/g, '$1')
    .replace(/,([.!?])/g, '$1')
    .replace(/[ ]+$/gm, '')
    .replace(/^•[ ]*$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function shortened(text: string): string {
  if (text.length <= longestAnswer) return text
  const head = text.slice(0, longestAnswer)
  const ends = [...head.matchAll(/[.!?…](?=\s)|\n/g)]
  const last = ends.at(-1)?.index ?? -1
  if (last > longestAnswer / 3) return head.slice(0, last + 1).trim()
  const space = head.lastIndexOf(' ')
  return (space > longestAnswer / 3 ? head.slice(0, space) : head.replace(/[\ud800-\udbff]$/, '')).trim()
}
