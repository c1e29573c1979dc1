import { settings } from './modules.js'

const servers = ['c.us', 'lid', 'g.us', 'newsletter', 'broadcast']

/** The name of a person, a group, a channel or the status list. */
export class Wid {
  constructor(user, server) {
    this.user = user
    this.server = server
    this._serialized = `${user}@${server}`
  }

  isUser() {
    return this.server === 'c.us' || this.server === 'lid'
  }

  isLid() {
    return this.server === 'lid'
  }

  isGroup() {
    return this.server === 'g.us'
  }

  isNewsletter() {
    return this.server === 'newsletter'
  }

  isBroadcast() {
    return this.server === 'broadcast'
  }

  isStatus() {
    return this._serialized === 'status@broadcast'
  }

  equals(other) {
    return other?.toString() === this._serialized
  }

  toJid() {
    return this._serialized.replace('@c.us', '@s.whatsapp.net')
  }

  toString() {
    return this._serialized
  }

  toJSON() {
    return this._serialized
  }
}

export function createWid(name) {
  if (name instanceof Wid) return name
  const text = typeof name === 'object' && name !== null ? name._serialized : name
  const [, user, server] = /^([^@\s]+)@([\w.]+)$/.exec(text ?? '') ?? []
  const known = server === 's.whatsapp.net' ? 'c.us' : server
  if (user === undefined || !servers.includes(known)) throw new Error(`wid error: invalid wid ${text}`)
  return new Wid(user, known)
}

export function asUserWidOrThrow(wid) {
  if (!wid?.isUser?.()) throw new Error(`asUserWidOrThrow: ${wid} is no user`)
  return wid
}

/**
 * A message's key. Sites since July 2026 name the whole text `$1` and have no `_serialized` any more; which of both
 * this page is, the server says.
 */
export class MsgKey {
  constructor({ fromMe, remote, from, to, id, participant, selfDir }) {
    this.fromMe = fromMe ?? selfDir === 'out'
    this.remote = createWid(remote ?? (this.fromMe ? to : from))
    this.id = id
    this.participant = participant === undefined || participant === null ? undefined : createWid(participant)
    const parts = [
      this.fromMe,
      this.remote,
      id,
      ...(this.participant === undefined ? [] : [this.participant]),
    ]
    this[settings.idMode] = parts.join('_')
  }

  toString() {
    return this[settings.idMode]
  }

  equals(other) {
    return other?.toString() === this.toString()
  }

  static async newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(9))
    return `3EB0${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`.toUpperCase()
  }

  static fromString(text) {
    const [fromMe, remote, id, participant] = text.split('_')
    return new MsgKey({ fromMe: fromMe === 'true', remote, id, participant })
  }
}
