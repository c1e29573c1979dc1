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
  }

  takeover() {
    link.tell('takeover')
    link.open()
  }

  reconnect() {}
}

class Commands extends Emitter {
  refreshQR() {
    link.tell('refresh_qr')
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

/** The text of the QR code is put together by the library; the platform knows it from these parts. */
function readKeys() {
  const made = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
  const stored = localStorage.getItem('WAKeys')
  if (stored !== null) return JSON.parse(stored)
  const fresh = { noise: made(), identity: made(), secret: made() }
  localStorage.setItem('WAKeys', JSON.stringify(fresh))
  return fresh
}


