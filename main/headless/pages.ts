import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'

export type PageLanguage = 'es' | 'en'
type Page = 'session' | 'expired' | 'not_built' | 'not_found' | 'host' | 'too_large' | 'origin'

const texts: Record<Page, Record<PageLanguage, { title: string; text: string }>> = {
  session: {
    es: {
      title: 'Hace falta un enlace nuevo',
      text: 'Vuelve a ejecutar «npm start»: imprime un enlace nuevo para entrar.',
    },
    en: { title: 'A fresh link is needed', text: 'Run “npm start” again: it prints a fresh link to get in.' },
  },
  expired: {
    es: {
      title: 'Este enlace ya no sirve',
      text: 'Cada enlace vale una sola vez y durante 60 segundos. Vuelve a ejecutar «npm start»: imprime uno nuevo.',
    },
    en: {
      title: 'This link is no longer good',
      text: 'Each link works once, for 60 seconds. Run “npm start” again: it prints a fresh one.',
    },
  },
  not_built: {
    es: {
      title: 'Falta construir el escritorio',
      text: 'Ejecuta «npm run build» y vuelve a cargar esta página.',
    },
    en: { title: 'The desk has not been built', text: 'Run “npm run build” and reload this page.' },
  },
  not_found: {
    es: { title: 'Aquí no hay nada', text: 'Esta dirección no existe.' },
    en: { title: 'Nothing here', text: 'There is no such address.' },
  },
  host: {
    es: {
      title: 'Dirección equivocada',
      text: 'Abre la dirección que imprime Mostrador al arrancar.',
    },
    en: { title: 'Wrong address', text: 'Open the address that Mostrador prints when it starts.' },
  },
  too_large: {
    es: { title: 'Demasiado grande', text: 'Lo enviado no cabe en este formulario.' },
    en: { title: 'Too large', text: 'What was sent does not fit this form.' },
  },
  origin: {
    es: {
      title: 'No viene de esta página',
      text: 'Abre la página de entrada y escribe allí tu contraseña.',
    },
    en: {
      title: 'Not from this page',
      text: 'Open the sign-in page and type your password there.',
    },
  },
}

/** The one style of these pages; the sign-in's policy names it by its hash. */
const style = `
:root { color-scheme: light dark }
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto; padding: 0 1.5rem }
form { display: grid; gap: 1rem; max-width: 22rem }
label { display: grid; gap: 0.25rem }
input, button { font: inherit; padding: 0.6rem 0.75rem; border-radius: 0.5rem; border: 1px solid GrayText }
button { cursor: pointer; background: #0b5c4a; color: #fff; border-color: #0b5c4a }
:focus-visible { outline: 3px solid #2f9e7f; outline-offset: 2px }
small { color: light-dark(#595959, #b5b5b5) }
[role=alert] { border-left: 0.25rem solid #c92a2a; padding-left: 0.75rem }
`
const styleHash = createHash('sha256').update(style).digest('base64')

/** Where a form is answered, `same-origin` lets browsers say where it comes from; nothing else may be done there. */
const signInHeaders = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'same-origin',
}

/** Answers a plain page in the reader's language: no script, no file of the desk. */
export function sendPage(
  response: ServerResponse,
  status: number,
  page: Page,
  acceptLanguage?: string,
): void {
  const language = preferred(acceptLanguage)
  const { title, text } = texts[page][language]
  send(response, status, language, title, `<h1>${title}</h1><p>${text}</p>`)
}

export type SignInTrouble = { code: 'wrong_password' } | { code: 'too_many_tries'; minutes: number }

const signInTexts = {
  es: {
    title: 'Entrar',
    name: 'Nombre',
    nameHint: 'El dueño puede dejarlo vacío.',
    password: 'Contraseña',
    button: 'Entrar',
    wrong_password: 'El nombre o la contraseña no son correctos.',
    too_many_tries: (minutes: number) =>
      `Demasiados intentos. Espera ${minutes === 1 ? 'un minuto' : `${minutes} minutos`} y vuelve a intentarlo.`,
    forgotten: '¿La olvidaste? En la computadora de la tienda se puede poner otra.',
  },
  en: {
    title: 'Sign in',
    name: 'Name',
    nameHint: 'The owner may leave it empty.',
    password: 'Password',
    button: 'Sign in',
    wrong_password: 'The name or the password is not right.',
    too_many_tries: (minutes: number) =>
      `Too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`,
    forgotten: 'Forgotten? A new one can be set on the shop’s computer.',
  },
}

/** The form that signs somebody in; it is answered at the address that it was opened at. */
export function sendSignIn(
  response: ServerResponse,
  asked: { acceptLanguage?: string | undefined; name?: string; trouble?: SignInTrouble },
): void {
  const language = preferred(asked.acceptLanguage)
  const words = signInTexts[language]
  const { trouble } = asked
  const said =
    trouble === undefined
      ? ''
      : `<p role="alert">${trouble.code === 'wrong_password' ? words.wrong_password : words.too_many_tries(trouble.minutes)}</p>`
  const name = escaped(asked.name ?? '')
  const focus = trouble === undefined ? '' : ' autofocus'
  const body = `<h1>${words.title}</h1>${said}
<form method="post">
<label>${words.name}<input name="name" value="${name}" autocomplete="username" autocapitalize="words" maxlength="80"><small>${words.nameHint}</small></label>
<label>${words.password}<input name="password" type="password" autocomplete="current-password" required maxlength="200"${focus}></label>
<button>${words.button}</button>
</form>
<p><small>${words.forgotten}</small></p>`
  for (const [header, value] of Object.entries(signInHeaders)) response.setHeader(header, value)
  if (trouble?.code === 'too_many_tries') response.setHeader('Retry-After', String(trouble.minutes * 60))
  const status = trouble === undefined ? 200 : trouble.code === 'wrong_password' ? 403 : 429
  send(response, status, language, words.title, body)
}

function send(
  response: ServerResponse,
  status: number,
  language: PageLanguage,
  title: string,
  main: string,
): void {
  const body = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Mostrador</title>
<style>${style}</style>
</head>
<body><main>${main}</main></body>
</html>
`
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language',
  })
  response.end(body)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function preferred(acceptLanguage: string | undefined): PageLanguage {
  const first = (acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return first.find((code): code is PageLanguage => code === 'es' || code === 'en') ?? 'en'
}
