import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, signIn, test, type Learner } from './fixtures'

/** Makes a mentor the way an operator does. */
async function makeMentor(testId: string): Promise<Learner> {
  const mentor = { name: 'Nguyễn Thu Hương', email: `huong-${testId}-${Date.now()}@example.com`, password: 'một câu khác để nhớ' }
  const adding = promisify(execFile)('node', ['--import', 'tsx', 'scripts/user.ts', 'add', '--email', mentor.email, '--role', 'mentor', '--name', mentor.name])
  adding.child.stdin?.end(mentor.password)
  await adding
  return mentor
}

test('to a learner and to a visitor the mentor pages do not exist', async ({ page, learner, context }) => {
  expect(learner.email).toBeTruthy()
  expect((await page.goto('/mentor'))?.status()).toBe(404)
  expect((await page.goto('/mentor/learners/local'))?.status()).toBe(404)
  await expect(page.getByRole('link', { name: 'Học viên', exact: true })).toHaveCount(0)
  await context.clearCookies({ name: /session/ })
  await page.goto('/mentor')
  await expect(page).toHaveURL('/signin?next=%2Fmentor')
})

test('a mentor finds a learner, sees the ticked day and opens their page', async ({ page, learner, context, expectAccessible }, { testId }) => {
  await page.goto('/weeks/9/days/42')
  await page.getByRole('button', { name: 'Đánh dấu đã xong' }).click()
  await expect(page.getByRole('button', { name: 'Bỏ đánh dấu' })).toBeVisible()

  const mentor = await makeMentor(testId)
  await context.clearCookies({ name: /session/ })
  await page.goto('/signin?next=/mentor')
  await signIn(page, mentor)
  await expect(page).toHaveURL('/mentor')
  await page.getByRole('searchbox', { name: 'Tìm theo tên hoặc email' }).fill(learner.email)
  await page.getByRole('button', { name: 'Áp dụng' }).click()
  const rows = page.getByRole('table', { name: 'Học viên' }).getByRole('row')
  await expect(rows).toHaveCount(2)
  const cells = rows.nth(1).getByRole('cell')
  await expect(cells.nth(0)).toContainText('Chưa xong')
  await expect(cells.nth(1)).toContainText('Tự đánh dấu')
  await expect(rows.nth(1)).toContainText('chưa mở bài lab nào')
  await expectAccessible()

  await rows.nth(1).getByRole('link', { name: learner.name }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(learner.name)
  await expect(page.getByRole('listitem').filter({ hasText: 'Xây dựng & test Lambda Functions' })).toContainText('tự đánh dấu')
  await expectAccessible()

  await page.goto('/mentor?q=không-có-ai-tên-này')
  await expect(page.getByText('Không có học viên nào khớp với “không-có-ai-tên-này”.')).toBeVisible()
  expect((await page.goto('/mentor/learners/nobody'))?.status()).toBe(404)
})
