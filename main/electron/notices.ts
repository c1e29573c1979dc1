import { Notification } from 'electron'
import type { Clock, Notifier } from '../core/host.ts'
import { NoticeGroups } from './notice-groups.ts'
import { groupWords, type Notice, noticeWords } from './notice-words.ts'
import type { ShellLanguage } from './texts.ts'

/** Notifications that can still be clicked; the system keeps no more of them in sight. */
const mostKept = 20

export interface NoticesDeps {
  clock: Clock
  language(): ShellLanguage
  /** A shop's name where there are several; else null. */
  shopName(slug: string): string | null
  /** Whether a notification may name the customer. */
  names(): boolean
  /** Whether the owner has just this place of the desk before them. */
  isLookingAt(path: string): boolean
  /** Shows the window at that place. */
  open(path: string): void
}

/** Tells the owner through the system what needs them. */
export class Notices implements Notifier {
  readonly #deps: NoticesDeps
  readonly #groups: NoticeGroups
  /** A notification that nobody holds is collected, and its click with it. */
  readonly #kept = new Set<Notification>()

  constructor(deps: NoticesDeps) {
    this.#deps = deps
    this.#groups = new NoticeGroups(deps.clock, (notices) => this.#show(notices))
  }

  notify(notice: Notice): void {
    if (!this.#isSeen(notice)) this.#groups.add(notice)
  }

  /** Says something of the app itself; a click shows the window as it is. */
  tell(title: string, body: string, onClick: () => void): void {
    this.#raise(title, body, onClick)
  }

  close(): void {
    this.#groups.stop()
    for (const notification of this.#kept) notification.close()
    this.#kept.clear()
  }

  /** What was gathered may have been looked at since. */
  #show(notices: readonly Notice[]): void {
    const { language, shopName, names, open } = this.#deps
    const unseen = notices.filter((notice) => !this.#isSeen(notice))
    const [first, ...others] = unseen
    if (first === undefined) return
    const { title, body, path } =
      others.length === 0
        ? noticeWords(first, language(), { shopName: shopName(first.shop), names: names() })
        : groupWords(unseen, language())
    this.#raise(title, body, () => open(path))
  }

  #isSeen(notice: Notice): boolean {
    const { path } = noticeWords(notice, this.#deps.language(), { shopName: null, names: false })
    return this.#deps.isLookingAt(path)
  }

  #raise(title: string, body: string, onClick: () => void): void {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title, body })
    // One that went from the screen by itself can be clicked in the system's list still.
    notification.on('click', () => {
      this.#kept.delete(notification)
      onClick()
    })
    this.#kept.add(notification)
    const [oldest] = this.#kept
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest)
    notification.show()
  }
}
