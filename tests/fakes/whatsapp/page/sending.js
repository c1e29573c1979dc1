import { Cmd } from './account.js'
import { link } from './link.js'
import { define, settings } from './modules.js'
import { createWid } from './names.js'
import { addMessage, Msg } from './store.js'

const outboxKey = 'WAOutbox'
/** What of a message leaves the computer. */
const sentAttributes = [
  'type',
  'body',
  'caption',
  't',
  'from',
  'to',
  'quotedMsg',
  'quotedStanzaID',
  'quotedParticipant',
  'mentionedJidList',
  'directPath',
  'mimetype',
  'filename',
  'filehash',
  'encFilehash',
  'mediaKey',
  'mediaKeyTimestamp',
  'size',
  'isViewOnce',
  'isGif',
  'lat',
  'lng',
  'loc',
  'clientUrl',
]

/** What was not confirmed when the browser went away goes out now. */
export function sendWaiting() {
  for (const wire of readOutbox()) {
    addMessage({ ...wire, ack: 0 }, false)
    deliver(wire).catch(() => {})
  }
}

function addAndSendMsgToChat(_chat, message) {
  const { fromMe, remote, id, participant } = message.id
  const picked = Object.fromEntries(sentAttributes.map((name) => [name, message[name]]))
  const wire = JSON.parse(JSON.stringify({ key: { fromMe, remote, id, participant }, ...picked }))
  const added = addMessage({ ...wire, ack: 0 }, true)
  if (settings.hideSends) Msg.denyOnce(added.id)
  writeOutbox([...readOutbox(), wire])
  const delivery = deliver(wire)
  // Who waits hears of a failure; the page itself has marked the message.
  delivery.catch(() => {})
  return [Promise.resolve(added), delivery]
}

async function deliver(wire) {
  const { result, ack } = await link.callUntilAnswered('send', { message: wire })
  writeOutbox(readOutbox().filter((one) => one.key.id !== wire.key.id))
  const sent = Msg.getModelsArray().find((one) => one.id.id === wire.key.id)
  // The customer's own confirmation may have come first.
  if (sent !== undefined && (ack < 0 || ack > sent.ack)) sent.set({ ack })
  if (result === 'throws') throw new Error('ServerStatusCodeError: 463')
  return { messageSendResult: result, t: wire.t, count: null }
}

function readOutbox() {
  return JSON.parse(localStorage.getItem(outboxKey) ?? '[]')
}

function writeOutbox(wires) {
  localStorage.setItem(outboxKey, JSON.stringify(wires))
}

async function sendMessageEdit(message, text) {
  await link.callUntilAnswered('edit', { id: message.id.toString(), text })
}

function tellState(state) {
  return async (wid) => link.tell('typing', { chat: createWid(wid).toString(), state })
}

Cmd.sendRevokeMsgs = async (_chat, { list }) => {
  for (const message of list) await link.callUntilAnswered('revoke', { id: message.id.toString() })
}
Cmd.sendDeleteMsgs = async (_chat, { list }) => {
  for (const message of list) Msg.remove(message.id)
}

define('WAWebSendMsgChatAction', { addAndSendMsgToChat })
define('WAWebGetEphemeralFieldsMsgActionsUtils', { getEphemeralFields: () => ({}) })
define('WAWebLinkPreviewChatAction', { getLinkPreview: async () => null })
define('WAWebSendMessageEditAction', { sendMessageEdit })
define('WAWebMsgActionCapability', {
  canSenderRevokeMsg: (message) => message.id.fromMe,
  canAdminRevokeMsg: () => false,
  canEditText: (message) => message.id.fromMe && message.type === 'chat',
  canEditCaption: (message) => message.id.fromMe && message.caption !== undefined,
  canStarMsg: () => false,
})
define('WAWebSendReactionMsgAction', {
  sendReactionToMsg: (message, emoji) =>
    link.callUntilAnswered('react', { id: message.id.toString(), emoji }),
})
define('WAWebUpdateUnreadChatAction', {
  async sendSeen({ chat }) {
    await link.callUntilAnswered('seen', { chat: chat.id.toString() })
  },
})
define('WAWebChatStateBridge', {
  sendChatStateComposing: tellState('composing'),
  sendChatStateRecording: tellState('recording'),
  sendChatStatePaused: tellState('paused'),
})
define('WAWebSyncGatingUtils', { isPlaceholderMessageResendEnabled: () => false })
define('WAWebCallCollection', { calls: new Map(), on() {} })
define('WAWebBackendJobsCommon', { mediaTypeFromProtobuf: () => null })
define('WAWebE2EProtoUtils', { typeAttributeFromProtobuf: () => 'text' })
define('WAWebAddonReactionTableMode', { reactionTableMode: { bulkUpsert() {} } })
define('WAWebAddonPollVoteTableMode', { pollVoteTableMode: { bulkUpsert() {} } })
define('WAWebNonMessageDataRequestPlaceholderMessageResendUtils', { handlePlaceholderMsgsSeen() {} })
define('WAWebVcardParsingUtils', { parseVcard: () => null })
