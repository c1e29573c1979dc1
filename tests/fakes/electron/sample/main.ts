import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, utilityProcess } from 'electron'

/** A tiny app: a page, a preload, a port and a process beside it. `tests/fakes/electron/electron.test.ts` looks at it. */
const userData = process.argv[process.argv.indexOf('--data') + 1] ?? ''
mkdirSync(userData, { recursive: true })
app.setPath('userData', userData)
if (!app.requestSingleInstanceLock()) app.exit(3)
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
await app.whenReady()

protocol.handle('app', async (request) => {
  const { host, pathname } = new URL(request.url)
  const body = request.method === 'POST' ? await request.text() : ''
  if (pathname === '/echo') return Response.json({ host, body, origin: request.headers.get('origin') })
  return new Response('<!doctype html><title>sample</title>', { headers: { 'content-type': 'text/html' } })
})

ipcMain.handle('sum', (_event, a: number, b: number) => a + b)
ipcMain.handle('fail', () => {
  throw new Error('as wanted')
})
ipcMain.on('port', (event) => {
  const { port1, port2 } = new MessageChannelMain()
  port1.on('message', ({ data }) => port1.postMessage(typeof data === 'string' ? `heard ${data}` : data))
  port1.start()
  event.senderFrame?.postMessage('port', { url: event.senderFrame.url, origin: event.senderFrame.origin }, [
    port2,
  ])
})

const beside = utilityProcess.fork(join(import.meta.dirname, 'beside.mjs'))
beside.once('message', (message) => ipcMain.handle('beside', () => message))
beside.once('spawn', () => beside.postMessage({ ask: 'who' }))
// For packages that are CommonJS: it is the same module.
const required: typeof import('electron') = createRequire(import.meta.url)('electron')
ipcMain.handle('required', () => required.app === app)

const window = new BrowserWindow({ webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') } })
await window.loadURL('app://desk/index.html')
