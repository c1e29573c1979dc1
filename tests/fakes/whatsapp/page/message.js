import { Model } from './events.js'
import { define } from './modules.js'
import { createWid, MsgKey } from './names.js'
import { Msg } from './store.js'

export class MessageModel extends Model {
  unsafe() {
    return this
  }

  canReply() {
    return this.type !== 'revoked'
  }

  /** What a reply says about the message it answers. */
  msgContextInfo() {
    const sender = this.id.participant ?? this.author ?? this.from
    return {
      quotedMsg: { type: this.type, body: this.body, caption: this.caption },
      quotedStanzaID: this.id.id,
      quotedParticipant: sender,
    }
  }

  updateAck(ack) {
    this.set({ ack })
  }

  avParams() {
    return {}
  }

  /** Brings the media to the page; ends in an error's stage where the platform has lost it. */
  async downloadMedia() {
    const answer = await fetch(this.directPath, { method: 'HEAD' })
    this.mediaData.set({ mediaStage: answer.ok ? 'RESOLVED' : 'ERROR_MISSING' })
  }
}

/** A message as it travels, made into one of the page's. */
export function toMessage({ key, from, to, author, ...attributes }, isNew) {
  const hasMedia = attributes.directPath !== undefined
  return new MessageModel({
    ...attributes,
    id: new MsgKey(key),
    from: createWid(from),
    to: createWid(to),
    author: author === undefined ? undefined : createWid(author),
    self: key.fromMe ? 'out' : 'in',
    isNewMsg: isNew,
    isStatusV3: key.remote === 'status@broadcast',
    isEphemeral: false,
    star: false,
    broadcast: key.remote.endsWith('@broadcast'),
    ...(hasMedia
      ? {
          mediaData: new Model({ mediaStage: 'INIT' }),
          mediaObject: new Model({ filehash: attributes.filehash }),
        }
      : {}),
  })
}

function quotedBy(message) {
  const known = Msg.getModelsArray().find(
    (one) => one.id.id === message.quotedStanzaID && one.id.remote.equals(message.id.remote),
  )
  if (known !== undefined) return known
  const sender = createWid(message.quotedParticipant)
  const remote = message.id.remote
  return new MessageModel({
    ...message.quotedMsg,
    id: new MsgKey({ fromMe: false, remote, id: message.quotedStanzaID }),
    from: sender,
    to: message.to,
    t: message.t,
  })
}

function findLinks(text) {
  const matches = (text ?? '').match(/https?:\/\/[^\s<>"]+/g) ?? []
  return matches.map((href) => ({ href, value: href, suspiciousCharacters: new Set() }))
}

define('WAWebMsgKey', MsgKey)
define('WAWebWidFactory', {
  createWid,
  createWidFromWidLike: (wid) => createWid(wid),
  asUserWidOrThrow(wid) {
    if (!wid?.isUser?.()) throw new Error(`asUserWidOrThrow: ${wid} is no user`)
    return wid
  },
})
define('WALinkify', { findLinks, findLink: (text) => findLinks(text)[0] ?? null })
define('WAWebQuotedMsgModelUtils', { getQuotedMsgObj: quotedBy })
define('WAWebMsgReply', { canReplyMsg: (message) => message.canReply() })
