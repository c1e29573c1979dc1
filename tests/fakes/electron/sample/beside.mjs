process.parentPort.on('message', ({ data }) => {
  const { type, send } = process
  process.parentPort.postMessage({
    heard: data,
    type,
    hasSend: send !== undefined,
    electron: process.versions.electron,
  })
})
