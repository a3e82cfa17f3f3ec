import { randomBytes } from 'node:crypto'
import { CloudUnavailable } from '@/lib/cloud/errors'
import type { Check, CheckResult, LabContext, Step, Text } from './define-lab'

/** The verdict of one check of a step. */
export interface CheckOutcome extends CheckResult {
  checkId: string
  title: Text
  /** How long it took, in ms. */
  ms: number
}

const LIMIT_MS = 45_000

/**
 * Runs the checks of a step side by side, all with one fresh nonce.
 *
 * @param base the account to look at, by the checker's clients
 * @returns one outcome for each check, in their order; never throws for what a check does
 */
export async function runChecks(
  step: Step,
  base: Omit<LabContext, 'nonce' | 'signal'>,
  { limitMs = LIMIT_MS, signal }: { limitMs?: number; signal?: AbortSignal } = {},
): Promise<CheckOutcome[]> {
  const nonce = newNonce()
  return Promise.all(step.checks.map((check) => runCheck(check, { ...base, nonce }, limitMs, signal)))
}

/** A nonce that nobody can have known before. */
export function newNonce(): string {
  return randomBytes(8).toString('hex')
}

async function runCheck(check: Check, base: Omit<LabContext, 'signal'>, limitMs: number, outer: AbortSignal | undefined): Promise<CheckOutcome> {
  const started = performance.now()
  const limit = AbortSignal.timeout(limitMs)
  const signal = outer ? AbortSignal.any([limit, outer]) : limit
  let result: CheckResult
  try {
    result = await Promise.race([check.run({ ...base, signal }), aborted(signal)])
  } catch (error) {
    result = { expected: check.expected, looked: check.looked, ...explain(error, limit, limitMs, check.id) }
  }
  return { checkId: check.id, title: check.title, ...result, ms: Math.round(performance.now() - started) }
}

function explain(error: unknown, limit: AbortSignal, limitMs: number, checkId: string): Pick<CheckResult, 'status' | 'found' | 'next'> {
  if (limit.aborted) {
    const seconds = Math.round(limitMs / 1000)
    return {
      status: 'undecided',
      found: { vi: `Sau ${seconds} giây vẫn chưa có câu trả lời.`, en: `No answer came within ${seconds} seconds.` },
      next: { vi: 'Thử kiểm tra lại. Nếu hàm của bạn chạy lâu, hãy gọi thử nó trước.', en: 'Check again. If your function runs long, invoke it once yourself first.' },
    }
  }
  if (error instanceof CloudUnavailable) {
    return {
      status: 'error',
      found: { vi: 'Sandbox AWS không trả lời, nên chưa kiểm tra được.', en: 'The AWS sandbox does not answer, so nothing could be checked.' },
      next: { vi: 'Đợi một chút rồi kiểm tra lại. Công việc của bạn không mất.', en: 'Wait a moment and check again. Your work is not lost.' },
    }
  }
  const { name, message } = error as Error
  if (/^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/.test(name)) {
    return {
      status: 'undecided',
      found: { vi: `Phép kiểm tra không được phép xem tài khoản: ${message}`, en: `The check was not allowed to look into the account: ${message}` },
    }
  }
  if (/^(ThrottlingException|Throttling|TooManyRequestsException|ServiceUnavailable|ServiceException)$/.test(name)) {
    return {
      status: 'undecided',
      found: { vi: `AWS đang bận (${name}), nên chưa kết luận được.`, en: `AWS was busy (${name}), so this is not decided.` },
      next: { vi: 'Đợi vài giây rồi kiểm tra lại.', en: 'Wait a few seconds and check again.' },
    }
  }
  if (name === 'ResourceConflictException') {
    return {
      status: 'undecided',
      found: { vi: 'Tài nguyên đang được cập nhật, nên chưa kiểm tra được.', en: 'The resource is being updated, so nothing could be checked.' },
      next: { vi: 'Đợi vài giây rồi kiểm tra lại.', en: 'Wait a few seconds and check again.' },
    }
  }
  if (name === 'NotImplemented' || name === 'UnsupportedOperation' || (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 501) {
    return {
      status: 'undecided',
      found: { vi: `Nền tảng đang dùng chưa có thao tác này: ${message}`, en: `This backend does not have the operation: ${message}` },
    }
  }
  // Ours to mend: the operator's log has it whole, the learner is told that it is not their doing.
  console.error(`The check ${checkId} failed of itself:`, error)
  return {
    status: 'error',
    found: { vi: `Phép kiểm tra tự gặp lỗi (${name}); lỗi này không phải của bạn.`, en: `The check itself failed (${name}); this is not your fault.` },
    next: { vi: 'Kiểm tra lại. Nếu vẫn vậy, hãy báo cho mentor.', en: 'Check again. If it stays, tell your mentor.' },
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
