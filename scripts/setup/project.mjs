import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export const inRoot = (...parts) => join(root, ...parts)

/** The major version of Node that the app and its tests run on. */
export const nodeMajor = 24

/** A failure that was already put into words for the person at the screen. */
export class SetupError extends Error {}
