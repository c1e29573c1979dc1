import type { ServerResponse } from 'node:http'

type Language = 'es' | 'en'
type Page = 'session' | 'expired' | 'not_built' | 'not_found' | 'host'

const texts: Record<Page, Record<Language, { title: string; text: string }>> = {
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
    es: { title: 'Dirección equivocada', text: 'Abre el enlace que imprime «npm start», con 127.0.0.1.' },
    en: { title: 'Wrong address', text: 'Open the link that “npm start” prints, with 127.0.0.1.' },
  },
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
  const body = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Mostrador</title>
<style>
:root { color-scheme: light dark }
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto; padding: 0 1.5rem }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language',
  })
  response.end(body)
}

function preferred(acceptLanguage: string | undefined): Language {
  const first = (acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return first.find((code): code is Language => code === 'es' || code === 'en') ?? 'en'
}
