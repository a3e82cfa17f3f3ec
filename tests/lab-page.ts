import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { openLabs } from '@/labs'
import type { Lab } from '@/lib/lab/define-lab'
import en from '@/messages/en/lab.json' with { type: 'json' }
import vi from '@/messages/vi/lab.json' with { type: 'json' }
import { expect } from './fixtures'

/** The texts of the lab page. */
export const labTexts = { vi, en }

/** A lab's page, worked as a learner works it: at any width, in either language. */
export class LabPage {
  readonly text: typeof vi
  readonly lab: Lab

  constructor(
    readonly page: Page,
    readonly language: 'vi' | 'en',
    labId: string,
  ) {
    this.text = labTexts[language]
    this.lab = openLabs[labId]!
  }

  /** Opens the lab's page, and starts the lab where it is not started. */
  async start(): Promise<void> {
    await this.page.goto(`/labs/${this.lab.id}`)
    await this.page.getByRole('button', { name: this.text.start.button }).click()
    await expect(this.rail).toBeVisible({ timeout: 20_000 })
  }

  get rail(): Locator {
    return this.page.getByRole('navigation', { name: this.text.step.rail })
  }

  /** On a phone, changes to a part of the page; on a desktop all are there. */
  async pane(name: 'read' | 'work' | 'checks'): Promise<void> {
    const tabs = this.page.getByRole('group', { name: this.text.pane.label })
    if (await tabs.isVisible()) await tabs.getByRole('button', { name: new RegExp(`^${this.text.pane[name]}`) }).click()
  }

  async openStep(id: string): Promise<void> {
    await this.pane('read')
    const step = this.lab.steps.find((one) => one.id === id)!
    await this.rail.getByRole('button', { name: step.title[this.language] }).click()
    await expect(this.page.getByRole('heading', { level: 2, name: step.title[this.language] })).toBeVisible()
  }

  form(stepId: string, actionId: string): Locator {
    return this.page.locator(`[id="form-${stepId}/${actionId}"]`)
  }

  outcome(stepId: string, actionId: string): Locator {
    return this.page.locator(`[id="outcome-${stepId}/${actionId}"]`)
  }

  field(stepId: string, actionId: string, name: string): Locator {
    return this.page.locator(`[id="${stepId}/${actionId}-${name}"]`)
  }

  /** Opens an action and gives its form. */
  async openAction(stepId: string, actionId: string): Promise<Locator> {
    await this.pane('work')
    const toggle = this.page.locator(`button[aria-controls="action-${stepId}/${actionId}"]`)
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click()
    return this.form(stepId, actionId)
  }

  /** Sends an action with these values, by whichever of its buttons is there, and waits for the answer. */
  async send(stepId: string, actionId: string, values: Record<string, string> = {}): Promise<Locator> {
    const form = await this.openAction(stepId, actionId)
    for (const [name, value] of Object.entries(values)) await this.field(stepId, actionId, name).fill(value)
    const button = this.page.locator(`[id="form-${stepId}/${actionId}"] button[type=submit]:visible, button[form="form-${stepId}/${actionId}"]:visible`).first()
    await button.click()
    await expect(form.getByText(this.text.action.waiting.split('{')[0]!)).toHaveCount(0)
    await expect(button).toBeEnabled({ timeout: 20_000 })
    return this.outcome(stepId, actionId)
  }

  /** Replaces the code of a file, by default of the one that is open, by the keyboard. */
  async writeCode(code: string, path?: string): Promise<void> {
    await this.pane('work')
    if (path !== undefined) await this.page.getByRole('button', { name: path, exact: true }).click()
    await this.page.locator('.cm-content').click()
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.insertText(code)
    await expect(this.page.getByText(this.text.editor.status.saved, { exact: true })).toBeVisible()
  }

  /** Answers the step's question with the right options. */
  async answer(stepId: string): Promise<void> {
    await this.pane('read')
    const { answers } = this.lab.steps.find(({ id }) => id === stepId)!.question!
    const form = this.page.locator(`#question-${stepId}`)
    for (const option of answers) await form.getByRole(answers.length > 1 ? 'checkbox' : 'radio').nth(option).check()
    await form.getByRole('button', { name: this.text.question.answer }).click()
    await expect(form.getByText(this.text.question.right)).toBeVisible()
  }

  /** Nothing may stick out: a page that scrolls sideways loses its reader on a phone. */
  async expectWithinWidth(): Promise<void> {
    expect(await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  }

  /** Waits until a step counts as verified. */
  async expectVerified(stepId: string): Promise<void> {
    await this.pane('read')
    const { title } = this.lab.steps.find(({ id }) => id === stepId)!
    await expect(this.rail.getByRole('button', { name: `${title[this.language]} (${this.text.step.state.verified})` })).toBeVisible({ timeout: 30_000 })
  }
}

/** The solution of a lab's file. */
export function solution(labId: string, path: string): string {
  return readFileSync(`labs/${labId}/solution/${path}`, 'utf8')
}
