import { Emitter, Model } from './events.js'
import { link } from './link.js'
import { define } from './modules.js'

export const keys = readKeys()
let listening
/** Done when somebody wants to hear that the account has synced. */
export const listener = new Promise((resolve) => {
  listening = resolve
})

class SocketModel extends Model {
  on(names, handler) {
    super.on(names, handler)
    if (names.split(/\s+/).includes('change:hasSynced')) listening()
    return this
  }

  async logout() {
    await link.call('logout')
    leave()
  }

  /** "Use here": whoever connects last has the session. */
  takeover() {
    link.open()
  }

  reconnect() {}
}

class Commands extends Emitter {
  refreshQR() {
    link.tell('refresh_qr')
  }

  takeover() {
    Socket.takeover()
  }
}

class ConnModel extends Model {
  canSetMyPushname() {
    return false
  }
}

export const Socket = new SocketModel({ state: 'OPENING', hasSynced: false })
export const Conn = new ConnModel({ platform: 'android' })
export const Cmd = new Commands()
export const me = { phone: undefined, lid: undefined }

/** The session is over: the page forgets it and starts anew. */
export function leave() {
  localStorage.clear()
  link.close()
  Cmd.trigger('logout')
  setTimeout(() => location.replace('/?post_logout=1&logout_reason=0'), 100)
}

/** The text of the QR code is put together by the library; the platform knows it from these parts. */
function readKeys() {
  const made = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
  const stored = localStorage.getItem('WAKeys')
  if (stored !== null) return JSON.parse(stored)
  const fresh = { noise: made(), identity: made(), secret: made() }
  localStorage.setItem('WAKeys', JSON.stringify(fresh))
  return fresh
}

const base64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

define('WAWebSocketModel', { Socket })
define('WAWebConnModel', { Conn })
define('WAWebCmd', { Cmd })
define('WAWebLaunchSocketUtils', { refreshQR: () => Cmd.refreshQR() })
define('WAWebOfflineHandler', { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } })
define('WAWebAltDeviceLinkingApi', {
  setPairingType() {},
  async initializeAltDeviceLinking() {},
  async initializeQRLinking() {},
  startAltLinkingFlow: (phone) => link.call('pairing_code', { phone }),
})
define('WABase64', { encodeB64: (bytes) => btoa(String.fromCharCode(...bytes)) })
define('WAWebCompanionRegClientUtils', { DEVICE_PLATFORM: '1' })
define('WAWebAdvSignatureApi', {})
define('WAWebUserPrefsInfoStore', {
  waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: base64(keys.noise) } }) },
})
define('WAWebSignalStoreApi', {
  waSignalStore: {
    getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: base64(keys.identity) } }),
  },
})
define('WAWebUserPrefsMultiDevice', { getADVSecretKey: () => keys.secret })
define('WAWebUserPrefsMeUser', {
  getMaybeMePnUser: () => me.phone,
  getMaybeMeLidUser: () => me.lid,
})
define('WAWebMiscBrowserUtils', { info: () => ({ os: 'Linux', name: 'Chrome' }) })
define('WAWebStreamModel', {
  Stream: {
    markAvailable: () => link.tell('presence', { available: true }),
    markUnavailable: () => link.tell('presence', { available: false }),
  },
})
define('WAWebPresenceChatAction', {
  sendPresenceAvailable: () => link.tell('presence', { available: true }),
  sendPresenceUnavailable: () => link.tell('presence', { available: false }),
})
