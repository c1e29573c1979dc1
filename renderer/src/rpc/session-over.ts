import type { Connection } from './connection.ts'

/**
 * Leaves for the host's own page once the session is over: there one signs in, or reads how to get a fresh link. A host
 * that cannot be reached says nothing of the kind, and is waited for.
 */
export function leaveWhenSessionOver(connection: Connection): void {
  connection.subscribe(({ phase }) => {
    if (phase === 'waiting') void leaveIfRefused(connection)
  })
}

async function leaveIfRefused(connection: Connection): Promise<void> {
  try {
    const answer = await fetch(document.baseURI, { method: 'HEAD', cache: 'no-store', redirect: 'manual' })
    if (answer.status !== 401) return
    connection.stop()
    window.location.reload()
  } catch {
    // Nobody is there; the connection is tried again by itself.
  }
}
