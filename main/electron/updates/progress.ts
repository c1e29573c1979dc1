import type { UpdateState } from '../../../preload/contract/index.ts'

type Failure = NonNullable<UpdateState['error']>

/** How far a release is. */
export interface UpdateProgress {
  phase: UpdateState['state']
  /** The release that is fetched and checked: installed when the app quits. */
  fetched: string | null
  /** The release that is being fetched. */
  fetching: string | null
  /** A release that is there and was not fetched, because its owner stopped the download. */
  givenUp: string | null
  progress: UpdateState['progress']
  error: UpdateState['error']
  checkedAt: string | null
}

export const untouched: UpdateProgress = {
  phase: 'idle',
  fetched: null,
  fetching: null,
  givenUp: null,
  progress: null,
  error: null,
  checkedAt: null,
}

export type UpdateEvent =
  | { kind: 'look' }
  | { kind: 'nothing'; at: string }
  | { kind: 'found'; version: string; size: number; at: string }
  | { kind: 'bytes'; bytes: number; total: number }
  | { kind: 'fetched' }
  | { kind: 'failed'; error: Failure }
  /** The owner stops what runs: a look, a download, or the wait for a quiet moment. */
  | { kind: 'cancelled' }
  | { kind: 'restart' }
  /** Another channel is followed: what is there is not wanted any more. */
  | { kind: 'forgotten' }

/** Whether it may be looked for a release now. */
export function mayLook({ phase }: UpdateProgress): boolean {
  return phase === 'idle' || phase === 'failed' || phase === 'ready'
}

/** What an event makes of it; an event that comes too late changes nothing. */
export function afterUpdate(before: UpdateProgress, event: UpdateEvent): UpdateProgress {
  const { phase, fetched } = before
  switch (event.kind) {
    case 'look':
      return mayLook(before) ? { ...before, phase: 'checking', error: null } : before
    case 'nothing':
      return phase === 'checking' ? { ...rest(before, fetched), checkedAt: event.at } : before
    case 'found':
      return phase === 'checking' ? found(before, event) : before
    case 'bytes':
      return phase === 'downloading'
        ? { ...before, progress: { bytes: event.bytes, total: event.total } }
        : before
    case 'fetched':
      return phase === 'downloading' ? rest(before, before.fetching) : before
    case 'failed':
      return failed(before, event.error)
    case 'cancelled':
      if (phase === 'downloading') return { ...rest(before, null), givenUp: before.fetching }
      return phase === 'checking' || phase === 'waiting'
        ? { ...rest(before, fetched), givenUp: before.givenUp }
        : before
    case 'restart':
      return phase === 'ready' ? { ...before, phase: 'waiting' } : before
    case 'forgotten':
      return untouched
  }
}

/** Nothing runs. */
function rest(before: UpdateProgress, fetched: string | null): UpdateProgress {
  const phase = fetched === null ? 'idle' : 'ready'
  return { ...untouched, checkedAt: before.checkedAt, phase, fetched }
}

function found(before: UpdateProgress, event: Extract<UpdateEvent, { kind: 'found' }>): UpdateProgress {
  const { version, size, at } = event
  if (version === before.fetched) return { ...rest(before, version), checkedAt: at }
  return {
    ...untouched,
    phase: 'downloading',
    fetching: version,
    progress: { bytes: 0, total: size },
    checkedAt: at,
  }
}

function failed(before: UpdateProgress, error: Failure): UpdateProgress {
  // What is ready stays ready, whatever a later look says.
  if (before.phase === 'checking' && before.fetched !== null) return rest(before, before.fetched)
  if (before.phase !== 'checking' && before.phase !== 'downloading') return before
  return { ...untouched, checkedAt: before.checkedAt, phase: 'failed', error }
}
