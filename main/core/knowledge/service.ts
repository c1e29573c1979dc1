import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { KnowledgeEntry, KnowledgeInput, Topic } from './entry.ts'
import { type HoursView, hoursAt } from './hours.ts'
import { emptyProfile, profileSchema, type ShopProfile, type ShopProfileInput } from './profile.ts'
import { profileEntries } from './profile-texts.ts'
import { KnowledgeRepository } from './repository.ts'
import { matchZone, type ZoneMatch } from './zones.ts'

/** What the shop says about itself: its profile, and entries (written from the profile, or by the owner). */
export class KnowledgeService {
  readonly #rows: KnowledgeRepository
  readonly #shop: () => ShopBrief
  #cached: { text: string; profile: ShopProfile } | null = null

  constructor(storage: Storage, shop: () => ShopBrief) {
    this.#rows = new KnowledgeRepository(storage)
    this.#shop = shop
  }

  /** The profile; amounts in minor units. Do not change the object. */
  profile(): ShopProfile {
    const text = this.#rows.profile().profile
    if (this.#cached?.text !== text) {
      // The column is written by `setProfile` only, from the schema's output; what an older version lacks is filled in.
      const stored = JSON.parse(text) as Partial<ShopProfile>
      this.#cached = { text, profile: { ...emptyProfile(), ...stored } }
    }
    return this.#cached.profile
  }

  /** The shop row and its revision, which rises with each change of the profile. */
  profileRow(): { id: string; revision: number } {
    const { id, revision } = this.#rows.profile()
    return { id, revision }
  }

  /**
   * Checks and stores the profile, and rewrites the entries that come from it (unchanged ones stay as they are).
   * @param input amounts in major units, as people write them.
   * @throws DomainError `input.invalid {path, issue}`.
   */
  setProfile(tx: Tx, input: ShopProfileInput): ShopProfile {
    const shop = this.#shop()
    const parsed = profileSchema(shop.currency).safeParse(input)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
      throw new DomainError('input.invalid', {
        path: [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.'),
        issue: unknown === undefined ? (issue?.message ?? '') : 'unknown_key',
      })
    }
    const profile = parsed.data
    this.#rows.saveProfile(tx, JSON.stringify(profile))
    this.#rewriteEntries(tx, profile)
    tx.emit('profile.changed', {})
    return profile
  }

  /** Live entries in their order. */
  entries(filter: { topic?: Topic } = {}): KnowledgeEntry[] {
    return filter.topic === undefined ? this.#rows.all() : this.#rows.byTopic(filter.topic)
  }

  entry(id: string): KnowledgeEntry | null {
    return this.#rows.entry(id)
  }

  /** Adds an owner's entry. @throws DomainError `input.invalid` for an empty answer. */
  add(tx: Tx, input: KnowledgeInput): KnowledgeEntry {
    const answer = requireText(input.answer)
    const id = this.#rows.insert(tx, {
      topic: input.topic,
      locale: input.locale ?? '',
      question: input.question?.trim() ?? '',
      answer,
      position: this.#rows.lastPosition() + 1,
      source: input.source ?? 'manual',
    })
    return this.#changed(tx, id)
  }

  /** Changes an owner's entry; those of the profile are changed there. @throws `not_found`, `conflict`, `input.invalid`. */
  update(tx: Tx, id: string, changes: Partial<KnowledgeInput>): KnowledgeEntry {
    const entry = this.#requireManual(id)
    const answer = changes.answer === undefined ? entry.answer : requireText(changes.answer)
    const { source: _, ...text } = changes
    this.#rows.update(tx, entry, { ...text, answer })
    return this.#changed(tx, id)
  }

  remove(tx: Tx, id: string): void {
    this.#rows.remove(tx, this.#requireManual(id))
    tx.emit('knowledge.changed', { knowledgeId: id })
  }

  /** Opening hours at `now` in the shop's time zone, holidays and vacations heeded. */
  hours(now: Date): HoursView {
    return hoursAt(this.profile(), now, this.#shop().timeZone)
  }

  /** The delivery zone that a text speaks of. */
  zone(query: string): ZoneMatch {
    return matchZone(this.profile().delivery, query)
  }

  #changed(tx: Tx, id: string): KnowledgeEntry {
    tx.emit('knowledge.changed', { knowledgeId: id })
    const entry = this.#rows.entry(id)
    if (entry === null) throw new DomainError('not_found', { entity: 'knowledge', id })
    return entry
  }

  #requireManual(id: string): KnowledgeEntry {
    const entry = this.#rows.entry(id)
    if (entry === null) throw new DomainError('not_found', { entity: 'knowledge', id })
    if (entry.source === 'profile')
      throw new DomainError('conflict', { entity: 'knowledge', id, reason: 'from_profile' })
    return entry
  }

  #rewriteEntries(tx: Tx, profile: ShopProfile): void {
    const shop = this.#shop()
    const old = this.#rows.all().filter((entry) => entry.source === 'profile')
    let position = 0
    for (const wanted of profileEntries(profile, shop)) {
      position++
      const at = old.findIndex((entry) => sameSubject(entry, wanted))
      const [same] = at < 0 ? [] : old.splice(at, 1)
      if (same === undefined) {
        this.#rows.insert(tx, { ...wanted, locale: shop.locale, position, source: 'profile' })
      } else if (
        same.answer !== wanted.answer ||
        same.question !== wanted.question ||
        same.position !== position
      ) {
        this.#rows.update(tx, same, { ...wanted, locale: shop.locale, position })
      }
    }
    for (const entry of old) this.#rows.remove(tx, entry)
    tx.emit('knowledge.changed', { knowledgeId: null })
  }
}

function sameSubject(a: { topic: Topic; question: string }, b: { topic: Topic; question: string }): boolean {
  return a.topic === b.topic && (a.topic !== 'faq' || a.question === b.question)
}

function requireText(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw new DomainError('input.invalid', { path: 'answer', issue: 'empty' })
  return trimmed
}
