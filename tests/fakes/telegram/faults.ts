/** What a Bot API server, or the way to it, may do to a call. */
export type Fault =
  /** The connection breaks before the call is looked at. */
  | { kind: 'drop_before' }
  /** The call is carried out, then the connection breaks without an answer. */
  | { kind: 'drop_after' }
  /** No answer for as long as the caller waits. */
  | { kind: 'hang' }
  /** Carried out after a while, in ms. */
  | { kind: 'slow'; ms: number }
  /** Refused: 401, 403, 409, 429 (with `retryAfter` in seconds), 500 and the like. */
  | { kind: 'status'; code: number; description?: string; retryAfter?: number }
  /** Something on the way answers with a page, as a hotel's network does. */
  | { kind: 'page' }

interface Planned {
  method: string
  fault: Fault
  left: number
}

/** Faults planned for the next calls, by method. */
export class FaultPlan {
  #planned: Planned[] = []

  /** The next `times` calls of `method` (`*`: of any) meet `fault`. */
  add(method: string, fault: Fault, times: number): void {
    this.#planned.push({ method: method.toLowerCase(), fault, left: times })
  }

  clear(): void {
    this.#planned = []
  }

  take(method: string): Fault | null {
    const wanted = method.toLowerCase()
    const planned = this.#planned.find(
      (plan) => plan.left > 0 && (plan.method === '*' || plan.method === wanted),
    )
    if (planned === undefined) return null
    planned.left -= 1
    return planned.fault
  }
}

const descriptions: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
}

/** The body of a refusal as the Bot API words it. */
export function refusal(code: number, description?: string, retryAfter?: number): object {
  const words = description ?? descriptions[code] ?? 'Error'
  return {
    ok: false,
    error_code: code,
    description: retryAfter === undefined ? words : `${words}: retry after ${retryAfter}`,
    ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }),
  }
}
