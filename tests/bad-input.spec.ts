import type { Page } from '@playwright/test'
import en from '@/messages/en/lab-fields.json' with { type: 'json' }
import vi from '@/messages/vi/lab-fields.json' with { type: 'json' }
import { expect, signUp, test as base } from './fixtures'
import { LabPage, labTexts } from './lab-page'

/** The phone reads Vietnamese here and the desktop English: each message is seen in both. */
const test = base.extend<{ lab: LabPage }>({
  language: async ({}, use, info) => use(info.project.name === 'phone' ? 'vi' : 'en'),
  /** Lab 42.1, started, at the step in which things are made. */
  lab: async ({ page, learner: _, language }, use) => {
    const lab = new LabPage(page, language, '42.1')
    await lab.start()
    await lab.openStep('do')
    await use(lab)
  },
})

/** The beginning of a message, up to its first value. */
const beginning = (text: string) => text.split('{')[0]!.trim()
const fields = { vi, en }

async function expectFieldError(lab: LabPage, actionId: string, field: string, message: string) {
  const control = lab.field('do', actionId, field)
  await expect(control).toHaveAttribute('aria-invalid', 'true')
  await expect(lab.page.locator(`[id="do/${actionId}-${field}-error"]`)).toContainText(message)
  // The place to go on is where the error is.
  await expect(control).toBeFocused()
}

test('an event that is no JSON is told at its field, with the place', async ({ lab, language }) => {
  const broken = '{\n  "body": "{}",\n}'
  await lab.send('do', 'invoke', { Payload: broken })
  await expectFieldError(lab, 'invoke', 'Payload', beginning(lab.text.field.json))
  await expect(lab.page.locator('[id="do/invoke-Payload-error"]')).toContainText(language === 'vi' ? 'dòng 3, cột 1' : 'line 3, column 1')
  await expect(lab.field('do', 'invoke', 'Payload')).toHaveValue(broken)
})

test("a name that breaks AWS's pattern is told at its field", async ({ lab, language }) => {
  await lab.send('do', 'create-role', { RoleName: 'tên sai' })
  await expectFieldError(lab, 'create-role', 'RoleName', fields[language].roleName.split('<')[0]!)
  await lab.send('do', 'create-function', { FunctionName: 'hàm/của tôi' })
  await expectFieldError(lab, 'create-function', 'FunctionName', fields[language].functionName.split('<')[0]!)
})

test('an unknown runtime is told at its field', async ({ lab, language }) => {
  await lab.openAction('do', 'create-function')
  const select = lab.field('do', 'create-function', 'Runtime')
  await select.evaluate((element: HTMLSelectElement) => element.add(new Option('nodejs99.x', 'nodejs99.x')))
  await select.selectOption('nodejs99.x')
  await lab.send('do', 'create-function')
  await expectFieldError(lab, 'create-function', 'Runtime', fields[language].runtime)
})

test('a role that Lambda cannot assume is told in the words of AWS and in the own language', async ({ lab }) => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
  await lab.send('do', 'create-role', { AssumeRolePolicyDocument: JSON.stringify(trust) })
  const refused = await lab.send('do', 'create-function')
  await expect(refused).toContainText('InvalidParameterValueException')
  await expect(refused).toContainText('cannot be assumed by Lambda')
  await expect(refused).toContainText(lab.text.aws.roleNotAssumable)
})

test('what is there already, and what is not there, is told with what to do', async ({ lab }) => {
  await lab.send('do', 'create-role')
  const again = await lab.send('do', 'create-role')
  await expect(again).toContainText('EntityAlreadyExists')
  await expect(again).toContainText(lab.text.aws.entityExists)
  const missing = await lab.send('do', 'invoke')
  await expect(missing).toContainText('ResourceNotFoundException')
  await expect(missing).toContainText(lab.text.aws.notFound)
})

test('an event beyond what the page carries is told before anything is sent', async ({ lab }) => {
  await lab.send('do', 'invoke', { Payload: JSON.stringify({ body: 'x'.repeat(500_000) }) })
  await expectFieldError(lab, 'invoke', 'Payload', beginning(lab.text.field.tooLarge))
})

test('code beyond what the page keeps is told, and stays in the editor', async ({ lab, page }) => {
  await lab.pane('work')
  await page.locator('.cm-content').click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(`// ${'x'.repeat(310_000)}`)
  await expect(page.getByText(beginning(lab.text.editor.tooLarge))).toBeVisible()
  await expect(page.getByText(lab.text.editor.notSaved, { exact: true })).toBeVisible()
})

test('after the session has ended nothing is lost, and one signs in beside the page', async ({ lab, page, context, learner }) => {
  await lab.openAction('do', 'create-role')
  await lab.field('do', 'create-role', 'RoleName').fill('my-role')
  await context.clearCookies({ name: /session/ })
  const refused = await lab.send('do', 'create-role')
  await expect(refused).toContainText(lab.text.refused.session)
  await expect(lab.field('do', 'create-role', 'RoleName')).toHaveValue('my-role')

  const [beside] = await Promise.all([context.waitForEvent('page'), refused.getByRole('link', { name: lab.text.refused.signIn }).click()])
  await beside.locator('#email').fill(learner.email)
  await beside.locator('#password').fill(learner.password)
  await beside.locator('form:has(#password) button[type=submit]').click()
  await beside.waitForURL('**/labs/42.1')
  await beside.close()
  await expect(await lab.send('do', 'create-role')).toContainText(lab.text.action.done)
  await expect(page.locator('[id="do/create-role-RoleName"]')).toHaveValue('my-role')
})

test("someone else's lab cannot be reached", async ({ lab, page, browser, baseURL, language }) => {
  await lab.writeCode('// chỉ của tôi\n')
  const stranger = await browser.newContext({ baseURL })
  await stranger.addCookies([{ name: 'locale', value: language, url: baseURL }])
  const save = (headers: Record<string, string> = {}) => stranger.request.post('/labs/42.1/save', { data: { files: { 'order-total/index.mjs': '// chiếm' } }, headers })

  expect((await save()).status(), 'nobody is signed in').toBe(401)
  await signUp(stranger, baseURL ?? '', { name: 'Trần Bình', email: `binh-${Date.now()}@example.com`, password: 'một câu dài khác' })
  const refused = await save()
  expect(refused.status(), 'no state of their own yet').toBe(409)
  expect(await refused.json()).toEqual({ ok: false, refused: 'notStarted' })
  for (const part of ['checks?step=do', 'cli']) expect((await stranger.request.post(`/labs/42.1/${part}`)).status()).toBe(409)
  expect((await save({ 'sec-fetch-site': 'cross-site' })).status(), 'another site acts for them').toBe(403)

  const theirs = new LabPage(await stranger.newPage(), language, '42.1')
  await theirs.start()
  await theirs.pane('work')
  await expect(theirs.page.locator('.cm-content')).toContainText('The bookshop asks')
  await theirs.writeCode('// của người khác\n')
  await page.reload()
  await lab.pane('work')
  await expect(page.locator('.cm-content')).toContainText('// chỉ của tôi')
  expect(await accountOf(page)).not.toBe(await accountOf(theirs.page))
  await stranger.close()
})

test('a lab that does not exist, or is not open, has a page that says so', async ({ page, learner: _, language }) => {
  for (const id of ['99.9', '43.1', '__proto__']) {
    const answer = await page.goto(`/labs/${id}`)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(labTexts[language].notFound.title)
  }
})

async function accountOf(page: Page): Promise<string> {
  await page.goto('/sandbox')
  return page.getByText(/^\d{12}$/).innerText()
}
