import { CredentialReportExpiredException, CredentialReportNotPresentException, GetCredentialReport$, type GetCredentialReportResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { settingsOf } from '../account-settings'
import { isFresh } from '../credential-report'

/** The report that GenerateCredentialReport made, as CSV. */
export const getCredentialReport = operation<Record<string, never>, GetCredentialReportResponse>(GetCredentialReport$, {
  resource: () => '*',
  async run(call) {
    const report = (await settingsOf(call)).credentialReport
    if (!report) throw new CredentialReportNotPresentException({ message: 'No report exists. Please generate a new report', $metadata: {} })
    if (!isFresh(report, call.sandbox.now())) throw new CredentialReportExpiredException({ message: 'Credential report has expired. Please generate a new report', $metadata: {} })
    return { Content: Buffer.from(report.csv), ReportFormat: 'text/csv', GeneratedTime: new Date(report.at) }
  },
})
