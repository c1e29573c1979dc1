import { text } from 'node:stream/consumers'
import { DomainError } from '../core/errors.ts'

/** The largest password that is read, characters. */
const longest = 200
const enter = new Set(['\r', '\n'])
const backspace = new Set(['\u007f', '\b'])
const interrupt = '\u0003'
const end = '\u0004'

/** The first line of stdin, for programs. */
export async function readPiped(): Promise<string> {
  const [line = ''] = (await text(process.stdin)).split(/\r?\n/)
  return line
}

/**
 * Asks at the terminal, where nothing of it is shown. The question goes to stderr.
 * @throws DomainError `cancelled` on Ctrl+C or the end of input, `input.invalid` where nobody sits at a terminal.
 */
export async function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) throw new DomainError('input.invalid', { field: '--stdin', issue: 'no_terminal' })
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let typed: string[] = []
  const onData = (chunk: string) => {
    for (const sign of chunk) {
      if (enter.has(sign)) return resolve(typed.join(''))
      if (sign === interrupt || (sign === end && typed.length === 0))
        return reject(new DomainError('cancelled'))
      if (backspace.has(sign)) typed = typed.slice(0, -1)
      else if (sign >= ' ' && typed.length < longest) typed.push(sign)
    }
  }
  stdin.on('data', onData)
  try {
    return await promise
  } finally {
    stdin.removeListener('data', onData)
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}
