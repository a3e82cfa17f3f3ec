import { expect, test } from './fixtures'

const days = [
  ['41', 'Học AWS Lambda', 'Learn AWS Lambda'],
  ['42', 'Xây dựng & test Lambda Functions', 'Build & test Lambda Functions'],
  ['43', 'Tạo REST API bằng API Gateway', 'Create a REST API with API Gateway'],
  ['44', 'Tích hợp Lambda với DB & S3', 'Integrate Lambda with DB & S3'],
  ['45', 'IAM Roles cho hệ serverless', 'IAM Roles for serverless systems'],
] as const

test.describe('a visitor', () => {
  test('lands on the current week and reads goals, tasks and achievements in Vietnamese', async ({ page, expectAccessible }) => {
    await page.goto('/')
    await expect(page).toHaveURL('/weeks/9')
    await expect(page).toHaveTitle('Worklog Tuần 9 · Worklab')
    await expect(page.locator('html')).toHaveAttribute('lang', 'vi')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Worklog Tuần 9')
    await expect(page.getByText('Hiểu kiến trúc serverless và mô hình event-driven.')).toBeVisible()
    const rows = page.getByRole('table', { name: 'Công việc' }).getByRole('row')
    await expect(rows).toHaveCount(6)
    for (const [index, [day, task]] of days.entries()) {
      const row = rows.nth(index + 1)
      await expect(row.getByRole('rowheader')).toContainText(day)
      await expect(row.getByRole('link', { name: task })).toBeVisible()
      await expect(row.locator('time').first()).toHaveAttribute('datetime', `2025-11-0${index + 3}`)
      await expect(row.getByRole('link', { name: 'cloudjourney.awsstudygroup.com' })).toHaveAttribute('href', 'https://cloudjourney.awsstudygroup.com/')
    }
    await expect(page.getByText('Đạt hiểu biết mức production về kiến trúc serverless.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Bắt đầu' })).toHaveAttribute('href', '/signin?next=%2Fweeks%2F9')
    await expectAccessible()
  })

  test('turns to English with one click, and the choice is remembered', async ({ page, expectAccessible }) => {
    await page.goto('/weeks/9')
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Week 9 Worklog')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    for (const [, , task] of days) await expect(page.getByRole('link', { name: task })).toBeVisible()
    await expectAccessible()
    await page.goto('/weeks/9/days/43')
    await expect(page).toHaveTitle('Day 43: Create a REST API with API Gateway · Worklab')
    await expectAccessible()
  })

  test('finds each achievement beside its lab, and no link to a lab that is not open', async ({ page, request }) => {
    await page.goto('/weeks/9')
    const line = page.getByRole('listitem').filter({ hasText: 'Cold start vs warm start' }).last()
    await expect(line.getByRole('link', { name: /^41\.2 / })).toHaveAttribute('href', '/labs/41.2')
    const closed = page.getByRole('listitem').filter({ hasText: 'Mapping request/response' }).last()
    await expect(closed).toContainText('43.3 Mapping request và response (chưa mở)')
    await expect(closed.getByRole('link')).toHaveCount(0)
    const links = await page.locator('main a[href^="/labs/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')!))
    expect(links.length).toBeGreaterThan(0)
    for (const link of new Set(links)) expect((await request.get(link)).status(), link).toBe(200)
  })

  test('gets a page that says so for a week, a day or an address that is not there', async ({ page, expectAccessible }) => {
    for (const path of ['/weeks/8', '/weeks/abc', '/weeks/9/days/46', '/weeks/9/days/041', '/nowhere']) {
      expect((await page.goto(path))?.status(), path).toBe(404)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Không có trang này')
    }
    await expectAccessible()
  })

  test('never has to scroll sideways', async ({ page }) => {
    for (const path of ['/weeks/9', '/weeks/9/days/41', '/glossary']) {
      await page.goto(path)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBeLessThanOrEqual(0)
    }
  })

  test('looks terms up in the glossary', async ({ page, expectAccessible }) => {
    await page.goto('/glossary')
    await expect(page.getByRole('term').filter({ hasText: 'Cold start' })).toBeVisible()
    await expect(page.getByText('Lần gọi phải chờ Lambda dựng môi trường mới')).toBeVisible()
    await expectAccessible()
  })
})

test.describe('a learner', () => {
  test('ticks a day by hand, sees when, finds it again elsewhere, and takes it back', async ({ page, learner, expectAccessible }) => {
    expect(learner.email).toBeTruthy()
    await page.goto('/weeks/9')
    const row = page.getByRole('row').filter({ hasText: 'Tạo REST API bằng API Gateway' })
    await expect(row).toContainText('Chưa xong')
    await row.getByRole('button', { name: 'Đánh dấu đã xong (ngày 43)' }).click()
    const undo = row.getByRole('button', { name: 'Bỏ đánh dấu (ngày 43)' })
    await expect(undo).toBeFocused()
    await expect(row).toContainText('Tự đánh dấu')
    await expect(row.getByRole('time').or(row.locator('time')).last()).toHaveText(/^\d\d\/\d\d\/\d{4}$/)
    await expect(page.getByText('0/5 ngày đã xác minh, 1 ngày tự đánh dấu.')).toBeVisible()
    await expectAccessible()

    await page.goto('/weeks/9/days/43')
    await expect(page.getByRole('region', { name: 'Tiến độ của bạn' })).toContainText('Tự đánh dấu')
    await page.getByRole('button', { name: 'Bỏ đánh dấu (ngày 43)' }).click()
    await expect(page.getByRole('region', { name: 'Tiến độ của bạn' })).toContainText('Chưa xong')
    await expectAccessible()
    await page.goto('/weeks/9')
    await expect(page.getByText('0/5 ngày đã xác minh.')).toBeVisible()
  })

  test('is led to the first lab, and back to it once begun', async ({ page, learner }) => {
    expect(learner.email).toBeTruthy()
    await page.goto('/weeks/9')
    const next = page.getByRole('region', { name: 'Việc tiếp theo' })
    await expect(next).toContainText('Bài lab tiếp theo')
    await expect(next.getByRole('link')).toHaveAttribute('href', '/labs/41.2')
  })

  test('finds the language chosen in another browser', async ({ page, learner, browser, baseURL }) => {
    await page.goto('/weeks/9')
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Week 9 Worklog')
    const elsewhere = await browser.newContext({ baseURL })
    const other = await elsewhere.newPage()
    await other.goto('/signin?next=/weeks/9')
    await other.locator('#email').fill(learner.email)
    await other.locator('#password').fill(learner.password)
    await other.locator('form:has(#password) button[type=submit]').click()
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('Week 9 Worklog')
    await elsewhere.close()
  })

  test('is told when the session has ended, and the tick is not lost silently', async ({ page, learner, context }) => {
    expect(learner.email).toBeTruthy()
    await page.goto('/weeks/9/days/44')
    await context.clearCookies({ name: /session/ })
    await page.getByRole('button', { name: 'Đánh dấu đã xong' }).click()
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  })

  test('goes from day to day', async ({ page, learner }) => {
    expect(learner.email).toBeTruthy()
    await page.goto('/weeks/9/days/42')
    await page.getByRole('navigation', { name: 'Ngày trước và ngày sau' }).getByRole('link', { name: /Ngày 43/ }).click()
    await expect(page).toHaveURL('/weeks/9/days/43')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tạo REST API bằng API Gateway')
  })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the worklog is read whole, in both languages', async ({ page }) => {
    await page.goto('/weeks/9')
    for (const [, task] of days) await expect(page.getByRole('link', { name: task })).toBeVisible()
    await page.getByText('4 bài lab chưa mở').first().click()
    await expect(page.getByText('41.4 Concurrency: chạy song song').first()).toBeVisible()
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Week 9 Worklog')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })
})

test('a day is ticked and the tick taken back without JavaScript too', async ({ learner, context, browser, baseURL }) => {
  expect(learner.email).toBeTruthy()
  const plain = await browser.newContext({ baseURL, javaScriptEnabled: false, storageState: await context.storageState() })
  const page = await plain.newPage()
  await page.goto('/weeks/9')
  const row = page.getByRole('row').filter({ hasText: 'IAM Roles cho hệ serverless' })
  await row.getByRole('button', { name: 'Đánh dấu đã xong' }).click()
  await expect(page).toHaveURL('/weeks/9')
  await expect(row).toContainText('Tự đánh dấu')
  await row.getByRole('button', { name: 'Bỏ đánh dấu' }).click()
  await expect(row).toContainText('Chưa xong')
  await plain.close()
})
