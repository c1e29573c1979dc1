import { openPart, type Part, say } from './assistant.ts'
import { expect, expectNoViolations, type Language, openDemo, signIn, test } from './fixtures.ts'

const parts: Part[] = ['engines', 'models', 'spending', 'personality', 'sent', 'exams']

for (const [language, colorScheme] of [
  ['es', 'dark'],
  ['en', 'light'],
] as const satisfies [Language, string][]) {
  test(`the assistant’s screens fit a narrow, ${colorScheme} window (${language})`, async ({
    page,
    host,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 400, height: 844 })
    await signIn(page, host, language)
    await openDemo(page, language)
    for (const part of parts) {
      await openPart(page, language, part)
      await expect(page.getByRole('main').getByRole('heading', { level: 2 }).first()).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expectNoViolations(page, say[language].parts[part])
      const overflow = await page.evaluate(() => {
        const main = document.querySelector('main')
        const inside = [...(main?.querySelectorAll('*') ?? [])].map(
          (each) => each.getBoundingClientRect().right,
        )
        return Math.max(document.documentElement.scrollWidth, ...inside) - window.innerWidth
      })
      expect(overflow, `${part} is no wider than the window`).toBeLessThanOrEqual(0)
    }
  })
}
