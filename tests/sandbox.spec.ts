import { expect, test as base } from './fixtures'
import en from '@/messages/en/sandbox.json' with { type: 'json' }
import vi from '@/messages/vi/sandbox.json' with { type: 'json' }
import enExplorer from '@/messages/en/explorer.json' with { type: 'json' }
import viExplorer from '@/messages/vi/explorer.json' with { type: 'json' }
import { LabPage } from './lab-page'

const texts = { vi, en }
const explorer = { vi: viExplorer, en: enExplorer }

for (const language of ['vi', 'en'] as const) {
  const test = base.extend({
    language: async ({}, use) => use(language),
  })

  test(`the sandbox page shows account, keys, resources and trail (${language})`, async ({ page, learner: _, expectAccessible }) => {
    const t = texts[language]
    await page.goto('/sandbox')
    await expect(page.getByRole('heading', { level: 1, name: t.title })).toBeVisible()
    await expectAccessible()
    await page.getByRole('button', { name: t.none.button }).click()
    await expect(page.getByText(/^\d{12}$/)).toBeVisible()
    await expect(page.getByText(explorer[language].none)).toBeVisible()

    await new LabPage(page, language, '42.1').start()
    await page.goto('/sandbox')
    await expect(page.getByText('bookshop-receipt', { exact: true }).first()).toBeVisible()
    await expectAccessible()
    await page.getByRole('link', { name: t.sections.trail }).click()
    await expect(page.getByText('CreateFunction').first()).toBeVisible()
    await expectAccessible()
  })

  test(`keys are covered, shown and replaced (${language})`, async ({ page, learner: _, request }) => {
    const t = texts[language]
    await page.goto('/sandbox/tools')
    await page.getByRole('button', { name: t.none.button }).click()
    const id = page.getByText(/^AKIA[A-Z0-9]{16}$/)
    const before = await id.innerText()
    const lines = page.locator('pre', { hasText: 'export AWS_ENDPOINT_URL' })
    await expect(lines).toContainText('••••')
    await page.getByRole('button', { name: t.cli.show }).click()
    await expect(lines).not.toContainText('••••')
    await page.getByRole('button', { name: t.cli.shells.powershell }).click()
    await expect(page.getByText('$env:AWS_ENDPOINT_URL')).toBeVisible()
    await page.getByRole('button', { name: t.keys.rotate, exact: true }).click()
    await expect(page.getByText(t.keys.rotateConfirm)).toBeVisible()
    await page.getByRole('button', { name: t.keys.rotateYes }).click()
    await expect(page.getByText(t.keys.rotated)).toBeVisible()
    expect(await id.innerText()).not.toBe(before)
    // Nobody's keys are there for one who is not signed in.
    expect(await (await request.get('/sandbox/tools')).text()).not.toContain(await id.innerText())
  })
}
