const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('sample', {
  invoke: (channel, ...args) =>
    void ipcRenderer.invoke(channel, ...args).then(
      (value) => window.postMessage({ value }, location.origin),
      (error) => window.postMessage({ error: error.message }, location.origin),
    ),
  connect: () => ipcRenderer.send('port'),
  double: (number) => number * 2,
  name: 'sample',
})

ipcRenderer.on('port', ({ ports }, from) => window.postMessage({ from }, location.origin, ports))
