import { defineConfig } from '@playwright/test'

/*
 * Run by `npm test`, which starts an instance of its own and passes its address in BASE_URL and, where Playwright's
 * own browser is not installed, another Chromium in CHROMIUM_PATH.
 */
export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 45_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
    },
  },
  projects: [
    // `npm start` itself, without a browser.
    { name: 'processes', testMatch: 'start.spec.ts' },
    { name: 'phone', testIgnore: 'start.spec.ts', use: { viewport: { width: 390, height: 844 }, hasTouch: true } },
    { name: 'desktop', testIgnore: 'start.spec.ts', use: { viewport: { width: 1280, height: 800 } } },
  ],
})
