import { EventEmitter, once } from 'node:events'
import { expect, it } from 'vitest'
import { Leaving } from './leaving.ts'

/** What of Electron's `app` ends it. */
class EndingApp extends EventEmitter {
  readonly done: string[] = []

  quit(): void {
    let isPrevented = false
    this.emit('will-quit', {
      preventDefault: () => {
        isPrevented = true
      },
    })
    if (!isPrevented) this.exit(0)
  }
  exit(code = 0): void {
    this.done.push(`exit ${code}`)
    this.emit('quit')
  }
  relaunch({ args = [] }: { args?: string[] } = {}): void {
    this.done.push(`relaunch ${args.join(' ')}`)
  }
  releaseSingleInstanceLock(): void {
    this.done.push('unlock')
  }
}

function open() {
  const app = new EndingApp()
  const leaving = new Leaving(app, { ended: () => app.done.push('ended') })
  const stop = async () => void app.done.push('stop')
  return { app, leaving, stop }
}

it('stops a start in the middle of which it is quit, and only once', async () => {
  const { app, leaving, stop } = open()
  app.quit()
  app.quit()
  expect(leaving.isOn).toBe(true)
  expect(app.done).toEqual([])
  const starting = Promise.withResolvers<{ stop(): Promise<void> }>()
  leaving.follow(starting.promise)
  const quit = once(app, 'quit')
  starting.resolve({ stop })
  await quit
  expect(app.done).toEqual(['stop', 'ended', 'exit 0'])
})

it('ends also when something cannot be stopped, and leaves a note that it did not end as it should', async () => {
  const { app, leaving } = open()
  leaving.follow(Promise.resolve({ stop: () => Promise.reject(new Error('planted')) }))
  const quit = once(app, 'quit')
  app.quit()
  await quit
  expect(app.done).toEqual(['exit 0'])
})

it('starts again for whoever started it while it was ending', async () => {
  const { app, leaving, stop } = open()
  leaving.follow(Promise.resolve({ stop }))
  const quit = once(app, 'quit')
  app.quit()
  leaving.startAgain(['--data', '/somewhere'])
  await quit
  expect(app.done).toEqual(['stop', 'ended', 'relaunch --data /somewhere', 'exit 0'])
})

it('puts a release in its place as the last act, unless its owner stayed', async () => {
  const { app, leaving, stop } = open()
  leaving.follow(Promise.resolve({ stop }))
  const quit = once(app, 'quit')
  leaving.quitAndInstall(() => app.done.push('install') > 0)
  await quit
  expect(app.done).toEqual(['stop', 'ended', 'unlock', 'install', 'exit 0'])

  const other = open()
  other.leaving.follow(Promise.resolve({ stop: other.stop }))
  // A page that keeps the app lets no `will-quit` come.
  other.app.quit = () => undefined
  other.leaving.quitAndInstall(() => other.app.done.push('install') > 0)
  other.leaving.stay()
  const ended = once(other.app, 'quit')
  EndingApp.prototype.quit.call(other.app)
  await ended
  expect(other.app.done).toEqual(['stop', 'ended', 'exit 0'])
})
