import { UpdateServerCertificate$, type UpdateServerCertificateRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { arnOf, change, requireFreeName } from '../entities'
import { serverCertificates } from '../records'
import { SERVER_CERTIFICATE, serverCertificateArn } from '../server-certificates'
import { storedContext } from '../stored'

/** Gives a server certificate another name or path. */
export const updateServerCertificate = operation<UpdateServerCertificateRequest, Record<string, never>>(UpdateServerCertificate$, {
  async resource(call) {
    const { account, input } = call
    const now = await serverCertificateArn(call, input.ServerCertificateName!)
    return input.NewServerCertificateName === undefined && input.NewPath === undefined ? now : [now, arnOf(account, 'server-certificate', input.NewPath, input.NewServerCertificateName ?? input.ServerCertificateName!)]
  },
  context: (call) => storedContext(call, SERVER_CERTIFICATE, call.input.ServerCertificateName!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const old = await SERVER_CERTIFICATE.require(call, input.ServerCertificateName!)
      const name = input.NewServerCertificateName ?? old.name
      if (name.toLowerCase() !== old.name.toLowerCase()) await requireFreeName(sandbox, serverCertificates, account, name, `The Server Certificate with name ${name} already exists.`)
      const path = input.NewPath ?? old.path
      await sandbox.store.batch([
        { collection: serverCertificates, scope: account, key: old.name },
        { collection: serverCertificates, scope: account, key: name, value: { ...old, name, path, arn: arnOf(account, 'server-certificate', path, name) } },
      ])
      return {}
    })
  },
})
