import type { Browser, Page } from '@playwright/test'
import { connectDoor } from '../../main/hosting/door-client.ts'
import { demoShop } from '../../renderer/src/features/welcome/state.ts'
import {
  expect,
  expectNoViolations,
  go,
  type Language,
  openDemo,
  signIn,
  startHost,
  test,
} from './fixtures.ts'

// A host's address changes with each start, and what the browser remembered goes with it.
test.use({ locale: 'es-ES' })

const say = {
  es: {
    team: 'Equipo',
    name: 'Tu nombre',
    add: 'Añadir a alguien',
    addButton: 'Añadir',
    save: 'Guardar',
    setFor: (name: string) => `Poner contraseña a ${name}`,
    changeOf: (name: string) => `Cambiar o quitar la contraseña de ${name}`,
    newPassword: 'Contraseña nueva',
    short: 'Faltan 6 caracteres.',
    good: 'Buena.',
    name_refused: 'Se parece demasiado a un nombre de la tienda o de la persona.',
    has: 'Entra con contraseña',
    sessions: 'Sesiones abiertas',
    own: 'Esta',
    remove: 'Quitar la contraseña',
    removeTitle: (name: string) => `¿Quitar la contraseña de ${name}?`,
    hasNot: 'Sin contraseña',
  },
  en: {
    team: 'Team',
    name: 'Your name',
    add: 'Add somebody',
    addButton: 'Add',
    save: 'Save',
    setFor: (name: string) => `Set a password for ${name}`,
    changeOf: (name: string) => `Change or remove ${name}’s password`,
    newPassword: 'New password',
    short: '6 characters missing.',
    good: 'Good.',
    name_refused: 'It is too much like a name of the shop or of the person.',
    has: 'Signs in with a password',
    sessions: 'Open sessions',
    own: 'This one',
    remove: 'Remove the password',
    removeTitle: (name: string) => `Remove ${name}’s password?`,
    hasNot: 'No password',
  },
} as const

const password = 'limón cuchara nube verde'

/** To the team, with the owner named Lola and the clerk Marta in it. */
async function meetTeam(page: Page, language: Language): Promise<void> {
  const texts = say[language]
  await go(page, 'settings')
  const main = page.getByRole('main')
  await main.getByRole('link', { name: texts.team }).click()
  await page.getByRole('textbox', { name: texts.name }).fill('Lola')
  await main.getByRole('button', { name: texts.save }).click()
  await expect(page.getByRole('list', { name: texts.team })).toContainText('Lola')
  await page.getByRole('textbox', { name: texts.add }).fill('Marta')
  await main.getByRole('button', { name: texts.addButton, exact: true }).click()
  await expect(page.getByRole('list', { name: texts.team })).toContainText('Marta')
}

/** The demo shop of Lola with the clerk Marta, both with a password. */
async function peopleWithPasswords(dataFolder: string): Promise<void> {
  const door = await connectDoor(dataFolder)
  if (door === null) throw new Error('the host opens no door')
  const { shops, session, access } = door.client
  await shops.create(demoShop('es'))
  const { person: owner } = await session.me()
  await session.update({ name: 'Lola' })
  const marta = await session.addPerson({ name: 'Marta' })
  for (const personId of [owner?.id ?? '', marta.id]) await access.setPassword({ personId, password })
  await door.close()
}

test('the owner gives a clerk a password and takes it away (en)', async ({ page, host }) => {
  const texts = say.en
  await signIn(page, host, 'en')
  await openDemo(page, 'en')
  await meetTeam(page, 'en')
  const sessions = page.getByRole('list', { name: texts.sessions })
  await expect(sessions.getByRole('listitem')).toHaveCount(1)
  await expect(sessions).toContainText(texts.own)

  // By keyboard alone: what is too short cannot be sent, what is easy is refused with a reason, words are good.
  await page.getByRole('button', { name: texts.setFor('Marta') }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  const field = dialog.getByLabel(texts.newPassword)
  await expect(field).toBeFocused()
  await page.keyboard.type('hola')
  await expect(dialog).toContainText(texts.short)
  await expect(dialog.getByRole('button', { name: texts.save })).toBeDisabled()
  await field.fill('marta12345678')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText(texts.name_refused)
  await expect(field).toHaveAccessibleDescription(new RegExp(texts.name_refused))
  await expectNoViolations(page, 'a password that is refused')
  await field.fill(password)
  await expect(dialog).toContainText(texts.good)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  const marta = page
    .getByRole('list', { name: texts.team })
    .getByRole('listitem')
    .filter({ hasText: 'Marta' })
  await expect(marta).toContainText(texts.has)
  await expectNoViolations(page, 'the team with passwords')

  await page.getByRole('button', { name: texts.changeOf('Marta') }).click()
  await page.getByRole('dialog').getByRole('button', { name: texts.remove }).click()
  // The question lies over the form, which may still be on its way out.
  const question = page.getByRole('dialog', { name: texts.removeTitle('Marta') })
  await question.getByRole('button', { name: texts.remove }).click()
  await expect(marta).toContainText(texts.hasNot)
})

test('a clerk works over the network and meets no dead end (es)', async ({ page, browser, host }) => {
  await peopleWithPasswords(host.dataFolder)
  await host.stop()
  const lan = await startHost(host.dataFolder, 0, {
    MOSTRADOR_LAN: '1',
    MOSTRADOR_HOST: '127.0.0.1',
    MOSTRADOR_LAN_PORT: '0',
  })
  try {
    await page.goto(lan.launchUrl)
    await go(page, 'settings')
    await page.getByRole('main').getByRole('link', { name: 'Esta computadora' }).click()
    await expect(page.getByText('El escritorio está abierto a tu red')).toBeVisible()
    await expect(page.getByText(/^[0-9A-F]{2}(:[0-9A-F]{2}){7}$/)).toHaveCount(4)
    const address = await page
      .getByText(/^https:\/\/127\.0\.0\.1:\d+\/?$/)
      .first()
      .innerText()
    await expectNoViolations(page, 'this computer, open to the network')
    const clerk = await clerksDesk(browser, address)
    await seesOwnThings(clerk)

    // The owner ends the clerk's session; its browser is asked to sign in again.
    await page.getByRole('main').getByRole('link', { name: 'Equipo' }).click()
    await page.getByRole('button', { name: /^Cerrar la sesión de Marta/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cerrar la sesión' }).click()
    await expect(page.getByText('Sesión cerrada')).toBeVisible()
    // Without a reload, and not as a connection that was lost.
    await expect(clerk.locator('input[name="password"]')).toBeVisible()
    await clerk.context().close()
  } finally {
    await lan.stop()
  }
})

async function clerksDesk(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'es-ES' })
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('input[name="name"]').fill('Marta')
  await page.locator('input[name="password"]').fill(password)
  await page.locator('input[name="password"]').press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Conversaciones' })).toBeVisible()
  return page
}

async function seesOwnThings(page: Page): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Navegación principal' })
  await expect(navigation.getByRole('link', { name: 'Pedidos' })).toBeVisible()
  for (const screen of ['Asistente', 'Canales', 'Venta'])
    await expect(navigation.getByRole('link', { name: screen, exact: true })).toHaveCount(0)

  // An address that is the owner's says whom to ask; what may be read stays readable.
  const shop = new URL(page.url()).hash.split('/')[1]
  await page.evaluate((path) => {
    window.location.hash = path
  }, `/${shop}/assistant`)
  await expect(page.getByRole('heading', { name: 'Esto lo lleva el dueño de la tienda' })).toBeVisible()
  await expect(page.getByText('pídeselo a Lola')).toBeVisible()
  await expectNoViolations(page, 'a screen of the owner, for a clerk')
  await go(page, 'shop')
  await expect(page.getByText('pídeselo a Lola')).toBeVisible()
  await expect(page.getByRole('textbox').first()).toBeDisabled()
  await go(page, 'products')
  await expect(page.getByRole('link', { name: 'Importar' })).toHaveCount(0)

  await go(page, 'settings')
  const main = page.getByRole('main')
  await expect(main.getByRole('link', { name: 'Esta computadora' })).toHaveCount(0)
  await main.getByRole('link', { name: 'Tu acceso' }).click()
  const sessions = page.getByRole('list', { name: 'Sesiones abiertas' })
  await expect(sessions.getByRole('listitem')).toHaveCount(1)
  await expectNoViolations(page, 'a clerk’s own sign-in')
  await page.getByRole('button', { name: /^Cambiar/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Contraseña actual').fill('no es esta de verdad')
  await dialog.getByLabel('Contraseña nueva').fill('otra cosa muy distinta')
  await dialog.getByRole('button', { name: 'Guardar' }).click()
  await expect(dialog).toContainText('La contraseña no es correcta.')
  await dialog.getByLabel('Contraseña actual').fill(password)
  await dialog.getByRole('button', { name: 'Guardar' }).click()
  await expect(dialog).toBeHidden()
}
