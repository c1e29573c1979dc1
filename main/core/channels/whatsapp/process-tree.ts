import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface TreeSize {
  /** Resident memory of all processes together, bytes. What they share is counted for each. */
  memory: number
  processes: number
}

interface Row {
  pid: number
  parent: number
  memory: number
}

/** How large a process is with all that it started. Zeros when the system does not tell. */
export async function measureTree(root: number): Promise<TreeSize> {
  const rows = await listProcesses().catch(() => [])
  return sumTree(root, rows)
}

export function sumTree(root: number, rows: readonly Row[]): TreeSize {
  const children = Map.groupBy(rows, (row) => row.parent)
  const size: TreeSize = { memory: 0, processes: 0 }
  const open = rows.filter((row) => row.pid === root)
  const counted = new Set<number>()
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    if (counted.has(row.pid)) continue
    counted.add(row.pid)
    size.memory += row.memory
    size.processes += 1
    open.push(...(children.get(row.pid) ?? []))
  }
  return size
}

async function listProcesses(): Promise<Row[]> {
  if (process.platform === 'linux') return listLinux()
  if (process.platform === 'win32') return listWindows()
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid=,rss='], { timeout: 4000 })
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, kilobytes = 0]) => ({ pid, parent, memory: kilobytes * 1024 }))
}

async function listLinux(): Promise<Row[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const rows = await Promise.all(
    names.map(async (name) => {
      // A process may be gone before it is read.
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null)
      if (stat === null) return []
      // The command's name, in brackets, may hold anything. After it: state, parent, …, resident pages as the 22nd.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [{ pid: Number(name), parent: Number(fields[1]), memory: Number(fields[21]) * 4096 }]
    }),
  )
  return rows.flat()
}

async function listWindows(): Promise<Row[]> {
  const query =
    'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.WorkingSetSize)" }'
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query], {
    timeout: 20_000,
    windowsHide: true,
    maxBuffer: 4 * 1024 * 1024,
  })
  return stdout
    .split(/\r?\n/)
    .map((line) => line.split(' ').map(Number))
    .map(([pid = 0, parent = 0, memory = 0]) => ({ pid, parent, memory }))
}
