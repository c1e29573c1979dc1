import { me } from './account.js'
import { link } from './link.js'
import { define } from './modules.js'
import { Contact } from './store.js'

const isMe = (contact) => contact.id.equals(me.phone) || contact.id.equals(me.lid)

/** The phone behind a LID, where the platform has ever told it. */
function phoneOf(wid) {
  return wid.isLid() ? Contact.get(wid)?.phoneNumber : wid
}

function lidOf(wid) {
  if (wid.isLid()) return wid
  return Contact.getModelsArray().find((contact) => contact.phoneNumber?.equals(wid))?.id
}

define('WAWebContactGetters', {
  getIsMe: isMe,
  getIsUser: (contact) => contact.id.isUser(),
  getIsGroup: (contact) => contact.id.isGroup(),
  getIsWAContact: (contact) => contact.id.isUser(),
  getUserid: (contact) => contact.id.user,
  getVerifiedName: (contact) => contact.verifiedName,
  getVerifiedLevel: (contact) => contact.verifiedLevel,
  getStatusMute: () => false,
  getName: (contact) => contact.name,
  getShortName: (contact) => contact.shortName,
  getPushname: (contact) => contact.pushname,
  getIsEnterprise: () => false,
})
define('WAWebFrontendContactGetters', {
  getIsMyContact: (contact) => contact.name !== undefined,
})
define('WAWebApiContact', {
  getAlternateUserWid: (wid) => (wid.isLid() ? phoneOf(wid) : lidOf(wid)),
  getCurrentLid: lidOf,
  getPhoneNumber: phoneOf,
})
define('WAWebLidMigrationUtils', {
  toPn: (wid) => phoneOf(wid) ?? null,
  toLid: (wid) => lidOf(wid) ?? null,
})
define('WAWebQueryExistsJob', {
  async queryWidExists(wid) {
    const exists = await link.call('exists', { id: wid.toString() })
    return exists ? { wid, biz: false } : null
  },
})
define('WAWebPhoneUtils', { formattedPhoneNumber: (jid) => `+${jid.split('@')[0]}` })
define('WAWebContactProfilePicThumbBridge', { requestProfilePicFromServer: async () => null })
