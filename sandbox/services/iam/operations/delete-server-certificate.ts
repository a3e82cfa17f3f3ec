import { DeleteServerCertificate$, type DeleteServerCertificateRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change } from '../entities'
import { serverCertificates } from '../records'
import { SERVER_CERTIFICATE, serverCertificateArn } from '../server-certificates'
import { storedContext } from '../stored'

/** Deletes a server certificate. */
export const deleteServerCertificate = operation<DeleteServerCertificateRequest, Record<string, never>>(DeleteServerCertificate$, {
  resource: (call) => serverCertificateArn(call, call.input.ServerCertificateName!),
  context: (call) => storedContext(call, SERVER_CERTIFICATE, call.input.ServerCertificateName!),
  async run(call) {
    return change(call, async () => {
      const { name } = await SERVER_CERTIFICATE.require(call, call.input.ServerCertificateName!)
      await call.sandbox.store.delete(serverCertificates, call.account, name)
      return {}
    })
  },
})
