import type { AppUpdater } from 'electron-updater'
import { DomainError } from '../../core/errors.ts'

/** A feed file has some thousand bytes. */
const largestFeed = 1024 * 1024

/** What of electron-updater's requests is used here; its types keep it to itself. */
interface Executor {
  createRequest(options: object, hear: (answer: Answer) => void): { abort(): void }
}

interface Answer {
  on(event: 'data', listener: (chunk: string | Uint8Array) => void): void
  destroy(error: Error): void
}

/**
 * How much of an answer is taken before the connection is broken off. electron-updater itself takes whatever comes: a feed
 * file into memory, a release onto the disk, without an end where the server has none.
 */
export class Ceiling {
  #most = largestFeed
  #refuse = tooLargeFeed

  /** @param updater the one whose answers are watched from now on */
  constructor(updater: AppUpdater) {
    const executor: unknown = Reflect.get(updater, 'httpExecutor')
    if (!isExecutor(executor)) throw new Error('electron-updater sends its requests in another way')
    const create = executor.createRequest.bind(executor)
    executor.createRequest = (options, hear) => {
      const request = create(options, (answer) => {
        this.#watch(answer, () => request.abort())
        hear(answer)
      })
      return request
    }
  }

  /** A feed file is asked for. */
  forFeed(): void {
    this.#most = largestFeed
    this.#refuse = tooLargeFeed
  }

  /** A release of so many bytes is asked for, whole or in parts: what is longer is not the one that we signed. */
  forRelease(size: number): void {
    this.#most = size
    this.#refuse = () => new DomainError('update.checksum')
  }

  #watch(answer: Answer, abort: () => void): void {
    const [most, refuse] = [this.#most, this.#refuse]
    let taken = 0
    answer.on('data', (chunk) => {
      if (taken > most) return
      taken += chunk.length
      if (taken <= most) return
      // The library hears of this one; of an end that was asked for here it would hear nothing.
      answer.destroy(refuse())
      abort()
    })
  }
}

function tooLargeFeed(): DomainError {
  return new DomainError('update.failed', { reason: 'feed' })
}

function isExecutor(value: unknown): value is Executor {
  return typeof value === 'object' && value !== null && 'createRequest' in value
}
