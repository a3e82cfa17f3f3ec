import { GenerateCredentialReport$, type GenerateCredentialReportResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editSettings, settingsOf } from '../account-settings'
import { credentialReport, isFresh } from '../credential-report'

/** Makes the report on all users' credentials; one that is less than four hours old is kept. */
export const generateCredentialReport = operation<Record<string, never>, GenerateCredentialReportResponse>(GenerateCredentialReport$, {
  resource: () => '*',
  async run(call) {
    const { sandbox } = call
    const before = (await settingsOf(call)).credentialReport
    if (before && isFresh(before, sandbox.now())) return { State: 'COMPLETE' }
    const csv = await credentialReport(call)
    await editSettings(call, (settings) => {
      settings.credentialReport = { at: new Date(sandbox.now()).toISOString(), csv }
    })
    return { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' }
  },
})
