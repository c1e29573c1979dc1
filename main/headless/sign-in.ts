import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDomainError } from '../core/errors.ts'
import type { Log } from '../core/host.ts'
import { type PeopleService, type Session, sessionLifetimeMs } from '../core/people/service.ts'
import { readCookie } from '../hosting/request-checks.ts'
import { browserName } from './browser-name.ts'
import type { Entrance } from './entrance.ts'
import { type SignInTrouble, sendPage, sendSignIn } from './pages.ts'

/** The largest form, bytes. */
const largestForm = 4_096
/** Time that a form has to arrive, ms. */
const formMs = 10_000

/** As long as browsers keep a cookie at most, s. */
const deviceSeconds = 400 * 24 * 60 * 60

export interface SignInDeps {
  people: PeopleService
  log: Log
  /** Ends a session with its connections. */
  endSession(sessionId: string): void
}

/** Answers the form of the sign-in page. The caller has checked where the request comes from. */
export async function signIn(
  deps: SignInDeps,
  entrance: Entrance,
  request: IncomingMessage,
  response: ServerResponse,
  before: { session: Session | null; next: string },
): Promise<void> {
  const { 'accept-language': acceptLanguage, 'content-type': type = '' } = request.headers
  const form = type.startsWith('application/x-www-form-urlencoded') ? await readForm(request) : null
  if (form === null) {
    // What is left of it is not read.
    response.setHeader('Connection', 'close')
    sendPage(response, 413, 'too_large', acceptLanguage)
    return
  }
  const deviceCookie = `${entrance.cookie}_device`
  const name = (form.get('name') ?? '').slice(0, 80)
  try {
    const { token, session, device } = await deps.people.access.signIn({
      name,
      password: (form.get('password') ?? '').slice(0, 200),
      address: request.socket.remoteAddress ?? '',
      browser: browserName(request.headers['user-agent']),
      device: readCookie(request.headers.cookie, deviceCookie),
    })
    // A session is never taken over from before the sign-in: whoever could have planted it knows its token.
    if (before.session !== null) deps.endSession(before.session.id)
    deps.log.info('session.started', { sessionId: session.id, by: 'password' })
    response.setHeader('Set-Cookie', [
      entrance.setCookie(entrance.cookie, token, sessionLifetimeMs / 1_000),
      entrance.setCookie(deviceCookie, device, deviceSeconds),
    ])
    response.writeHead(303, { Location: before.next, 'Cache-Control': 'no-store' }).end()
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble === null) throw error
    deps.log.warn('session.refused', { reason: trouble.code })
    sendSignIn(response, { acceptLanguage, name, trouble })
  }
}

function troubleOf(error: unknown): SignInTrouble | null {
  if (isDomainError(error, 'access.wrong_password')) return { code: 'wrong_password' }
  if (!isDomainError(error, 'access.too_many_tries')) return null
  return { code: 'too_many_tries', minutes: Number(error.data.minutes) }
}

/**
 * Where a sign-in leads: a path of this host, whatever the address says. Anything that a browser could read as another
 * host leads to the desk.
 */
export function safeNext(next: string | null): string {
  if (next === null || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes('\\')) return '/'
  const base = 'https://desk.invalid'
  const parsed = URL.parse(next, base)
  if (parsed === null || parsed.origin !== base || parsed.pathname.startsWith('//')) return '/'
  if (parsed.pathname === '/sign-in' || parsed.pathname === '/sign-out') return '/'
  return `${parsed.pathname}${parsed.search}`
}

/** The fields of a form; null for one that is too large or does not come. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  if (Number(request.headers['content-length'] ?? 0) > largestForm) return null
  const late = setTimeout(() => request.destroy(), formMs)
  try {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk)
      size += bytes.length
      if (size > largestForm) return null
      chunks.push(bytes)
    }
    return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
  } catch {
    // Whoever sent it has gone, or was too slow.
    return null
  } finally {
    clearTimeout(late)
  }
}
