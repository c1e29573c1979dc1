/** `waiting`: lost or never reached, the next attempt is scheduled. `generation` counts successful connections. */
export interface ConnectionState {
  phase: 'connecting' | 'open' | 'waiting'
  failures: number
  generation: number
}

export const initialConnection: ConnectionState = { phase: 'connecting', failures: 0, generation: 0 }

export type ConnectionStep = { type: 'try' } | { type: 'opened' } | { type: 'lost' }

export function stepConnection(state: ConnectionState, step: ConnectionStep): ConnectionState {
  switch (step.type) {
    case 'try':
      // An attempt after a loss stays visible as a loss until it succeeds.
      return state
    case 'opened':
      return { phase: 'open', failures: 0, generation: state.generation + 1 }
    case 'lost':
      return { ...state, phase: 'waiting', failures: state.failures + 1 }
  }
}

/** Milliseconds until the next attempt: 250 ms doubling up to 8 s. */
export function reconnectDelay(failures: number): number {
  return Math.min(250 * 2 ** Math.max(0, failures - 1), 8000)
}
