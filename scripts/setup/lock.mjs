import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { tell } from './messages.mjs'
import { inRoot } from './project.mjs'

const folder = inRoot('.setup-lock')
const ownerFile = inRoot('.setup-lock', 'owner')
const abandonedAfterMs = 20 * 60_000

/** Runs `work` while no other start of this checkout installs or builds. A lock whose owner died is taken over. */
export async function withLock(work) {
  await take()
  try {
    return await work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function take() {
  for (let told = false; ; ) {
    try {
      mkdirSync(folder)
      writeFileSync(ownerFile, String(process.pid))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const owner = ownerOf()
    if (owner === 'gone') {
      putAway()
      continue
    }
    if (!told) tell('waiting', { pid: owner })
    told = true
    await pause(200)
  }
}

function ownerOf() {
  try {
    if (Date.now() - statSync(folder).mtimeMs > abandonedAfterMs) return 'gone'
    const pid = Number(readFileSync(ownerFile, 'utf8'))
    if (!Number.isInteger(pid) || pid <= 0) return '?'
    process.kill(pid, 0)
    return pid
  } catch (error) {
    if (error.code === 'EPERM') return '?'
    if (error.code === 'ESRCH') return 'gone'
    // No owner written yet: another start is between its two steps, or it died there.
    return ageMs() > 5000 ? 'gone' : '?'
  }
}

function ageMs() {
  try {
    return Date.now() - statSync(folder).mtimeMs
  } catch {
    return 0
  }
}

/** Renamed before it is removed: of two that find it abandoned only one takes it away. */
function putAway() {
  const aside = `${folder}-${process.pid}-${Date.now()}`
  try {
    renameSync(folder, aside)
    rmSync(aside, { recursive: true, force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}
