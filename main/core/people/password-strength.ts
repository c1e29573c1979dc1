import { fold } from '../understanding/normalise.ts'

/** Why a password is refused; null when it is not. */
export type Weakness = 'short' | 'pattern' | 'common' | 'name'

/** Fewest characters of a password, after NFKC. */
export const shortestPassword = 10
/** Characters that a password needs besides a word that everybody would try. */
const ownCharacters = 4
const fewestDifferent = 5
/** A name as short as this stands in many a good password. */
const shortestName = 3

/**
 * What makes a password easy to guess. `names` are those of the person and of the shops.
 * Length counts most; of what is long enough only what a guesser tries first is refused.
 */
export function weaknessOf(password: string, names: readonly string[]): Weakness | null {
  const characters = [...password.normalize('NFKC')]
  if (characters.length < shortestPassword) return 'short'
  const plain = lettersAndFigures(password)
  const isRun = plain.length > 0 && runs(plain)
  if (new Set(characters).size < fewestDifferent || repeats(characters.join('').toLowerCase()) || isRun)
    return 'pattern'
  const forms = [plain, spelledOut(plain)]
  if (forms.some((form) => isMostly(form, common))) return 'common'
  const known = names
    .flatMap((name) => [name, ...name.split(/\s+/u)])
    .map(lettersAndFigures)
    .filter((name) => name.length >= shortestName)
  return forms.some((form) => isMostly(form, known)) ? 'name' : null
}

function lettersAndFigures(text: string): string {
  return fold(text.normalize('NFKC').replace(/[@$!]/g, (sign) => substitutes[sign] ?? '')).replace(
    /[^\p{L}\p{N}]/gu,
    '',
  )
}

const substitutes: Record<string, string> = {
  '@': 'a',
  $: 's',
  '!': 'i',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
}

/** With the figures inside read as the letters that they stand for: `p4ssw0rd99` is `password`. */
function spelledOut(plain: string): string {
  return plain.replace(/^[0-9]+|[0-9]+$/g, '').replace(/[0-9]/g, (figure) => substitutes[figure] ?? figure)
}

/** Whether it is a piece of at most a third of its length, again and again. */
function repeats(text: string): boolean {
  for (let length = 1; length <= text.length / 3; length++) {
    const piece = text.slice(0, length)
    if (piece.repeat(Math.ceil(text.length / length)).startsWith(text)) return true
  }
  return false
}

/** Whether most of it goes along the alphabet, the figures or the keyboard, either way. */
function runs(plain: string): boolean {
  let pairs = 0
  for (let at = 1; at < plain.length; at++) {
    const pair = plain.slice(at - 1, at + 1)
    if (rows.some((row) => row.includes(pair))) pairs++
  }
  return pairs >= plain.length - ownCharacters
}

/** Whether little is left of it once a word and all figures are taken away. */
function isMostly(plain: string, words: readonly string[]): boolean {
  return words.some(
    (word) => plain.includes(word) && plain.replaceAll(word, '').replace(/[0-9]/g, '').length < ownCharacters,
  )
}

const forwards = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
]
const rows = [...forwards, ...forwards.map((row) => [...row].reverse().join(''))]

/** What guessers of Spanish and English passwords try first, folded. */
const common = [
  ...['password', 'passw0rd', 'contrasena', 'contrasenia', 'clavesecreta', 'misecreto', 'secreto', 'secret'],
  ...['administrador', 'administrator', 'admin', 'bienvenido', 'bienvenida', 'bienvenidos', 'welcome'],
  ...['letmein', 'iloveyou', 'tequiero', 'tequieromucho', 'teamo', 'teamomucho', 'holamundo', 'changeme'],
  ...['cambiame', 'temporal', 'qwerty', 'asdfgh', 'zxcvbn', 'mostrador', 'tienda', 'mitienda', 'negocio'],
  ...[
    'myshop',
    'princess',
    'princesa',
    'superman',
    'spiderman',
    'pokemon',
    'football',
    'futbol',
    'barcelona',
  ],
  ...['realmadrid', 'bocajuniors', 'riverplate', 'argentina', 'colombia', 'venezuela', 'espana', 'mexico'],
  ...['whatsapp', 'telegram', 'dragon', 'monkey', 'sunshine', 'computer', 'internet', 'starwars', 'jesus'],
  ...['jesuscristo', 'estrella', 'mariposa', 'chocolate', 'sebastian', 'alejandro', 'alejandra', 'familia'],
]
