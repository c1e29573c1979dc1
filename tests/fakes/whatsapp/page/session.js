import { Cmd, Conn, keys, leave, listener, me, Socket } from './account.js'
import { link } from './link.js'
import { onUnknown, settings } from './modules.js'
import { createWid } from './names.js'
import { sendWaiting } from './sending.js'
import { applyEvent, fill, seen } from './store.js'

const tokenKey = 'WAToken'
const listenMs = 15_000
const version = '2.3000.1043857291'

async function greet(ask) {
  const token = localStorage.getItem(tokenKey)
  const answer = await ask('hello', { token, keys, seen: seen.last, userAgent: navigator.userAgent })
  if (answer.linked && seen.last === undefined) enter(answer.snapshot, true)
  else if (answer.linked) {
    for (const event of answer.missed) applyEvent(event)
    Socket.set({ state: 'CONNECTED' })
  } else {
    localStorage.removeItem(tokenKey)
    if (seen.last === undefined) showQr(answer)
    else leave()
  }
}

async function enter(snapshot, restored) {
  Object.assign(me, { phone: createWid(snapshot.me.phone), lid: createWid(snapshot.me.lid) })
  Conn.set({ pushname: snapshot.me.name, wid: me.phone })
  Socket.set({ state: 'PAIRING' })
  fill(snapshot)
  Socket.set({ state: 'CONNECTED' })
  sendWaiting()
  if (!(settings.silentSync && restored)) {
    // The real page takes seconds here. Waiting for the listener keeps a slow machine from looking like defect 2.
    await Promise.race([listener, pause(listenMs)])
    await pause(settings.syncMs)
  }
  Cmd.trigger('offline_progress_update_from_bridge')
  Socket.set({ hasSynced: true })
  link.tell('synced')
  window.Debug = { VERSION: version }
}

function showQr({ ref, idle }) {
  Conn.set({ ref })
  Socket.set({ state: idle ? 'UNPAIRED_IDLE' : 'UNPAIRED' })
  window.Debug = { VERSION: version }
}

function onNews(frame) {
  if (frame.news === 'event') applyEvent(frame.event)
  else if (frame.news === 'qr') showQr(frame)
  else if (frame.news === 'linked') {
    localStorage.setItem(tokenKey, frame.token)
    enter(frame.snapshot, false)
  } else if (frame.news === 'logout') leave()
  else if (frame.news === 'conflict') {
    link.close()
    Socket.set({ state: 'CONFLICT' })
  } else if (frame.news === 'synced') Socket.trigger('change:hasSynced', Socket, true, true)
  else if (frame.news === 'do') deeds[frame.what]?.(frame)
}

/** What a test makes the page suffer. */
const deeds = {
  hang({ ms }) {
    const end = Date.now() + ms
    while (Date.now() < end);
  },
  reload() {
    location.reload()
  },
  push_state() {
    history.pushState({}, '', `/?view=${Date.now()}`)
  },
  iframe() {
    const frame = document.createElement('iframe')
    frame.src = '/frame'
    document.body.append(frame)
  },
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

if (!settings.silentSync) window.Debug = { VERSION: version }
onUnknown((name) => link.call('unknown_module', { name }).catch(() => {}))
addEventListener('error', ({ message }) => link.tell('page_error', { text: String(message) }))
addEventListener('unhandledrejection', ({ reason }) => link.tell('page_error', { text: String(reason) }))

link.start({ greet, onNews, onDown: () => Socket.set({ state: 'OPENING' }) })
