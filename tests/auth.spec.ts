import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, signIn, test, type Learner } from './fixtures'

test.describe('signing in', () => {
  test('a first visitor on this machine starts with one click, and stays signed in', async ({ page, expectAccessible }) => {
    await page.goto('/')
    await expectAccessible()
    if (new URL(page.url()).pathname !== '/signin') await page.goto('/signin')
    await page.getByRole('button', { name: 'Bắt đầu học' }).click()
    await page.waitForURL((url) => url.pathname !== '/signin')
    await page.goto('/account')
    await expect(page.getByText('Đây là học viên của máy này')).toBeVisible()
    await page.getByRole('button', { name: 'Đăng xuất' }).click()
    await expect(page).toHaveURL(/\/signin$/)
  })

  test('a page that needs somebody sends the visitor to sign in and back', async ({ page, learner, context }) => {
    await context.clearCookies()
    await page.goto('/account?from=test')
    await expect(page).toHaveURL('/signin?next=%2Faccount%3Ffrom%3Dtest')
    await signIn(page, learner)
    await expect(page).toHaveURL('/account?from=test')
    await expect(page.getByText(learner.email)).toBeVisible()
  })

  test('a wrong password is told without saying whether the account exists', async ({ page, learner, context }) => {
    await context.clearCookies()
    await page.goto('/signin')
    for (const email of [learner.email, `nobody-${Date.now()}@example.com`]) {
      await signIn(page, { email, password: 'không phải mật khẩu' })
      await expect(page.getByRole('alert').filter({ hasText: 'E-mail hoặc mật khẩu không đúng.' })).toBeVisible()
    }
    await expect(page).toHaveURL('/signin')
  })

  test('guessing passwords is stopped', async ({ page, request }) => {
    const email = `guess-${Date.now()}@example.com`
    const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
    const guess = () => request.post('/api/auth/callback/password', { form: { csrfToken, email, password: 'sai mật khẩu', json: 'true' }, maxRedirects: 0 })
    for (let i = 0; i < 10; i++) expect(await (await guess()).text()).toContain('error=wrongPassword')
    expect(await (await guess()).text()).toContain('error=tooMany')
    await page.goto('/signin')
    await signIn(page, { email, password: 'sai mật khẩu' })
    await expect(page.getByText('Bạn đã nhập sai quá nhiều lần.')).toBeVisible()
  })

  test('a new account says what is missing, field by field', async ({ page, learner, context, expectAccessible }) => {
    await context.clearCookies()
    await page.goto('/signin?new=')
    await page.locator('#email').fill('không phải e-mail')
    await page.locator('#password').fill('ngắn')
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click()
    await expect(page.getByText('Hãy nhập tên của bạn.')).toBeVisible()
    await expect(page.getByText('Hãy nhập một địa chỉ e-mail')).toBeVisible()
    await expect(page.getByText('Mật khẩu cần ít nhất 10 ký tự.')).toBeVisible()
    await expectAccessible()
    await page.locator('#name').fill('An')
    await page.locator('#email').fill(learner.email.toUpperCase())
    await page.locator('#password').fill('một câu đủ dài')
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click()
    await expect(page.getByText('Địa chỉ e-mail này đã có tài khoản.')).toBeVisible()
  })

  test('signing in never leads to another site', async ({ page, learner, context }) => {
    await context.clearCookies()
    await page.goto('/signin?next=//evil.example/')
    await signIn(page, learner)
    await page.waitForURL((url) => url.pathname !== '/signin')
    expect(new URL(page.url()).hostname).not.toBe('evil.example')
  })

  test('whoever comes by another name than this machine’s needs a password', async ({ request }) => {
    const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
    const answer = await request.post('/api/auth/callback/local', {
      form: { csrfToken, json: 'true' },
      headers: { 'x-forwarded-for': '203.0.113.7' },
      maxRedirects: 0,
    })
    expect(await answer.text()).toContain('error=notLocal')
  })
})

test.describe('the account page', () => {
  test('keeps name, time zone and language, and shows the page in it', async ({ page, learner, expectAccessible }) => {
    await page.goto('/account')
    await expectAccessible()
    await page.locator('#name').fill('Trần Thu Hà')
    await page.locator('#timeZone').selectOption('Asia/Tokyo')
    await page.locator('#locale').selectOption('en')
    await page.getByRole('button', { name: 'Lưu' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await page.reload()
    await expect(page.getByText(`Trần Thu Hà · ${learner.email} · Learner`)).toBeVisible()
    await expect(page.locator('#timeZone')).toHaveValue('Asia/Tokyo')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await page.locator('#name').fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Enter your name.')).toBeVisible()
  })

  test('a new password replaces the old one and signs out other browsers', async ({ page, learner, browser, baseURL }) => {
    const other = await browser.newContext({ baseURL })
    const elsewhere = await other.newPage()
    await elsewhere.goto('/signin?next=/account')
    await signIn(elsewhere, learner)
    await expect(elsewhere).toHaveURL('/account')

    await page.goto('/account')
    await page.locator('#current').fill('sai mật khẩu')
    await page.locator('#password').fill('mật khẩu mới dài')
    await page.getByRole('button', { name: 'Đổi mật khẩu' }).click()
    await expect(page.getByText('Mật khẩu hiện tại không đúng.')).toBeVisible()
    await page.locator('#current').fill(learner.password)
    await page.locator('#password').fill('mật khẩu mới dài')
    await page.getByRole('button', { name: 'Đổi mật khẩu' }).click()
    await expect(page.getByText('Đã đổi mật khẩu.')).toBeVisible()
    await page.reload()
    await expect(page).toHaveURL('/account')

    // The form of the other browser still stands open: its next action says that the session has ended.
    await elsewhere.locator('#name').fill('Kẻ khác')
    await elsewhere.getByRole('button', { name: 'Lưu' }).click()
    await expect(elsewhere.getByText('Phiên đăng nhập đã hết hạn.')).toBeVisible()
    await elsewhere.getByRole('link', { name: 'Đăng nhập lại' }).click()
    await signIn(elsewhere, learner)
    await expect(elsewhere.getByText('E-mail hoặc mật khẩu không đúng.')).toBeVisible()
    await signIn(elsewhere, { email: learner.email, password: 'mật khẩu mới dài' })
    await expect(elsewhere).toHaveURL('/account')
    await other.close()
  })
})

test('a mentor is made at the terminal; learners do not see the mentor page', async ({ page, context, learner }) => {
  expect((await page.goto('/mentor'))?.status()).toBe(404)

  const mentor: Learner = { name: 'Hương', email: `mentor-${Date.now()}-${test.info().project.name}@example.com`, password: 'người hướng dẫn' }
  const adding = promisify(execFile)('node', ['--import', 'tsx', 'scripts/user.ts', 'add', '--email', mentor.email, '--role', 'mentor', '--name', mentor.name])
  adding.child.stdin?.end(mentor.password)
  expect((await adding).stdout).toContain('can sign in as a mentor')
  await context.clearCookies()
  await page.goto('/signin?next=/mentor')
  await signIn(page, mentor)
  await expect(page).toHaveURL('/mentor')
  expect((await page.reload())?.status()).toBe(200)
  expect(learner.email).not.toBe(mentor.email)
})

test.describe('in English', () => {
  test.use({ language: 'en' })

  test('the sign-in page speaks English', async ({ page, expectAccessible }) => {
    await page.goto('/signin')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Learn serverless by doing it')
    await expect(page.getByRole('button', { name: 'Start learning' })).toBeVisible()
    await expectAccessible()
  })
})
