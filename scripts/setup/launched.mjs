import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

/**
 * Imported first by a command whose launcher stays (see `become`): ends the command at once when its launcher is
 * killed, as if it were the launcher itself. File descriptor 3 is a pipe to the launcher, which closes with it.
 */
if (isMainThread && process.env.MOSTRADOR_LAUNCHER === String(process.ppid)) {
  const pipe = new Socket({ fd: 3 })
  pipe.on('error', () => undefined)
  pipe.on('close', () => process.kill(process.pid, 'SIGKILL'))
  pipe.resume()
  pipe.unref()
}
