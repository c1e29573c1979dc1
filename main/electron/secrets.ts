import { join } from 'node:path'
import { safeStorage } from 'electron'
import { DomainError } from '../core/errors.ts'
import type { SecretUnwrapper, SecretWrapper } from '../core/host.ts'
import { keyFileWrapper } from '../core/secrets/key-file.ts'

/** How often a keyring is asked for again at log-in. */
const atLogin = { tries: 8, pauseMs: 1_000 }

/**
 * The system's keyring wraps the shops' keys: the keychain on macOS, DPAPI on Windows, the secret service or KWallet on
 * Linux. Where there is none a key file beside the data does, as on a host without a desktop; what it wrapped before is
 * wrapped anew as soon as there is a keyring. Electron must be ready.
 * @param options `patient`: the computer has just been started, and the keyring may still be on its way
 */
export async function desktopSecrets(
  dataFolder: string,
  { patient }: { patient: boolean },
): Promise<SecretWrapper> {
  const file = keyFileWrapper(join(dataFolder, 'secret.key'))
  if (!(await hasKeyring(patient ? atLogin.tries : 1))) return { ...file, former: [keyring] }
  return { ...keyring, wrap, former: [file] }
}

/** A password that lies in the program, which Electron takes on Linux where there is nothing better, is no keyring. */
async function hasKeyring(tries: number): Promise<boolean> {
  try {
    if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false
    for (let left = tries; ; left--) {
      const isThere = await safeStorage.isAsyncEncryptionAvailable()
      if (isThere || left <= 1) return isThere
      await new Promise((resolve) => setTimeout(resolve, atLogin.pauseMs))
    }
  } catch {
    return false
  }
}

const keyring: SecretUnwrapper = {
  method: 'os',
  async unwrap(wrapped) {
    try {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(wrapped))
      return Buffer.from(result, 'base64')
    } catch (error) {
      // Another computer, another user, or a keyring that is locked or was emptied.
      throw new DomainError('host.secrets_locked', { method: 'os', reason: 'keyring' }, { cause: error })
    }
  },
}

async function wrap(key: Uint8Array): Promise<Uint8Array> {
  try {
    return await safeStorage.encryptStringAsync(Buffer.from(key).toString('base64'))
  } catch (error) {
    throw new DomainError('host.secrets_locked', { method: 'os', reason: 'keyring' }, { cause: error })
  }
}
