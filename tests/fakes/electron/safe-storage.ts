import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from './app.ts'
import { note } from './journal.ts'
import { standInSettings } from './settings.ts'

/** A keyring of its own: encrypts for real, so that what is written by one start is opened by the next and by nobody else. */
const file = join(standInSettings.folder, 'keyring')

function key(): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32))
  return readFileSync(file)
}

function there(): void {
  if (!safeStorage.isEncryptionAvailable())
    throw new Error(
      'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
    )
}

export const safeStorage = {
  /** Electron knows only after `ready`. */
  isEncryptionAvailable: () => app.isReady() && standInSettings.keyring !== 'none',
  getSelectedStorageBackend: () =>
    !app.isReady() ? 'unknown' : standInSettings.keyring === 'os' ? 'gnome_libsecret' : 'basic_text',
  setUsePlainTextEncryption: () => undefined,
  encryptString: (text: string): Buffer => {
    there()
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key(), iv)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    note('safeStorage.encrypt')
    return Buffer.concat([Buffer.from('v10'), iv, cipher.getAuthTag(), sealed])
  },
  decryptString: (sealed: Buffer): string => {
    there()
    note('safeStorage.decrypt')
    const decipher = createDecipheriv('aes-256-gcm', key(), sealed.subarray(3, 15))
    decipher.setAuthTag(sealed.subarray(15, 31))
    return Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]).toString('utf8')
  },
  isAsyncEncryptionAvailable: async () => safeStorage.isEncryptionAvailable(),
  encryptStringAsync: async (text: string) => safeStorage.encryptString(text),
  decryptStringAsync: async (sealed: Buffer) => ({
    result: safeStorage.decryptString(sealed),
    shouldReEncrypt: false,
  }),
}
