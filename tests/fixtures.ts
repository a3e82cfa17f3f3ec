import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'

/** A learner made for one test, with an e-mail address that no other test has. */
export interface Learner {
  name: string
  email: string
  password: string
}

interface Fixtures {
  /** The language that pages open in; `vi` unless a test sets another with `test.use`. */
  language: 'vi' | 'en'
  /** A fresh learner, signed in in `page`. */
  learner: Learner
  /** Fails the test where the page breaks a WCAG 2.1 A or AA rule that axe can see. */
  expectAccessible: () => Promise<void>
}

export const test = base.extend<Fixtures>({
  language: ['vi', { option: true }],

  context: async ({ context, baseURL, language }, use) => {
    await context.addCookies([{ name: 'locale', value: language, url: baseURL }])
    await use(context)
  },

  page: async ({ page }, use) => {
    const problems = watch(page)
    await use(page)
    expect(problems, 'no error in the console of the page').toEqual([])
  },

  learner: async ({ context, baseURL }, use, { testId }) => {
    const learner = { name: 'Lê Minh An', email: `an-${testId}-${Date.now()}@example.com`, password: 'một câu dài để nhớ' }
    await signUp(context, baseURL ?? '', learner)
    await use(learner)
  },

  expectAccessible: async ({ page }, use) => {
    await use(async () => {
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
      expect(found, 'rules of accessibility that the page breaks').toEqual([])
    })
  },
})

export { expect }

/** Makes a learner's account through the sign-in page and leaves the context signed in. */
export async function signUp(context: BrowserContext, baseURL: string, { name, email, password }: Learner): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${baseURL}/signin?new=&next=/account`)
  await page.locator('#name').fill(name)
  await page.locator('#email').fill(email)
  await page.locator('#password').fill(password)
  await page.locator('form:has(#password) button[type=submit]').click()
  await page.waitForURL((url) => url.pathname === '/account')
  await page.close()
}

/** Signs in with a password on the page that is open. */
export async function signIn(page: Page, { email, password }: Pick<Learner, 'email' | 'password'>): Promise<void> {
  await page.locator('#email').fill(email)
  await page.locator('#password').fill(password)
  await page.locator('form:has(#password) button[type=submit]').click()
}

/** Collects what the page reports as an error while it is open. */
function watch(page: Page): string[] {
  const problems: string[] = []
  page.on('console', (message) => {
    // The browser itself reports an answer such as 401 that a page expects and handles.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  return problems
}
