import { contextBridge, ipcRenderer } from 'electron'
import { type Bridge, connectChannel, portChannel } from './contract/bridge.ts'

/**
 * The whole bridge: it passes a port on and knows nothing of what is said there. Sandboxed preloads are one CommonJS
 * file, so this is bundled into `out/preload/index.cjs`.
 */
const bridge: Bridge = {
  connect: () => ipcRenderer.send(connectChannel),
  platform: process.platform,
}

ipcRenderer.on(portChannel, ({ ports }) => {
  window.postMessage(portChannel, window.location.origin, ports)
})

contextBridge.exposeInMainWorld('mostrador', bridge)
