import type { CliLanguage } from './texts.ts'

/** What the command line says of passwords and sessions. */
const words = {
  owner: { es: 'dueño', en: 'owner' },
  staff: { es: 'empleado', en: 'clerk' },
  withPassword: { es: 'con contraseña', en: 'with a password' },
  withoutPassword: { es: 'sin contraseña', en: 'without a password' },
  noName: { es: '(sin nombre)', en: '(no name)' },
  network: { es: 'En la red local: {addresses}', en: 'On the local network: {addresses}' },
  fingerprint: {
    es: 'Huella SHA-256 del certificado: {fingerprint}',
    en: 'SHA-256 fingerprint of the certificate: {fingerprint}',
  },
  notOpen: {
    es: 'El escritorio no está abierto a la red.',
    en: 'The desk is not open to the network.',
  },
  newPassword: { es: 'Contraseña nueva de {name}: ', en: 'New password of {name}: ' },
  again: { es: 'Otra vez: ', en: 'Again: ' },
  differ: {
    es: 'No son iguales; no se ha cambiado nada.',
    en: 'They are not the same; nothing was changed.',
  },
  passwordSet: {
    es: 'Contraseña puesta: {name}. Sus otras sesiones han terminado.',
    en: 'Password set: {name}. Their other sessions have ended.',
  },
  passwordSetNameless: {
    es: 'Contraseña puesta: {name}. Sus otras sesiones han terminado. Para entrar, deja el nombre vacío.',
    en: 'Password set: {name}. Their other sessions have ended. To sign in, leave the name empty.',
  },
  passwordRemoved: {
    es: 'Contraseña quitada: {name}. Sus sesiones han terminado.',
    en: 'Password removed: {name}. Their sessions have ended.',
  },
  noSessions: { es: 'Nadie ha entrado.', en: 'Nobody is signed in.' },
  session: {
    es: '{id}\t{name}\t{browser}\tdesde {from}\tusada {used}',
    en: '{id}\t{name}\t{browser}\tsince {from}\tused {used}',
  },
  sessionEnded: { es: 'Sesión terminada.', en: 'Session ended.' },
} satisfies Record<string, Record<CliLanguage, string>>

export function sayOfAccess(
  key: keyof typeof words,
  language: CliLanguage,
  data: Record<string, string> = {},
): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => data[name] ?? '')
}
