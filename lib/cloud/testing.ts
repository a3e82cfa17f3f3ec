import { startTestSandbox } from '../../sandbox/testing'
import { createCloud, type Cloud } from './index'

/** The embedded backend over a sandbox of a test's own, on a free port and a temporary folder. */
export async function startTestCloud(): Promise<{ cloud: Cloud; remove(): Promise<void> }> {
  const sandbox = await startTestSandbox({ auth: 'strict' })
  return { cloud: createCloud({ backend: 'embedded', sandboxUrl: sandbox.url, sandboxAdminToken: sandbox.adminToken }), remove: sandbox.remove }
}
