import { readFileSync } from 'node:fs'
import { dump, load } from 'js-yaml'

/** The names that electron-builder gives to what it writes about a release. */
export const isFeedFile = (name) => /^(latest|beta|alpha)(-mac|-linux)?(-[a-z0-9]+)?[.]yml$/.test(name)

/** What a feed file says. @throws when it has no version or no files */
export function readFeed(file) {
  // The app reads it with the same library, so that both see the same.
  const feed = load(readFileSync(file, 'utf8'))
  if (typeof feed?.version !== 'string' || !Array.isArray(feed.files) || feed.files.length === 0)
    throw new Error(`${file} is no feed file`)
  return feed
}

export const feedText = (feed) => dump(feed, { lineWidth: -1 })
