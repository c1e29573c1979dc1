import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
}

/** The built desk. The list of files is read once: no path of a request ever reaches the file system. */
export class DeskFiles {
  readonly #files = new Map<string, string>()

  /** A folder that is not there counts as empty. */
  constructor(folder: string) {
    for (const path of listed(folder))
      this.#files.set(`/${relative(folder, path).split(sep).join('/')}`, path)
  }

  /** A file with its type; null when there is none under that path of an address. */
  async read(pathname: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | null> {
    const path = this.#files.get(pathname === '/' ? '/index.html' : pathname)
    if (path === undefined) return null
    const type = types[extname(path)] ?? 'application/octet-stream'
    return { bytes: new Uint8Array(await readFile(path)), type }
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}
