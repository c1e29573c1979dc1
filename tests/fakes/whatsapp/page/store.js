import { me } from './account.js'
import { Collection, Model } from './events.js'
import { link } from './link.js'
import { MessageModel, toMessage } from './message.js'
import { define } from './modules.js'
import { createWid, MsgKey } from './names.js'

/** How far this page has heard the platform's events; undefined before the first snapshot. */
export const seen = { last: undefined }

class MessageCollection extends Collection {
  /** Keys that `get` denies once: how a send looks whose message the page does not find afterwards. */
  #denied = new Set()

  get(id) {
    const found = super.get(id)
    return found !== undefined && this.#denied.delete(found.id.toString()) ? undefined : found
  }

  denyOnce(id) {
    this.#denied.add(id.toString())
  }

  async getMessagesById(ids) {
    const keys = ids.map((id) => MsgKey.fromString(id))
    const wires = await link.call('messages', { ids: keys.map(String) })
    return { messages: wires.map((wire) => addMessage(wire, false)) }
  }
}

class ContactCollection extends Collection {
  async find(id) {
    const wid = createWid(id)
    return this.get(wid) ?? this.add(new Model({ id: wid, type: 'out' }))
  }
}

class GroupCollection extends Collection {
  async update(wid) {
    return this.get(wid)
  }
}

export const Msg = new MessageCollection(MessageModel)
export const Chat = new Collection()
export const Contact = new ContactCollection()
const GroupMetadata = new GroupCollection()
const NewsletterMetadata = new GroupCollection()
const Newsletter = new Collection()

/** Everything that the platform tells a page that has just come. */
export function fill(snapshot) {
  seen.last = snapshot.last
  for (const contact of snapshot.contacts) putContact(contact)
  for (const chat of snapshot.chats) putChat(chat)
  for (const wire of snapshot.messages) addMessage(wire, false)
}

export function applyEvent({ number, ...event }) {
  seen.last = number
  const message = event.id === undefined ? undefined : Msg.get(event.id)
  if (event.kind === 'message') addMessage(event.message, true)
  else if (event.kind === 'contact') putContact(event.contact)
  else if (event.kind === 'chat') putChat(event.chat)
  else if (event.kind === 'unread') findChat(event.chat)?.set({ unreadCount: event.count })
  else if (event.kind === 'change') message?.set(event.attributes)
  else if (event.kind === 'repeat' && message !== undefined) Msg.trigger('add', message, Msg)
  else if (event.kind === 'remove') Msg.remove(event.id)
}

/** Puts a message into its chat; `isNew` as the site marks what has just happened. */
export function addMessage(wire, isNew) {
  const known = Msg.get(new MsgKey(wire.key))
  if (known !== undefined) return known
  const message = toMessage(wire, isNew)
  const chat = findChat(wire.key.remote)
  chat?.msgs.add(message)
  if (chat !== undefined && message.t >= (chat.t ?? 0)) {
    chat.set({ t: message.t })
    if (!message.id.fromMe) chat.lastReceivedKey = message.id
  }
  return Msg.add(message)
}

export function findChat(id) {
  return Chat.get(id) ?? Newsletter.get(id)
}

function putContact({ id, phone, name, pushname, isBusiness }) {
  const wid = createWid(id)
  const attributes = {
    name,
    shortName: name?.split(' ')[0],
    pushname,
    isBusiness,
    isEnterprise: false,
    phoneNumber: wid.isLid() && phone !== undefined ? createWid(phone) : undefined,
  }
  const known = Contact.get(wid)
  if (known !== undefined) known.set(attributes)
  else Contact.add(new Model({ id: wid, type: 'in', ...attributes }))
}

export function putChat({ id, name, unread, archived, muted, group }) {
  const wid = createWid(id)
  const attributes = { name, formattedTitle: name, unreadCount: unread, archive: archived }
  const known = findChat(wid)
  if (known !== undefined) return known.set(attributes)
  const chat = new Model({
    id: wid,
    ...attributes,
    t: 0,
    pin: 0,
    isLocked: false,
    isReadOnly: false,
    mute: { expiration: muted ? -1 : 0 },
    muteExpiration: muted ? -1 : 0,
    msgs: new Collection(),
  })
  if (group !== undefined) chat.groupMetadata = GroupMetadata.add(toGroup(wid, name, group))
  if (wid.isNewsletter()) {
    chat.newsletterMetadata = NewsletterMetadata.add(new Model({ id: wid, name, creationTime: 0 }))
    return Newsletter.add(chat)
  }
  return Chat.add(chat)
}

function toGroup(id, subject, { participants }) {
  const people = new Collection()
  for (const one of participants) {
    people.add(new Model({ id: createWid(one), isAdmin: false, isSuperAdmin: false }))
  }
  return new Model({
    id,
    subject,
    participants: people,
    owner: me.phone,
    creation: 0,
    desc: '',
    announce: false,
    isLidAddressingMode: participants.some((one) => one.endsWith('@lid')),
  })
}

define('WAWebCollections', {
  Msg,
  Chat,
  Contact,
  GroupMetadata,
  WAWebNewsletterCollection: Newsletter,
  NewsletterMetadataCollection: NewsletterMetadata,
  Blocklist: new Collection(),
  BusinessProfile: {
    find: async (id) => new Model({ id, profileOptions: undefined }),
  },
  Label: new Collection(),
  Status: new Collection(),
  Reactions: new Collection(),
})
define('WAWebFindChatAction', {
  async findOrCreateLatestChat(wid) {
    const known = findChat(wid)
    if (known !== undefined) return { chat: known }
    const chat = await link.call('open_chat', { id: wid.toString() })
    if (chat === null) throw new Error(`No LID for user ${wid}`)
    return { chat: putChat(chat) }
  },
})
define('WAWebLoadNewsletterPreviewChatAction', { async loadNewsletterPreviewChat() {} })
define('WAWebChatLoadMessages', {
  async loadEarlierMsgs({ chat }) {
    const loaded = chat.msgs.getModelsArray().map((message) => message.id.toString())
    const wires = await link.call('earlier', { chat: chat.id.toString(), loaded })
    return wires.map((wire) => addMessage(wire, false))
  },
})
define('WAWebChatGetters', {
  getIsNewsletter: (chat) => chat.id.isNewsletter(),
  getIsBroadcast: (chat) => chat.id.isBroadcast(),
  getIsGroup: (chat) => chat.id.isGroup(),
})
